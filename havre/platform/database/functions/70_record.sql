-- The record: each row bears the number of the transaction that wrote it, so that a batch is closed only when nothing
-- can be added to it any more (ADR 26).

-- What is added to these numbers: nothing, but in a database that was restored on a server that has counted less far.
do $$
declare
  base bigint := 0;
  last bigint;
begin
  if to_regprocedure('havre.record_base()') is not null then
    execute 'select havre.record_base()' into base;
  end if;
  select greatest(
    (select max(mark) from public.audit_auditevent), (select max(mark) from public.audit_auditsubject),
    (select max(upto) from public.audit_auditseal), 0) into last;
  if last > base + pg_current_xact_id()::text::bigint then
    base := last - pg_current_xact_id()::text::bigint + 1;
  end if;
  execute format('create or replace function havre.record_base() returns bigint language sql immutable as %L', 'select ' || base || '::bigint');
end $$;

-- Whoever writes, and whatever they give: the number is that of their transaction.
create or replace function havre.mark_record() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.mark := havre.record_base() + pg_current_xact_id()::text::bigint;
  return new;
end $$;

create or replace trigger event_is_marked before insert on public.audit_auditevent
  for each row execute function havre.mark_record();
create or replace trigger subject_is_marked before insert on public.audit_auditsubject
  for each row execute function havre.mark_record();

-- The rows of the record with these marks, in their order and in the one form that is hashed. The form is frozen: a new
-- column of these tables needs a form of its own from some batch on.
create or replace function havre.record_lines(p_since bigint, p_upto bigint)
returns table (at timestamptz, watcher bigint, line text)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return query
  select x.at, x.watcher, x.line from (
    select e.mark, 0 as kind, e.id::text as key, e.at, e.watcher, json_build_array(
      'event', e.id, e.mark, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.user_id, e.watcher,
      e.act, e.refused, e.reason, e.request_id, e.files, e.file, e.through)::text as line
    from public.audit_auditevent e where e.mark >= p_since and e.mark < p_upto
    union all
    select s.mark, 1, lpad(s.id::text, 20, '0'), s.at, s.watcher, json_build_array(
      'file', s.id, s.mark, to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), s.user_id, s.watcher,
      s.act, s.event_id, s.case_id, s.through)::text
    from public.audit_auditsubject s where s.mark >= p_since and s.mark < p_upto) x
  order by x.mark, x.kind, x.key collate "C";
end $$;

-- A leaf of RFC 6962.
create or replace function havre.leaf(p_line text) returns bytea
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select sha256('\x00'::bytea || convert_to(p_line, 'UTF8'))
$$;

-- Where a batch that begins there may end: before the oldest transaction that is still running, and after about so many
-- rows, but never within a transaction.
create or replace function havre.record_end(p_since bigint, p_most int) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  settled bigint := havre.record_base() + pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
begin
  return coalesce((
    with x as (
      (select mark from public.audit_auditevent where mark >= p_since and mark < settled order by mark limit p_most + 1)
      union all
      (select mark from public.audit_auditsubject where mark >= p_since and mark < settled order by mark limit p_most + 1))
    select greatest(mark, (select min(mark) + 1 from x)) from x order by mark offset p_most limit 1), settled);
end $$;

-- For the worker that seals: what is hashed, and when it was; never what it says.
create or replace function havre.record_leaves(p_since bigint, p_upto bigint) returns table (at timestamptz, leaf bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select x.at, havre.leaf(x.line) from havre.record_lines(p_since, p_upto) x;
end $$;

-- For whoever audits: the rows of their agency as they are hashed, and of other rows the hash alone, so that the whole
-- can be checked.
create or replace function havre.record_export(p_since bigint, p_upto bigint) returns table (line text, leaf bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  mine bigint[] := (select coalesce(array_agg(h.audit_principal), '{}') from public.accounts_agency h
    where h.audit_principal = any (havre.principals()));
begin
  if mine = '{}' then
    raise insufficient_privilege using message = 'only somebody who audits an agency takes the record out';
  end if;
  return query select case when x.watcher = any (mine) then x.line end,
    case when x.watcher = any (mine) then null else havre.leaf(x.line) end
  from havre.record_lines(p_since, p_upto) x;
end $$;

-- remind_heads: for the worker. Once in thirty days whoever reads the record of an agency is told to take its newest head
-- out; the first time when they have read it, and it has been sealed, for that long.
create or replace function havre.remind_heads() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  month_ago timestamptz := clock_timestamp() - interval '30 days';
begin
  if not exists (select 1 from public.audit_auditseal s where s.at < month_ago) then return; end if;
  perform havre.note(reader.id, 'record.head', reader.agency_id, null) from (
    select u.id, u.agency_id from public.accounts_user u join public.accounts_membership m on m.user_id = u.id
    where u.is_active and m.audits_agency and m.begins < month_ago and (m.ends is null or m.ends > clock_timestamp())
    group by u.id, u.agency_id) reader
  where not exists (
    select 1 from public.notices_notice n where n.user_id = reader.id and n.kind = 'record.head' and n.at > month_ago);
end $$;
