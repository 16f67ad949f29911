-- Claims and the acts that the application may not do by plain SQL. Owned by havre_owner; run again at each set-up.
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

-- The principals that somebody stands for now, suspended or not: as havre.principals, of another user.
create or replace function havre.stands_for(p_user uuid) returns bigint[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce((
    select array_agg(distinct p)
    from public.accounts_membership m
    join public.accounts_user u on u.id = m.user_id
    join public.accounts_agency a on a.id = u.agency_id
    left join public.accounts_team t on t.id = m.team_id
    cross join lateral (values
      (m.holds_cases, u.principal), (m.holds_cases and m.compartments & t.compartments = t.compartments, t.principal),
      (m.sees_agency, a.principal)) reach (held, p)
    where m.user_id = p_user and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp())
      and held and p is not null), '{}');
end $$;

-- Whether whoever asks answers for a file: its owner, or somebody whose role reaches the whole agency, who may write in it.
-- What somebody reaches in an emergency makes nobody answer for it.
create or replace function havre.answers_for(c public.people_case) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  held bigint[] := havre.principals();
begin
  return exists (
    select 1 from public.people_caseaccess a
    where a.case_id = c.id and a.principal = any (held) and a.level = 'write' and a.purpose <> 'break_glass'
      and (a.until is null or a.until > clock_timestamp())
      and (exists (select 1 from public.accounts_user u where u.id = c.owner_id and u.id = havre.actor() and u.principal = a.principal)
        or exists (select 1 from public.accounts_agency h where h.id = c.agency_id and h.principal = any (held))));
end $$;

-- Whom a principal stands for: the agency, the parts its roles reach at most, whether it is one named person. Nothing for a
-- number that is nobody's, and for somebody who is suspended.
create or replace function havre.recipient(p_principal bigint, out house uuid, out reach int, out named boolean)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  select u.agency_id, havre.ceiling(u.id), true into house, reach, named
  from public.accounts_user u where u.principal = p_principal and u.is_active;
  if house is null then
    select t.agency_id, t.compartments, false into house, reach, named from public.accounts_team t
    where t.principal = p_principal and t.ended is null;
  end if;
  if house is null then
    select a.id, (
      select bit_and(m.compartments) from public.accounts_membership m join public.accounts_user u on u.id = m.user_id
      where u.agency_id = a.id and u.is_active and m.sees_agency
        and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp())), false
    into house, reach, named from public.accounts_agency a where a.principal = p_principal;
  end if;
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

-- The principals that user stands for now: self, teams, and the agency where a role reaches that far. A team's files are
-- open to those whose own role reaches all parts the team works with.
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
      (m.holds_cases, u.principal), (m.holds_cases and m.compartments & t.compartments = t.compartments, t.principal),
      (m.sees_agency, a.principal), (m.audits_agency, a.audit_principal)) reach (held, p)
    where m.user_id = who and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp())
      and held and p is not null), '{}');
end $$;

