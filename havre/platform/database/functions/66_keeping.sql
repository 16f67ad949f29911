-- What hangs on a row that an agency keeps is kept by the same agency and seen as far as that row. Both run with the rights of
-- whoever writes, for they put statements together from their arguments; the policies see what came of it.

-- kept_with: before a child is written it takes keeper and visibility of its parent. Arguments: the parent's table, the key.
create or replace function havre.kept_with() returns trigger
language plpgsql security invoker set search_path = pg_catalog, pg_temp as $$
declare
  kept record;
begin
  execute format('select owner_id, visibility from public.%I where id = ($1).%I', tg_argv[0], tg_argv[1]) into kept using new;
  if kept.owner_id is null then
    raise insufficient_privilege using message = 'what hangs on a row is written by whoever reads that row';
  end if;
  new.owner_id := kept.owner_id;
  new.visibility := kept.visibility;
  return new;
end $$;

-- leads_kept: a parent that is seen further, or less far, takes its children along. Arguments: their tables and keys, in pairs.
create or replace function havre.leads_kept() returns trigger
language plpgsql security invoker set search_path = pg_catalog, pg_temp as $$
begin
  for i in 0 .. tg_nargs / 2 - 1 loop
    execute format('update public.%I set visibility = $1 where %I = $2', tg_argv[2 * i], tg_argv[2 * i + 1])
      using new.visibility, new.id;
  end loop;
  return null;
end $$;
