"""What a page may not do, the database refuses; what goes wrong ends in one sentence, and half an act is never kept."""

from __future__ import annotations

import re

import pytest

from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import SentForm
from havre.platform.audit.models import AuditEvent
from tests.laws.throwaway import TYPED
from tests.personas import make_personas, signed_in

pytestmark = [
    pytest.mark.urls("tests.laws.throwaway"),
    pytest.mark.django_db(transaction=True, databases=["default", "refusals", "owner"]),
]


@pytest.fixture
def personas(transactional_db):
    """The personas, stored for good."""
    from django.db import transaction

    with transaction.atomic():
        return make_personas()


@pytest.fixture
def amina(personas):
    client = signed_in("amina")
    client.raise_request_exception = False
    return client


def kept(user):
    with acting_as(user):
        return SentForm.objects.count()


def a_calm_page(answer):
    """500, with a number to name and neither a trace nor a value."""
    text = answer.content.decode()
    assert answer.status_code == 500
    assert re.search(r"\b[0-9A-F]{3}-[0-9A-F]{3}\b", text)
    assert not re.search(r"Traceback|\.py|Error\b|psycopg|select |insert ", text) and TYPED not in text
    return text


@pytest.mark.parametrize("address", ["/t/writes/", "/t/switches/"])
def test_a_page_that_is_only_looked_at_cannot_write(amina, personas, address):
    a_calm_page(amina.get(address))
    assert kept(personas.amina) == 0


def test_the_same_page_writes_when_a_form_is_sent(amina, personas):
    assert amina.post("/t/writes/").status_code == 200
    assert kept(personas.amina) == 1


def test_a_fault_undoes_all_that_the_request_wrote(amina, personas):
    a_calm_page(amina.post("/t/breaks/"))
    assert kept(personas.amina) == 0


def test_a_form_that_found_nothing_may_be_sent_again(amina, personas):
    """Its token is not taken for that of a form that was acted upon."""
    sent = {"form_token": "0a6f6a44-7d3e-4d0a-9c3c-5a2c7f1e9b01"}
    assert [amina.post("/t/finds-nothing/", sent).status_code for _ in range(2)] == [404, 404]
    assert kept(personas.amina) == 0


def test_what_the_rows_bar_is_refused_in_a_sentence_recorded_and_told_in_the_log(amina, personas, caplog):
    before, answer = refusals(), amina.post("/t/is-barred/")
    assert answer.status_code == 403 and "You may see this, but not change it" in answer.content.decode()
    assert kept(personas.amina) == 0
    assert refusals() - before == {(personas.amina.pk, "barred by the rows")}
    assert "barred by the rows, ProgrammingError at" in caplog.text


def test_a_fault_is_told_in_the_log_by_kind_and_place_but_not_by_value(amina, caplog):
    number = re.search(r"\b[0-9A-F]{3}-[0-9A-F]{3}\b", a_calm_page(amina.get("/t/breaks/"))).group()
    assert number in caplog.text and "ValueError at throwaway.py" in caplog.text
    assert TYPED not in caplog.text


def test_a_database_that_is_gone_in_mid_request_costs_that_request_only(amina, personas):
    assert amina.post("/t/writes/").status_code == 200
    a_calm_page(amina.post("/t/loses/"))
    assert amina.post("/t/writes/").status_code == 200
    assert kept(personas.amina) == 2


def test_a_refusal_is_recorded_with_its_reason(amina, personas):
    before = refusals()
    ferdinand = signed_in("ferdinand")
    assert ferdinand.post("/t/breaks/").status_code == 403
    assert refusals() - before == {(personas.ferdinand.pk, "needs case.read")}


def refusals():
    """Who was refused, and why."""
    return set(AuditEvent.objects.using("owner").filter(refused=True).values_list("user_id", "reason"))
