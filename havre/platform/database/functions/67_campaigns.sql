-- Campaigns: nothing goes out before somebody else than its author said that it does no harm (SPEC 13.1, ADR 35).

-- campaign_speaks: what is said to people carries when and by whom it was last changed; while it is out it is not changed.
-- A campaign goes live with a review of exactly these words, that found nothing against them, by somebody else.
create or replace function havre.campaign_speaks() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  out constant text[] := array['live', 'closed', 'evaluated'];
  was text := case when tg_op = 'UPDATE' then old.status else '' end;
begin
  if tg_op = 'UPDATE' and (new.messages, new.call_to_action, new.hotline) is distinct from
    (old.messages, old.call_to_action, old.hotline) then
    if was = any (out) and new.status = any (out) then
      raise insufficient_privilege using message = 'what a campaign says stays as it was reviewed while it is out';
    end if;
    new.said_at := clock_timestamp();
    new.said_by_id := coalesce(havre.actor(), new.said_by_id);
  end if;
  if new.status = any (out) and (was = any (out)) is not true and not exists (
    select from (select r.* from public.campaigns_harmreview r where r.campaign_id = new.id order by r.at desc limit 1) r
    where r.stereotypes and r.identifiable and r.fear and r.at >= new.said_at
      and r.by_id <> new.made_by_id and r.by_id <> new.said_by_id) then
    raise insufficient_privilege using message = 'a campaign goes live after a review by somebody else than its author';
  end if;
  return new;
end $$;

create or replace trigger campaign_speaks before insert or update on public.campaigns_campaign
  for each row execute function havre.campaign_speaks();

-- review_signed: a review carries the name of whoever makes it and the moment in which it is made.
create or replace function havre.review_signed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if havre.actor() is not null then
    new.by_id := havre.actor();
    new.at := clock_timestamp();
  end if;
  return new;
end $$;

create or replace trigger review_signed before insert on public.campaigns_harmreview
  for each row execute function havre.review_signed();

-- What hangs on a campaign is kept by the same agency and seen as far as the campaign: before it is written it takes both.
create or replace function havre.campaign_holds() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  kept record;
begin
  select c.owner_id, c.visibility into kept from public.campaigns_campaign c where c.id = new.campaign_id;
  new.owner_id := coalesce(kept.owner_id, new.owner_id);
  new.visibility := coalesce(kept.visibility, new.visibility);
  return new;
end $$;

create or replace trigger campaign_holds before insert or update on public.campaigns_partner
  for each row execute function havre.campaign_holds();
create or replace trigger campaign_holds before insert or update on public.campaigns_material
  for each row execute function havre.campaign_holds();
create or replace trigger campaign_holds before insert or update on public.campaigns_harmreview
  for each row execute function havre.campaign_holds();
create or replace trigger campaign_holds before insert or update on public.campaigns_output
  for each row execute function havre.campaign_holds();
create or replace trigger campaign_holds before insert or update on public.campaigns_calls
  for each row execute function havre.campaign_holds();

-- A campaign that is seen further, or less far, takes along what hangs on it.
create or replace function havre.campaign_leads() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.campaigns_partner set visibility = new.visibility where campaign_id = new.id;
  update public.campaigns_material set visibility = new.visibility where campaign_id = new.id;
  update public.campaigns_harmreview set visibility = new.visibility where campaign_id = new.id;
  update public.campaigns_output set visibility = new.visibility where campaign_id = new.id;
  update public.campaigns_calls set visibility = new.visibility where campaign_id = new.id;
  update public.rights_rightscheck set visibility = new.visibility where subject = new.id;
  return null;
end $$;

create or replace trigger campaign_leads after update on public.campaigns_campaign
  for each row when (old.visibility <> new.visibility or old.owner_id <> new.owner_id)
  execute function havre.campaign_leads();

-- The file of a material is seen as far as the material.
create or replace function havre.material_leads() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.keeping_storedfile f set visibility = new.visibility
  where f.id = new.file_id and f.owner_id = new.owner_id and f.visibility <> new.visibility;
  return null;
end $$;

create or replace trigger material_leads after insert or update on public.campaigns_material
  for each row execute function havre.material_leads();

-- An organisation that leaves the directory leaves the campaigns it took part in.
create or replace function havre.partner_ends() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from public.campaigns_partner p using gone g where p.organisation_id = g.id;
  return null;
end $$;

create or replace trigger partner_ends after delete on public.directory_organisation
  referencing old table as gone for each statement execute function havre.partner_ends();
