"""The pages of campaigns: written by the agency that keeps it, read as far as it is seen, public when it is live."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from havre.platform.accounts.claims import acting_as
from havre.prevention.campaigns import actions
from havre.prevention.campaigns.models import Campaign, Material, Output

from .conftest import GOOD, PLAN

PDF = b"%PDF-1.4 a leaflet"


def at(name, *args):
    return reverse(f"campaigns:{name}", args=args)


def shape(client, where):
    """The hidden fields of a form, as its page has them."""
    form = client.get(where).context["form"]
    return {name: form[name].value() for name in ("shape", "version") if name in form.fields}


def test_a_campaign_is_begun_and_changed_a_part_at_a_time(personas, sign_in):
    chloe = sign_in("chloe")
    sent = chloe.post(at("new"), {"title": "The advert that is too good", "visibility": "3"})
    campaign = acting(personas.chloe)
    assert sent.headers["Location"] == at("one", campaign.pk) and campaign.visibility == 3
    where = at("part", campaign.pk, "people")
    answers = {"audience-female-adult": "1200", "target_groups": ["families"], **shape(chloe, where)}
    assert chloe.post(where, answers).status_code == 302
    assert acting(personas.chloe).audience == {"female.adult": 1200}


def acting(user) -> Campaign:
    with acting_as(user):
        return Campaign.objects.get()


def test_a_wrong_day_is_refused_and_nothing_typed_is_lost(personas, sign_in, idea):
    chloe, where = sign_in("chloe"), at("part", idea.pk, "work")
    answer = chloe.post(
        where, {"begins": "2027-03-01", "ends": "2027-02-01", "lessons": "Come twice.", **shape(chloe, where)}
    )
    assert answer.status_code == 422 and "Come twice." in answer.content.decode()


def test_what_was_done_is_shown_on_page_calendar_and_map(personas, sign_in, idea):
    chloe = sign_in("chloe")
    told = {"title": "Theatre on market day", "on": "2026-10-10", "place": "Saint-Étienne", "country": "FR"}
    told |= {"point": "45,44 ; 4,39", "channel": "theatre", "people-female-adult": "40", "people-male-adult": "25"}
    told |= {"again": "5", "shape": shape(chloe, at("output", idea.pk))["shape"]}
    assert chloe.post(at("output", idea.pk), told).status_code == 302
    page = chloe.get(at("one", idea.pk)).content.decode()
    assert "60 people were reached, each counted once." in page
    month = chloe.get(at("calendar"), {"month": "2026-10"}).content.decode()
    assert "Theatre on market day" in month and "October 2026" in month
    assert "Saint-Étienne" in chloe.get(at("own_map", idea.pk)).content.decode()
    assert "Theatre on market day" not in chloe.get(at("calendar"), {"month": "nonsense"}).content.decode()


def test_more_people_reached_before_than_now_is_refused(personas, sign_in, idea):
    chloe = sign_in("chloe")
    told = {"title": "Theatre", "on": "2026-10-10", "people-male-adult": "4", "again": "9", "point": "north of here"}
    answer = chloe.post(at("output", idea.pk), {**told, **shape(chloe, at("output", idea.pk))})
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {"again", "point"}
    with acting_as(personas.chloe):
        assert not Output.objects.exists()


def test_a_partner_reads_and_has_no_page_to_write(personas, sign_in, tested):
    boris = sign_in("boris")
    page = boris.get(at("one", tested.pk)).content.decode()
    assert PLAN["title"] in page and at("part", tested.pk, "plan") not in page
    assert boris.get(at("part", tested.pk, "plan")).status_code == 404


def test_what_an_agency_keeps_to_itself_is_not_there_for_others(personas, sign_in, tested):
    with acting_as(personas.chloe):
        actions.put(Output(), tested, {"title": "School day", "on": "2026-10-10"}, by=personas.chloe)
        actions.save(tested, {"visibility": 3}, by=personas.chloe)
    boris = sign_in("boris")
    assert boris.get(at("one", tested.pk)).status_code == 404
    with acting_as(personas.boris):
        assert not Output.objects.exists()  # what hangs on it follows at once


def test_a_file_makes_versions_and_what_is_no_document_is_refused(personas, sign_in, idea):
    chloe, told = sign_in("chloe"), {"title": "Leaflet", "language": "fr"}
    for body, status in ((PDF, 302), (PDF + b" again", 302), (b"<html>", 422)):
        answer = chloe.post(at("bring", idea.pk), {**told, "file": SimpleUploadedFile("leaflet.pdf", body)})
        assert answer.status_code == status
    with acting_as(personas.chloe):
        first, second = Material.objects.order_by("number")
    assert (first.number, second.number) == (1, 2)
    handed = chloe.get(at("material", idea.pk, second.pk))
    assert handed.content == PDF + b" again" and "attachment" in handed.headers["Content-Disposition"]


def test_everybody_reads_a_live_campaign_and_gets_no_cookie(personas, live):
    eve = Client()
    assert eve.get(at("open", live.pk)).status_code == 404  # seen by partners
    with acting_as(personas.chloe):
        actions.save(live, {"visibility": 0}, by=personas.chloe)
        late = actions.bring(live, {"title": "L", "language": ""}, SimpleUploadedFile("l.pdf", PDF), by=personas.chloe)
    answer = eve.get(at("open", live.pk), {"in": "fr"})
    page = answer.content.decode()
    assert answer.status_code == 200 and not answer.cookies and answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Ask two people." in page and "0 800 000 123" in page and personas.chloe.name not in page
    # Brought after the review: it waits for the next one.
    assert eve.get(at("open_file", live.pk, late.pk)).status_code == 404


def test_a_material_that_was_reviewed_is_for_everybody(personas, tested, maya, sign_in):
    from havre.prevention.rights.actions import record

    with acting_as(personas.chloe):
        actions.save(tested, {"visibility": 0}, by=personas.chloe)
        told = {"title": "Leaflet", "language": "fr"}
        leaflet = actions.bring(tested, told, SimpleUploadedFile("l.pdf", PDF), by=personas.chloe)
        record(tested, kind="campaign", answers={"gender": "yes"}, note="", by=personas.chloe)
    with acting_as(maya):
        actions.review(tested, by=maya, **GOOD)
        actions.step(Campaign.objects.get(pk=tested.pk), "live", by=maya)
    assert Client().get(at("open_file", tested.pk, leaflet.pk)).content == PDF


def test_the_paper_is_in_the_language_asked_for(personas, sign_in, live):
    paper = sign_in("amina").get(at("summary", live.pk), {"lang": "fr"}).content.decode()
    assert 'lang="fr"' in paper and "Read it first." in paper
