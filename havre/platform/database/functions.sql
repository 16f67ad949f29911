-- Claims and the seven acts that the application may not do by plain SQL. Owned by havre_owner; run again at each set-up.
-- Read this file to know everything that runs with the owner's rights: nothing else is SECURITY DEFINER.
-- `pg_temp` stands last in each search_path: left out, it would come first, and a temporary type could pose as `uuid`.

-- Helpers: run inside the functions below, callable by nobody.

-- True when `proof` is HMAC-SHA256 (RFC 2104) of the message under the server's key. The application keeps the key
-- outside the database, so injected SQL cannot begin a session for somebody else.
create or replace function havre.proven(message text, proof bytea) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return (select sha256(outer_pad || sha256(inner_pad || convert_to(message, 'UTF8'))) = proof from public.accounts_secret);
end $$;

-- The hash under which the token of this transaction is kept.
create or replace function havre.token_hash() returns bytea
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return sha256(convert_to(current_setting('havre.token', true), 'UTF8'));
end $$;

-- The parts of a file that the roles of this user reach at most.
create or replace function havre.ceiling(p_user uuid) returns int
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce((
    select bit_or(m.compartments) from public.accounts_membership m
    where m.user_id = p_user and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp())), 0);
end $$;

-- Claims: what the policies call, several times in each statement. They look by index however small the tables were when
-- the plan was made: a scan and a hash of twenty rows cost twice what the whole of it costs now (docs/adr/0021).

-- The user of this transaction's token; null when there is none, or it is locked, expired, or the user is suspended.
create or replace function havre.actor() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  return (
    select s.user_id from public.accounts_session s join public.accounts_user u on u.id = s.user_id
    where s.token_hash = sha256(convert_to(current_setting('havre.token', true), 'UTF8')) and u.is_active
      and s.expires > clock_timestamp() and s.seen > clock_timestamp() - s.idle);
end $$;

-- The principals that user stands for now: self, teams, and the agency where a role reaches that far.
create or replace function havre.principals() returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  who uuid := havre.actor();
begin
  return coalesce((
    select array_agg(distinct p)
    from public.accounts_membership m
    join public.accounts_user u on u.id = m.user_id
    join public.accounts_agency a on a.id = u.agency_id
    left join public.accounts_team t on t.id = m.team_id
    cross join lateral (values
      (m.holds_cases, u.principal), (m.holds_cases, t.principal),
      (m.sees_agency, a.principal), (m.audits_agency, a.audit_principal)) reach (held, p)
    where m.user_id = who and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp())
      and held and p is not null), '{}');
end $$;

