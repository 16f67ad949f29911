-- Finding publications among many, as 66 finds services: it asks the policy's own question and gives keys, which are read
-- under policies.

-- Folded words as they are found: their stems in English and in French, each word by either.
create or replace function havre.library_words(folded text) returns tsvector
language sql immutable parallel safe
return to_tsvector('pg_catalog.english', folded) || to_tsvector('pg_catalog.french', folded);

-- What is asked with folded words: each of them (`every`) or one; small words of either language ask nothing.
create or replace function havre.library_question(folded text[], every boolean) returns tsquery
language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp set client_min_messages = warning as $$
declare
  asked tsquery;
  small tsquery;
  word text;
  english tsquery;
  french tsquery;
begin
  foreach word in array folded loop
    english := plainto_tsquery('pg_catalog.english', word);
    french := plainto_tsquery('pg_catalog.french', word);
    if numnode(english) = 0 or numnode(french) = 0 then
      small := case when small is null then english || french when every then small && (english || french)
        else small || (english || french) end;
    else
      asked := case when asked is null then english || french when every then asked && (english || french)
        else asked || (english || french) end;
    end if;
  end loop;
  return coalesce(asked, small);
end $$;

-- The words of all files of a publication, as far as they fit into one place.
create or replace function havre.library_body(publication uuid) returns tsvector
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  gathered tsvector := '';
  one tsvector;
begin
  for one in select f.words from public.library_publicationfile f
      where f.publication_id = publication and f.words is not null order by f.id loop
    begin
      gathered := gathered || one;
    exception when program_limit_exceeded then
      exit;
    end;
  end loop;
  return gathered;
end $$;

-- The words of all pages of a file, likewise.
create or replace function havre.library_read(file uuid) returns tsvector
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  gathered tsvector := '';
  one tsvector;
begin
  for one in select p.words from public.library_publicationpage p where p.file_id = file order by p.number loop
    begin
      gathered := gathered || one;
    exception when program_limit_exceeded then
      exit;
    end;
  end loop;
  return gathered;
end $$;

