-- Events: what a calendar reads with somebody's secret.

-- calendar_read: the days that the owner of the secret may see: titles, and nothing of who answers for them. Null when the
-- secret is worth nothing, or whoever made it works here no longer.
create or replace function havre.calendar_read(p_token text) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  house uuid;
  reach int;
begin
  select u.agency_id into house from public.events_calendarkey k join public.accounts_user u on u.id = k.user_id
    where k.hash = sha256(convert_to(p_token, 'UTF8')) and u.is_active and u.suspended is null and u.ended is null
    and exists (
      select from public.accounts_membership m where m.user_id = u.id
        and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp()));
  if house is null then return null; end if;
  reach := case when exists (select from public.directory_vetting v where v.agency_id = house and v.status = 'vetted')
    then 2 else 1 end;
  return coalesce((select jsonb_agg(to_jsonb(d) order by d.first, d.number) from (
    select e.id as number, e.begins as first, e.ends as last, e.title, 'event' as kind, e.place, e.changed_at as changed
      from public.events_event e where (e.visibility <= reach or e.owner_id = house) and e.ends > current_date - 400
    union all
    select a.id, a.due, a.due, a.what, 'action', '', a.changed_at from public.events_action a
      where (a.visibility <= reach or a.owner_id = house) and a.status in ('not_started', 'on_track', 'delayed')
    union all
    select p.id, p.until, p.until, p.title, 'agreement', '', p.changed_at from public.events_partnership p
      where (p.visibility <= reach or p.owner_id = house) and p.state = 'signed' and p.until is not null) d), '[]');
end $$;

-- What hangs on an event, on a plan and on an agreement is kept with it, and follows it (66).
do $$
declare
  each text[];
begin
  foreach each slice 1 in array array[['came', 'event'], ['paper', 'event'], ['conclusion', 'event'], ['action', 'plan'],
    ['note', 'action'], ['renewal', 'partnership']] loop
    execute format('create or replace trigger kept_with before insert or update on public.events_%s
      for each row execute function havre.kept_with(%L, %L)', each[1], 'events_' || each[2], each[2] || '_id');
  end loop;
end $$;

create or replace trigger leads_kept after update on public.events_event
  for each row when (old.visibility <> new.visibility or old.owner_id <> new.owner_id)
  execute function havre.leads_kept('events_came', 'event_id', 'events_paper', 'event_id', 'events_conclusion', 'event_id');
create or replace trigger leads_kept after update on public.events_plan
  for each row when (old.visibility <> new.visibility or old.owner_id <> new.owner_id)
  execute function havre.leads_kept('events_action', 'plan_id');
create or replace trigger leads_kept after update on public.events_action
  for each row when (old.visibility <> new.visibility or old.owner_id <> new.owner_id)
  execute function havre.leads_kept('events_note', 'action_id');
create or replace trigger leads_kept after update on public.events_partnership
  for each row when (old.visibility <> new.visibility or old.owner_id <> new.owner_id)
  execute function havre.leads_kept('events_renewal', 'partnership_id');