-- Who else may reach a file, told to whoever reaches it: a policy cannot say so, since it would have to ask itself.
create or replace function havre.circle(p_case uuid)
returns table (principal bigint, compartments int, level text, purpose text, since timestamptz, until timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select a.principal, a.compartments, a.level::text, a.purpose::text, a.since, a.until
  from public.people_caseaccess a
  where a.case_id = p_case and (a.until is null or a.until > clock_timestamp()) and exists (
    select 1 from public.people_caseaccess m where m.case_id = p_case and m.principal = any (havre.principals())
      and (m.until is null or m.until > clock_timestamp()))
  order by a.since, a.principal;
end $$;

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
  insert into public.accounts_session (token_hash, user_id, kind, data, idle, began, seen, expires)
  values (p_hash, p_user, 'browser', p_data, p_idle, clock_timestamp(), clock_timestamp(), clock_timestamp() + interval '8 hours');
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

-- 5. open_case: persons, cases, their keys and the access rows come to be together, or not at all; a whole register alike.
-- A file is opened for whoever asks. For a colleague only somebody whose role reaches the whole agency opens one, and only
-- for one who works there now and holds cases, no further than that colleague's role reaches; a restricted one nobody does,
-- since whoever asks could not see what they made.
-- What a register says of them in codes comes along, since to write it afterwards would cost as much again.
drop function if exists havre.open_case(uuid, text, uuid, text, text, date, int, boolean, bytea, bytea);
drop function if exists havre.open_case(
  uuid[], text[], uuid[], text[], text[], date[], int, boolean[], uuid[], bytea[], bytea[]);
create or replace function havre.open_case(
  p_person uuid[], p_person_reference text[], p_case uuid[], p_case_reference text[], p_state text[], p_opened date[],
  p_compartments int, p_restricted boolean[], p_owner uuid[], p_person_key bytea[], p_case_key bytea[],
  p_imported boolean default false, p_outside text[] default null, p_gender text[] default null, p_year int[] default null,
  p_precision text[] default null, p_marital text[] default null, p_education text[] default null,
  p_children int[] default null, p_deceased boolean[] default null, p_closed date[] default null,
  p_closure text[] default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  who public.accounts_user;
  house public.accounts_agency;
  owners uuid[];
begin
  select * into who from public.accounts_user where id = havre.actor();
  if who.id is null or who.principal <> all (havre.principals()) then
    raise insufficient_privilege using message = 'only somebody who holds cases may open one';
  end if;
  if p_compartments & ~havre.ceiling(who.id) <> 0 then
    raise insufficient_privilege using message = 'nobody opens a file further than their role reaches';
  end if;
  select * into house from public.accounts_agency where id = who.agency_id;
  select array_agg(distinct owner) into owners from unnest(p_owner) owner where owner is distinct from who.id;
  if owners is not null then
    if house.principal <> all (havre.principals()) then
      raise insufficient_privilege using message = 'only somebody whose role reaches the whole agency opens a file for a colleague';
    end if;
    if (select count(distinct u.id) from public.accounts_user u join public.accounts_membership m on m.user_id = u.id
        where u.id = any (owners) and u.is_active and u.agency_id = house.id and m.holds_cases
          and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp())
          and p_compartments & havre.ceiling(u.id) <> 0) <> cardinality(owners) then
      raise insufficient_privilege using message = 'a file is opened only for a colleague of the agency who holds cases now';
    end if;
    if exists (select 1 from unnest(p_restricted, p_owner) given (restricted, owner) where restricted and owner <> who.id) then
      raise insufficient_privilege using message = 'a restricted file is opened only by whoever looks after it';
    end if;
  end if;
  insert into public.people_person (id, agency_id, reference, outside_reference, gender, birth_year, birth_precision,
    marital_status, education, number_of_children, deceased)
  select person, house.id, reference, coalesce(outside, ''), coalesce(gender, ''), year, coalesce(prec, ''),
    coalesce(marital, ''), coalesce(education, ''), children, deceased
  from unnest(p_person, p_person_reference, p_outside, p_gender, p_year, p_precision, p_marital, p_education, p_children,
    p_deceased) given (person, reference, outside, gender, year, prec, marital, education, children, deceased);
  insert into public.people_case (id, person_id, agency_id, reference, state, opened_on, cohort_year, restricted, owner_id,
    imported, closed_on, closure_reason)
  select file, person, house.id, reference, state, opened, extract(year from opened)::int, restricted, owner,
    p_imported, closed, coalesce(closure, '')
  from unnest(p_case, p_person, p_case_reference, p_state, p_opened, p_restricted, p_owner, p_closed, p_closure)
    given (file, person, reference, state, opened, restricted, owner, closed, closure);
  insert into public.crypto_subjectkey (id, subject_id, generation, kind, agency_id, wrapped)
  select gen_random_uuid(), subject, 1, 'person', house.id, wrapped from unnest(p_person, p_person_key) given (subject, wrapped)
  union all
  select gen_random_uuid(), subject, 1, 'case', house.id, wrapped from unnest(p_case, p_case_key) given (subject, wrapped);
  insert into public.people_caseaccess (id, case_id, person_id, principal, compartments, level, purpose, opened)
  select gen_random_uuid(), file, person, u.principal, p_compartments & u.ceiling, 'write', 'casework', opened
  from unnest(p_case, p_person, p_owner, p_opened) given (file, person, owner, opened)
  join (select id, principal, havre.ceiling(id) as ceiling from public.accounts_user where id = any (p_owner)) u on u.id = owner;
  insert into public.people_caseaccess (id, case_id, person_id, principal, compartments, level, purpose, opened)
  select gen_random_uuid(), file, person, house.principal, p_compartments, 'write', 'supervision', opened
  from unnest(p_case, p_person, p_restricted, p_opened) given (file, person, restricted, opened) where not restricted;
  -- The first many files of an installation: the server must know that they are many before it looks each of them up.
  if cardinality(p_case) >= 100 and (select reltuples < 1000 from pg_class where oid = 'public.people_caseaccess'::regclass) then
    analyze public.people_caseaccess;
  end if;
end $$;

-- 6. grant: somebody who may write lets another principal in, never further and never longer than themselves, and never
-- in place of the owner, the agency or rights wider than their own. A colleague is let in no further than their role
-- reaches; health alone may be opened to a health worker by somebody who does not read it. Beyond the agency it takes
-- the person's consent to share, still standing.
create or replace function havre."grant"(
  p_case uuid, p_principal bigint, p_compartments int, p_level text, p_purpose text, p_consent uuid, p_until timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  c public.people_case;
  mine int;
  theirs int;
  inside boolean;
begin
  select * into c from public.people_case where id = p_case;
  select bit_or(a.compartments) into mine from public.people_caseaccess a
  where a.case_id = p_case and a.principal = any (havre.principals()) and a.level = 'write'
    and (a.until is null or a.until > clock_timestamp()) and (a.until is null or p_until <= a.until);
  select havre.ceiling(u.id) into theirs from public.accounts_user u
  where u.principal = p_principal and u.agency_id = c.agency_id;
  if mine is null or p_compartments <= 0 or p_compartments & ~(mine | (coalesce(theirs, 0) & 8)) <> 0 then
    raise insufficient_privilege using message = 'only somebody who may write this file lets another in, and no further';
  end if;
  if p_compartments & ~theirs <> 0 then
    raise insufficient_privilege using message = 'a colleague is let in no further than their role reaches';
  end if;
  if exists (select 1 from public.accounts_user where id = c.owner_id and principal = p_principal)
    or exists (select 1 from public.accounts_agency where id = c.agency_id and principal = p_principal)
    or exists (select 1 from public.people_caseaccess a where a.case_id = p_case and a.principal = p_principal
      and mine & a.compartments <> a.compartments) then
    raise insufficient_privilege using message = 'the rights of the owner, of the agency and wider rights stay as they are';
  end if;
  inside := exists (select 1 from public.accounts_user where principal = p_principal and agency_id = c.agency_id)
    or exists (select 1 from public.accounts_team where principal = p_principal and agency_id = c.agency_id);
  if not inside and not exists (
    select 1 from public.people_consent k where k.id = p_consent and k.case_id = c.id and k.scope = 'share' and k.decision = 'given'
      and (k.expires is null or k.expires >= current_date)
      and not exists (select 1 from public.people_consent later where later.supersedes_id = k.id)) then
    raise insufficient_privilege using message = 'sharing outside the agency needs the consent of the person';
  end if;
  insert into public.people_caseaccess (id, case_id, person_id, principal, compartments, level, purpose, consent_id, opened, until)
  values (gen_random_uuid(), c.id, c.person_id, p_principal, p_compartments, p_level, p_purpose, p_consent, c.opened_on, p_until)
  on conflict (case_id, principal) do update
    set compartments = excluded.compartments, level = excluded.level, purpose = excluded.purpose,
        consent_id = excluded.consent_id, until = excluded.until;
end $$;

-- 7. withdraw: a principal that was let in goes out; the owner and the agency stay, so that no file is orphaned.
create or replace function havre.withdraw(p_case uuid, p_principal bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (
    select 1 from public.people_caseaccess a where a.case_id = p_case and a.principal = any (havre.principals())
      and a.level = 'write' and (a.until is null or a.until > clock_timestamp())) then
    raise insufficient_privilege using message = 'only somebody who may write this file lets another out';
  end if;
  delete from public.people_caseaccess a using public.people_case c, public.accounts_user u, public.accounts_agency h
  where a.case_id = p_case and a.principal = p_principal and c.id = p_case and u.id = c.owner_id and h.id = c.agency_id
    and p_principal not in (u.principal, h.principal);
end $$;

-- Marks: beside the acts, what happens by itself when a row of access or a name is written, so that a search by name learns
-- what is new to somebody from one index (ADR 19). The marks say only which transaction wrote last.

-- A row of access that is changed bears the number of the transaction that changed it; a new one has it from its column.
create or replace function havre.mark_access() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.mark := pg_current_xact_id()::text::bigint;
  return new;
end $$;

-- A name that is written marks the rows of access of its person, which nobody but the owner may change.
create or replace function havre.mark_names() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  earlier uuid[];
begin
  -- In this shape each person costs one probe of an index: joined plainly, the whole table is read for each batch of an import.
  select array_agg(x.id) into earlier from (select distinct person_id from written) w cross join lateral (
    select id from public.people_caseaccess a
    where a.person_id = w.person_id and a.mark <> pg_current_xact_id()::text::bigint offset 0) x;
  if earlier is not null then
    update public.people_caseaccess a set mark = 0 where a.id = any (earlier);
  end if;
  return null;
end $$;

create or replace trigger access_is_marked before update on public.people_caseaccess
  for each row execute function havre.mark_access();
create or replace trigger new_names_are_marked after insert on public.people_personname
  referencing new table as written for each statement execute function havre.mark_names();
create or replace trigger changed_names_are_marked after update on public.people_personname
  referencing new table as written for each statement execute function havre.mark_names();

revoke execute on all functions in schema havre from public;
grant usage on schema havre to havre_app, havre_worker;
grant execute on function havre.actor(), havre.principals(), havre.extend(text, boolean), havre."end"(),
  havre.open_case(uuid[], text[], uuid[], text[], text[], date[], int, boolean[], uuid[], bytea[], bytea[],
    boolean, text[], text[], int[], text[], text[], text[], int[], boolean[], date[], text[]),
  havre."grant"(uuid, bigint, int, text, text, uuid, timestamptz), havre.withdraw(uuid, bigint), havre.circle(uuid)
  to havre_app, havre_worker;
grant execute on function havre.begin_session(bytea, uuid, text, interval, bytea) to havre_app;
grant execute on function havre.begin_job(bytea, uuid, bytea) to havre_app, havre_worker;
