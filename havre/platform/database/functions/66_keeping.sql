-- What hangs on a row that an agency keeps is kept by the same agency and seen as far as that row.

-- kept_with: before a child is written it takes keeper and visibility of its parent. Arguments: the parent's table, the key.
create or replace function havre.kept_with() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  kept record;
begin
  execute format('select owner_id, visibility from public.%I where id = ($1).%I', tg_argv[0], tg_argv[1]) into kept using new;
  new.owner_id := coalesce(kept.owner_id, new.owner_id);
  new.visibility := coalesce(kept.visibility, new.visibility);
  return new;
end $$;

-- leads_kept: a parent that is seen further, or less far, takes its children along. Arguments: their tables and keys, in pairs.
create or replace function havre.leads_kept() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  for i in 0 .. tg_nargs / 2 - 1 loop
    execute format('update public.%I set owner_id = $1, visibility = $2 where %I = $3', tg_argv[2 * i], tg_argv[2 * i + 1])
      using new.owner_id, new.visibility, new.id;
  end loop;
  return null;
end $$;
