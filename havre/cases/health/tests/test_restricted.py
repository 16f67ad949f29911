"""A restricted test waits for a talk and a yes of its own, and is read by those it names alone."""

from datetime import date

import pytest
from django.db import connection

from havre.cases.health import actions
from havre.cases.health.models import RestrictedResult
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.founding import found_user
from havre.platform.audit.actions import Refused
from havre.platform.audit.models import AuditSubject
from tests.personas import PASSWORD

from .conftest import let_in

AGREED = {"test": "hiv", "counselled_on": "2026-11-02", "consented_on": "2026-11-03"}


def page(case, end=""):
    return f"/people/{case.reference}/health/test/{end}"


def kept(user):
    with acting_as(user):
        return [(each.test, each.result, sorted(each.readers)) for each in RestrictedResult.objects.all()]


@pytest.fixture
def nadia(personas, case):
    """A second health worker who works on the file."""
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        user = found_user(personas.amina.agency, "nadia", "Nadia B.", "health_worker", PASSWORD, using="default")
        cursor.execute("set local role havre_app")
    let_in(personas.amina, case, user, "health_worker")
    return user


def test_it_is_begun_with_the_talk_and_the_yes(sign_in, personas, case):
    assert sign_in("hana").post(page(case), AGREED).status_code == 302
    assert kept(personas.hana) == [("hiv", "", [personas.hana.principal])]


@pytest.mark.parametrize("missing", ["counselled_on", "consented_on"])
def test_without_either_it_is_asked_again(sign_in, personas, case, missing):
    answer = sign_in("hana").post(page(case), {**AGREED, missing: ""})
    assert answer.status_code == 422 and "Give a day." in answer.content.decode() and kept(personas.hana) == []


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"on": "2026-11-02"}, "lies before the person"),
        ({"result": "Negative"}, "Give the day of the test"),
        ({"on": "2026-11-09", "counselled_after_on": "2026-11-08"}, "lies before the test"),
    ],
)
def test_days_in_another_order_are_refused_and_nothing_is_lost(sign_in, personas, case, refusals, days, said):
    answer = sign_in("hana").post(page(case), {**AGREED, "result": "Words to keep.", **days})
    body = answer.content.decode()
    assert answer.status_code == 422 and said in body and days.get("result", "Words to keep.") in body
    assert kept(personas.hana) == []


def test_another_health_worker_of_the_file_learns_of_it_once_named(sign_in, personas, case, nadia):
    hana = sign_in("hana")
    hana.post(page(case), AGREED)
    assert kept(nadia) == []
    with acting_as(personas.hana):
        row = RestrictedResult.objects.get()
    assert sign_in("nadia").get(page(case, f"{row.pk}/")).status_code == 404
    more = {"version": 1, "on": "2026-11-04", "result": "Negative", "readers": [str(nadia.principal)]}
    hana.post(page(case, f"{row.pk}/"), {**AGREED, **more})
    assert kept(nadia) == [("hiv", "Negative", sorted([personas.hana.principal, nadia.principal]))]


def test_the_record_of_who_saw_the_file_tells_of_no_test(sign_in, personas, case):
    hana = sign_in("hana")
    hana.post(page(case), AGREED)
    with acting_as(personas.hana):
        row = RestrictedResult.objects.get()
    hana.get(page(case, f"{row.pk}/"))
    with acting_as(personas.amina):
        acts = set(AuditSubject.objects.filter(case_id=case.pk, user_id=personas.hana.pk).values_list("act", flat=True))
    assert acts and not [act for act in acts if "test" in act or "result" in act]


def test_a_closed_file_refuses_it(personas, stand, case):
    closed, day = stand("S13"), date(2026, 6, 1)
    values = {"test": "hiv", "consented_on": day, "counselled_on": day}
    blank = {"on": None, "counselled_after_on": None, "result": ""}
    with acting_as(personas.hana), pytest.raises(Refused, match="closed"):
        actions.begin_test(closed, by=personas.hana, values={**values, **blank})
