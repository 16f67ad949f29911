-- The directory: how far somebody reads, who knows where a confidential place is, and what no writer may get wrong.

-- The agency of whoever is signed in; null for nobody.
create or replace function havre.agency() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select u.agency_id from public.accounts_user u where u.id = havre.actor());
end $$;

-- How far they read: 0 what is public, 1 what is for partners, which are all who work here, 2 what is for vetted agencies.
create or replace function havre.directory_reach() returns int
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  house uuid := havre.agency();
begin
  if house is null then return 0; end if;
  return case when exists (select from public.directory_vetting v where v.agency_id = house and v.status = 'vetted') then 2 else 1 end;
end $$;

-- The agency whose confidential places they may know: those who see it whole, and those who keep its directory.
create or replace function havre.keeps_places() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  who uuid := havre.actor();
begin
  return (
    select u.agency_id from public.accounts_user u where u.id = who and exists (
      select from public.accounts_membership m where m.user_id = who and (m.sees_agency or m.role = 'directory_keeper')
        and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp())));
end $$;

-- What hangs on a card is kept by its keeper, belongs to its organisation, and goes no further than what it hangs on.
-- Arguments: the parents, each by the name of its column and table.
create or replace function havre.card_holds() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  parent text;
  wrong boolean;
begin
  foreach parent in array tg_argv loop
    execute format(
      'select exists (select from written w join public.directory_%1$s p on p.id = w.%1$s_id
         where w.visibility < p.visibility or %2$s)',
      parent, case parent when 'organisation' then 'w.owner_id <> p.owner_id' else 'w.organisation_id <> p.organisation_id' end)
      into wrong;
    if wrong then
      raise insufficient_privilege using message = 'what hangs on a card is its keeper''s, and goes no further than the card';
    end if;
  end loop;
  return null;
end $$;

-- A card that is narrowed, or goes to another keeper, takes what hangs on it along.
create or replace function havre.card_leads() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  child text;
begin
  foreach child in array tg_argv loop
    execute format(
      'update public.directory_%1$s c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
         from written w where c.%2$s_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id)',
      child, substr(tg_table_name, 11));
  end loop;
  return null;
end $$;

-- A confidential place has neither an address nor a number in the open, nor a person to ask for there.
create or replace function havre.place_hides() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (
    select from (select to_jsonb(w) as j from written w) x
    left join public.directory_serviceatlocation s on s.id = (j ->> 'service_at_location_id')::uuid
    join public.directory_location l on l.address_confidential
      and l.id = coalesce((j ->> 'location_id')::uuid, s.location_id, (j ->> 'id')::uuid)
    where exists (select from public.directory_address a where a.location_id = l.id)
      or exists (select from public.directory_phone p left join public.directory_serviceatlocation h on h.id = p.service_at_location_id
        where l.id in (p.location_id, h.location_id))
      or exists (select from public.directory_contact c left join public.directory_serviceatlocation h on h.id = c.service_at_location_id
        where l.id in (c.location_id, h.location_id))) then
    raise check_violation using message = 'a confidential place has no address and no number in the open';
  end if;
  return null;
end $$;

-- An agency does not vet itself, nor say that it has an agreement.
create or replace function havre.card_is_not_its_judge() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.tenant_id is not null and current_user in ('havre_app', 'havre_worker')
    and (new.vetting_status, new.mou_status) is distinct from (
      case tg_op when 'UPDATE' then (old.vetting_status, old.mou_status) else ('unvetted'::varchar, ''::varchar) end) then
    raise insufficient_privilege using message = 'an agency does not vet itself';
  end if;
  return new;
end $$;

create or replace trigger card_is_not_its_judge before insert or update on public.directory_organisation
  for each row execute function havre.card_is_not_its_judge();

do $$
declare
  each record;
  verb text;
begin
  for each in select * from (values
    ('program', array['organisation']), ('service', array['organisation']), ('location', array['organisation']),
    ('serviceatlocation', array['organisation', 'service', 'location']),
    ('address', array['organisation', 'location']), ('servicearea', array['organisation', 'service']),
    ('schedule', array['organisation', 'service', 'location']), ('language', array['organisation', 'service', 'location', 'phone']),
    ('contact', array['organisation', 'service', 'location']),
    ('phone', array['organisation', 'service', 'location', 'contact']), ('detail', array['organisation'])) t (name, parents)
  loop
    foreach verb in array array['insert', 'update'] loop
      execute format('create or replace trigger %2$s_holds after %2$s on public.directory_%1$s
        referencing new table as written for each statement execute function havre.card_holds(%3$s)',
        each.name, verb, (select string_agg(quote_literal(p), ', ') from unnest(each.parents) p));
      if each.name in ('address', 'phone', 'contact', 'location') then
        execute format('create or replace trigger %2$s_hides after %2$s on public.directory_%1$s
          referencing new table as written for each statement execute function havre.place_hides()', each.name, verb);
      end if;
    end loop;
  end loop;
end $$;

create or replace trigger card_leads after update on public.directory_organisation referencing new table as written
  for each statement execute function havre.card_leads(
    'program', 'service', 'location', 'serviceatlocation', 'address', 'servicearea', 'schedule', 'language', 'contact', 'phone', 'detail');
create or replace trigger card_leads after update on public.directory_service referencing new table as written
  for each statement execute function havre.card_leads('serviceatlocation', 'servicearea', 'schedule', 'language', 'contact', 'phone');
create or replace trigger card_leads after update on public.directory_location referencing new table as written
  for each statement execute function havre.card_leads('serviceatlocation', 'address', 'schedule', 'language', 'contact', 'phone');
create or replace trigger card_leads after update on public.directory_contact referencing new table as written
  for each statement execute function havre.card_leads('phone');
create or replace trigger card_leads after update on public.directory_phone referencing new table as written
  for each statement execute function havre.card_leads('language');

-- What history keeps of a place goes when the place becomes confidential, and of a contact or a number when it is gone.
create or replace function havre.place_forgets() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from written w where w.address_confidential) then return null; end if;
  update public.directory_change c set before = '{}', after = '{}'
    from written w where w.address_confidential and c.place = w.id
      and not (c.entity = 'location' and c.after ? 'address_confidential' and c.after ->> 'address_confidential' = 'true');
  delete from public.directory_suggestion s using written w
    where w.address_confidential and s.organisation_id = w.organisation_id and (s.row_id = w.id or s.before ->> 'location_id' = w.id::text or s.after ->> 'location_id' = w.id::text);
  return null;
end $$;

create or replace function havre.change_forgets() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.directory_change c set before = '{}', after = '{}' from gone g where c.row_id = g.id;
  update public.directory_suggestion s set before = '{}', after = '{}' from gone g
    where s.row_id = g.id and s.organisation_id = g.organisation_id;
  return null;
end $$;

do $$
declare
  each text;
begin
  foreach each in array array['insert', 'update'] loop
    execute format('create or replace trigger %1$s_forgets after %1$s on public.directory_location
      referencing new table as written for each statement execute function havre.place_forgets()', each);
  end loop;
  foreach each in array array['contact', 'phone', 'address'] loop
    execute format('create or replace trigger delete_forgets after delete on public.directory_%1$s
      referencing old table as gone for each statement execute function havre.change_forgets()', each);
  end loop;
end $$;
