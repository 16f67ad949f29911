-- What one person may not do alone (ADR 34): asked for by one, answered by a second one of the agency, good once.

-- The agency for which the user of this transaction may agree: whose role reaches the whole of it, or who leads its data protection.
create or replace function havre.agrees() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select u.agency_id from public.accounts_user u join public.accounts_membership m on m.user_id = u.id
    where u.id = havre.actor() and (m.sees_agency or m.role = 'data_protection_lead') and m.begins <= clock_timestamp()
      and (m.ends is null or m.ends > clock_timestamp()) limit 1);
end $$;

-- Helper: those who may agree for an agency now, but whoever asks and whoever it is about.
create or replace function havre.seconds(p_house uuid, p_but uuid[]) returns setof uuid
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return query select distinct u.id from public.accounts_user u join public.accounts_membership m on m.user_id = u.id
  where u.agency_id = p_house and u.is_active and (u.id = any (p_but)) is not true
    and (m.sees_agency or m.role = 'data_protection_lead')
    and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp());
end $$;

-- Helper: the question, which waits for three days; those who may answer are told.
create or replace function havre.propose(
  p_id uuid, p_act text, p_house uuid, p_subject uuid, p_many int, p_roles text[], p_team uuid, p_words bytea) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select 1 from havre.seconds(p_house, array[havre.actor(), p_subject])) then
    raise insufficient_privilege using message = 'nobody could agree to this: an agency has a second person for it';
  end if;
  insert into public.agreements_agreement (id, agency_id, user_id, act, subject_id, many, roles, team_id, words, asked_at, until)
  values (p_id, p_house, havre.actor(), p_act, p_subject, p_many, coalesce(array_to_string(p_roles, ';'), ''), p_team, p_words,
    clock_timestamp(), clock_timestamp() + interval '72 hours');
  perform havre.note(each, 'agreement.asked', p_id, null) from havre.seconds(p_house, array[havre.actor(), p_subject]) each;
end $$;

-- ask_export: may so many people go out? Asked by somebody whose role reaches the whole agency.
create or replace function havre.ask_export(p_id uuid, p_many int, p_words bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  house uuid := (
    select a.id from public.accounts_agency a join public.accounts_user u on u.agency_id = a.id
    where u.id = havre.actor() and a.principal = any (havre.principals()));
begin
  if house is null or (p_many > 0) is not true or coalesce(length(p_words), 0) = 0 then
    raise insufficient_privilege using message = 'a register is taken out by somebody who sees the whole agency, with a reason';
  end if;
  if (havre.confirmed() > clock_timestamp() - interval '10 minutes') is not true then
    raise insufficient_privilege using message = 'an agreement is asked for by somebody who has just shown again who they are';
  end if;
  perform havre.propose(p_id, 'register.export', house, null, p_many, null, null, p_words);
end $$;

-- answer: yes or no, once, in time, by a second person who has just shown again who they are. Whoever asked is told.
create or replace function havre.answer(p_id uuid, p_agrees boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me uuid := havre.actor();
  g public.agreements_agreement;
begin
  select * into g from public.agreements_agreement x where x.id = p_id and x.agency_id = havre.agrees() for update;
  if g.id is null or g.user_id = me or g.subject_id is not distinct from me or g.answered_at is not null
    or g.until <= clock_timestamp() or p_agrees is null then
    raise insufficient_privilege using message = 'an agreement is given once, in time, by a second person of the agency';
  end if;
  if (havre.confirmed() > clock_timestamp() - interval '10 minutes') is not true then
    raise insufficient_privilege using message = 'an agreement is given by somebody who has just shown again who they are';
  end if;
  update public.agreements_agreement x
  set answered_at = clock_timestamp(), answerer_id = me, agreed = p_agrees,
    until = case when p_agrees then clock_timestamp() + interval '24 hours' else x.until end
  where x.id = g.id;
  update public.notices_notice n set read_at = clock_timestamp()
  where n.subject_id = g.id and n.kind = 'agreement.asked' and n.read_at is null;
  perform havre.note(g.user_id, 'agreement.answered', g.id, null);
  if p_agrees and g.act = 'account.appoint' then perform havre.appoint_agreed(g); end if;
end $$;

-- use_agreement: whether so many people may go out now, told once to whoever asked. A register that grew by a tenth meanwhile
-- is still the one that was agreed to.
create or replace function havre.use_agreement(p_id uuid, p_many int) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.agreements_agreement x set used_at = clock_timestamp()
  where x.id = p_id and x.user_id = havre.actor() and x.act = 'register.export' and x.agreed and x.used_at is null
    and x.until > clock_timestamp() and p_many <= x.many + x.many / 10;
  return found;
end $$;
