-- Claims and the acts that the application may not do by plain SQL. Owned by havre_owner; run again at each set-up.
-- Read the files of this folder to know everything that runs with the owner's rights: nothing else is SECURITY DEFINER.
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
