-- Files: who reaches them, and the acts that open, share, restrict and close them.

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
