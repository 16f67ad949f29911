-- The directory: how far somebody reads, who knows where a confidential place is, and what no writer may get wrong.

-- The agency of whoever is signed in; null for nobody.
create or replace function havre.agency() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select u.agency_id from public.accounts_user u where u.id = (select havre.actor()));  -- asked once, not of each user
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
  -- `except` is quick for many rows; a join, planned for the first few, would look at each pair of them.
  if not exists (select w.id, w.visibility, w.owner_id from written w
    except select b.id, b.visibility, b.owner_id from before b) then
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
    with touched as materialized (
      select distinct l.id from (select to_jsonb(w) as j from written w) x
      left join public.directory_serviceatlocation s on s.id = (j ->> 'service_at_location_id')::uuid
      join public.directory_location l on l.address_confidential
        and l.id = coalesce((j ->> 'location_id')::uuid, s.location_id, (j ->> 'id')::uuid))
    select from touched t
    where exists (select from public.directory_address a where a.location_id = t.id)
      or exists (select from public.directory_phone p where p.location_id = t.id)
      or exists (select from public.directory_contact c where c.location_id = t.id)
      or exists (select from public.directory_serviceatlocation h join public.directory_phone p
        on p.service_at_location_id = h.id where h.location_id = t.id)
      or exists (select from public.directory_serviceatlocation h join public.directory_contact c
        on c.service_at_location_id = h.id where h.location_id = t.id)) then
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

-- Helper: whoever keeps the cards of an agency is told.
create or replace function havre.tell_keepers(p_house uuid, p_kind text, p_subject uuid) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform havre.note(keeper.id, p_kind, p_subject, null) from (
    select distinct u.id from public.accounts_user u join public.accounts_membership m on m.user_id = u.id
    where u.agency_id = p_house and u.is_active and (m.sees_agency or m.role = 'directory_keeper')
      and m.begins <= clock_timestamp() and (m.ends is null or m.ends > clock_timestamp())) keeper
  where keeper.id is distinct from havre.actor();
end $$;

-- check_begin, check_next, check_take, check_end, check_wait: for the worker alone, as with the mails of notices.
-- A contact whose check is due within two weeks is asked once for that day; one that its keeper keeps to itself never is.
-- What came in long overdue, with a file perhaps, is left to its keeper, and no round asks more than two hundred.
-- Whom nobody ever checked or asked is asked once, without a day: `p_first` a day for each keeper, focal points before others.
drop function if exists havre.check_begin();
create or replace function havre.check_begin(p_first int) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.directory_verification
    (id, owner_id, entity, row_id, at, organisation_id, contact_id, method, due, tries, answer)
  select gen_random_uuid(), c.owner_id, 'contact', c.id, clock_timestamp(), c.organisation_id, c.id, 'email', c.next_check_due, 0, ''
  from public.directory_contact c
  where c.next_check_due between current_date - 30 and current_date + 14 and c.email <> '' and c.visibility < 3
    and not exists (select from public.directory_verification v where v.contact_id = c.id and v.method = 'email'
      and (v.due = c.next_check_due or v.at > clock_timestamp() - interval '21 days'))
  order by c.next_check_due limit 200
  on conflict do nothing;
  insert into public.directory_verification
    (id, owner_id, entity, row_id, at, organisation_id, contact_id, method, due, tries, answer)
  select gen_random_uuid(), a.owner_id, 'contact', a.id, clock_timestamp(), a.organisation_id, a.id, 'email', null, 0, ''
  from (select agency.id, p_first - (select count(*) from public.directory_verification v where v.owner_id = agency.id
      and v.method = 'email' and v.by_id is null and v.due is null and v.at >= date_trunc('day', clock_timestamp())) as many
    from public.accounts_agency agency) house,
    lateral (select c.id, c.owner_id, c.organisation_id from public.directory_contact c
      where c.owner_id = house.id and c.verified_on is null and c.next_check_due is null and c.email <> '' and c.visibility < 3
        and not exists (select from public.directory_verification v where v.contact_id = c.id and v.method = 'email')
      order by c.is_focal_point desc, c.id limit greatest(house.many, 0)) a;
end $$;

create or replace function havre.check_due() returns setof public.directory_verification
language sql stable set search_path = pg_catalog, pg_temp as $$
  select v from public.directory_verification v join public.directory_contact c on c.id = v.contact_id and c.owner_id = v.owner_id
  where v.method = 'email' and v.taken is null and v.tries < 100 and c.email <> '' and c.visibility < 3
    and v.at > clock_timestamp() - interval '7 days' and (v.next_try is null or v.next_try <= clock_timestamp())
$$;

create or replace function havre.check_next() returns table (
  check_id uuid, email text, contact text, organisation text, keeper text, languages text[], countries text[])
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select v.id, c.email::text, c.name::text, o.name::text, a.name::text, c.languages::text[], o.countries::text[]
  from havre.check_due() v join public.directory_contact c on c.id = v.contact_id
    join public.directory_organisation o on o.id = c.organisation_id join public.accounts_agency a on a.id = v.owner_id
  order by v.at, v.id limit 1;
