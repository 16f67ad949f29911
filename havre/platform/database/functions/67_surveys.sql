-- Surveys: what somebody who holds a link sees, how an answer comes in, and what may no longer change.

-- Helper: the link of a token, as long as it is somebody's.
create or replace function havre.survey_link(p_token text) returns public.surveys_link
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  one public.surveys_link;
begin
  select * into one from public.surveys_link l where l.token_hash = sha256(convert_to(p_token, 'UTF8'));
  return one;
end $$;

-- survey_read: to whoever holds the link, the questions; neither what is right, nor any answer, nor who is compared.
create or replace function havre.survey_read(p_token text) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  one public.surveys_link := havre.survey_link(p_token);
begin
  return (select jsonb_build_object('link', one.id, 'survey', s.id, 'keeper', a.name,
    'status', case when one.ended_at is null then s.status else 'closed' end,
    'title', s.title, 'intro', s.intro, 'languages', s.languages, 'pairing', s.pairing,
    'items', coalesce((select jsonb_agg(jsonb_build_object('code', i.code, 'kind', i.kind, 'text', i.text) order by i.place, i.code)
      from public.surveys_item i where i.survey_id = s.id and s.status = 'open' and one.ended_at is null), '[]'))
  from public.surveys_survey s join public.accounts_agency a on a.id = s.owner_id where s.id = one.survey_id);
end $$;

-- Helper: whether each answer is to a question of the survey, and can be one.
create or replace function havre.survey_fits(p_survey uuid, p_answers jsonb) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return jsonb_typeof(p_answers) = 'object' and not exists (
    select from jsonb_each(p_answers) a left join public.surveys_item i on i.survey_id = p_survey and i.code = a.key
    where (case i.kind
      when 'knowledge' then a.value in ('true', 'false', '"unknown"')
      when 'practice' then a.value in ('true', 'false')
      when 'attitude' then a.value in ('1', '2', '3', '4', '5')
      else false end) is not true);
end $$;

-- survey_answer: takes one answer. `kept`; `again` for a form that came before; `person` for a code that has answered in
-- this wave; `draft` or `closed`; `wrong` for what is no answer; null for a link that is worth nothing.
create or replace function havre.survey_answer(p_token text, p_nonce bytea, p_person bytea, p_told jsonb) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  one public.surveys_link := havre.survey_link(p_token);
  stands public.surveys_survey;
begin
  if one.id is null then return null; end if;
  select * into stands from public.surveys_survey s where s.id = one.survey_id for share;
  if one.ended_at is not null then return 'closed'; end if;
  if stands.status <> 'open' then return stands.status; end if;
  if p_nonce is null or octet_length(p_nonce) <> 16 or coalesce(octet_length(p_person), 32) <> 32
    or not havre.survey_fits(stands.id, p_told -> 'answers') or p_told -> 'answers' = '{}' then
    return 'wrong';
  end if;
  insert into public.surveys_answer (id, owner_id, survey_id, link_id, wave, "group", sex, age_group, language, person, nonce, answers, "on")
  values (gen_random_uuid(), stands.owner_id, stands.id, one.id, one.wave, one."group", p_told ->> 'sex', p_told ->> 'age_group',
    p_told ->> 'language', case when stands.pairing then p_person end, p_nonce, p_told -> 'answers', current_date)
  on conflict do nothing;
  if found then return 'kept'; end if;
  update public.surveys_link set doubles = doubles + 1 where id = one.id;
  return case when exists (select from public.surveys_answer a where a.survey_id = stands.id and a.nonce = p_nonce)
    then 'again' else 'person' end;
end $$;

-- survey_load: the answers of a spreadsheet, by whoever keeps the survey: all of them, or none.
create or replace function havre.survey_load(p_load uuid, p_answers jsonb) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  one public.surveys_load;
  stands public.surveys_survey;
  loaded integer;
begin
  select * into one from public.surveys_load l where l.id = p_load and l.owner_id = havre.agency();
  select * into stands from public.surveys_survey s where s.id = one.survey_id and s.owner_id = one.owner_id for share;
  if stands.id is null or stands.status = 'draft' then return 0; end if;
  if exists (select from public.surveys_answer a where a.load_id = p_load)
    or exists (select from jsonb_array_elements(p_answers) a where not havre.survey_fits(stands.id, a -> 'answers')) then
    raise check_violation using message = 'an answer that is none';
  end if;
  insert into public.surveys_answer (id, owner_id, survey_id, load_id, wave, "group", sex, age_group, language, person, answers, "on")
  select gen_random_uuid(), stands.owner_id, stands.id, one.id, a ->> 'wave', a ->> 'group', a ->> 'sex', a ->> 'age_group', '',
    decode(a ->> 'person', 'hex'), a -> 'answers', (a ->> 'on')::date
  from jsonb_array_elements(p_answers) a;
  get diagnostics loaded = row_count;
  return loaded;
end $$;

-- What hangs on a survey is its keeper's; an item goes as far as the survey.
create or replace function havre.survey_holds() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from written w join public.surveys_survey s on s.id = w.survey_id where s.owner_id <> w.owner_id) then
    raise insufficient_privilege using message = 'what hangs on a survey is its keeper''s';
  end if;
  if tg_table_name = 'surveys_item' and exists (select from written w join public.surveys_survey s on s.id = w.survey_id
    where (to_jsonb(w) ->> 'visibility')::int < s.visibility) then
    raise insufficient_privilege using message = 'an item goes no further than its survey';
  end if;
  return null;
end $$;

create or replace function havre.survey_leads() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.surveys_item i set visibility = w.visibility from written w
    where i.survey_id = w.id and i.visibility <> w.visibility;
  return null;
end $$;

-- Questions change in a draft alone, and what somebody has answered is no draft again.
create or replace function havre.items_freeze() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  ours uuid[] := case tg_op when 'DELETE' then array[old.survey_id] when 'INSERT' then array[new.survey_id]
    else array[old.survey_id, new.survey_id] end;
begin
  if tg_op = 'UPDATE' and (old.survey_id, old.code, old.kind, old.text, old."right", old.reverse)
    is not distinct from (new.survey_id, new.code, new.kind, new.text, new."right", new.reverse) then
    return new;
  end if;
  if exists (select from public.surveys_survey s where s.id = any (ours) and s.status <> 'draft') then
    raise check_violation using message = 'a question that is asked stays as it is';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;

create or replace function havre.survey_stays() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.status = 'draft' and old.status <> 'draft' and exists (select from public.surveys_answer a where a.survey_id = new.id) then
    raise check_violation using message = 'a survey that was answered is no draft again';
  end if;
  return new;
end $$;

create or replace trigger items_freeze before insert or update or delete on public.surveys_item
  for each row execute function havre.items_freeze();
create or replace trigger survey_stays before update on public.surveys_survey
  for each row execute function havre.survey_stays();
create or replace trigger survey_leads after update on public.surveys_survey
  referencing new table as written for each statement execute function havre.survey_leads();

do $$
declare
  name text;
  verb text;
begin
  foreach name in array array['item', 'link', 'load'] loop
    foreach verb in array array['insert', 'update'] loop
      execute format('create or replace trigger %2$s_holds after %2$s on public.surveys_%1$s
        referencing new table as written for each statement execute function havre.survey_holds()', name, verb);
    end loop;
  end loop;
end $$;
