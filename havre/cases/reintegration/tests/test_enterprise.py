"""An enterprise is written down before it begins, and looked at after three, six and twelve months."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from havre.cases.reintegration import actions
from havre.cases.reintegration.models import Enterprise, EnterpriseCheck
from havre.platform.accounts.claims import acting_as

from .conftest import page

SENT = {"sector": "sewing", "capital": "1200", "own_share": "300", "currency": "EUR", "started_on": "2026-07-14"}
CHECK = {"status": "open", "turnover_band": "100_200", "profit_band": "to_50", "jobs": "1", "on": "2026-10-14"}


def test_it_is_written_down_and_shown_with_its_checks_to_come(sign_in, case):
    amina = sign_in("amina")
    assert amina.post(page(case, "enterprise"), SENT).status_code == 302
    shown = amina.get(page(case, "reintegration")).content.decode()
    assert "Began with 1,200 EUR" in shown and "to be asked from" in shown and "300 EUR of it" in shown


def test_an_own_share_above_the_whole_is_answered_with_a_sentence(sign_in, case):
    answer = sign_in("amina").post(page(case, "enterprise"), {**SENT, "own_share": "1300"})
    assert answer.status_code == 422 and "is more than the whole" in answer.content.decode()


def test_and_refused_by_the_database(personas, enterprise):
    with acting_as(personas.amina), pytest.raises(IntegrityError), transaction.atomic():
        Enterprise.objects.filter(pk=enterprise.pk).update(capital=1, own_share=2, currency="EUR")


def test_a_check_is_kept_once_a_month_and_can_be_put_right(sign_in, personas, case, enterprise):
    amina = sign_in("amina")
    assert amina.post(page(case, "enterprise", enterprise.pk, 3), {**CHECK, "version": "0"}).status_code == 302
    again = {**CHECK, "status": "changed", "version": "1"}
    assert amina.post(page(case, "enterprise", enterprise.pk, 3), again).status_code == 302
    with acting_as(personas.amina):
        assert list(EnterpriseCheck.objects.values_list("month", "status")) == [(3, "changed")]
    assert "100 to 200" in amina.get(page(case, "reintegration")).content.decode()


def test_of_two_who_check_the_later_sees_both(sign_in, personas, case, enterprise):
    with acting_as(personas.chloe):
        values = {"status": "closed", "on": date(2026, 10, 14), "words": "The stall burned."}
        actions.check_enterprise(enterprise, by=personas.chloe, month=3, version=0, values=values)
    answer = sign_in("amina").post(page(case, "enterprise", enterprise.pk, 3), {**CHECK, "version": "0"})
    assert answer.status_code == 409 and "The stall burned." in answer.content.decode()


def test_a_check_before_it_began_is_refused(sign_in, case, enterprise, refusals):
    answer = sign_in("amina").post(page(case, "enterprise", enterprise.pk, 3), {**CHECK, "on": "2026-07-01"})
    assert answer.status_code == 422 and "had not begun on that day" in refusals[0]


def test_only_three_months_are_looked_at(sign_in, case, enterprise):
    assert sign_in("amina").get(page(case, "enterprise", enterprise.pk, 4)).status_code == 404


@pytest.mark.parametrize("jobs", ["-1", "501", "some"])
def test_jobs_that_cannot_be_are_answered_with_a_sentence(sign_in, case, enterprise, jobs):
    answer = sign_in("amina").post(page(case, "enterprise", enterprise.pk, 3), {**CHECK, "jobs": jobs})
    assert answer.status_code == 422 and "from 0 to 500" in answer.content.decode()


def test_a_closed_file_refuses_it(sign_in, stand, case, enterprise, refusals):
    stand("S13")
    amina = sign_in("amina")
    assert amina.post(page(case, "enterprise"), SENT).status_code == 422
    assert amina.post(page(case, "enterprise", enterprise.pk, 3), CHECK).status_code == 422


@pytest.mark.parametrize("login", ["boris", "gita"])
def test_it_is_not_found_for_those_who_do_not_see_the_file(sign_in, case, enterprise, login):
    other = sign_in(login)
    for at in (page(case, "enterprise", enterprise.pk), page(case, "enterprise", enterprise.pk, 3)):
        assert (other.get(at).status_code, other.post(at, CHECK).status_code) == (404, 404)
