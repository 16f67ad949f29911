-- The digest: feeds are read and mails are sent by the worker alone, whoever has no account subscribes (ADR 41).

-- What stands in an issue is its agency's, and is seen exactly as far as the issue.
create or replace function havre.digest_holds() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from written w join public.digest_issue i on i.id = w.issue_id
      where w.visibility < i.visibility or w.owner_id <> i.owner_id) then
    raise insufficient_privilege using message = 'what stands in an issue is its agency''s, and goes no further than the issue';
  end if;
  return null;
end $$;

create or replace function havre.digest_leads() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.digest_item c set visibility = w.visibility, owner_id = w.owner_id
    from written w where c.issue_id = w.id and (c.visibility <> w.visibility or c.owner_id <> w.owner_id);
  return null;
end $$;

create or replace trigger digest_holds_new after insert on public.digest_item
  referencing new table as written for each statement execute function havre.digest_holds();
create or replace trigger digest_holds after update on public.digest_item
  referencing new table as written for each statement execute function havre.digest_holds();
create or replace trigger digest_leads after update on public.digest_issue
  referencing new table as written for each statement execute function havre.digest_leads();

-- feed_take: feeds that are due, with where they may be read from; another worker takes none of them for ten minutes.
drop function if exists havre.feed_take(int);
create or replace function havre.feed_take(p_most int) returns table (
  feed uuid, url text, etag text, modified text, failures int, countries text[], hosts text[])
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
  update public.digest_feed f set tried_at = clock_timestamp(), next_try = clock_timestamp() + interval '10 minutes'
  where f.id in (select d.id from public.digest_feed d where not d.paused and d.next_try <= clock_timestamp()
    order by d.next_try limit p_most for update skip locked)
  returning f.id, f.url::text, f.etag::text, f.modified::text, f.failures::int, f.countries::text[],
    (select coalesce(array_agg(h.name::text), '{}') from public.digest_allowedhost h where h.owner_id = f.owner_id);
end $$;

-- feed_recent: what its agency got of late, to tell what is the same story.
create or replace function havre.feed_recent(p_feed uuid) returns table (story uuid, leader uuid, title_key text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select s.id, s.leader_id, s.title_key::text
  from public.digest_story s join public.digest_feed f on f.id = p_feed and f.owner_id = s.owner_id
  where s.at > clock_timestamp() - interval '14 days' order by s.at, s.id limit 2000;
end $$;

-- feed_done: how a reading went, and the stories it brought, together; how many of them are new.
create or replace function havre.feed_done(
  p_feed uuid, p_fault text, p_etag text, p_modified text, p_next timestamptz, p_stories jsonb) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  made int;
begin
  insert into public.digest_story (id, owner_id, visibility, feed_id, came, key, title, title_key, summary, link, day, at,
    source_name, source_kind, theme, region, countries, leader_id, aside)
  select s.id, f.owner_id, 3, f.id, 'feed', s.key, s.title, s.title_key, s.summary, s.link, s.day, clock_timestamp(),
    f.name, f.source_kind, f.theme, s.region, f.countries, s.leader, false
  from public.digest_feed f, jsonb_to_recordset(p_stories) s(id uuid, key text, title text, title_key text, summary text,
    link text, day date, region text, leader uuid)
  where f.id = p_feed
  on conflict do nothing;
  get diagnostics made = row_count;
  update public.digest_feed f set fault = p_fault, next_try = p_next, found = f.found + made,
    failures = case when p_fault = '' then 0 else least(f.failures + 1, 1000) end,
    worked_at = case when p_fault = '' then clock_timestamp() else f.worked_at end,
    etag = case when p_fault = '' then p_etag else f.etag end,
    modified = case when p_fault = '' then p_modified else f.modified end
  where f.id = p_feed;
  return made;
end $$;

-- Helper: whose digest it is that everybody sees here: of whoever published last, else of whoever began first.
create or replace function havre.digest_house() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select i.owner_id from public.digest_issue i where i.year > 0
    order by i.published_at desc nulls last, i.made_at, i.id limit 1);
