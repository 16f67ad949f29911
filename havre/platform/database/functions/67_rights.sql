-- Reviews of human rights, gender and health: what was said stays as it was said; it is seen as far as what it is about.

create or replace function havre.review_stays() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if to_jsonb(new) - 'visibility' is distinct from to_jsonb(old) - 'visibility' then
    raise insufficient_privilege using message = 'a review stays as it was; a new one is made beside it';
  end if;
  return new;
end $$;

create or replace trigger review_stays before update on public.rights_rightscheck
  for each row execute function havre.review_stays();
