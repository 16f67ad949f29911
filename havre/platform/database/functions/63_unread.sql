-- Restricted files that open for nobody: whoever could write in them was removed (ADR 34). They get a new holder; whoever
-- names one reads nothing by it.

-- Helper: the restricted files of this user, who was removed, in which nobody who has an account here may write.
create or replace function havre.unread(p_owner uuid) returns setof uuid
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return query select c.id from public.people_case c join public.accounts_user o on o.id = c.owner_id
  where o.id = p_owner and o.ended is not null and c.restricted and not exists (
    select 1 from public.people_caseaccess a join public.accounts_user u on a.principal = any (havre.stands_for(u.id))
    where a.case_id = c.id and a.level = 'write' and a.purpose <> 'break_glass' and u.ended is null
      and (a.until is null or a.until > clock_timestamp()));
end $$;

-- Helper of remove: supervisors and the data-protection lead are told when files open for nobody now that this user is gone.
create or replace function havre.tell_unread(p_user uuid) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform havre.note(told.id, case when told.leads then 'caseload.unread_lead' else 'caseload.unread' end, lost.id, null)
  from (
    select distinct o.id, o.agency_id from public.people_case c
    join public.accounts_user o on o.id = c.owner_id and o.ended is not null
    where c.restricted and exists (
      select 1 from public.people_caseaccess a join public.accounts_user u on u.principal = a.principal
      where a.case_id = c.id and u.id = p_user)
      and exists (select 1 from havre.unread(o.id))) lost
  join (
    select u.id, u.agency_id, not bool_or(m.sees_agency) as leads
    from public.accounts_user u join public.accounts_membership m on m.user_id = u.id
    where u.is_active and (m.sees_agency or m.role = 'data_protection_lead')
      and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp())
    group by u.id, u.agency_id) told on told.agency_id = lost.agency_id;
end $$;

-- How many there are, told to a supervisor of the agency.
create or replace function havre.count_unread(p_owner uuid) returns int
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select count(*)::int from havre.unread(p_owner) f join public.people_case c on c.id = f
    join public.accounts_agency a on a.id = c.agency_id where a.principal = any (havre.principals()));
end $$;

-- rehome: all of them are in the care of this colleague from now on, who may open files and is not whoever asks. Their numbers.
create or replace function havre.rehome(p_from uuid, p_to uuid, p_why text) returns setof uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me uuid := havre.actor();
  house public.accounts_agency;
  before public.accounts_user;
  after public.accounts_user;
  files uuid[];
begin
  select a.* into house from public.accounts_agency a join public.accounts_user u on u.agency_id = a.id
  where u.id = me and a.principal = any (havre.principals());
  select * into before from public.accounts_user where id = p_from and agency_id = house.id and ended is not null;
  if before.id is null or (havre.confirmed() > clock_timestamp() - interval '10 minutes') is not true then
    raise insufficient_privilege using message = 'such files get a new holder by a supervisor who has just shown again who they are';
  end if;
  select u.* into after from public.accounts_user u where u.id = p_to and u.id <> me and u.is_active and u.agency_id = house.id
    and exists (
      select 1 from public.accounts_membership m join public.accounts_rolereach r on r.code = m.role
      where m.user_id = u.id and m.holds_cases and r.opens_cases
        and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp()));
  if after.id is null or coalesce(p_why, '') = '' then
    raise insufficient_privilege using message = 'the new holder is a colleague who may open files, never whoever asks';
  end if;
  perform 1 from public.people_case c where c.owner_id = before.id order by c.id for no key update;
  files := array(select havre.unread(before.id));
  insert into public.people_caseaccess (id, case_id, person_id, principal, compartments, level, purpose, opened)
  select gen_random_uuid(), c.id, c.person_id, after.principal, coalesce(bit_or(a.compartments), 1) & havre.ceiling(after.id),
    'write', 'casework', c.opened_on
  from public.people_case c left join public.people_caseaccess a
    on a.case_id = c.id and a.principal = before.principal and a.purpose <> 'break_glass'
  where c.id = any (files) group by c.id
  on conflict (case_id, principal) do update
    set compartments = excluded.compartments, level = 'write', purpose = 'casework', basis = '', consent_id = null,
        onward = false, given_by = null, via = null, since = clock_timestamp(), until = null, ended = '', ended_by = null;
  update public.people_caseaccess set until = clock_timestamp(), ended = 'handed_over', ended_by = me
  where case_id = any (files) and principal = before.principal and (until is null or until > clock_timestamp());
  update public.people_case set owner_id = after.id where id = any (files);
  update public.people_task set assignee_id = after.id, version = version + 1
  where case_id = any (files) and assignee_id = before.id and done_on is null;
  insert into public.people_casehandover (id, case_id, by_id, at, before_id, after_id, why, stays)
  select gen_random_uuid(), f, me, clock_timestamp(), before.id, after.id, p_why, false from unnest(files) f;
  if cardinality(files) > 0 then
    perform havre.note(after.id, 'caseload.handed_over', before.id, null);
    perform havre.note(lead, 'caseload.rehomed', after.id, null) from havre.reviewers(house.id, me) lead;
    update public.notices_notice n set read_at = clock_timestamp()
    where n.subject_id = before.id and n.kind in ('caseload.unread', 'caseload.unread_lead') and n.read_at is null;
  end if;
  return query select unnest(files);
end $$;