end $$;

-- digest_subscribe: by anybody. An address that is there already is asked again at most once an hour, five times in all,
-- and not at all once it was confirmed. It answers nothing: who subscribes learns nothing of others.
create or replace function havre.digest_subscribe(
  p_subscriber uuid, p_address bytea, p_hashed bytea, p_language text, p_leave bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  house uuid := havre.digest_house();
begin
  if house is null or (select count(*) from public.digest_subscriber s
      where s.confirmed_at is null and s.asked_at > clock_timestamp() - interval '1 hour') >= 1000 then
    return;
  end if;
  insert into public.digest_subscriber as s
    (id, owner_id, address, hashed, language, asked_at, leave_hash, asks, tries)
  values (p_subscriber, house, p_address, p_hashed, case when p_language = 'fr' then 'fr' else 'en' end,
    clock_timestamp(), p_leave, 1, 0)
  on conflict (owner_id, hashed) where hashed is not null do update
  set asked_at = clock_timestamp(), language = excluded.language, asks = s.asks + 1, tries = 0, next_try = null,
    taken = null, mailed = null, token_hash = null
  where s.confirmed_at is null and s.taken < clock_timestamp() - interval '1 hour' and s.asks < 5;
end $$;

create or replace function havre.digest_ask_due() returns setof public.digest_subscriber
language sql stable set search_path = pg_catalog, pg_temp as $$
  select s from public.digest_subscriber s
  where s.confirmed_at is null and s.taken is null and s.tries < 100 and s.asked_at > clock_timestamp() - interval '7 days'
    and s.asks > 0 and (s.next_try is null or s.next_try <= clock_timestamp())
$$;

create or replace function havre.digest_ask_next() returns table (subscriber uuid, address bytea, language text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select s.id, s.address, s.language::text from havre.digest_ask_due() s order by s.asked_at, s.id limit 1;
end $$;

create or replace function havre.digest_ask_take(p_subscriber uuid, p_hash bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.digest_subscriber s set taken = clock_timestamp(), token_hash = p_hash
  where s.id = p_subscriber and s.taken is null and s.confirmed_at is null;
  return found;
end $$;

create or replace function havre.digest_ask_end(p_subscriber uuid, p_sent boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.digest_subscriber s
  set mailed = case when p_sent then clock_timestamp() end, taken = case when p_sent then s.taken end,
      token_hash = case when p_sent then s.token_hash end, tries = s.tries + 1,
      next_try = clock_timestamp() + least(interval '1 minute' * (1 << least(s.tries, 6)), interval '1 hour')
  where s.id = p_subscriber and s.taken is not null and s.mailed is null;
end $$;

create or replace function havre.digest_ask_wait(p_subscriber uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.digest_subscriber s
  set tries = s.tries + 1, next_try = clock_timestamp() + least(interval '1 minute' * (1 << least(s.tries, 6)), interval '1 hour')
  where s.id in (select due.id from havre.digest_ask_due() due where p_subscriber is null or due.id = p_subscriber);
end $$;

-- digest_link: what a link of a mail is good for: `confirm`, `leave`, or nothing.
create or replace function havre.digest_link(p_token text) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  hash bytea := sha256(convert_to(p_token, 'UTF8'));
begin
  if exists (select from public.digest_subscriber s where s.token_hash = hash and s.taken > clock_timestamp() - interval '7 days') then
    return 'confirm';
  end if;
  return case when exists (select from public.digest_subscriber s where s.leave_hash = hash) then 'leave' end;
end $$;

create or replace function havre.digest_confirm(p_token text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.digest_subscriber s set confirmed_at = coalesce(s.confirmed_at, clock_timestamp())
  where s.token_hash = sha256(convert_to(p_token, 'UTF8')) and s.taken > clock_timestamp() - interval '7 days';
  return found;
end $$;

-- digest_leave: the address is deleted; that somebody was sent an issue stays as a number.
create or replace function havre.digest_leave(p_token text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  who uuid := (select s.id from public.digest_subscriber s where s.leave_hash = sha256(convert_to(p_token, 'UTF8')));
begin
  if who is null then return false; end if;
  delete from public.digest_delivery d where d.subscriber_id = who and d.taken is null;
  update public.digest_delivery d set subscriber_id = null where d.subscriber_id = who;
  delete from public.digest_subscriber s where s.id = who;
  return true;
end $$;

-- digest_begin: who gets a published issue is written down once: those who have confirmed by then.
create or replace function havre.digest_begin() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  one record;
begin
  for one in select i.id, i.owner_id from public.digest_issue i where i.published_at is not null and i.begun is null for update skip locked loop
    insert into public.digest_delivery (id, owner_id, issue_id, subscriber_id, tries)
    select gen_random_uuid(), one.owner_id, one.id, s.id, 0 from public.digest_subscriber s
    where s.owner_id = one.owner_id and s.confirmed_at is not null
    on conflict do nothing;
    update public.digest_issue set begun = clock_timestamp() where id = one.id;
  end loop;
end $$;

create or replace function havre.digest_due() returns setof public.digest_delivery
language sql stable set search_path = pg_catalog, pg_temp as $$
  select d from public.digest_delivery d join public.digest_subscriber s on s.id = d.subscriber_id
  where d.taken is null and d.tries < 100 and (d.next_try is null or d.next_try <= clock_timestamp())
$$;

create or replace function havre.digest_next() returns table (
  delivery uuid, issue uuid, subscriber uuid, address bytea, language text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select d.id, d.issue_id, s.id, s.address, s.language::text
  from havre.digest_due() d join public.digest_subscriber s on s.id = d.subscriber_id order by d.issue_id, d.id limit 1;
end $$;

create or replace function havre.digest_take(p_delivery uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.digest_delivery d set taken = clock_timestamp() where d.id = p_delivery and d.taken is null;
  return found;
end $$;

create or replace function havre.digest_end(p_delivery uuid, p_sent boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.digest_delivery d
  set mailed = case when p_sent then clock_timestamp() end, taken = case when p_sent then d.taken end, tries = d.tries + 1,
      next_try = clock_timestamp() + least(interval '1 minute' * (1 << least(d.tries, 6)), interval '1 hour')
  where d.id = p_delivery and d.taken is not null and d.mailed is null;
end $$;

create or replace function havre.digest_wait(p_delivery uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.digest_delivery d
  set tries = d.tries + 1, next_try = clock_timestamp() + least(interval '1 minute' * (1 << least(d.tries, 6)), interval '1 hour')
  where d.id in (select due.id from havre.digest_due() due where p_delivery is null or due.id = p_delivery);
end $$;

-- digest_again: the agency whose issue it is takes the risk that somebody gets it twice, for mails of which nobody knows
-- for ten minutes whether they went; how many.
create or replace function havre.digest_again(p_issue uuid) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  many int;
begin
  update public.digest_delivery d set taken = null, next_try = null
  where d.issue_id = p_issue and d.owner_id = havre.agency() and d.mailed is null and d.subscriber_id is not null
    and d.taken < clock_timestamp() - interval '10 minutes';
  get diagnostics many = row_count;
  return many;
end $$;

-- digest_forget: who never confirmed, and stories of more than a year ago that nobody picked.
create or replace function havre.digest_forget() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from public.digest_subscriber s where s.confirmed_at is null and s.asks > 0 and s.asked_at < clock_timestamp() - interval '8 days';
  update public.digest_story o set leader_id = null from public.digest_story s
    where o.leader_id = s.id and s.at < clock_timestamp() - interval '400 days';
  delete from public.digest_story s where s.at < clock_timestamp() - interval '400 days'
    and not exists (select from public.digest_item i where i.story_id = s.id);
end $$;
