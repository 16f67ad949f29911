-- Trainings: mails that invite, what the link of one opens, and what anybody may ask of a certificate (ADR 37).

-- Helper: invitations that wait to be sent, of a session that is not over.
create or replace function havre.training_due() returns setof public.training_trainee
language sql stable set search_path = pg_catalog, pg_temp as $$
  select t from public.training_trainee t join public.training_session s on s.id = t.session_id
  where t.asked > clock_timestamp() - interval '7 days' and t.taken is null and t.tries < 100 and length(t.mail) > 0
    and s.ends >= current_date and (t.next_try is null or t.next_try <= clock_timestamp())
$$;

-- training_next, training_take, training_end, training_wait: for the worker alone, as with the mails of notices.
create or replace function havre.training_next() returns table (
  trainee uuid, mail bytea, name bytea, course text, begins date, ends date, place text, country text, language text, house text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select t.id, t.mail, t.name, c.title::text, s.begins, s.ends, s.place::text, s.country::text, s.language::text,
    a.name::text
  from havre.training_due() t join public.training_session s on s.id = t.session_id
    join public.training_course c on c.id = s.course_id join public.accounts_agency a on a.id = t.owner_id
  order by t.asked, t.id limit 1;
end $$;

create or replace function havre.training_take(p_trainee uuid, p_hash bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.training_trainee t set taken = clock_timestamp(), token_hash = coalesce(p_hash, t.token_hash)
  where t.id = p_trainee and t.asked is not null and t.taken is null;
  return found;
end $$;

create or replace function havre.training_end(p_trainee uuid, p_sent boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.training_trainee t
  set mailed = case when p_sent then clock_timestamp() end, taken = case when p_sent then t.taken end, tries = t.tries + 1,
      next_try = clock_timestamp() + least(interval '1 minute' * (1 << least(t.tries, 6)), interval '1 hour')
  where t.id = p_trainee and t.taken is not null and t.mailed is null;
end $$;

create or replace function havre.training_wait(p_trainee uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.training_trainee t
  set tries = t.tries + 1, next_try = clock_timestamp() + least(interval '1 minute' * (1 << least(t.tries, 6)), interval '1 hour')
  where t.id in (select due.id from havre.training_due() due where p_trainee is null or due.id = p_trainee);
end $$;

-- training_read: to whoever holds the link, which session it is for and what was answered. Nothing of a person.
create or replace function havre.training_read(p_token text) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select jsonb_build_object('trainee', t.id, 'course', c.title, 'summary', c.summary, 'begins', s.begins, 'ends', s.ends,
    'place', s.place, 'country', s.country, 'language', s.language, 'hours', s.hours, 'house', a.name, 'answer', t.answer)
  from public.training_trainee t join public.training_session s on s.id = t.session_id and s.ends >= current_date
    join public.training_course c on c.id = s.course_id join public.accounts_agency a on a.id = t.owner_id
  where t.token_hash = sha256(convert_to(p_token, 'UTF8')));
end $$;

-- training_answer: comes or does not. What is told of the person is added where something is told; the link stays good,
-- so that somebody may change their mind until the session is over. False when the link is worth nothing.
create or replace function havre.training_answer(p_token text, p_comes boolean, p_name bytea, p_told jsonb) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.training_trainee t
  set answer = case when p_comes then 'accepted' else 'declined' end, answered = clock_timestamp(), version = t.version + 1,
      name = case when length(p_name) > 0 and not exists (select from public.training_certificate x where x.trainee_id = t.id)
        then p_name else t.name end,
      body = coalesce(nullif(p_told ->> 'body', ''), t.body), role = coalesce(nullif(p_told ->> 'role', ''), t.role),
      sex = coalesce(nullif(p_told ->> 'sex', ''), t.sex), age = coalesce(nullif(p_told ->> 'age', ''), t.age),
      country = coalesce(nullif(p_told ->> 'country', ''), t.country)
  from public.training_session s
  where s.id = t.session_id and s.ends >= current_date and t.token_hash = sha256(convert_to(p_token, 'UTF8'));
  return found;
end $$;

-- certificate_check: to whoever has the code, what was certified and whether it still is; whose it is never, only whether
-- the name that was typed (as a mark under a key of the server) is the one on it.
create or replace function havre.certificate_check(p_code text, p_mark bytea) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select jsonb_build_object('course', c.title, 'begins', s.begins, 'ends', s.ends, 'hours', x.hours, 'house', a.name,
    'issued', x.issued, 'withdrawn', x.withdrawn, 'named', coalesce(x.name_mark = p_mark, false))
  from public.training_certificate x join public.training_session s on s.id = x.session_id
    join public.training_course c on c.id = s.course_id join public.accounts_agency a on a.id = x.owner_id
  where x.code_hash = sha256(convert_to(p_code, 'UTF8')));
end $$;

-- Modules and sessions are seen as far as their course, and so are its reviews.
do $$
declare
  each text;
begin
  foreach each in array array['module', 'session'] loop
    execute format('create or replace trigger kept_with before insert or update on public.training_%s
      for each row execute function havre.kept_with(''training_course'', ''course_id'')', each);
  end loop;
end $$;

create or replace trigger leads_kept after update on public.training_course
  for each row when (old.visibility <> new.visibility or old.owner_id <> new.owner_id)
  execute function havre.leads_kept('training_module', 'course_id', 'training_session', 'course_id', 'rights_rightscheck', 'subject');
