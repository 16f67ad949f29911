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
-- Arguments: the columns beside `organisation` that it may hang on by.
create or replace function havre.card_holds() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  wrong boolean := exists (select from written w join public.directory_organisation p on p.id = w.organisation_id
    where w.visibility < p.visibility or w.owner_id <> p.owner_id);
begin
  if 'service' = any (tg_argv) then
    wrong := wrong or exists (select from written w join public.directory_service p on p.id = w.service_id
      where w.visibility < p.visibility or w.organisation_id <> p.organisation_id);
  end if;
  if 'location' = any (tg_argv) then
    wrong := wrong or exists (select from written w join public.directory_location p on p.id = w.location_id
      where w.visibility < p.visibility or w.organisation_id <> p.organisation_id);
  end if;
  if 'contact' = any (tg_argv) then
    wrong := wrong or exists (select from written w join public.directory_contact p on p.id = w.contact_id
      where w.visibility < p.visibility or w.organisation_id <> p.organisation_id);
  end if;
  if 'phone' = any (tg_argv) then
    wrong := wrong or exists (select from written w join public.directory_phone p on p.id = w.phone_id
      where w.visibility < p.visibility or w.organisation_id <> p.organisation_id);
  end if;
  if wrong then
    raise insufficient_privilege using message = 'what hangs on a card is its keeper''s, and goes no further than the card';
  end if;
  return null;
end $$;

-- What a confidential place is, is kept by whoever keeps the place.
create or replace function havre.place_holds() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from written w join public.directory_location l on l.id = w.location_id where w.owner_id <> l.owner_id) then
    raise insufficient_privilege using message = 'a confidential place is its keeper''s';
  end if;
  return null;
end $$;

-- A card that is narrowed, or goes to another keeper, takes what hangs on it along.
create or replace function havre.card_leads() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from written w join before b on b.id = w.id where w.visibility > b.visibility or w.owner_id <> b.owner_id) then
    return null;
  end if;
  case tg_table_name
  when 'directory_organisation' then
    update public.directory_program c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.organisation_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_service c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.organisation_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_location c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.organisation_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_serviceatlocation c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.organisation_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_address c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.organisation_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_servicearea c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.organisation_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_schedule c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.organisation_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_language c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.organisation_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_contact c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.organisation_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_phone c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.organisation_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_detail c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.organisation_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
  when 'directory_service' then
    update public.directory_serviceatlocation c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.service_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_servicearea c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.service_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_schedule c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.service_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_language c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.service_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_contact c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.service_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_phone c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.service_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
  when 'directory_location' then
    update public.directory_serviceatlocation c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.location_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_address c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.location_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_schedule c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.location_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_language c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.location_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_contact c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.location_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_phone c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.location_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
    update public.directory_confidentialplace c set owner_id = w.owner_id
      from written w where c.location_id = w.id and c.owner_id <> w.owner_id;
  when 'directory_contact' then
    update public.directory_phone c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.contact_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
  when 'directory_phone' then
    update public.directory_language c set visibility = greatest(c.visibility, w.visibility), owner_id = w.owner_id
      from written w where c.phone_id = w.id and (c.visibility < w.visibility or c.owner_id <> w.owner_id);
  end case;
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

-- An agency keeps its own card, vets itself not, and does not say that it has an agreement.
create or replace function havre.card_is_not_its_judge() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  said record := case when tg_op = 'UPDATE' and old.tenant_id is not null then (old.vetting_status, old.mou_status)
    else ('unvetted'::varchar, ''::varchar) end;
begin
  if new.tenant_id <> new.owner_id then
    raise insufficient_privilege using message = 'an agency keeps its own card';
  end if;
  if new.tenant_id is not null and current_user in ('havre_app', 'havre_worker')
    and (new.vetting_status, new.mou_status) is distinct from said then
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
    ('program', ''), ('service', ''), ('location', ''), ('detail', ''), ('serviceatlocation', '''service'', ''location'''),
    ('address', '''location'''), ('servicearea', '''service'''), ('schedule', '''service'', ''location'''),
    ('language', '''service'', ''location'', ''phone'''), ('contact', '''service'', ''location'''),
    ('phone', '''service'', ''location'', ''contact''')) t (name, parents)
  loop
    foreach verb in array array['insert', 'update'] loop
      execute format('create or replace trigger %2$s_holds after %2$s on public.directory_%1$s
        referencing new table as written for each statement execute function havre.card_holds(%3$s)',
        each.name, verb, each.parents);
      if each.name in ('address', 'phone', 'contact', 'location') then
        execute format('create or replace trigger %2$s_hides after %2$s on public.directory_%1$s
          referencing new table as written for each statement execute function havre.place_hides()', each.name, verb);
      end if;
    end loop;
  end loop;
end $$;

create or replace trigger card_leads after update on public.directory_organisation
  referencing old table as before new table as written for each statement execute function havre.card_leads();
create or replace trigger card_leads after update on public.directory_service
  referencing old table as before new table as written for each statement execute function havre.card_leads();
create or replace trigger card_leads after update on public.directory_location
  referencing old table as before new table as written for each statement execute function havre.card_leads();
create or replace trigger card_leads after update on public.directory_contact
  referencing old table as before new table as written for each statement execute function havre.card_leads();
create or replace trigger card_leads after update on public.directory_phone
  referencing old table as before new table as written for each statement execute function havre.card_leads();
create or replace trigger insert_holds after insert on public.directory_confidentialplace
  referencing new table as written for each statement execute function havre.place_holds();
create or replace trigger update_holds after update on public.directory_confidentialplace
  referencing new table as written for each statement execute function havre.place_holds();

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
