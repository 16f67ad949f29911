"""A service is written down in every open state, never in a closed file, and never over what somebody else saved."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from havre.cases.assistance import actions
from havre.cases.assistance.models import ServiceDelivery
from havre.cases.assistance.panels import plan_of
from havre.cases.people import actions as people
from havre.kernel.vocabularies import load
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused

OPEN = [state for state in load("case_states") if state != "S13"]
SENT = {"code": "SHELTER_TRANS", "status": "active", "provider": "Maison Balise", "start": "2026-03-12"}


def page(case, *more):
    return "/".join(["", "people", case.reference, "service", *map(str, more), ""])


@pytest.fixture
def need(personas, case):
    with acting_as(personas.amina):
        return actions.add_need(case, by=personas.amina, code="accommodation")


@pytest.fixture
def service(personas, case, need):
    with acting_as(personas.amina):
        values = {"code": "SHELTER_TRANS", "status": "proposed", "need": need, "provider": "Maison Balise"}
        return actions.add_service(case, by=personas.amina, values=values)


def kept(personas, case):
    with acting_as(personas.amina):
        return [(each.code, each.status) for each in ServiceDelivery.objects.filter(case=case)]


@pytest.mark.parametrize("state", OPEN)
def test_it_is_written_down_in_every_open_state(sign_in, personas, stand, case, state):
    stand(state)
    assert sign_in("amina").post(page(case), SENT).status_code == 302
    assert kept(personas, case) == [("SHELTER_TRANS", "active")]


def test_a_closed_file_refuses_it_with_a_sentence(sign_in, personas, stand, case, refusals):
    stand("S13")
    amina = sign_in("amina")
    answer = amina.post(page(case), SENT)
    assert answer.status_code == 422 and "This file is closed." in answer.content.decode()
    assert kept(personas, case) == [] and "data-draft" not in amina.get(page(case)).content.decode()


def test_it_is_preset_for_the_need_it_was_asked_from(sign_in, case, need):
    shown = sign_in("amina").get(f"{page(case)}?need={need.pk}").content.decode()
    first = shown[: shown.index("Another service")]
    assert f'value="{need.pk}" id="id_need_0" checked' in first
    assert "SHELTER_TRANS" in first and "LEGAL_INFO" not in first


def test_it_meets_its_need_once_it_is_under_way(personas, case, need, service):
    with acting_as(personas.amina):
        assert plan_of(case).unmet == 1
        actions.save_service(service, by=personas.amina, version=1, values={"status": "active"})
        assert plan_of(case).unmet == 0


def test_it_never_moves_the_file_by_itself(sign_in, stand, case, personas):
    stand("S5")
    sign_in("amina").post(page(case), SENT)
    with acting_as(personas.amina):
        case.refresh_from_db()
        assert case.state == "S5"


def test_of_two_who_change_it_the_later_sees_both(sign_in, personas, case, service):
    with acting_as(personas.chloe):
        values = {"provider": "Le Port", "status": "accepted"}
        actions.save_service(service, by=personas.chloe, version=1, values=values)
    amina = sign_in("amina")
    answer = amina.post(page(case, service.pk), {**SENT, "version": "1"})
    shown = answer.content.decode()
    assert answer.status_code == 409 and "Le Port" in shown and "Maison Balise" in shown and "Chloé R." in shown
    assert amina.post(page(case, service.pk), {**SENT, "version": "2"}).status_code == 302
    assert kept(personas, case) == [("SHELTER_TRANS", "active")]


def test_an_end_before_the_start_is_refused_by_the_form(sign_in, personas, case):
    answer = sign_in("amina").post(page(case), {**SENT, "end": "2026-03-11"})
    assert answer.status_code == 422 and "The end comes before the start." in answer.content.decode()
    assert kept(personas, case) == []


def test_and_by_the_database(personas, service):
    with acting_as(personas.amina), pytest.raises(IntegrityError), transaction.atomic():
        rows = ServiceDelivery.objects.filter(pk=service.pk)
        rows.update(start=date(2026, 3, 12), end=date(2026, 3, 11))


@pytest.mark.parametrize("day", ["31/02/2026", "soon", "0001-01-01", "9999-12-31", "\u0000"])
def test_a_day_that_cannot_be_is_answered_with_a_sentence(sign_in, case, day):
    answer = sign_in("amina").post(page(case), {**SENT, "due": day})
    assert answer.status_code == 422 and "day" in answer.content.decode()


def test_help_that_depends_on_evidence_is_warned_about(sign_in, case):
    amina = sign_in("amina")
    amina.post(page(case), {**SENT, "conditional": "on"})
    assert "Some help was made to depend" in amina.get(page(case).replace("service", "needs")).content.decode()


def test_a_need_of_another_file_is_refused(personas, sign_in, case, need):
    with acting_as(personas.amina):
        other = people.open_contact(people.Arrival(on=date(2026, 3, 12)), by=personas.amina)
        with pytest.raises(Refused, match="another file"):
            values = {"code": "LEGAL_INFO", "status": "active", "need": need}
            actions.add_service(other, by=personas.amina, values=values)
    assert sign_in("amina").post(page(other), {**SENT, "need": str(need.pk)}).status_code == 422


@pytest.mark.parametrize("login", ["boris", "gita"])
def test_it_is_not_found_for_those_who_do_not_see_the_file(sign_in, case, service, login):
    other = sign_in(login)
    for at in (page(case), page(case, service.pk)):
        assert (other.get(at).status_code, other.post(at, SENT).status_code) == (404, 404)


def test_it_has_its_cost_its_payer_and_who_looks_after_it(sign_in, personas, case):
    sent = {**SENT, "cost": "1 250,50", "currency": "XOF", "funder": "Own means", "worker": str(personas.amina.pk)}
    assert sign_in("amina").post(page(case), sent).status_code == 302
    with acting_as(personas.amina):
        (one,) = ServiceDelivery.objects.filter(case=case)
        assert (str(one.cost), one.currency, one.funder, one.worker) == ("1250.50", "XOF", "Own means", personas.amina)


def test_without_a_cost_there_is_no_currency(sign_in, personas, case):
    sign_in("amina").post(page(case), {**SENT, "currency": "EUR"})
    with acting_as(personas.amina):
        assert ServiceDelivery.objects.get(case=case).currency == ""


@pytest.mark.parametrize(
    "sent", [{"cost": "-3"}, {"cost": "much"}, {"cost": "12", "currency": ""}, {"worker": "boris"}]
)
def test_a_sum_or_a_colleague_that_cannot_be_loses_nothing(sign_in, stand, personas, case, sent):
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute("update people_case set owner_id = %s where id = %s", [personas.chloe.pk, case.pk])
        cursor.execute("set local role havre_app")
    answer = sign_in("amina").post(page(case), {**SENT, "currency": "EUR", **sent})
    assert answer.status_code == 422 and "Maison Balise" in answer.content.decode() and kept(personas, case) == []


def test_the_database_keeps_a_cost_with_its_currency(personas, service):
    with acting_as(personas.amina), pytest.raises(IntegrityError), transaction.atomic():
        ServiceDelivery.objects.filter(pk=service.pk).update(cost=5)
