"""Who works with a person: brought in by the parts of their role, let out again; the owner and the house stay."""

import datetime

import pytest
from django.utils.timezone import localdate

from havre.cases.people import actions, circle
from havre.cases.people.models import Case, CaseNote
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused
from havre.platform.permissions import Compartment

from .conftest import text, token


@pytest.fixture
def ask(amina, url, personas):
    """Brings a colleague in by the page."""

    def asked(who, **more):
        sent = {"colleague": str(getattr(personas, who).pk), "purpose": "health", "form_token": token(), **more}
        return amina.post(url("circle"), sent)

    return asked


def reached(who):
    with acting_as(who):
        return Case.objects.exists()


def test_the_owner_and_the_house_stand_there(amina, url):
    shown = text(amina.get(url("circle")))
    assert "Amina D. (you) Looks after this file" in shown
    assert "Supervisors of Maison Balise, Lyon" in shown and "Closed: health." in shown


def test_a_health_worker_is_brought_in_by_somebody_who_reads_no_health(ask, amina, url, personas, case):
    assert ask("hana", reason="Headaches since the crossing.").status_code == 302
    assert reached(personas.hana)
    with acting_as(personas.amina):
        (row,) = [each for each in circle.rows_of(case) if each.principal == personas.hana.principal]
        assert row.compartments == Compartment.FACTS | Compartment.IDENTITY | Compartment.HEALTH
        assert CaseNote.objects.get(kind="handover").text == "Headaches since the crossing."
    assert "Sees the course of things, names, health." in text(amina.get(url("circle")))


def test_a_colleague_is_let_out_again(ask, amina, url, personas):
    ask("lucas", purpose="legal")
    answer = amina.post(url("circle") + f"{personas.lucas.principal}/out/", {"form_token": token()})
    assert answer.status_code == 302 and not reached(personas.lucas)


@pytest.mark.parametrize("who", ["owner", "house"])
def test_the_owner_and_the_house_stay(amina, url, personas, who, refusals):
    user = personas.amina
    principal = user.principal if who == "owner" else user.agency.principal
    answer = amina.post(url("circle") + f"{principal}/out/", {"form_token": token()})
    assert answer.status_code == 422 and "stay with it" in text(answer) and reached(personas.chloe)


def test_a_last_day_is_kept_and_a_day_that_passed_is_asked_again(ask, amina, url):
    today = localdate()
    late = ask("gita", purpose="cover", until=str(today - datetime.timedelta(days=1)), reason="Holiday.")
    assert late.status_code == 422 and "This day has passed." in text(late) and "Holiday." in late.content.decode()
    assert ask("gita", purpose="cover", until=str(today)).status_code == 302
    assert "Let out : Gita N." in text(amina.get(url("circle")))


def test_somebody_and_a_reason_must_be_named(amina, url):
    answer = text(amina.post(url("circle"), {"form_token": token()}))
    assert "Choose a colleague first." in answer and "Say why this colleague is brought in." in answer


@pytest.mark.parametrize("who", ["boris", "dao", "ferdinand", "chloe"])
def test_who_cannot_hold_the_file_or_reaches_it_already_is_not_offered(ask, who):
    assert ask(who).status_code == 422


def test_who_was_brought_in_to_read_brings_nobody_in(ask, sign_in, url, personas):
    ask("hana")
    page = sign_in("hana").get(url("circle"))
    assert page.status_code == 200 and "Bring in a colleague" not in text(page)
    with acting_as(personas.hana), pytest.raises(Refused):
        actions.let_in(Case.objects.get(), by=personas.hana, colleague=personas.lucas, purpose="legal")


def test_another_agency_finds_no_such_page(sign_in, url):
    assert sign_in("boris").get(url("circle")).status_code == 404
