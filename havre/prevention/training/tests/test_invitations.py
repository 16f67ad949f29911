"""An invitation goes out by mail, its link is answered without an account, and tells nothing of a person."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused
from havre.platform.notices.tests.post import office
from havre.prevention.training import actions, open_views, post

from .conftest import course, session


@pytest.fixture
def coming(chloe):
    return session(course(chloe), chloe, begins=9, language="fr")


@pytest.fixture
def link(coming, chloe, monkeypatch):
    """The path of the link in the mail that a worker sends."""
    person = {"name": "Ève Rémond", "mail": "eve@quay.example"}
    actions.add(coming, people=[person], origin="mail", by=chloe)
    with office() as there:
        told = {"EMAIL_USE_TLS": False, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": there.port}
        for name, value in {**told, "HAVRE_URL": "https://h.example"}.items():
            monkeypatch.setattr(settings, name, value)
        with connection.cursor() as cursor:
            cursor.execute("set local role havre_worker")
            post.send()
            post.send()  # nothing is sent twice
            cursor.execute("set local role havre_app")
        (mail,) = there.mails()
    words = mail.get_payload(decode=True).decode()
    assert "Bonjour Ève Rémond" in words and mail["To"] == "eve@quay.example"
    return re.findall(r"https://h.example(/\S+)", words)[0]


def listed(coming, chloe):
    """Whom the agency reads of afterwards."""
    with acting_as(chloe):
        return coming.trainees.get()


def test_it_is_accepted_without_an_account_and_may_be_changed(link, coming, chloe):
    visitor = Client(HTTP_ACCEPT_LANGUAGE="en")
    page = visitor.get(link)
    assert "First signs" in page.content.decode() and "Rémond" not in page.content.decode() and not page.cookies
    answer = visitor.post(link, {"name": "Eve Rémond", "role": "judge", "sex": "female", "country": "TN"})
    assert answer.status_code == 302 and not answer.cookies
    eve = listed(coming, chloe)
    assert (eve.answer, eve.name, eve.role, eve.mail) == ("accepted", "Eve Rémond", "judge", "eve@quay.example")
    visitor.post(link, {"declines": "1"})
    eve = listed(coming, chloe)
    assert (eve.answer, eve.name) == ("declined", "Eve Rémond")


def test_a_made_up_link_is_worth_nothing(link, monkeypatch):
    visitor = Client(HTTP_ACCEPT_LANGUAGE="en")
    for token in ("x", "A" * 43):
        assert visitor.get(f"/training/invitation/{token}/").status_code == 404
    monkeypatch.setattr(open_views, "INVITED", open_views.Limit("invited", 2))
    assert visitor.get(link).status_code == 404  # who tried too often waits


def test_a_bad_answer_loses_nothing(link, coming, chloe):
    answer = Client(HTTP_ACCEPT_LANGUAGE="en").post(link, {"name": "Eve", "role": "pirate"})
    assert answer.status_code == 422 and 'value="Eve"' in answer.content.decode()
    assert listed(coming, chloe).answer == ""


def test_a_second_mail_waits_a_while(link, coming, chloe):
    with pytest.raises(Refused, match="ten minutes"):
        actions.invite(coming.trainees.get(), by=chloe)
