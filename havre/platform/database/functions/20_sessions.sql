-- Sessions and the door: who is signed in, and how it is shown again.

-- 1. begin_session: a browser's session, after the application proved that the person signed in. Three devices at most.
create or replace function havre.begin_session(p_hash bytea, p_user uuid, p_data text, p_idle interval, p_proof bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if havre.proven('session|' || p_user || '|' || encode(p_hash, 'hex'), p_proof) is not true then
    raise insufficient_privilege using message = 'a session begins only with a proof of sign-in';
  end if;
  delete from public.accounts_session where expires < clock_timestamp();
  delete from public.accounts_session where token_hash in (
    select token_hash from public.accounts_session where user_id = p_user and kind = 'browser' order by began desc offset 2);
  insert into public.accounts_session (token_hash, user_id, kind, data, idle, began, seen, expires, confirmed)
  values (p_hash, p_user, 'browser', p_data, p_idle, clock_timestamp(), clock_timestamp(), clock_timestamp() + interval '8 hours',
    clock_timestamp());
end $$;

-- 2. extend: reads this token's session, keeps it awake, stores its data when given, locks it when asked.
create or replace function havre.extend(p_data text, p_lock boolean)
returns table (user_id uuid, data text, locked boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  s public.accounts_session;
  asleep boolean;
begin
  select * into s from public.accounts_session x where x.token_hash = havre.token_hash() and x.expires > clock_timestamp();
  if s.token_hash is null then return; end if;
  asleep := s.seen <= clock_timestamp() - s.idle;
  if p_lock then
    update public.accounts_session x set seen = '-infinity' where x.token_hash = s.token_hash;
    asleep := true;
  elsif not asleep and (p_data is distinct from null or s.seen < clock_timestamp() - interval '20 seconds') then
    update public.accounts_session x set seen = clock_timestamp(), data = coalesce(p_data, x.data) where x.token_hash = s.token_hash;
  end if;
  return query select s.user_id, coalesce(p_data, s.data), asleep;
end $$;

-- 3. end: this token's session is over.
create or replace function havre."end"() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from public.accounts_session where token_hash = havre.token_hash();
end $$;

-- leaving: waits for whoever ends this session at the same moment, and says whether it is still there to be ended.
create or replace function havre.leaving() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from public.accounts_session where token_hash = havre.token_hash() for update;
  return found and havre.actor() is not null;
end $$;

-- 4. begin_job: a job or a command works with the rights its asker has now, for four hours at most.
create or replace function havre.begin_job(p_hash bytea, p_user uuid, p_proof bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if havre.proven('job|' || p_user || '|' || encode(p_hash, 'hex'), p_proof) is not true then
    raise insufficient_privilege using message = 'a job begins only with the proof of who asked for it';
  end if;
  insert into public.accounts_session (token_hash, user_id, kind, data, idle, began, seen, expires)
  values (p_hash, p_user, 'job', '', interval '4 hours', clock_timestamp(), clock_timestamp(), clock_timestamp() + interval '4 hours');
end $$;

-- The door: second factors, re-authentication, one's own sessions. Whoever is signed in, injected SQL included, can write none
-- of them: each takes a proof made with the key outside the database, as begin_session does.

-- begin_door: the password was right and the second factor is due. It is a session that was never awake: it knows its user and
-- claims nothing, until begin_session puts another in its place. Ten minutes, enough to set a factor up.
create or replace function havre.begin_door(p_hash bytea, p_user uuid, p_data text, p_proof bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if havre.proven('door|' || p_user || '|' || encode(p_hash, 'hex'), p_proof) is not true then
    raise insufficient_privilege using message = 'the second factor is asked for only after a proof of the first';
  end if;
  delete from public.accounts_session where expires < clock_timestamp();
  insert into public.accounts_session (token_hash, user_id, kind, data, idle, began, seen, expires)
  values (p_hash, p_user, 'door', p_data, interval '0', clock_timestamp(), '-infinity', clock_timestamp() + interval '10 minutes');
end $$;

-- confirm: whoever holds this token proved anew who they are, with all that it takes.
create or replace function havre.confirm(p_proof bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if havre.proven('confirm|' || encode(havre.token_hash(), 'hex'), p_proof) is not true then
    raise insufficient_privilege using message = 'a session is confirmed only with a proof of its user';
  end if;
  update public.accounts_session set confirmed = clock_timestamp()
  where token_hash = havre.token_hash() and havre.actor() is not null;
end $$;

-- confirmed: when that was; null for nobody, and for a job that nobody confirmed.
create or replace function havre.confirmed() returns timestamptz
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select s.confirmed from public.accounts_session s
    where s.token_hash = havre.token_hash() and s.user_id = havre.actor());
end $$;

-- factors: what somebody may show beside a password, sealed.
create or replace function havre.factors(p_user uuid, p_proof bytea)
returns table (id uuid, kind text, sealed bytea, counted bigint, began timestamptz, used timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if havre.proven('factors|' || p_user, p_proof) is not true then
    raise insufficient_privilege using message = 'factors are read by the door alone';
  end if;
  return query select f.id, f.kind::text, f.sealed, f.counted, f.began, f.used
  from public.accounts_factor f where f.user_id = p_user order by f.began, f.id;
end $$;

-- enrol: a new factor of somebody who was asked for it; the proof names user, kind and what is kept of it.
create or replace function havre.enrol(p_id uuid, p_user uuid, p_kind text, p_sealed bytea, p_counted bigint, p_proof bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if havre.proven('enrol|' || concat_ws('|', p_id, p_user, p_kind, p_counted, encode(sha256(p_sealed), 'hex')), p_proof) is not true then
    raise insufficient_privilege using message = 'a factor is enrolled only for whoever was asked for it';
  end if;
  insert into public.accounts_factor (id, user_id, kind, sealed, counted, began)
  values (p_id, p_user, p_kind, p_sealed, p_counted, clock_timestamp());
end $$;

-- use_factor: true when the count goes up: a code, a recovery code and a signature count once, however many come at a time.
-- Some passkeys keep no count: theirs stays 0, and each answers a challenge that is good for once.
create or replace function havre.use_factor(p_id uuid, p_counted bigint, p_proof bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if havre.proven('use|' || p_id || '|' || p_counted, p_proof) is not true then
    raise insufficient_privilege using message = 'a factor is used by the door alone';
  end if;
  update public.accounts_factor f set counted = p_counted, used = clock_timestamp()
  where f.id = p_id and (f.counted < p_counted or (f.kind = 'passkey' and f.counted = 0 and p_counted = 0));
  return found;
end $$;

-- drop_factors: these factors are no more.
create or replace function havre.drop_factors(p_ids uuid[], p_proof bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if havre.proven('drop|' || array_to_string(p_ids, ','), p_proof) is not true then
    raise insufficient_privilege using message = 'a factor is taken away by its user or an administrator alone';
  end if;
  delete from public.accounts_factor f where f.id = any (p_ids);
end $$;

-- set_password: the hash of a new password.
create or replace function havre.set_password(p_user uuid, p_password text, p_proof bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if havre.proven('password|' || p_user || '|' || encode(sha256(convert_to(p_password, 'UTF8')), 'hex'), p_proof) is not true then
    raise insufficient_privilege using message = 'a password is changed only with a proof';
  end if;
  update public.accounts_user u set password = p_password where u.id = p_user;
end $$;

-- sessions: where this user is signed in.
create or replace function havre.sessions()
returns table (id uuid, data text, began timestamptz, seen timestamptz, mine boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select s.id, s.data, s.began, s.seen, s.token_hash = havre.token_hash()
  from public.accounts_session s
  where s.user_id = havre.actor() and s.kind = 'browser' and s.expires > clock_timestamp() order by s.began desc;
end $$;

-- end_others: ends those of this user's other sessions, or all others when none is named. To end is never more than to leave.
create or replace function havre.end_others(p_ids uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from public.accounts_session s
  where s.user_id = havre.actor() and s.kind <> 'job' and s.token_hash <> havre.token_hash()
    and (p_ids is null or s.id = any (p_ids));
end $$;