end $$;

create or replace function havre.check_take(p_check uuid, p_hash bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.directory_verification v
  set taken = clock_timestamp(), token_hash = p_hash, ends = clock_timestamp() + interval '21 days'
  where v.id = p_check and v.method = 'email' and v.taken is null;
  return found;
end $$;

create or replace function havre.check_end(p_check uuid, p_sent boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.directory_verification v
  set mailed = case when p_sent then clock_timestamp() end, taken = case when p_sent then v.taken end,
      token_hash = case when p_sent then v.token_hash end, tries = v.tries + 1,
      next_try = clock_timestamp() + least(interval '1 minute' * (1 << least(v.tries, 6)), interval '1 hour')
  where v.id = p_check and v.taken is not null and v.mailed is null;
end $$;

create or replace function havre.check_wait(p_check uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.directory_verification v
  set tries = v.tries + 1, next_try = clock_timestamp() + least(interval '1 minute' * (1 << least(v.tries, 6)), interval '1 hour')
  where v.id in (select due.id from havre.check_due() due where p_check is null or due.id = p_check);
end $$;

-- Helper: the check that a link still opens. A newer mail, an answer, three weeks or a new keeper end it.
create or replace function havre.check_open(p_token text) returns public.directory_verification
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  found_one public.directory_verification;
begin
  select v.* into found_one from public.directory_verification v
    join public.directory_contact c on c.id = v.contact_id and c.owner_id = v.owner_id
  where v.token_hash = sha256(convert_to(p_token, 'UTF8')) and v.answered is null and v.ends > clock_timestamp()
    and c.visibility < 3
    and not exists (select from public.directory_verification w where w.contact_id = v.contact_id and w.taken > v.taken);
  return found_one;
end $$;

-- check_read: to whoever holds the link, what the card says of them; to a focal point what it says in public of the
-- organisation too. Never how they are graded, and no place.
create or replace function havre.check_read(p_token text) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  one public.directory_verification := havre.check_open(p_token);
begin
  if one.id is null then return null; end if;
  return (select jsonb_build_object(
    'contact', jsonb_build_object('id', c.id, 'name', c.name, 'title', c.title, 'department', c.department, 'email', c.email),
    'organisation', jsonb_build_object('id', o.id, 'name', o.name)
      || case when c.is_focal_point and o.visibility = 0
           then jsonb_build_object('email', o.email, 'website', o.website) else '{}' end,
    'phones', coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'number', p.number, 'description', p.description)
        order by p.contact_id is null, p.number, p.id)
      from public.directory_phone p where p.organisation_id = o.id and (p.contact_id = c.id or c.is_focal_point
        and p.visibility = 0 and p.contact_id is null and p.location_id is null and p.service_at_location_id is null)), '[]'),
    'services', coalesce((select jsonb_agg(s.name order by s.name) from public.directory_service s
      where s.organisation_id = o.id and c.is_focal_point and s.visibility = 0 and s.status <> 'defunct'), '[]'),
    'keeper', a.name, 'ends', one.ends)
  from public.directory_contact c join public.directory_organisation o on o.id = c.organisation_id
    join public.accounts_agency a on a.id = c.owner_id where c.id = one.contact_id);
end $$;

-- check_answer: all is right, or what is not, as suggestions for the keeper. Once: false when the link is worth nothing.
-- Each suggestion is {id, entity, row_id, kind, before, after, why (hexadecimal)}, of a row that the page has shown.
create or replace function havre.check_answer(p_token text, p_wrong jsonb) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  one public.directory_verification;
  shown jsonb;
  confirmed boolean := jsonb_array_length(p_wrong) = 0;
begin
  perform 1 from public.directory_verification where token_hash = sha256(convert_to(p_token, 'UTF8')) for update;
  one := havre.check_open(p_token);
  if one.id is null then return false; end if;
  shown := havre.check_read(p_token);
  update public.directory_verification set answered = clock_timestamp(),
    answer = case when confirmed then 'confirmed' else 'corrected' end where id = one.id;
  if confirmed then
    perform havre.check_confirmed(one, shown);
    return true;
  end if;
  insert into public.directory_suggestion
    (id, owner_id, entity, row_id, at, organisation_id, kind, before, after, why, verification_id, status, answer)
  select (s ->> 'id')::uuid, one.owner_id, s ->> 'entity', (s ->> 'row_id')::uuid, clock_timestamp(), one.organisation_id,
    s ->> 'kind', s -> 'before', s -> 'after', decode(s ->> 'why', 'hex'), one.id, '', ''
  from jsonb_array_elements(p_wrong) s
  where (s ->> 'entity', s ->> 'row_id') in (select 'contact', shown #>> '{contact,id}'
    union select 'organisation', shown #>> '{organisation,id}'
    union select 'phone', p ->> 'id' from jsonb_array_elements(shown -> 'phones') p);
  -- Whoever says that they are not the one to ask is not asked for anything sensitive until the keeper has looked.
  update public.directory_contact set next_check_due = current_date - 1 where id = one.contact_id and exists (
    select from jsonb_array_elements(p_wrong) s where s ->> 'kind' = 'gone' and s ->> 'entity' = 'contact');
  return true;