-- Who else may reach a file, told to whoever reaches it: a policy cannot say so, since it would have to ask itself.
-- Another agency is told of its own people and of the owner, not who works in this house. With p_past, what ended too.
drop function if exists havre.circle(uuid);
create or replace function havre.circle(p_case uuid, p_past boolean default false)
returns table (principal bigint, compartments int, level text, purpose text, since timestamptz, until timestamptz,
  basis text, onward boolean, given_by uuid, consent uuid, ended text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  held bigint[] := havre.principals();
  house uuid := (select u.agency_id from public.accounts_user u where u.id = havre.actor());
  c public.people_case;
begin
  select * into c from public.people_case where id = p_case;
  if not exists (
    select 1 from public.people_caseaccess m where m.case_id = p_case and m.principal = any (held)
      and (m.until is null or m.until > clock_timestamp())) then
    return;
  end if;
  return query select a.principal, a.compartments, a.level::text, a.purpose::text, a.since, a.until,
    a.basis::text, a.onward, a.given_by, a.consent_id, a.ended::text
  from (
    select x.principal, x.compartments, x.level, x.purpose, x.since, x.until, x.basis, x.onward, x.given_by, x.consent_id, x.ended
    from public.people_caseaccess x where x.case_id = p_case and (p_past or x.until is null or x.until > clock_timestamp())
    union all
    select y.principal, y.compartments, y.level, y.purpose, y.since, y.until, y.basis, y.onward, y.given_by, y.consent_id, y.ended
    from public.people_pastaccess y where p_past and y.case_id = p_case) a
  where c.agency_id = house
    or exists (select 1 from public.accounts_user u where u.principal = a.principal and (u.agency_id = house or u.id = c.owner_id))
    or exists (select 1 from public.accounts_team t where t.principal = a.principal and t.agency_id = house)
    or exists (select 1 from public.accounts_agency h where h.principal = a.principal and h.id = house)
  order by a.since, a.principal;
end $$;

-- What was shared with whoever asks, and lately ended: the rows of access that somebody gave, not those of one's own people.
create or replace function havre.shared_with_me()
returns table (file uuid, reference text, house uuid, principal bigint, compartments int, purpose text, basis text,
  onward boolean, given_by uuid, since timestamptz, until timestamptz, ended text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select c.id, c.reference::text, c.agency_id, a.principal, a.compartments, a.purpose::text, a.basis::text,
    a.onward, a.given_by, a.since, a.until, a.ended::text
  from unnest(havre.principals()) held (p), public.people_caseaccess a, public.people_case c
  where a.principal = held.p and a.given_by is not null and a.purpose <> 'break_glass' and c.id = a.case_id
    and c.agency_id <> (select u.agency_id from public.accounts_user u where u.id = havre.actor())
    and (a.until is null or a.until > clock_timestamp() - interval '90 days')
  order by a.since desc, c.reference;
end $$;

-- Why a colleague of whoever asks does not reach a part of a file that the asker reaches: part by part, with the reason.
-- reached: they do, and until when. Else suspended, left (no role that holds files), role (it does not reach that part),
-- consent, withdrawn, restricted, onward, replaced (why their access ended), expired (its day passed), closed (the file is
-- restricted and they were not named), none (nobody let them in).
create or replace function havre.explain(p_case uuid, p_user uuid)
returns table (part int, reason text, principal bigint, since timestamptz, until timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  now_ timestamptz := clock_timestamp();
  c public.people_case;
  u public.accounts_user;
  stands bigint[];
begin
  select * into c from public.people_case where id = p_case;
  select * into u from public.accounts_user where id = p_user;
  if u.id is null or u.agency_id is distinct from (select x.agency_id from public.accounts_user x where x.id = havre.actor())
    or not exists (
      select 1 from public.people_caseaccess m where m.case_id = p_case and m.principal = any (havre.principals())
        and (m.until is null or m.until > now_)) then
    return;
  end if;
  stands := havre.stands_for(p_user);
  return query
  with rows_ as (
    select a.principal, a.compartments, a.since, a.until, a.ended from public.people_caseaccess a
    where a.case_id = p_case and a.principal = any (stands || u.principal)
    union all
    select y.principal, y.compartments, y.since, y.until, y.ended from public.people_pastaccess y
    where y.case_id = p_case and y.principal = any (stands || u.principal))
  select p.part, case
      when not u.is_active then 'suspended'
      when cardinality(stands) = 0 then 'left'
      when r.live and r.principal = any (stands) then 'reached'
      when havre.ceiling(p_user) & p.part = 0 then 'role'
      when r.principal is null then case when c.restricted then 'closed' else 'none' end
      when r.ended <> '' then r.ended
      when r.live then 'left'
      else 'expired' end,
    r.principal, r.since, r.until
  from (values (1), (2), (4), (8), (16), (32)) p (part)
  left join lateral (
    select x.*, (x.until is null or x.until > now_) as live from rows_ x where x.compartments & p.part <> 0
    order by (x.until is null or x.until > now_) desc, x.until desc nulls first, x.since desc limit 1) r on true
  order by p.part;
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

-- 6. grant: lets another principal into a file, never further and never longer than whoever asks.
-- Inside the agency whoever may write lets a colleague in, no further than their role reaches; health alone may be opened to a
-- health worker by somebody who does not read it. Beyond the agency shares whoever answers for the file, to be read only, for a
-- purpose, on a basis, until a day, under the person's consent, still standing, to share with that very agency. Whoever got a file
-- by a share shares on only if it says so, and what they gave ends with it. A restricted file is opened to named people alone.
drop function if exists havre."grant"(uuid, bigint, int, text, text, uuid, timestamptz);
create or replace function havre."grant"(
  p_case uuid, p_principal bigint, p_compartments int, p_level text, p_purpose text, p_consent uuid, p_until timestamptz,
  p_basis text default '', p_onward boolean default false) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me public.accounts_user;
  c public.people_case;
  there public.people_caseaccess;
  recipient record;
  held bigint[] := havre.principals();
  answers boolean;
  outside boolean;
  mine int;
  through uuid;
begin
  -- Held until the end: the file, the consent and the row it is shared on from cannot go while this is on its way.
  select * into c from public.people_case where id = p_case for share;
  perform 1 from public.people_consent k where k.id = p_consent for share;
  select * into me from public.accounts_user where id = havre.actor();
  select * into recipient from havre.recipient(p_principal);
  answers := c.id is not null and havre.answers_for(c);
  outside := recipient.house is distinct from c.agency_id;
  select bit_or(a.compartments) into mine from public.people_caseaccess a
  where a.case_id = p_case and a.principal = any (held) and a.level = 'write' and a.purpose <> 'break_glass'
    and (a.until is null or a.until > clock_timestamp()) and (a.until is null or p_until <= a.until) and (answers or not outside);
  if not outside and recipient.named then
    mine := mine | (recipient.reach & 8);
  end if;
  if mine is null or p_compartments & ~mine <> 0 then
    select a.id, a.compartments into through, mine from public.people_caseaccess a
    where a.case_id = p_case and a.principal = any (held) and a.onward and a.purpose <> 'break_glass' and p_level = 'read'
      and (a.until is null or a.until > clock_timestamp()) and (a.until is null or p_until <= a.until)
      and p_compartments & ~a.compartments = 0
    order by a.until desc nulls first, a.since desc limit 1 for share;
    if through is null then
      raise insufficient_privilege using message = 'only somebody who may write this file lets another in, and no further';
    end if;
  end if;
  if p_compartments <= 0 or p_until <= clock_timestamp() then
    raise insufficient_privilege using message = 'a file is opened for something, and for some time';
  end if;
  if recipient.house is null or recipient.reach is null or p_compartments & ~recipient.reach <> 0 then
    raise insufficient_privilege using message = 'a colleague is let in no further than their role reaches';
  end if;
  if c.restricted and not (answers and recipient.named) then
    raise insufficient_privilege using message = 'a restricted file is opened to named people, by whoever answers for it';
  end if;
  if p_onward and not (answers or through is not null) then
    raise insufficient_privilege using message = 'only somebody who may share on lets others share on';
  end if;
  select * into there from public.people_caseaccess a where a.case_id = p_case and a.principal = p_principal
    and (a.until is null or a.until > clock_timestamp());
  if p_principal = me.principal or there.id = through
    or exists (select 1 from public.accounts_user where id = c.owner_id and principal = p_principal)
    or exists (select 1 from public.accounts_agency where id = c.agency_id and principal = p_principal)
    or there.compartments & ~mine <> 0
    or (there.id is not null and not answers and there.given_by is distinct from me.id) then
    raise insufficient_privilege using message = 'the rights of the owner, of the agency and wider rights stay as they are';
  end if;
  if outside and (p_level <> 'read' or p_until is null or p_purpose = '' or p_basis = '') then
    raise insufficient_privilege using message = 'outside the agency a file is read, for a purpose, on a basis, until a day';
  end if;
  if outside and (havre.confirmed() > clock_timestamp() - interval '10 minutes') is not true then
    raise insufficient_privilege using message = 'a file is shared outside only by somebody who has just shown again who they are';
  end if;
  if outside and not exists (
    select 1 from public.people_consent k where k.id = p_consent and k.case_id = c.id and k.scope = 'share' and k.decision = 'given'
      and k.body_id = recipient.house and (k.expires is null or p_until <= k.expires + 1)
      and not exists (select 1 from public.people_consent later where later.supersedes_id = k.id)) then
    raise insufficient_privilege using message = 'sharing outside the agency needs the consent of the person';
  end if;
  insert into public.people_caseaccess (id, case_id, person_id, principal, compartments, level, purpose, basis, consent_id, onward,
    given_by, via, opened, until)
  values (gen_random_uuid(), c.id, c.person_id, p_principal, p_compartments, p_level, p_purpose, p_basis,
    case when outside then p_consent end, p_onward, me.id, through, c.opened_on, p_until)
  on conflict (case_id, principal) do update
    set compartments = excluded.compartments, level = excluded.level, purpose = excluded.purpose, basis = excluded.basis,
        consent_id = excluded.consent_id, onward = excluded.onward, given_by = excluded.given_by, via = excluded.via,
        since = clock_timestamp(), until = excluded.until, ended = '', ended_by = null;
  if outside then
    perform havre.tell_holders(p_principal, 'share.given', c.id, clock_timestamp(), me.id);
  end if;
  if p_until is not null then
    perform havre.tell_holders(p_principal, 'share.ended', c.id, p_until, null);
  end if;
end $$;

-- 7. withdraw: a principal that was let in goes out, and its row stays with its end. By whoever answers for the file, by whoever
-- gave it, or by the one who goes; the owner and the agency stay, so that no file is orphaned.
create or replace function havre.withdraw(p_case uuid, p_principal bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me public.accounts_user;
  c public.people_case;
  there public.people_caseaccess;
  held bigint[] := havre.principals();
  answers boolean;
begin
  select * into me from public.accounts_user where id = havre.actor();
  select * into c from public.people_case where id = p_case;
  answers := c.id is not null and havre.answers_for(c);
  select * into there from public.people_caseaccess a where a.case_id = p_case and a.principal = p_principal
    and (a.until is null or a.until > clock_timestamp());
  if not answers and (there.id is null or not exists (
      select 1 from public.people_caseaccess a where a.case_id = p_case and a.principal = any (held)
        and (a.until is null or a.until > clock_timestamp())
        and (there.given_by = me.id or p_principal = any (held) and (p_principal = me.principal
          or exists (select 1 from public.accounts_agency h where h.id = me.agency_id and h.principal = p_principal)))))
    or exists (select 1 from public.accounts_user where id = c.owner_id and principal = p_principal)
    or exists (select 1 from public.accounts_agency where id = c.agency_id and principal = p_principal) then
    raise insufficient_privilege using message = 'only whoever answers for this file, or let them in, lets another out';
  end if;
  update public.people_caseaccess a set until = clock_timestamp(), ended = 'withdrawn', ended_by = me.id where a.id = there.id;
end $$;

-- restrict: a file is for named people only, or for the house again; by whoever answers for it. What was open to the agency, to
-- teams and to other agencies ends. A supervisor who stays is named; else they see it no more.
create or replace function havre.restrict(p_case uuid, p_restricted boolean, p_stay boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me public.accounts_user;
  c public.people_case;
  house public.accounts_agency;
  parts int;
begin
  select * into me from public.accounts_user where id = havre.actor();
  select * into c from public.people_case where id = p_case for update;
  if c.id is null or not havre.answers_for(c) then
    raise insufficient_privilege using message = 'only whoever answers for a file restricts it';
  end if;
  if c.restricted = p_restricted then return; end if;
  select * into house from public.accounts_agency where id = c.agency_id;
  update public.people_case set restricted = p_restricted, version = version + 1 where id = p_case;
  select a.compartments into parts from public.people_caseaccess a where a.case_id = p_case and a.principal = house.principal;
  if p_restricted then
    update public.people_caseaccess a set until = clock_timestamp(), ended = 'restricted', ended_by = me.id
    where a.case_id = p_case and (a.until is null or a.until > clock_timestamp())
      and (a.purpose = 'break_glass' or not exists (select 1 from public.accounts_user u where u.principal = a.principal));
    if p_stay and me.id <> c.owner_id then
      insert into public.people_caseaccess (id, case_id, person_id, principal, compartments, level, purpose, given_by, opened)
      values (gen_random_uuid(), c.id, c.person_id, me.principal, parts & havre.ceiling(me.id), 'write', 'supervision', me.id, c.opened_on)
      on conflict (case_id, principal) do update
        set compartments = case when people_caseaccess.until > clock_timestamp() is not false
              then people_caseaccess.compartments else 0 end | excluded.compartments,
            level = 'write', purpose = 'supervision', basis = '', consent_id = null, onward = false, given_by = me.id, via = null,
            since = clock_timestamp(), until = null, ended = '', ended_by = null;
    end if;
  else
    insert into public.people_caseaccess (id, case_id, person_id, principal, compartments, level, purpose, given_by, opened)
    select gen_random_uuid(), c.id, c.person_id, house.principal, coalesce(parts, a.compartments), 'write', 'supervision', me.id, c.opened_on
    from public.people_caseaccess a join public.accounts_user u on u.principal = a.principal
    where a.case_id = p_case and u.id = c.owner_id
    on conflict (case_id, principal) do update
      set until = null, since = clock_timestamp(), ended = '', ended_by = null, given_by = me.id;
  end if;
end $$;

-- What ends by itself: shares with the consent they stand on, and what was shared on with the share it was shared on from.

-- A later decision takes the place of a yes to share: what was given under it ends in the same transaction. A decision can
-- supersede one of its own file alone, or another file's consents could be held fast from outside.
create or replace function havre.end_shares() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform 1 from public.people_consent k where k.id = new.supersedes_id and k.case_id = new.case_id for no key update;
  if not found then
    raise insufficient_privilege using message = 'a decision takes the place of one about the same person alone';
  end if;
  update public.people_caseaccess a set until = clock_timestamp(), ended = 'consent', ended_by = new.by_id
  where a.case_id = new.case_id and a.consent_id = new.supersedes_id and (a.until is null or a.until > clock_timestamp());
  return null;
end $$;

-- A row that is given anew leaves behind what it was; one that ends takes along what was shared on from it.
create or replace function havre.keep_past() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  ran boolean := old.until is null or old.until > clock_timestamp();
begin
  if old.since is distinct from new.since then
    insert into public.people_pastaccess (id, case_id, principal, compartments, level, purpose, basis, consent_id, onward, given_by,
      since, until, ended, ended_by)
    values (gen_random_uuid(), old.case_id, old.principal, old.compartments, old.level, old.purpose, old.basis, old.consent_id,
      old.onward, old.given_by, old.since, case when ran then clock_timestamp() else old.until end,
      case when ran then 'replaced' else old.ended end, case when ran then new.given_by else old.ended_by end);
  end if;
  if ran and (old.since is distinct from new.since or new.ended <> '') then
    update public.people_caseaccess a set until = clock_timestamp(), ended = 'onward', ended_by = new.ended_by
    where a.case_id = old.case_id and a.via = old.id and (a.until is null or a.until > clock_timestamp());
  end if;
  if ran and new.ended <> '' and old.given_by is not null then
    perform havre.tell_holders(old.principal, 'share.ended', old.case_id, clock_timestamp(), new.ended_by);
  end if;
  return null;
end $$;

-- Helper: a notice for each of those a principal stands for, but for whoever did it; what was due later of that kind is moved.
create or replace function havre.tell_holders(p_principal bigint, p_kind text, p_case uuid, p_at timestamptz, p_by uuid) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  house uuid := (select r.house from havre.recipient(p_principal) r);
  one uuid;
begin
  for one in select u.id from public.accounts_user u where u.agency_id = house and p_principal = any (havre.stands_for(u.id)) loop
    delete from public.notices_notice n
    where n.user_id = one and n.kind = p_kind and n.subject_id = p_case and n.at > clock_timestamp();
    if one is distinct from p_by then
      perform havre.note(one, p_kind, p_case, p_at);
    end if;
  end loop;
end $$;

-- Who holds a file, and whether it is restricted, decides who answers for it: no plain statement changes that.
create or replace function havre.keep_holder() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if current_user in ('havre_app', 'havre_worker') then
    raise insufficient_privilege using message = 'who holds a file is changed by the functions made for it';
  end if;
  return new;
end $$;

create or replace trigger shares_end_with_consent after insert on public.people_consent
  for each row when (new.supersedes_id is not null) execute function havre.end_shares();
create or replace trigger past_access_is_kept after update on public.people_caseaccess
  for each row when (old.since is distinct from new.since or old.ended is distinct from new.ended) execute function havre.keep_past();
create or replace trigger holder_is_kept before update on public.people_case
  for each row when (old.owner_id is distinct from new.owner_id or old.restricted is distinct from new.restricted
    or old.agency_id is distinct from new.agency_id or old.person_id is distinct from new.person_id)
  execute function havre.keep_holder();

-- Accounts: what an administrator does. Each asks for an administrator of the agency whose session was confirmed within ten
-- minutes, and reaches colleagues of that agency alone, never the administrator's own account (ADR 23).

-- The agency whose accounts the user of this transaction looks after; null for everybody else.
create or replace function havre.administers() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select u.agency_id from public.accounts_user u join public.accounts_membership m on m.user_id = u.id
    where u.id = havre.actor() and m.role = 'administrator' and m.begins <= clock_timestamp()
      and (m.ends is null or m.ends > clock_timestamp()) limit 1);
end $$;

-- Helper: that agency, held for one act at a time, so that two administrators do not suspend each other at once.
create or replace function havre.office() returns uuid
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  house uuid;
begin
  select id into house from public.accounts_agency where id = havre.administers() for no key update;
  if house is null or havre.administers() is distinct from house then
    raise insufficient_privilege using message = 'only an administrator of the agency looks after its accounts';
  end if;
  if (havre.confirmed() > clock_timestamp() - interval '10 minutes') is not true then
    raise insufficient_privilege using message = 'accounts are changed only by somebody who has just shown again who they are';
  end if;
  return house;
end $$;

-- Helper: a colleague of that agency who is not gone for good, held; nobody looks after their own account.
create or replace function havre.colleague(p_house uuid, p_user uuid) returns public.accounts_user
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  one public.accounts_user;
begin
  select * into one from public.accounts_user
  where id = p_user and agency_id = p_house and id <> havre.actor() and ended is null for no key update;
  if one.id is null then
    raise insufficient_privilege using message = 'an administrator looks after colleagues of the own agency, never after themselves';
  end if;
  return one;
end $$;

-- Helper: refuses when nobody but this user would look after the accounts of the agency, without an end in sight.
create or replace function havre.not_the_last(p_house uuid, p_user uuid) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select 1 from public.accounts_membership m where m.user_id = p_user and m.role = 'administrator'
      and (m.ends is null or m.ends > clock_timestamp()))
    and not exists (
      select 1 from public.accounts_user u join public.accounts_membership m on m.user_id = u.id
      where u.agency_id = p_house and u.id <> p_user and u.is_active and m.role = 'administrator'
        and m.begins <= clock_timestamp() and m.ends is null) then
    raise insufficient_privilege using message = 'the last administrator of an agency stays';
  end if;
end $$;

-- Helper: one line in the history of an account.
create or replace function havre.note_account(p_user uuid, p_act text, p_roles text[], p_team uuid) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.accounts_accountchange (id, agency_id, watcher, user_id, by_id, at, act, roles, team_id)
  select gen_random_uuid(), a.id, a.audit_principal, u.id, coalesce(havre.actor(), u.id), clock_timestamp(), p_act,
    coalesce(array_to_string(p_roles, ';'), ''), p_team
  from public.accounts_user u join public.accounts_agency a on a.id = u.agency_id where u.id = p_user;
end $$;

-- Helper: from now on this user holds these roles, in this team where a role has a caseload, and no other. What ends keeps
-- its dates. What was opened to them for an earlier role closes as far as the new ones do not reach.
create or replace function havre.give_roles(p_house uuid, p_user uuid, p_roles text[], p_team uuid) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  most int;
  saw_it boolean := coalesce((
    select bool_or(m.sees_agency) from public.accounts_membership m
    where m.user_id = p_user and (m.ends is null or m.ends > clock_timestamp())), false);
begin
  if coalesce(cardinality(p_roles), 0) = 0
    or exists (select 1 from unnest(p_roles) given (role)
      where not exists (select 1 from public.accounts_rolereach r where r.code = given.role))
    or ('administrator' = any (p_roles) and cardinality(p_roles) > 1) then
    raise insufficient_privilege using message = 'roles are those of the list, and an administrator holds no other';
  end if;
  if p_team is not null and not exists (
    select 1 from public.accounts_team t where t.id = p_team and t.agency_id = p_house and t.ended is null) then
    raise insufficient_privilege using message = 'a team is one of the agency that has not ended';
  end if;
  update public.accounts_membership m set ends = greatest(clock_timestamp(), m.begins + interval '1 microsecond')
  where m.user_id = p_user and (m.ends is null or m.ends > clock_timestamp()) and not exists (
    select 1 from public.accounts_rolereach r where r.code = any (p_roles) and r.code = m.role and m.ends is null
      and m.team_id is not distinct from case when r.holds_cases then p_team end
      and (m.compartments, m.holds_cases, m.sees_agency, m.audits_agency)
        = (r.compartments, r.holds_cases, r.sees_agency, r.audits_agency));
  insert into public.accounts_membership (id, user_id, team_id, role, compartments, holds_cases, sees_agency, audits_agency, begins)
  select gen_random_uuid(), p_user, case when r.holds_cases then p_team end, r.code, r.compartments, r.holds_cases,
    r.sees_agency, r.audits_agency, clock_timestamp()
  from public.accounts_rolereach r where r.code = any (p_roles) and not exists (
    select 1 from public.accounts_membership m where m.user_id = p_user and m.role = r.code and m.ends is null);
  -- Who sees the whole agency from now on is made known to those who do already, and to the data-protection lead.
  if not saw_it and exists (select 1 from public.accounts_rolereach r where r.code = any (p_roles) and r.sees_agency) then
    perform havre.note(known.id, 'account.sees_agency', p_user, null) from (
      select distinct u.id from public.accounts_user u join public.accounts_membership m on m.user_id = u.id
      where u.agency_id = p_house and u.is_active and u.id <> p_user and (m.sees_agency or m.role = 'data_protection_lead')
        and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp())) known;
  end if;
  most := havre.ceiling(p_user);
  update public.people_caseaccess a set until = clock_timestamp(), ended = 'moved', ended_by = havre.actor()
  from public.accounts_user u where u.id = p_user and a.principal = u.principal and a.compartments & most = 0
    and (a.until is null or a.until > clock_timestamp());
  update public.people_caseaccess a set compartments = a.compartments & most, since = clock_timestamp()
  from public.accounts_user u where u.id = p_user and a.principal = u.principal and a.compartments & ~most <> 0
    and (a.until is null or a.until > clock_timestamp());
end $$;

-- Helper: a new invitation for this user; an earlier one is worth nothing any more.
create or replace function havre.offer(p_user uuid, p_hash bytea) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update public.accounts_invitation set replaced = clock_timestamp() where user_id = p_user and used is null and replaced is null;
  insert into public.accounts_invitation (id, user_id, agency_id, token_hash, at, expires)
  select gen_random_uuid(), u.id, u.agency_id, p_hash, clock_timestamp(), clock_timestamp() + interval '72 hours'
  from public.accounts_user u where u.id = p_user;
end $$;

-- 8. invite: somebody new, who cannot sign in until they chose a password themselves.
create or replace function havre.invite(
  p_user uuid, p_login text, p_name text, p_language text, p_roles text[], p_team uuid, p_key bytea, p_hash bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  house uuid := havre.office();
begin
  if p_login !~ '^[a-z0-9][a-z0-9._-]{1,59}$' or btrim(p_name) = '' then
    raise insufficient_privilege using message = 'an account has a name, and a login of small letters and figures';
  end if;
  insert into public.accounts_user (id, login, name, agency_id, language, is_active, principal, password)
  values (p_user, p_login, p_name, house, p_language, false, nextval('public.accounts_principal'), '!');
  insert into public.crypto_subjectkey (id, subject_id, generation, kind, agency_id, wrapped)
  values (gen_random_uuid(), p_user, 1, 'user', house, p_key);
  perform havre.give_roles(house, p_user, p_roles, p_team);
  perform havre.offer(p_user, p_hash);
  perform havre.note_account(p_user, 'account.invite', p_roles, p_team);
end $$;

-- 9. invite_again: a new invitation for somebody who has not come yet.
create or replace function havre.invite_again(p_user uuid, p_hash bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  one public.accounts_user := havre.colleague(havre.office(), p_user);
begin
  if one.is_active or one.suspended is not null then
    raise insufficient_privilege using message = 'only somebody who has not come yet is invited again';
  end if;
  perform havre.offer(p_user, p_hash);
  perform havre.note_account(p_user, 'account.invite_again', null, null);
end $$;

-- Whom an invitation is for, told to whoever holds it; nobody for one that is forged, used, replaced or too old.
create or replace function havre.invited(p_token text) returns table (user_id uuid, login text, name text, language text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select u.id, u.login::text, u.name::text, u.language::text
  from public.accounts_invitation i join public.accounts_user u on u.id = i.user_id
  where i.token_hash = sha256(convert_to(p_token, 'UTF8')) and i.used is null and i.replaced is null
    and i.expires > clock_timestamp() and not u.is_active and u.suspended is null and u.ended is null;
end $$;

-- 10. accept: whoever holds an invitation chooses the password, once. False when it is worth nothing any more.
create or replace function havre.accept(p_token text, p_password text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  one uuid;
begin
  perform 1 from public.accounts_invitation where token_hash = sha256(convert_to(p_token, 'UTF8')) for update;
  select user_id into one from havre.invited(p_token);
  if one is null then return false; end if;
  update public.accounts_invitation set used = clock_timestamp() where token_hash = sha256(convert_to(p_token, 'UTF8'));
  update public.accounts_user set password = p_password, is_active = true where id = one;
  perform havre.note_account(one, 'account.accept', null, null);
  return true;
end $$;

-- 11. appoint: the roles and the team a colleague has from now on.
create or replace function havre.appoint(p_user uuid, p_roles text[], p_team uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  house uuid := havre.office();
begin
  perform havre.colleague(house, p_user);
  if not 'administrator' = any (p_roles) then perform havre.not_the_last(house, p_user); end if;
  perform havre.give_roles(house, p_user, p_roles, p_team);
  perform havre.note_account(p_user, 'account.move', p_roles, p_team);
end $$;

-- 12. suspend: a colleague reaches nothing from now on, or is let back. Their sessions are over either way.
create or replace function havre.suspend(p_user uuid, p_back boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  house uuid := havre.office();
  one public.accounts_user := havre.colleague(house, p_user);
begin
  if one.is_active = p_back or (p_back and one.password = '!') then
    raise insufficient_privilege using message = 'who is active is suspended, who is suspended is let back';
  end if;
  if not p_back then perform havre.not_the_last(house, p_user); end if;
  update public.accounts_user
  set is_active = p_back, suspended = case when not p_back then clock_timestamp() end where id = p_user;
  delete from public.accounts_session where user_id = p_user;
  perform havre.note_account(p_user, case when p_back then 'account.let_back' else 'account.suspend' end, null, null);
end $$;

-- 13. remove: a colleague is gone for good. The name stays in the record; files in their care wait to be handed over.
create or replace function havre.remove(p_user uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  house uuid := havre.office();
  one public.accounts_user := havre.colleague(house, p_user);
begin
  perform havre.not_the_last(house, p_user);
  update public.accounts_user set is_active = false, ended = clock_timestamp(), password = '!' where id = p_user;
  update public.accounts_membership set ends = greatest(clock_timestamp(), begins + interval '1 microsecond')
  where user_id = p_user and (ends is null or ends > clock_timestamp());
  update public.accounts_invitation set replaced = clock_timestamp() where user_id = p_user and used is null and replaced is null;
  delete from public.accounts_session where user_id = p_user;
  update public.people_caseaccess a set until = clock_timestamp(), ended = 'removed', ended_by = havre.actor()
  where a.principal = one.principal
    and (a.until is null or a.until > clock_timestamp())
    and not exists (select 1 from public.people_case c where c.id = a.case_id and c.owner_id = p_user);
  perform havre.note_account(p_user, 'account.remove', null, null);
end $$;

-- reset_factors: a colleague who lost what they hold beside the password sets it up anew at the next sign-in. They are told.
create or replace function havre.reset_factors(p_user uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform havre.colleague(havre.office(), p_user);
  delete from public.accounts_factor where user_id = p_user;
  delete from public.accounts_session where user_id = p_user;
  perform havre.note(p_user, 'account.factors_reset', null, null);
  perform havre.note_account(p_user, 'account.reset_factors', null, null);
end $$;

-- 14. keep_team: a new team, another name for one, or its end; one with people in it does not end.
create or replace function havre.keep_team(p_team uuid, p_name text, p_ends boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  house uuid := havre.office();
begin
  if not exists (select 1 from public.accounts_team where id = p_team) and not p_ends then
    insert into public.accounts_team (id, agency_id, name, principal)
    values (p_team, house, p_name, nextval('public.accounts_principal'));
    return;
  end if;
  if p_ends and exists (select 1 from public.accounts_membership m join public.accounts_user u on u.id = m.user_id
      where m.team_id = p_team and u.ended is null and (m.ends is null or m.ends > clock_timestamp())) then
    raise insufficient_privilege using message = 'a team ends when nobody is in it any more';
  end if;
  update public.accounts_team set name = case when p_ends then name else p_name end,
    ended = case when p_ends then clock_timestamp() end
  where id = p_team and agency_id = house and ended is null;
  if not found then
    raise insufficient_privilege using message = 'a team is one of the agency that has not ended';
  end if;
end $$;

-- How many files are in the care of these users: told to a supervisor of the agency, and to each of their own. An
-- administrator learns only that there are some, since numbers that move would tell of the work.
create or replace function havre.caseloads(p_users uuid[]) returns table (user_id uuid, files int)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  who public.accounts_user;
  all_of_it boolean;
  office boolean;
begin
  select * into who from public.accounts_user where id = havre.actor();
  all_of_it := (select a.principal = any (havre.principals()) from public.accounts_agency a where a.id = who.agency_id);
  office := havre.administers() = who.agency_id;
  return query select u.id, case when all_of_it or u.id = who.id then counted.files else least(counted.files, 1) end
  from public.accounts_user u cross join lateral (
    select count(*)::int as files from public.people_case c where c.owner_id = u.id) counted
  where u.id = any (p_users) and u.agency_id = who.agency_id and counted.files > 0 and (all_of_it or office or u.id = who.id);
end $$;

-- 15. hand_over: files of one colleague become those of others, each file's to the one named beside it. By whoever's role
-- reaches the whole agency, or of one's own; only files that whoever asks may write in, so a restricted one by those who see
-- it; only to colleagues who may open files, no further than their role reaches. The earlier row ends, or stays (illness).
create or replace function havre.hand_over(p_from uuid, p_cases uuid[], p_to uuid[], p_stays boolean) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  held bigint[] := havre.principals();
  who public.accounts_user;
  before public.accounts_user;
  house public.accounts_agency;
begin
  select * into who from public.accounts_user where id = havre.actor();
  select * into house from public.accounts_agency where id = who.agency_id;
  select * into before from public.accounts_user where id = p_from and agency_id = house.id;
  if before.id is null or who.principal <> all (held) or (before.id <> who.id and house.principal <> all (held)) then
    raise insufficient_privilege using message = 'files are handed over by a supervisor of the agency, or by whoever looks after them';
  end if;
  if exists (select 1 from unnest(p_to) t (id) where not exists (
    select 1 from public.accounts_user u join public.accounts_membership m on m.user_id = u.id
    join public.accounts_rolereach r on r.code = m.role
    where u.id = t.id and u.id <> before.id and u.is_active and u.agency_id = house.id and m.holds_cases and r.opens_cases
      and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp()))) then
    raise insufficient_privilege using message = 'files are handed over to a colleague of the agency who may open files';
  end if;
  perform 1 from public.people_case c where c.id = any (p_cases) order by c.id for no key update;
  if cardinality(p_cases) is distinct from cardinality(p_to) or cardinality(p_cases) <> (
    select count(*) from public.people_case c
    where c.id = any (p_cases) and c.owner_id = before.id and c.agency_id = house.id and exists (
      select 1 from public.people_caseaccess a where a.case_id = c.id and a.principal = any (held) and a.level = 'write'
        and a.purpose <> 'break_glass' and (a.until is null or a.until > clock_timestamp()) offset 0)) then
    raise insufficient_privilege using message = 'only files that are still with that colleague, by somebody who may write in them';
  end if;
  insert into public.people_caseaccess (id, case_id, person_id, principal, compartments, level, purpose, opened)
  select gen_random_uuid(), c.id, c.person_id, u.principal, reach.compartments & u.most, 'write', 'casework', c.opened_on
  from unnest(p_cases, p_to) given (file, after)
  join public.people_case c on c.id = given.file
  join (select x.id, x.principal, havre.ceiling(x.id) as most from public.accounts_user x where x.id = any (p_to) offset 0) u
    on u.id = given.after
  cross join lateral (
    select bit_or(a.compartments) as compartments from public.people_caseaccess a
    where a.case_id = c.id and a.purpose <> 'break_glass' and (a.principal = before.principal or (
      (a.principal in (house.principal, u.principal) or (a.principal = any (held) and a.level = 'write'))
      and (a.until is null or a.until > clock_timestamp())))) reach
  on conflict (case_id, principal) do update
    set compartments = excluded.compartments, level = 'write', purpose = 'casework', basis = '', consent_id = null,
        onward = false, given_by = null, via = null, since = clock_timestamp(), until = null, ended = '', ended_by = null;
  if not p_stays then
    update public.people_caseaccess set until = clock_timestamp(), ended = 'handed_over', ended_by = who.id
    where case_id = any (p_cases) and principal = before.principal and (until is null or until > clock_timestamp());
  end if;
  update public.people_case c set owner_id = given.after from unnest(p_cases, p_to) given (file, after) where c.id = given.file;
  perform havre.note(t.id, 'caseload.handed_over', before.id, null) from (select distinct unnest(p_to)) t (id) where t.id <> who.id;
  return cardinality(p_cases);
end $$;

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

-- The agency whose emergency accesses the user of this transaction reviews; null for everybody else.
create or replace function havre.reviews() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select u.agency_id from public.accounts_user u join public.accounts_membership m on m.user_id = u.id
    where u.id = havre.actor() and m.role = 'data_protection_lead' and m.begins <= clock_timestamp()
      and (m.ends is null or m.ends > clock_timestamp()) limit 1);
end $$;

-- Helper: those who review for an agency now, but one.
create or replace function havre.reviewers(p_house uuid, p_but uuid) returns setof uuid
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return query select distinct u.id from public.accounts_user u join public.accounts_membership m on m.user_id = u.id
  where u.agency_id = p_house and u.id <> p_but and u.is_active and m.role = 'data_protection_lead'
    and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp());
end $$;

-- break_glass: the file is open to whoever asks, to be read, for four hours at most, in parts that their role reaches. Asked
-- for by somebody who has just shown again who they are, with a reason, when no earlier use waits for its review and there
-- is somebody to review this one. A restricted file, one of another agency, one that is reached anyway and none at all get the
-- same answer. Owner and reviewers are told in the same transaction.
create or replace function havre.break_glass(
  p_id uuid, p_reference text, p_compartments int, p_reason text, p_words bytea, p_for interval) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me public.accounts_user;
  c public.people_case;
  held bigint[] := havre.principals();
  now_ timestamptz := clock_timestamp();
begin
  select * into me from public.accounts_user where id = havre.actor() for no key update;
  if me.id is null or me.principal <> all (held) then
    raise insufficient_privilege using message = 'a file is opened in an emergency by somebody who holds cases';
  end if;
  if (havre.confirmed() > now_ - interval '10 minutes') is not true then
    raise insufficient_privilege using message = 'an emergency access is for somebody who has just shown again who they are';
  end if;
  if (p_for > interval '0' and p_for <= interval '4 hours') is not true then
    raise insufficient_privilege using message = 'an emergency access ends within four hours';
  end if;
  if (p_compartments & 1 = 1 and p_compartments & ~havre.ceiling(me.id) = 0) is not true then
    raise insufficient_privilege using message = 'an emergency access reaches no further than the role';
  end if;
  if coalesce(p_reason, '') = '' or coalesce(length(p_words), 0) = 0 then
    raise insufficient_privilege using message = 'an emergency access has a reason';
  end if;
  if exists (select 1 from public.glass_breakglass g where g.user_id = me.id and g.reviewed_at is null) then
    raise insufficient_privilege using message = 'an earlier emergency access waits for its review';
  end if;
  if not exists (select 1 from havre.reviewers(me.agency_id, me.id)) then
    raise insufficient_privilege using message = 'nobody could review this emergency access';
  end if;
  select * into c from public.people_case f
  where f.reference = p_reference and f.agency_id = me.agency_id and not f.restricted and not exists (
    select 1 from public.people_caseaccess a where a.case_id = f.id and a.principal = any (held)
      and (a.until is null or a.until > now_));
  if c.id is null then
    raise insufficient_privilege using message = 'no file can be opened with this reference';
  end if;
  insert into public.people_caseaccess (id, case_id, person_id, principal, compartments, level, purpose, given_by, opened, since,
    until)
  values (gen_random_uuid(), c.id, c.person_id, me.principal, p_compartments, 'read', 'break_glass', me.id, c.opened_on, now_,
    now_ + p_for)
  on conflict (case_id, principal) do update
    set compartments = excluded.compartments, level = excluded.level, purpose = excluded.purpose, basis = '', consent_id = null,
        onward = false, given_by = excluded.given_by, via = null, since = now_, until = excluded.until, ended = '', ended_by = null;
  insert into public.glass_breakglass (id, case_id, agency_id, user_id, owner_id, compartments, reason, words, sentence, begun, until)
  values (p_id, c.id, me.agency_id, me.id, c.owner_id, p_compartments, p_reason, p_words, '', now_, now_ + p_for);
  update public.accounts_user set glass_until = now_ + p_for where id = me.id;
  perform havre.note(c.owner_id, 'glass.opened', p_id, null);
  perform havre.note(lead, 'glass.review', p_id, null), havre.note(lead, 'glass.late', p_id, now_ + interval '60 hours')
  from havre.reviewers(me.agency_id, me.id) lead;
end $$;

-- end_glass: whoever opened the file, or whoever reviews, closes it again. Whoever answers for the file does so by withdraw.
create or replace function havre.end_glass(p_id uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  g public.glass_breakglass;
begin
  select * into g from public.glass_breakglass x
  where x.id = p_id and x.until > clock_timestamp() and (x.user_id = havre.actor() or x.agency_id = havre.reviews()) for update;
  if g.id is null then
    raise insufficient_privilege using message = 'an emergency access that runs is ended by its user or its reviewer';
  end if;
  update public.people_caseaccess a set until = clock_timestamp(), ended = 'withdrawn', ended_by = havre.actor()
  from public.accounts_user u where u.id = g.user_id and a.principal = u.principal and a.case_id = g.case_id
    and a.purpose = 'break_glass' and a.until > clock_timestamp();
end $$;

-- review_glass: the answer, once, when the access has ended, never by whoever used it; they are told, and so is the owner.
create or replace function havre.review_glass(p_id uuid, p_verdict text, p_sentence bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me uuid := havre.actor();
  g public.glass_breakglass;
begin
  select * into g from public.glass_breakglass x where x.id = p_id and x.agency_id = havre.reviews() for update;
  if g.id is null or g.user_id = me or g.reviewed_at is not null or g.until > clock_timestamp()
    or coalesce(length(p_sentence), 0) = 0 or (p_verdict in ('justified', 'not_justified')) is not true then
    raise insufficient_privilege using message = 'an emergency access is reviewed once, when it has ended, never by its user';
  end if;
  update public.glass_breakglass x
  set reviewed_at = clock_timestamp(), reviewer_id = me, verdict = p_verdict, sentence = p_sentence where x.id = g.id;
  update public.notices_notice n set read_at = clock_timestamp()
  where n.subject_id = g.id and n.kind in ('glass.review', 'glass.late') and n.read_at is null;
  perform havre.note(g.user_id, 'glass.reviewed', g.id, null), havre.note(g.owner_id, 'glass.answered', g.id, null);
end $$;

-- Whatever ends an emergency access before its hour (the owner, a role that ended, a file that became restricted), the use
-- says so; what is open beyond it then is open for another reason.
create or replace function havre.glass_ends() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.glass_breakglass g set until = least(g.until, clock_timestamp())
  from public.accounts_user u
  where g.case_id = old.case_id and g.user_id = u.id and u.principal = old.principal and g.until > clock_timestamp();
  return null;
end $$;

create or replace trigger glass_ends after update on public.people_caseaccess
  for each row when (old.purpose = 'break_glass' and (new.purpose <> 'break_glass' or new.until is distinct from old.until))
  execute function havre.glass_ends();

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

-- The record: each row bears the number of the transaction that wrote it, so that a batch is closed only when nothing
-- can be added to it any more (ADR 26).

-- What is added to these numbers: nothing, but in a database that was restored on a server that has counted less far.
do $$
declare
  base bigint := 0;
  last bigint;
begin
  if to_regprocedure('havre.record_base()') is not null then
    execute 'select havre.record_base()' into base;
  end if;
  select greatest(
    (select max(mark) from public.audit_auditevent), (select max(mark) from public.audit_auditsubject),
    (select max(upto) from public.audit_auditseal), 0) into last;
  if last > base + pg_current_xact_id()::text::bigint then
    base := last - pg_current_xact_id()::text::bigint + 1;
  end if;
  execute format('create or replace function havre.record_base() returns bigint language sql immutable as %L', 'select ' || base || '::bigint');
end $$;

-- Whoever writes, and whatever they give: the number is that of their transaction.
create or replace function havre.mark_record() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.mark := havre.record_base() + pg_current_xact_id()::text::bigint;
  return new;
end $$;

create or replace trigger event_is_marked before insert on public.audit_auditevent
  for each row execute function havre.mark_record();
create or replace trigger subject_is_marked before insert on public.audit_auditsubject
  for each row execute function havre.mark_record();

-- The rows of the record with these marks, in their order and in the one form that is hashed. The form is frozen: a new
-- column of these tables needs a form of its own from some batch on.
create or replace function havre.record_lines(p_since bigint, p_upto bigint)
returns table (at timestamptz, watcher bigint, line text)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return query
  select x.at, x.watcher, x.line from (
    select e.mark, 0 as kind, e.id::text as key, e.at, e.watcher, json_build_array(
      'event', e.id, e.mark, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.user_id, e.watcher,
      e.act, e.refused, e.reason, e.request_id, e.files, e.file, e.through)::text as line
    from public.audit_auditevent e where e.mark >= p_since and e.mark < p_upto
    union all
    select s.mark, 1, lpad(s.id::text, 20, '0'), s.at, s.watcher, json_build_array(
      'file', s.id, s.mark, to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), s.user_id, s.watcher,
      s.act, s.event_id, s.case_id, s.through)::text
    from public.audit_auditsubject s where s.mark >= p_since and s.mark < p_upto) x
  order by x.mark, x.kind, x.key collate "C";
end $$;

-- A leaf of RFC 6962.
create or replace function havre.leaf(p_line text) returns bytea
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select sha256('\x00'::bytea || convert_to(p_line, 'UTF8'))
$$;

-- Where a batch that begins there may end: before the oldest transaction that is still running, and after about so many
-- rows, but never within a transaction.
create or replace function havre.record_end(p_since bigint, p_most int) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  settled bigint := havre.record_base() + pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
begin
  return coalesce((
    with x as (
      (select mark from public.audit_auditevent where mark >= p_since and mark < settled order by mark limit p_most + 1)
      union all
      (select mark from public.audit_auditsubject where mark >= p_since and mark < settled order by mark limit p_most + 1))
    select greatest(mark, (select min(mark) + 1 from x)) from x order by mark offset p_most limit 1), settled);
end $$;

-- For the worker that seals: what is hashed, and when it was; never what it says.
create or replace function havre.record_leaves(p_since bigint, p_upto bigint) returns table (at timestamptz, leaf bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select x.at, havre.leaf(x.line) from havre.record_lines(p_since, p_upto) x;
end $$;

-- For whoever audits: the rows of their agency as they are hashed, and of other rows the hash alone, so that the whole
-- can be checked.
create or replace function havre.record_export(p_since bigint, p_upto bigint) returns table (line text, leaf bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  mine bigint[] := (select coalesce(array_agg(h.audit_principal), '{}') from public.accounts_agency h
    where h.audit_principal = any (havre.principals()));
begin
  if mine = '{}' then
    raise insufficient_privilege using message = 'only somebody who audits an agency takes the record out';
  end if;
  return query select case when x.watcher = any (mine) then x.line end,
    case when x.watcher = any (mine) then null else havre.leaf(x.line) end
  from havre.record_lines(p_since, p_upto) x;
end $$;

revoke execute on all functions in schema havre from public;
grant usage on schema havre to havre_app, havre_worker;
grant execute on function havre.actor(), havre.principals(), havre.extend(text, boolean), havre."end"(),
  havre.open_case(uuid[], text[], uuid[], text[], text[], date[], int, boolean[], uuid[], bytea[], bytea[],
    boolean, text[], text[], int[], text[], text[], text[], int[], boolean[], date[], text[]),
  havre.record_export(bigint, bigint), havre.record_base(),
  havre."grant"(uuid, bigint, int, text, text, uuid, timestamptz, text, boolean), havre.withdraw(uuid, bigint),
  havre.restrict(uuid, boolean, boolean), havre.circle(uuid, boolean), havre.shared_with_me(), havre.explain(uuid, uuid)
  to havre_app, havre_worker;
grant execute on function havre.administers(), havre.invite(uuid, text, text, text, text[], uuid, bytea, bytea),
  havre.invite_again(uuid, bytea), havre.appoint(uuid, text[], uuid), havre.suspend(uuid, boolean), havre.remove(uuid),
  havre.reset_factors(uuid),  havre.keep_team(uuid, text, boolean), havre.caseloads(uuid[]), havre.hand_over(uuid, uuid[], uuid[], boolean)
  to havre_app, havre_worker;
grant execute on function havre.invited(text), havre.accept(text, text) to havre_app;
grant execute on function havre.record_end(bigint, int), havre.record_leaves(bigint, bigint) to havre_worker;
grant execute on function havre.confirm(bytea), havre.confirmed() to havre_app, havre_worker;
grant execute on function havre.begin_session(bytea, uuid, text, interval, bytea), havre.begin_door(bytea, uuid, text, bytea),
  havre.factors(uuid, bytea), havre.enrol(uuid, uuid, text, bytea, bigint, bytea), havre.use_factor(uuid, bigint, bytea),
  havre.drop_factors(uuid[], bytea), havre.set_password(uuid, text, bytea), havre.sessions(), havre.end_others(uuid[])
  to havre_app;
grant execute on function havre.begin_job(bytea, uuid, bytea) to havre_app, havre_worker;
grant execute on function havre.mail_next(), havre.mail_take(uuid), havre.mail_end(uuid, boolean), havre.mail_wait(uuid)
  to havre_worker;
grant execute on function havre.reviews(), havre.break_glass(uuid, text, int, text, bytea, interval), havre.end_glass(uuid),
  havre.review_glass(uuid, text, bytea) to havre_app, havre_worker;