-- Keys of the publications that fit: those with the words in a title first, then those with them elsewhere, each the newest
-- first, from the place after (`after`: in_title, year, id); and how many there are, counted up to `most`.
create or replace function havre.library_find(asked jsonb, after jsonb, many int, most int)
returns table (id uuid, in_title boolean, year int, total int)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  reach int := havre.directory_reach();
  house uuid := havre.agency();
  kinds varchar[] := array(select jsonb_array_elements_text(asked -> 'kinds'));
  lands varchar[] := array(select jsonb_array_elements_text(asked -> 'countries'));
  subjects varchar[] := array(select jsonb_array_elements_text(asked -> 'topics'));
  tongues varchar[] := array(select jsonb_array_elements_text(asked -> 'languages'));
  folded text[] := array(select jsonb_array_elements_text(asked -> 'words'));
  since int := coalesce((asked ->> 'since')::int, -1);
  until int := coalesce((asked ->> 'until')::int, 9999);
  whole varchar := asked ->> 'series';
  filed boolean := coalesce((asked ->> 'with_file')::boolean, false);
  with_file uuid[] := case when filed  -- looked up by hash; `exists` beside an `or` would be asked for each row
    then array(select distinct f.publication_id from public.library_publicationfile f) else '{}' end;
  wanted tsquery := havre.library_question(folded, true);
  from_year int := coalesce((after ->> 'year')::int, 100000);
  from_id uuid := coalesce((after ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  counted int := 0;
  found int := 0;
begin
  if (asked ->> 'open')::boolean then  -- what everybody may see, for those who see more too
    reach := 0;
    house := null;
  end if;
  if folded <> '{}' and coalesce(numnode(wanted), 0) = 0 then return; end if;
  if after is null then
    select count(*) into counted from (
      select from public.library_publication p
      where (p.visibility <= reach or p.owner_id = house) and (wanted is null or p.words @@ wanted)
        and (kinds = '{}' or p.kind = any (kinds)) and (lands = '{}' or p.countries && lands)
        and (subjects = '{}' or p.topics && subjects) and (tongues = '{}' or p.languages && tongues)
        and (since < 0 or p.year >= since) and (until > 9998 or p.year <= until) and (whole is null or p.series = whole)
        and (not filed or p.id = any (with_file))
      limit most) c;
  end if;
  if wanted is not null and coalesce((after ->> 'in_title')::boolean, true) then
    return query select p.id, true, coalesce(p.year, 0), counted from public.library_publication p
      where (p.visibility <= reach or p.owner_id = house) and p.titled @@ wanted
        and (coalesce(p.year, 0), p.id) < (from_year, from_id)
        and (kinds = '{}' or p.kind = any (kinds)) and (lands = '{}' or p.countries && lands)
        and (subjects = '{}' or p.topics && subjects) and (tongues = '{}' or p.languages && tongues)
        and (since < 0 or p.year >= since) and (until > 9998 or p.year <= until) and (whole is null or p.series = whole)
        and (not filed or p.id = any (with_file))
      order by coalesce(p.year, 0) desc, p.id desc limit many;
    get diagnostics found = row_count;
    from_year := 100000;
    from_id := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  end if;
  if found < many then
    return query select p.id, false, coalesce(p.year, 0), counted from public.library_publication p
      where (p.visibility <= reach or p.owner_id = house)
        and (wanted is null or p.words @@ wanted and not coalesce(p.titled @@ wanted, false))
        and (coalesce(p.year, 0), p.id) < (from_year, from_id)
        and (kinds = '{}' or p.kind = any (kinds)) and (lands = '{}' or p.countries && lands)
        and (subjects = '{}' or p.topics && subjects) and (tongues = '{}' or p.languages && tongues)
        and (since < 0 or p.year >= since) and (until > 9998 or p.year <= until) and (whole is null or p.series = whole)
        and (not filed or p.id = any (with_file))
      order by coalesce(p.year, 0) desc, p.id desc limit many - found;
  end if;
end $$;

-- For each of these publications a page of its files that has the words: all of them, else one of them.
create or replace function havre.library_pages(publications uuid[], folded text[])
returns table (publication uuid, file uuid, number int, text text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  reach int := havre.directory_reach();
  house uuid := havre.agency();
  each_word tsquery := havre.library_question(folded, true);
  one_word tsquery := havre.library_question(folded, false);
begin
  return query select w.id, p.file_id, p.number, left(p.text, 20000)
    from unnest(publications) w (id), lateral (
      select h.id from public.library_publicationfile f, lateral (
        (select p.id, 0 poor from public.library_publicationpage p
          where p.file_id = f.id and p.words @@ each_word order by p.number limit 1)
        union all
        (select p.id, 1 from public.library_publicationpage p
          where p.file_id = f.id and p.words @@ one_word order by p.number limit 1)) h
      where f.publication_id = w.id and (f.visibility <= reach or f.owner_id = house) and f.words @@ one_word
      order by h.poor limit 1) h
    join public.library_publicationpage p on p.id = h.id
    where p.visibility <= reach or p.owner_id = house;
end $$;

-- What hangs on a record is kept and seen as it is: its files, what is kept of each, and the pages read in them.
create or replace trigger kept_with before insert or update on public.library_publicationfile
  for each row execute function havre.kept_with('library_publication', 'publication_id');
create or replace trigger kept_with before insert or update on public.library_publicationpage
  for each row execute function havre.kept_with('library_publicationfile', 'file_id');

create or replace trigger leads_kept after update on public.library_publication
  for each row when (old.visibility <> new.visibility or old.owner_id <> new.owner_id)
  execute function havre.leads_kept('library_publicationfile', 'publication_id');
create or replace trigger leads_kept after update on public.library_publicationfile
  for each row when (old.visibility <> new.visibility or old.owner_id <> new.owner_id)
  execute function havre.leads_kept('library_publicationpage', 'file_id');

create or replace function havre.publication_leads() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.keeping_storedfile f set visibility = new.visibility
  where f.id = new.stored_id and f.owner_id = new.owner_id and f.visibility <> new.visibility;
  return null;
end $$;

create or replace trigger publication_leads after insert or update of visibility, stored_id on public.library_publicationfile
  for each row execute function havre.publication_leads();
