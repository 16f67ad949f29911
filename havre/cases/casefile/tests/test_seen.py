"""Who saw what, for the auditor, who reads no file."""

import re

import pytest
from django.db import transaction
from django.utils.translation import override

from havre.platform.audit.actions import ACTIONS
from havre.platform.audit.registry import every, words
from tests.personas import make_personas, signed_in


def test_the_auditor_reads_who_did_what_and_neither_name_nor_reference(sign_in, newcomer):
    case = newcomer("Salam Haddad")
    sign_in("amina").get(f"/people/{case.reference}/")
    shown = sign_in("dao").get("/seen/").content.decode()
    assert "Read the file" in shown and "Amina D." in shown and case.pk.hex[:8] in shown
    assert "Salam" not in shown and case.reference not in shown


@pytest.mark.django_db(transaction=True, databases=["default", "refusals"])
def test_a_refusal_is_marked():
    with transaction.atomic():
        make_personas()
    signed_in("ferdinand").get("/people/")
    assert "Refused" in signed_in("dao").get("/seen/").content.decode()


def test_the_record_pages_without_repeating(sign_in, newcomer):
    case, amina = newcomer("Salam"), sign_in("amina")
    for _number in range(60):
        amina.get(f"/people/{case.reference}/?all=1")
    dao = sign_in("dao")
    first = dao.get("/seen/").content.decode()
    second = dao.get("/seen/" + re.search(r'href="/seen/(\?after=[^"]+)"', first)[1]).content.decode()
    assert first.count("<tr>") == 51 and 10 < second.count("<tr>") < 51


def test_another_agency_is_not_in_it(sign_in, newcomer):
    newcomer("Salam", by="boris")
    sign_in("boris").get("/people/")
    assert "Boris" not in sign_in("dao").get("/seen/").content.decode()


def test_every_action_has_its_words():
    assert sorted(set(ACTIONS) - set(every())) == []
    with override("en"):
        assert words("case.open") == "Opened the file" and words("unheard.of") == "unheard.of"
