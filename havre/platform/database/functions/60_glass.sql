-- Emergency access: one file, for some hours, reviewed (ADR 25).

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
