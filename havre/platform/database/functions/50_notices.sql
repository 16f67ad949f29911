-- Notices: what waits for somebody, as a code of the program and the number of a row; no words pass here (ADR 25).

-- Helper of the functions that decide who is to be told, and nobody else's: a notice, its number, or null when the same one
-- still waits unread. The application writes none, so that nobody raises a false alarm.
create or replace function havre.note(p_user uuid, p_kind text, p_subject uuid, p_at timestamptz) returns uuid
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  made uuid;
begin
  if not exists (select 1 from public.notices_kind where code = p_kind) then
    raise insufficient_privilege using message = 'a notice is of a kind that the program knows';
  end if;
  insert into public.notices_notice (id, user_id, kind, subject_id, at)
  select gen_random_uuid(), p_user, p_kind, p_subject, coalesce(p_at, clock_timestamp())
  where not exists (
    select 1 from public.notices_notice n
    where n.user_id = p_user and n.kind = p_kind and n.subject_id is not distinct from p_subject and n.read_at is null)
  returning id into made;
  return made;
end $$;

drop function if exists havre.tell(uuid, text, uuid, timestamptz);

-- Emergency access (ADR 25): one file of one's own agency that one does not reach, by its exact reference, for hours.

-- mail_next, mail_take, mail_end, mail_wait: for the worker alone, which learns of each mail whose it is and no more.
-- Taken is final but for a refusal of the mail server, so that no mail goes twice, whenever the worker dies.
create or replace function havre.mail_due() returns setof public.notices_notice
language sql stable set search_path = pg_catalog, pg_temp as $$
  select n from public.notices_notice n join public.accounts_user u on u.id = n.user_id
  where n.taken is null and n.read_at is null and n.tries < 100 and u.is_active
    and n.at between clock_timestamp() - interval '7 days' and clock_timestamp()
    and (n.next_try is null or n.next_try <= clock_timestamp())
$$;

create or replace function havre.mail_next() returns table (notice uuid, user_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select n.id, n.user_id from havre.mail_due() n order by n.at, n.id limit 1;
end $$;

create or replace function havre.mail_take(p_notice uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.notices_notice n set taken = clock_timestamp() where n.id = p_notice and n.taken is null;
  return found;
end $$;

create or replace function havre.mail_end(p_notice uuid, p_sent boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.notices_notice n
  set mailed = case when p_sent then clock_timestamp() end, taken = case when p_sent then n.taken end,
      tries = n.tries + 1, next_try = clock_timestamp() + least(interval '1 minute' * (1 << least(n.tries, 6)), interval '1 hour')
  where n.id = p_notice and n.taken is not null and n.mailed is null;
end $$;

drop function if exists havre.mail_wait();
create or replace function havre.mail_wait(p_notice uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.notices_notice n
  set tries = n.tries + 1, next_try = clock_timestamp() + least(interval '1 minute' * (1 << least(n.tries, 6)), interval '1 hour')
  where n.id in (select due.id from havre.mail_due() due where p_notice is null or due.id = p_notice);
end $$;
