"""The pages of a journey: what was typed stays, the right sentence stands there, and others find nothing."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from havre.cases.assistance import standing as assistance
from havre.cases.returns import actions, standing, zones
from havre.cases.returns.models import ReturnJourney, TravelDocument, TravelLeg
from havre.cases.returns.panels import panel
from havre.platform.accounts.claims import acting_as

from .conftest import BODY, leaves

ZONES = [("Asia/Kolkata", "UTC+5:30"), ("America/Bogota", "UTC−5"), ("Africa/Accra", "UTC+0")]

LEG = {
    "mode": "air",
    "from_place": "Lyon",
    "to_place": "مطار بيروت",
    "departs_at": "2026-11-29T21:30",
    "departs_zone": "Europe/Paris",
    "arrives_at": "2026-11-30T02:40",
    "arrives_zone": "Asia/Beirut",
    "escort": "social",
}


def page(case, name=""):
    return f"/people/{case.reference}/return/{name}"


@pytest.fixture
def journey(build):
    return build.choose()


def shown(client, case, name=""):
    return client.get(page(case, name)).content.decode()


def test_a_choice_is_made_on_its_page(sign_in, build, case, personas):
    build.stand("S6")
    sent = {"option": "return", "points": ["FREE", "TAKE_BACK"], "chosen_on": "2026-03-12", "destination": "NG"}
    assert sign_in("amina").post(page(case, "option/"), sent).status_code == 302
    with acting_as(personas.amina):
        assert build.state == "S8" and standing.journey(case).points == "FREE;TAKE_BACK"


def test_the_body_that_receives_is_asked_about_by_its_name(sign_in, build, journey, case, personas):
    build.place(journey)
    amina, consent = sign_in("amina"), f"/people/{case.reference}/consent/"
    asked = amina.get(consent).content.decode()
    version, name = (re.search(pattern, asked)[1] for pattern in (r'name="version" value="(\d+)"', r'name="(ask_\w+)"'))
    amina.post(consent, {"version": version, "given_by": "self", name: "given"})
    with acting_as(personas.amina):
        assert assistance.may_share_with(case, BODY)
    assert name not in amina.get(consent).content.decode()


def test_a_refused_choice_loses_no_word(sign_in, build, case, refusals):
    build.stand("S3")
    sent = {"option": "return", "points": ["HELP_THERE"], "chosen_on": "2026-03-12", "destination": "NG"}
    answer = sign_in("amina").post(page(case, "option/"), sent)
    said = answer.content.decode()
    assert answer.status_code == 422 and "comes once help has begun" in said and 'value="HELP_THERE" ' in said
    assert "once help has begun" in refusals[0]


def test_a_leg_is_kept_as_a_moment_and_shown_by_the_clocks_of_its_place(sign_in, case, journey, personas):
    amina = sign_in("amina")
    assert amina.post(page(case, "leg/"), LEG).status_code == 302
    with acting_as(personas.amina):
        leg = TravelLeg.objects.get()
        assert leg.arrives_at - leg.departs_at == timedelta(hours=4, minutes=10)
    text = shown(amina, case)
    assert "29 November, 21:30 (UTC+1)" in text and "(UTC+2)" in text and "<bdi>مطار بيروت</bdi>" in text
    assert 'value="2026-11-30T02:40"' in shown(amina, case, f"leg/{leg.pk}/")


BAD = [
    ({"arrives_at": "2026-11-29T21:00"}, "arrives before it departs"),
    ({"departs_at": "2026-03-29T02:30", "arrives_at": "2026-03-29T09:00"}, "jump over this hour"),
    ({"departs_at": "soon"}, "could not be read"),
    ({"departs_at": "0001-01-01T00:00"}, "too far off"),
    ({"departs_at": "9999-12-31T23:59"}, "too far off"),
    ({"departs_at": ""}, "Give a day and an hour"),
    ({"departs_zone": "Mars/Phobos"}, "no longer in the list"),
    ({"mode": ""}, "Choose one"),
]


@pytest.mark.parametrize(("change", "sentence"), BAD)
def test_a_leg_that_cannot_be_is_answered_with_a_sentence_and_nothing_is_lost(
    sign_in, case, journey, personas, change, sentence
):
    answer = sign_in("amina").post(page(case, "leg/"), {**LEG, **change})
    text = answer.content.decode()
    assert answer.status_code == 422 and sentence in text and "مطار بيروت" in text
    with acting_as(personas.amina):
        assert not TravelLeg.objects.exists()


def test_of_two_who_change_a_leg_the_later_sees_both_by_the_same_clocks(sign_in, build, case, journey):
    amina = sign_in("amina")
    amina.post(page(case, "leg/"), LEG)
    with acting_as(build.by):
        leg = TravelLeg.objects.get()
    at = page(case, f"leg/{leg.pk}/")
    assert amina.post(at, {**LEG, "version": "1", "arrives_at": "2026-11-30T03:00"}).status_code == 302
    answer = amina.post(at, {**LEG, "version": "1", "arrives_at": "2026-11-30T04:00"})
    text = answer.content.decode()
    assert answer.status_code == 409 and "2026-11-30T03:00" in text and "2026-11-30T04:00" in text


def test_a_leg_is_taken_out_while_nobody_left(sign_in, case, journey, personas):
    amina = sign_in("amina")
    amina.post(page(case, "leg/"), LEG)
    with acting_as(personas.amina):
        leg = TravelLeg.objects.get()
    assert amina.post(page(case, f"leg/{leg.pk}/drop/")).status_code == 302
    with acting_as(personas.amina):
        assert not TravelLeg.objects.exists()


@pytest.mark.parametrize(("zone", "apart"), ZONES)
def test_how_far_the_clocks_are_is_said_as_people_say_it(zone, apart):
    assert zones.said(leaves(), zone).endswith(f"({apart})")


def test_a_paper_is_added_and_changed(sign_in, case, journey, personas):
    amina = sign_in("amina")
    sent = {"kind": "passport", "state": "asked", "number": "A 12"}
    amina.post(page(case, "paper/"), sent)
    with acting_as(personas.amina):
        paper = TravelDocument.objects.get()
    answer = amina.post(page(case, f"paper/{paper.pk}/"), {**sent, "state": "held", "version": "1"})
    assert answer.status_code == 302 and "In hand" in shown(amina, case)


def test_one_click_takes_the_choice_back(sign_in, build, case, personas):
    build.all()
    amina = sign_in("amina")
    assert amina.post(page(case, "end/"), {"why": "withdrawn", "reason": "لا"}).status_code == 302
    text = shown(amina, case)
    assert "Taken back on" in text and "<bdi>لا</bdi>" in text and "Marseille" in text and "Passport" in text
    assert "No journey is planned." in text and "Somebody still expects the person" in text and BODY in text
    assert amina.post(page(case, "1/told/")).status_code == 302
    assert "Somebody still expects" not in shown(amina, case)


def test_the_page_of_departure_names_what_is_missing_and_offers_no_button(sign_in, build, case):
    build.all("paper")
    text = shown(sign_in("amina"), case, "depart/")
    assert "No paper in hand holds through the arrival." in text and "The person has left" not in text


def test_from_the_departure_to_the_handover(sign_in, build, case):
    journey = build.all()
    amina = sign_in("amina")
    version = str(journey.version)
    left = (leaves() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    sent = {"departs_at": left, "departs_zone": "Europe/Paris", "version": version}
    assert amina.post(page(case, "depart/"), sent).status_code == 302
    came = (leaves() + timedelta(hours=7)).strftime("%Y-%m-%dT%H:%M")
    sent = {
        "arrives_at": came,
        "arrives_zone": "Africa/Lagos",
        "confirmed_by": "self",
        "version": str(int(version) + 1),
    }
    assert amina.post(page(case, "arrival/"), sent).status_code == 302
    met = {"handover_on": leaves(0).date().isoformat(), "handover_to": "A. Bello", "version": str(int(version) + 2)}
    assert amina.post(page(case, "handover/"), met).status_code == 302
    with acting_as(build.by):
        assert build.state == "S11"


def test_silence_is_late_for_a_day_and_then_alarming(sign_in, build, case):
    journey = build.depart(build.all())
    amina = sign_in("amina")
    for hours, sentence in ((-3, "Expected"), (3, "The arrival is not confirmed yet"), (30, "Nobody knows where")):
        with acting_as(build.by):
            due = timezone.now() - timedelta(hours=hours, minutes=5)
            ReturnJourney.objects.filter(pk=journey.pk).update(due_at=due)
        assert sentence in shown(amina, case)


def test_the_panel_is_silent_while_nobody_chose(build, case):
    assert panel(case)["trip"] is None
    build.choose()
    assert panel(case)["trip"].row.option == "return"
    actions.choose(case, by=build.by, values={"option": "stay"})
    assert panel(case)["trip"] is None


@pytest.mark.parametrize("login", ["boris", "gita"])
@pytest.mark.parametrize("name", ["", "option/", "leg/", "depart/", "end/", "paper/"])
def test_others_find_nothing(sign_in, case, journey, login, name):
    assert sign_in(login).get(page(case, name)).status_code == 404
