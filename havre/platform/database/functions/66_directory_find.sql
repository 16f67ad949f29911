-- Finding services among many. Under policies no list and no word is looked up by index: whether they hold is asked of a row
-- after the policy only. So this function asks the policy's own question itself and gives keys, which are read under policies.

-- Whether one of the numbers of a list is this one, counted from the front or from the end; an empty list does not say.
create or replace function havre.among(list text, front int, back int) returns boolean
language sql immutable parallel safe return list !~ '\d' or exists (
  select from regexp_split_to_table(list, '[,;\s]+') n where n <> '' and n::int in (front, back));

-- Whether the rule of a schedule means that day, as `directory/opening.py` reads it; what cannot be read means none.
-- First the rules that are rare.
create or replace function havre.seldom_falls_on(s public.directory_schedule, day date) returns boolean
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  codes constant text[] := array['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
  days text := upper(btrim(regexp_replace(s.byday, '[,;\s]+', ',', 'g'), ','));
  how text := coalesce(nullif(upper(btrim(s.freq)), ''), case
    when s.bymonthday <> '' or s.byday ~ '\d' then 'MONTHLY' when s.byday <> '' then 'WEEKLY' else '' end);
  step int := coalesce(nullif(s.interval, 0), 1);
  bare boolean := concat(s.byday, s.byweekno, s.bymonthday, s.byyearday) = '';
  shift int := 8 - coalesce(array_position(codes, upper(left(s.wkst, 2))), 1);
  week date := day - (extract(isodow from day)::int + shift - 1) % 7;
  last date := (date_trunc('month', day) + interval '1 month - 1 day')::date;
  today text := codes[extract(isodow from day)::int];
  ends date := make_date(extract(year from week + 3)::int, 12, 31);
begin
  if how not in ('', 'WEEKLY', 'MONTHLY') or step < 1 or (step > 1 and (how = '' or s.dtstart is null))
    or (s.count > 0 and (s.dtstart is null or s.last_on is null or day > s.last_on))
    or (how <> '' and bare and s.dtstart is null) or (how = 'WEEKLY' and s.byday ~ '\d')
    or days !~ '^(([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)[A-Z]*(,|$))*$'
    or concat_ws(',', s.byweekno, s.bymonthday, s.byyearday) !~ '^([+-]?\d{1,3}([,;\s]|$)|[,;\s])*$' then return false; end if;
  if how = '' and s.until is null and s.valid_to is null and coalesce(s.count, 0) = 0 and day <> s.dtstart then return false; end if;
  if step > 1 and how = 'WEEKLY'
    and (week - (s.dtstart - (extract(isodow from s.dtstart)::int + shift - 1) % 7)) / 7 % step <> 0 then return false; end if;
  if step > 1 and how = 'MONTHLY' and ((extract(year from day) - extract(year from s.dtstart)) * 12
    + extract(month from day) - extract(month from s.dtstart)) % step <> 0 then return false; end if;
  if how <> '' and bare then
    return case how when 'WEEKLY' then extract(isodow from day) = extract(isodow from s.dtstart)
      else extract(day from day) = extract(day from s.dtstart) end;
  end if;
  return (days = '' or exists (select from regexp_split_to_table(days, ',') d
      where regexp_replace(d, '^\+?(-?[1-5]?[A-Z]{2}).*', '\1') in (
        today, (extract(day from day)::int - 1) / 7 + 1 || today, (-((last - day) / 7 + 1)) || today)))
    and havre.among(s.bymonthday, extract(day from day)::int, day - last - 1)
    and havre.among(s.byyearday, extract(doy from day)::int, day - make_date(extract(year from day)::int, 12, 31) - 1)
    and havre.among(s.byweekno, (extract(doy from week + 3)::int - 1) / 7 + 1, -((ends - week - 3) / 7) - 1);
end $$;

create or replace function havre.falls_on(s public.directory_schedule, day date) returns boolean
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  if day < s.valid_from or day < s.dtstart or day > s.valid_to or day > s.until then return false; end if;
  -- Nearly all: every week on some days.
  if s.freq = 'WEEKLY' and coalesce(s.interval, 1) = 1 and coalesce(s.count, 0) = 0
    and s.byweekno = '' and s.bymonthday = '' and s.byyearday = '' and s.byday ~ '^(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*$' then
    return strpos(s.byday, (array['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'])[extract(isodow from day)::int]) > 0;
  end if;
  return havre.seldom_falls_on(s, day);
end $$;

-- Whether it is open at that moment (UTC). `zones`: for each name seconds from UTC, or where the clock changes in these days
-- the clock's time from which the other counts, the seconds until then, the seconds after (`opening.zones`).
create or replace function havre.open_at(s public.directory_schedule, at timestamp, zones jsonb) returns boolean
language plpgsql immutable cost 4000 set search_path = pg_catalog, pg_temp as $$
declare
  zone jsonb := zones -> s.zone;
  until int;
  beyond int;
  turn timestamp := 'infinity';
  shuts time := s.closes_at;
  opens timestamp;
  closes timestamp;
  today date;
begin
  if s.opens_at is null or shuts is null then return false; end if;
  if shuts >= '23:59' then shuts := '00:00'; end if;
  if s.zone = '' then
    until := s.timezone * 3600;
    beyond := until;
  elsif jsonb_typeof(zone) = 'array' then
    turn := zone ->> 0;
    until := zone -> 1;
    beyond := zone -> 2;
  else
    until := zone;
    beyond := zone;
  end if;
  if until is null then return false; end if;
  today := at + greatest(until, beyond) * interval '1 second';
  for ago in 0 .. 2 loop
    opens := today - ago + s.opens_at;
    closes := today - ago + (shuts <= s.opens_at)::int + shuts;
    if at >= opens - (case when opens < turn then until else beyond end) * interval '1 second'
      and at < closes - (case when closes < turn then until else beyond end) * interval '1 second' then
      if havre.falls_on(s, today - ago) then return true; end if;
    end if;
  end loop;
  return false;
end $$;

-- Keys of the services that fit, the last checked first, and how many there are, counted up to `most`.
create or replace function havre.directory_find(asked jsonb, at timestamp, zones jsonb, first int, many int, most int)
returns table (id uuid, total int)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  reach int := havre.directory_reach();
  house uuid := havre.agency();
  lands varchar[] := array(select jsonb_array_elements_text(asked -> 'countries'));
  kinds varchar[] := array(select jsonb_array_elements_text(asked -> 'service_types'));
  people varchar[] := array(select jsonb_array_elements_text(asked -> 'populations'));
  tongues varchar[] := array(select jsonb_array_elements_text(asked -> 'languages'));
  costs varchar[] := array(select jsonb_array_elements_text(asked -> 'costs'));
  roles varchar[] := array(select jsonb_array_elements_text(asked -> 'nrm_roles'));
  marks text[] := array(select jsonb_array_elements_text(asked -> 'marks'));
  words tsquery := asked ->> 'words';
  names tsquery := asked ->> 'names';
  age int := asked ->> 'age';
begin
  return query with found as materialized (
    select s.id from public.directory_service s
    where (s.visibility <= reach or s.owner_id = house) and s.status = 'active'
      and (lands = '{}' or s.countries && lands)
      and (kinds = '{}' or s.service_type && kinds)
      and (people = '{}' or s.population_served && people)
      and (tongues = '{}' or s.languages && tongues)
      and (words is null or s.folded @@ words)
      and (age is null or coalesce(s.minimum_age, age) <= age and coalesce(s.maximum_age, age) >= age)
      and (costs = '{}' or s.cost_to_person = any (costs))
      and ('accompanied' <> all (marks) or s.accepts_children_accompanied)
      and ('unaccompanied' <> all (marks) or s.accepts_unaccompanied_minors)
      and ('dependants' <> all (marks) or s.accepts_with_pets_or_dependants)
      and ('unconditional' <> all (marks) or s.conditional_on_cooperation = false)
      and ('free_places' <> all (marks) or s.capacity_available > 0)
      and ('always_open' <> all (marks) or s.always_open)
      and (roles = '{}' or exists (
        select from public.directory_organisation o where o.id = s.organisation_id and o.nrm_role && roles))
      and ('open_now' <> all (marks) or s.always_open or exists (
        select from public.directory_schedule h
        where h.id = any (s.hours) and (h.visibility <= reach or h.owner_id = house) and havre.open_at(h, at, zones)))
    order by names is not null and s.folded @@ names desc, s.verified_on desc nulls last, s.id
    limit most)
  select f.id, (select count(*)::int from found) from found f offset first limit many;
end $$;

-- What the page of a country begins with, under the same question as the policies ask: how many agencies, services (counted up
-- to `most`) and contacts that nobody checked; keys of some agencies by name, and of numbers that answer day and night.
create or replace function havre.directory_country(land varchar, today date, first int, many int, most int)
returns table (agencies int, services int, unchecked int, hidden boolean, cards uuid[], phones uuid[], roles jsonb)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  reach int := havre.directory_reach();
  house uuid := havre.agency();
begin
  return query with here as materialized (
    select o.id, o.nrm_role, (row_number() over (order by o.folded collate "C", o.id))::int n from public.directory_organisation o
    where o.countries @> array[land] and (o.visibility <= reach or o.owner_id = house)),
  flat as (select unnest(h.nrm_role) as role, h.n, h.id from here h),
  parts as (
    select f.role, count(*) many, array(select u.id from unnest(array_agg(f.n), array_agg(f.id)) u (n, id) order by u.n limit 2) ids
    from flat f group by f.role),
  tasks as (
    select p.role, o.id, o.name, o.alternate_name, p.many, i.n
    from parts p, unnest(p.ids) with ordinality i (id, n) join public.directory_organisation o on o.id = i.id)
  select (select count(*)::int from here),
    -- Nearly always those of the agencies here are enough; only where they are few, every service is looked at.
    (select case when c.n >= most then c.n else (select count(*)::int from (
        select from public.directory_service s where s.countries @> array[land] and s.status = 'active'
          and (s.visibility <= reach or s.owner_id = house) limit most) counted) end
      from (select count(*)::int n from (select from here h join public.directory_service s on s.organisation_id = h.id
        where land = any (s.countries) and s.status = 'active' and (s.visibility <= reach or s.owner_id = house)
        limit most) counted) c),
    (select count(*)::int from (select from public.directory_contact c join here h on h.id = c.organisation_id
      where (c.visibility <= reach or c.owner_id = house)
        and coalesce(coalesce(c.next_check_due, c.verified_on + 180) < today, true) limit 100) counted),
    exists (select from public.directory_location l where l.country = land and l.address_confidential
      and (l.visibility <= reach or l.owner_id = house)),
    array(select h.id from here h where h.n > first and h.n <= first + many order by h.n),
    array(select p.id from (
        select p.id, p.service_id, row_number() over () n from (
          select p.id, p.service_id from here h join public.directory_phone p on p.organisation_id = h.id and p.hours_24_7
          where p.visibility <= reach or p.owner_id = house
          order by p.is_hotline desc, p.toll_free desc, h.n, p.id limit 40) p) p
      left join public.directory_service s on s.id = p.service_id
      where s.id is null or s.status = 'active' and (s.countries = '{}' or s.countries @> array[land])
      order by p.n limit 8),
    (select coalesce(jsonb_agg(jsonb_build_object('role', t.role, 'id', t.id, 'name', t.name, 'other', t.alternate_name, 'many', t.many) order by t.n), '[]')
      from tasks t);
end $$;

-- What the page of a country says of these cards, read under policies: each with its services there, its towns there, whether one
-- of its places is confidential, and when its contacts were checked.
create or replace function havre.directory_lines(land varchar, keys uuid[]) returns json
language plpgsql stable set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return (select json_agg(json_build_array(o.id, o.name, o.alternate_name, o.verified_on, o.next_check_due,
      (select json_agg(json_build_array(s.service_type, s.population_served, s.minimum_age, s.maximum_age,
          s.capacity_available) order by s.name)
        from public.directory_service s where s.organisation_id = o.id and s.status = 'active'
          and (s.countries = '{}' or land = any (s.countries))),
      (select json_agg(json_build_array(l.city, l.address_confidential) order by l.city)
        from public.directory_location l where l.organisation_id = o.id and l.country = land),
      (select json_agg(json_build_array(c.verified_on, c.next_check_due)) from public.directory_contact c
        where c.organisation_id = o.id)) order by k.n)
    from unnest(keys) with ordinality k (id, n) join public.directory_organisation o on o.id = k.id);
end $$;

-- What it says of these numbers, read under policies: whose they are, what answers, in which languages.
create or replace function havre.directory_numbers(keys uuid[]) returns json
language plpgsql stable set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return (select json_agg(json_build_array(o.id, o.name, o.alternate_name, p.number, p.e164, p.description, p.toll_free,
      s.name, s.alternate_name, c.title, coalesce(
        (select array_agg(t.code order by t.code) from public.directory_language t where t.phone_id = p.id and t.code <> ''),
        s.languages, '{}')) order by k.n)
    from unnest(keys) with ordinality k (id, n) join public.directory_phone p on p.id = k.id
      join public.directory_organisation o on o.id = p.organisation_id
      left join public.directory_service s on s.id = p.service_id left join public.directory_contact c on c.id = p.contact_id);
end $$;


-- Which services are offered in a country: the codes, with how many agencies and how many services.
create or replace function havre.directory_offers(land varchar) returns table (code varchar, agencies int, services int)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  reach int := havre.directory_reach();
  house uuid := havre.agency();
begin
  return query select t.code::varchar, count(distinct s.organisation_id)::int, count(*)::int
  from public.directory_service s, unnest(s.service_type) t (code)
  where s.countries @> array[land] and s.status = 'active' and (s.visibility <= reach or s.owner_id = house)
  group by t.code order by t.code;
end $$;
