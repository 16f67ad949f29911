"""A plan is agreed by the person, keeps what stood that day, and says what changed since."""

import re
from datetime import date

import pytest

from havre.cases.assistance import actions
from havre.cases.assistance.agreements import changed_since, lines_of
from havre.cases.assistance.models import Plan
from havre.cases.people.models import Person
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused, Stale
from havre.platform.audit.models import AuditEvent

SENT = {"agreed_by": "self", "agreed_how": "spoken", "agreed_on": "2026-03-20", "version": "0"}


def page(case, *more):
    return "/".join(["", "people", case.reference, "plan", *map(str, more), ""])


@pytest.fixture
def service(personas, case):
    with acting_as(personas.amina):
        need = actions.add_need(case, by=personas.amina, code="legal", goal="To be paid for what I worked.")
        actions.add_need(case, by=personas.amina, code="family")
        values = {"code": "LEGAL_COUNSEL", "status": "proposed", "need": need, "provider": "Me C. Okoye"}
        return actions.add_service(case, by=personas.amina, values=values)


@pytest.fixture
def agreed(personas, case, service):
    with acting_as(personas.amina):
        return actions.agree(case, by=personas.amina, on=date(2026, 3, 20), how="signed", words="I want this.")


def test_the_agreement_makes_a_version_and_help_begins(sign_in, stand, personas, case, service):
    stand("S5")
    amina = sign_in("amina")
    assert "The person agrees to this plan" in amina.get(page(case)).content.decode()
    assert amina.post(page(case), SENT).status_code == 302
    with acting_as(personas.amina):
        case.refresh_from_db()
        assert case.state == "S6"
        assert [(each.number, each.agreed_how) for each in Plan.objects.filter(case=case)] == [(1, "spoken")]
    assert "Version 1, agreed with the person on" in amina.get(page(case)).content.decode()


@pytest.mark.parametrize("state", ["S4", "S6", "S11"])
def test_at_another_step_it_moves_nothing(personas, stand, case, service, state):
    stand(state)
    with acting_as(personas.amina):
        case.refresh_from_db()
        actions.agree(case, by=personas.amina, on=date(2026, 3, 20))
        case.refresh_from_db()
        assert case.state == state


def test_what_was_agreed_stays_as_it_was(personas, case, service, agreed):
    with acting_as(personas.amina):
        actions.save_service(service, by=personas.amina, version=1, values={"status": "active", "provider": "Le Port"})
        lines = lines_of(agreed)
        assert [(each.service_code, each.need_code, each.provider, each.status) for each in lines] == [
            ("", "family", "", ""),
            ("LEGAL_COUNSEL", "legal", "Me C. Okoye", "proposed"),
        ]
        assert [each.goal for each in lines] == ["", "To be paid for what I worked."]


def test_what_changed_since_is_said(sign_in, personas, case, service, agreed):
    with acting_as(personas.amina):
        assert changed_since(lines_of(agreed), case) == []
        actions.save_service(service, by=personas.amina, version=1, values={"status": "active", "provider": "Le Port"})
        actions.add_need(case, by=personas.amina, code="work")
        actions.add_service(case, by=personas.amina, values={"code": "RI_VOC", "status": "proposed"})
    shown = sign_in("amina").get(page(case)).content.decode()
    said = ("New need: Work and income.", "was “Proposed”, is now “Under way”", "now with Le Port", "New: Vocational")
    assert [part for part in said if part not in shown] == []


def test_for_a_child_a_guardian_agrees_as_well(sign_in, personas, case, service):
    with acting_as(personas.amina):
        Person.objects.filter(pk=case.person_id).update(presumed_minor=True)
    shown = sign_in("amina").get(page(case)).content.decode()
    assert re.search(r'value="both"[^>]* checked', shown)


def test_an_earlier_version_can_be_read(sign_in, personas, case, agreed):
    with acting_as(personas.amina):
        actions.agree(case, by=personas.amina, on=date(2026, 4, 2))
    amina = sign_in("amina")
    shown = amina.get(page(case, 1)).content.decode()
    assert "Version 1, agreed" in shown and "I want this." in shown and "Version 2, agreed" in shown
    assert amina.get(page(case, 3)).status_code == 404


def test_of_two_who_agree_on_it_the_later_sees_what_the_first_wrote(sign_in, personas, case, agreed):
    answer = sign_in("amina").post(page(case), {**SENT, "words": "Mine."})
    shown = answer.content.decode()
    assert answer.status_code == 409 and "I want this." in shown and "Mine." in shown
    with acting_as(personas.amina), pytest.raises(Stale):
        actions.agree(case, by=personas.amina, on=date(2026, 4, 2), version=0)


def test_nothing_is_no_plan(personas, case):
    with acting_as(personas.amina), pytest.raises(Refused, match="nothing to agree"):
        actions.agree(case, by=personas.amina, on=date(2026, 3, 20))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"review_on": "2026-03-01"}, "The review comes before the agreement."),
        ({"agreed_on": ""}, "Give a day."),
        ({"agreed_on": "2999-01-01"}, "Check the year"),
        ({"agreed_by": "police"}, "list"),
    ],
)
def test_bad_input_loses_nothing(sign_in, personas, case, service, sent, said):
    answer = sign_in("amina").post(page(case), {**SENT, "words": "Kept words.", **sent})
    shown = answer.content.decode()
    assert answer.status_code == 422 and said in shown and "Kept words." in shown
    with acting_as(personas.amina):
        assert not Plan.objects.exists()


def test_a_closed_file_is_read_only(sign_in, stand, case, agreed, refusals):
    stand("S13")
    amina = sign_in("amina")
    assert 'id="agree"' not in amina.get(page(case)).content.decode()
    assert amina.post(page(case), {**SENT, "version": "1"}).status_code == 422


@pytest.mark.parametrize("login", ["boris", "gita"])
def test_it_is_not_found_for_those_who_do_not_see_the_file(sign_in, case, agreed, login):
    other = sign_in(login)
    assert (other.get(page(case)).status_code, other.post(page(case), SENT).status_code) == (404, 404)
    assert other.get(page(case, 1)).status_code == 404


def test_it_is_recorded(sign_in, personas, case, service):
    sign_in("amina").post(page(case), SENT)
    with acting_as(personas.dao):
        assert AuditEvent.objects.filter(act="plan.agree", user_id=personas.amina.pk).count() == 1
