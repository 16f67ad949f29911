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

-- Helper: refuses roles that are not of the list or do not go together, and a team that is not one of the agency.
create or replace function havre.check_roles(p_house uuid, p_roles text[], p_team uuid) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
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
end $$;

-- Helper: whether these roles reach further than those this user holds now: files at all, more parts of them, the whole
-- agency, a team's files, or the word of a second person. Then a second person agrees first (ADR 34).
create or replace function havre.reaches_further(p_user uuid, p_roles text[], p_team uuid) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  most int := havre.ceiling(p_user);
begin
  return exists (
    select 1 from public.accounts_rolereach r where r.code = any (p_roles) and (
      r.compartments & ~most <> 0
      or (r.holds_cases and not exists (
        select 1 from public.accounts_membership m where m.user_id = p_user and m.holds_cases
          and r.compartments & ~m.compartments = 0 and (p_team is null or m.team_id = p_team)
          and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp())))
      or ((r.sees_agency or r.code = 'data_protection_lead') and not exists (
        select 1 from public.accounts_membership m where m.user_id = p_user and m.role = r.code
          and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp())))));
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
  perform havre.check_roles(p_house, p_roles, p_team);
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

-- Helper: these roles from now on, or, where they reach further, once a second person agrees. Whether it is now.
create or replace function havre.give_or_ask(p_house uuid, p_user uuid, p_roles text[], p_team uuid) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform havre.check_roles(p_house, p_roles, p_team);
  update public.agreements_agreement g set until = least(g.until, clock_timestamp())
  where g.subject_id = p_user and g.answered_at is null;
  if havre.reaches_further(p_user, p_roles, p_team) then
    perform havre.propose(gen_random_uuid(), 'account.appoint', p_house, p_user, 0, p_roles, p_team, '');
    return false;
  end if;
  perform havre.give_roles(p_house, p_user, p_roles, p_team);
  return true;
end $$;

-- Helper: a second person agreed to roles: they hold from now on, if whoever asked still looks after the accounts.
create or replace function havre.appoint_agreed(g public.agreements_agreement) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  given text[] := string_to_array(g.roles, ';');
begin
  perform 1 from public.accounts_agency a where a.id = g.agency_id for no key update;
  perform 1 from public.accounts_user u where u.id = g.subject_id and u.agency_id = g.agency_id and u.ended is null for no key update;
  if not found or not exists (
    select 1 from public.accounts_user u join public.accounts_membership m on m.user_id = u.id
    where u.id = g.user_id and u.is_active and m.role = 'administrator'
      and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp())) then
    raise insufficient_privilege using message = 'whoever asked, or whoever it is about, is not here any more';
  end if;
  if not 'administrator' = any (given) then perform havre.not_the_last(g.agency_id, g.subject_id); end if;
  perform havre.give_roles(g.agency_id, g.subject_id, given, g.team_id);
  update public.agreements_agreement x set used_at = clock_timestamp() where x.id = g.id;
  perform havre.note_account(g.subject_id, 'account.agree', given, g.team_id);
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
  perform havre.give_or_ask(house, p_user, p_roles, p_team);
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

-- 11. appoint: the roles and the team a colleague has from now on, or once a second person agrees.
create or replace function havre.appoint(p_user uuid, p_roles text[], p_team uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  house uuid := havre.office();
begin
  perform havre.colleague(house, p_user);
  if not 'administrator' = any (p_roles) then perform havre.not_the_last(house, p_user); end if;
  perform havre.note_account(
    p_user, case when havre.give_or_ask(house, p_user, p_roles, p_team) then 'account.move' else 'account.ask' end, p_roles, p_team);
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
  perform havre.tell_unread(p_user);
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
