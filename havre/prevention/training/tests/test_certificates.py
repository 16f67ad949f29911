"""A certificate is for who came, tells its name to nobody, and a made-up code learns nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused
from havre.prevention.training import actions, certificates, codes, open_views
from havre.prevention.training.models import Certificate


@pytest.fixture
def certificate(held, people, chloe) -> Certificate:
    actions.attend(held, days={people[0].pk: held.days}, by=chloe, version=held.version)
    return certificates.issue(held, trainees=[held.trainees.get(pk=people[0].pk)], by=chloe)[0]


def asked(code: str, name: str = ""):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    return client.post(f"/certificate/{code}/", {"name": name}) if name else client.get(f"/certificate/{code}/")


def test_it_is_refused_to_who_was_never_there_and_while_the_session_lasts(held, people, chloe):
    with pytest.raises(Refused, match="not there"):
        certificates.issue(held, trainees=people, by=chloe)
    held.ends += timedelta(days=5)
    with pytest.raises(Refused, match="not over"):
        certificates.issue(held, trainees=people, by=chloe)


def test_anybody_may_check_it_and_reads_no_name(certificate):
    answer = asked(codes.spelt(certificate.code))
    page = answer.content.decode()
    assert "First signs" in page and "This certificate is good" in page and "Rémond" not in page
    assert not answer.cookies and answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("name, says", [("remond eve", "is the one on"), ("Eve Remont", "not the name")])
def test_a_name_is_compared_when_it_is_typed(certificate, name, says):
    assert says in asked(certificate.code.lower(), name).content.decode()


def test_after_ten_wrong_names_even_the_right_one_waits(certificate):
    for number in range(10):
        asked(certificate.code, f"Nobody {number}")
    assert "Too many names" in asked(certificate.code, "Ève Rémond").content.decode()


def test_a_withdrawn_one_says_so_and_does_not_say_why(certificate, chloe):
    with pytest.raises(Refused):
        certificates.withdraw(certificate, reason=" ", by=chloe)
    certificates.withdraw(certificate, reason="The wrong person.", by=chloe)
    page = asked(certificate.code).content.decode()
    assert "was withdrawn" in page and "wrong person" not in page
    with acting_as(chloe), pytest.raises(Refused):
        certificates.withdraw(certificate, reason="Again.", by=chloe)


def test_a_made_up_code_gets_one_calm_answer_and_so_does_whoever_asks_too_often(certificate, monkeypatch):
    pages = [asked(code) for code in (codes.fresh(), "x", "é" * 30, "' or 1=1 --")]
    assert {each.status_code for each in pages} == {404} and all(b"No certificate" in each.content for each in pages)
    monkeypatch.setattr(open_views, "PER_NETWORK", open_views.Limit("certificate", 1))
    assert asked(certificate.code).status_code == 404


def test_the_name_on_it_stays_while_it_is_good(certificate, people, chloe):
    with pytest.raises(Refused):
        actions.save_trainee(people[0], values={"name": "Another"}, by=chloe, version=people[0].version)