end $$;

-- Helper: what was shown is checked from today on, for 180 days.
create or replace function havre.check_confirmed(p_check public.directory_verification, p_shown jsonb) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  who text := coalesce(nullif(p_shown #>> '{contact,name}', ''), nullif(p_shown #>> '{contact,title}', ''), '');
  whole boolean := p_shown -> 'organisation' ? 'website';
begin
  update public.directory_contact set verified_on = current_date, verified_by = who, verification_method = 'email',
    next_check_due = current_date + 180 where id = p_check.contact_id;
  if whole then
    update public.directory_organisation set verified_on = current_date, verified_by = who, verification_method = 'email',
      next_check_due = current_date + 180 where id = p_check.organisation_id;
    update public.directory_service set verified_on = current_date, verified_by = who, verification_method = 'email',
      next_check_due = current_date + 180
    where organisation_id = p_check.organisation_id and visibility = 0 and status <> 'defunct';
  end if;
  insert into public.directory_change (id, owner_id, entity, row_id, at, card, how, before, after)
  values (gen_random_uuid(), p_check.owner_id, 'contact', p_check.contact_id, clock_timestamp(), p_check.organisation_id, 'checked',
    '{}', jsonb_build_object('verified_on', current_date, 'verification_method', 'email', 'whole', whole));
end $$;

-- A suggestion reaches whoever keeps the card.
create or replace function havre.suggestion_tells() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform havre.tell_keepers(w.owner_id, 'suggestion.new', w.id) from written w;
  return null;
end $$;

create or replace trigger suggestion_tells after insert on public.directory_suggestion
  referencing new table as written for each statement execute function havre.suggestion_tells();

-- suggestion_answer: by whoever keeps the card, once; whoever suggested is told.
create or replace function havre.suggestion_answer(p_suggestion uuid, p_approved boolean, p_answer bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  whose uuid;
begin
  update public.directory_suggestion s set status = case when p_approved then 'approved' else 'refused' end,
    answer = p_answer, decided_by_id = havre.actor(), decided_at = clock_timestamp()
  where s.id = p_suggestion and s.status = '' and s.owner_id = havre.keeps_places() returning s.user_id into whose;
  if not found then return false; end if;
  if whose is not null and whose <> havre.actor() then perform havre.note(whose, 'suggestion.decided', p_suggestion, null); end if;
  return true;
end $$;

-- What an agency decided of a card of its own and another's reaches whoever keeps the other.
create or replace function havre.duplicate_tells() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform havre.tell_keepers(other.owner_id, 'duplicate.told', w.id)
  from written w
    join public.directory_organisation mine on mine.id in (w.first_id, w.second_id) and mine.owner_id = w.owner_id
    join public.directory_organisation other on other.id in (w.first_id, w.second_id) and other.owner_id <> w.owner_id
  where w.same and other.visibility < 3;
  return null;
end $$;

create or replace trigger duplicate_tells after insert on public.directory_duplicate
  referencing new table as written for each statement execute function havre.duplicate_tells();

-- What was asked, suggested and decided about a card goes with it, whoever it belongs to.
create or replace function havre.card_ends() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from public.directory_suggestion s using gone g where s.organisation_id = g.id;
  delete from public.directory_verification v using gone g where v.organisation_id = g.id;
  delete from public.directory_duplicate d using gone g where g.id in (d.first_id, d.second_id);
  update public.directory_organisation o set parent_organisation_id = null from gone g where o.parent_organisation_id = g.id;
  return null;
end $$;

create or replace function havre.contact_ends() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from public.directory_verification v using gone g where v.contact_id = g.id;
  return null;
end $$;

create or replace trigger card_ends after delete on public.directory_organisation
  referencing old table as gone for each statement execute function havre.card_ends();
create or replace trigger contact_ends after delete on public.directory_contact
  referencing old table as gone for each statement execute function havre.contact_ends();

-- A link that went to another mailbox than the one that stands there now is worth nothing.
create or replace function havre.contact_moves() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.directory_verification v set ends = clock_timestamp()
  from was o join written w on w.id = o.id
  where w.email <> o.email and v.contact_id = w.id and v.answered is null and v.ends > clock_timestamp();
  return null;
end $$;

create or replace trigger contact_moves after update on public.directory_contact
  referencing old table as was new table as written for each statement execute function havre.contact_moves();
