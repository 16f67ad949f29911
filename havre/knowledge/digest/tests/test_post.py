"""Whoever confirms gets each issue once, whenever the worker dies; whoever leaves is forgotten."""

from __future__ import annotations

import re
import signal
import time

import psycopg
import pytest
from django.db import transaction
from django.test import Client

from havre.knowledge.digest import post
from havre.knowledge.digest.models import Subscriber
from havre.platform.accounts.claims import acting_as
from havre.platform.notices.tests.post import office
from tests import harness
from tests.personas import make_personas
from tests.working import start, under_the_role_of_the_worker

from .news import drafted, publish

pytestmark = pytest.mark.django_db(transaction=True)
URL, ADA = "https://havre.example", "Ada@Quay.example"


@pytest.fixture
def people():
    with transaction.atomic():
        return make_personas()


@pytest.fixture
def mailbox(settings, monkeypatch):
    with office() as there:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", there.port, False
        settings.HAVRE_URL = URL
        told = {"MAIL_HOST": "127.0.0.1", "MAIL_PORT": str(there.port), "MAIL_TLS": "none", "URL": URL}
        for name, value in {**told, "MAIL_FROM": "Havre <havre@office.example>"}.items():
            monkeypatch.setenv(f"HAVRE_{name}", value)
        yield there


def sent():
    with under_the_role_of_the_worker():
        post.send()


def owner(question, *values):
    with psycopg.connect(harness.CLUSTER.url(harness.NAME)) as asked:
        return asked.execute(question, values).fetchall()


def subscribe(address, language="en"):
    return Client().post("/digest/subscribe/?in=en", {"address": address, "language": language})


def link(mail):
    (part,) = [each for each in mail.walk() if each.get_content_type() == "text/plain"]
    return re.findall(rf"{URL}(/digest/(?:confirm|leave)/\S+)", part.get_payload(decode=True).decode())[-1]


def confirmed(mailbox, *addresses):
    for each in addresses:
        subscribe(each)
    sent()
    for mail in mailbox.mails():
        assert Client().post(link(mail)).status_code == 302
    mailbox.came.clear()


def test_an_address_is_asked_once_and_confirmed_by_a_press_alone(people, mailbox):
    drafted(people.chloe)
    subscribe(ADA, "fr")
    subscribe(f" {ADA.lower()}")
    sent()
    (mail,) = mailbox.mails()
    assert mail["To"] == ADA and "in=fr" in link(mail)
    Client().get(link(mail))  # as programs do that look into mails
    assert owner("select count(*) from digest_subscriber where confirmed_at is not null") == [(0,)]
    done = Client().post(link(mail))
    assert done.status_code == 302 and not done.cookies and "/digest/thanks/subscribed/" in done["Location"]
    assert owner("select count(*) from digest_subscriber where confirmed_at is not null") == [(1,)]


def test_every_address_gets_the_same_answer_and_none_stands_in_the_open(people, mailbox):
    drafted(people.chloe)
    confirmed(mailbox, ADA)
    known, new = subscribe(ADA), subscribe("new@quay.example")
    assert known["Location"] == new["Location"] == "/digest/thanks/asked/?in=en" and not known.cookies
    sent()
    assert [mail["To"] for mail in mailbox.mails()] == ["new@quay.example"]
    rows = owner("select s::text from digest_subscriber s")
    assert len(rows) == 2 and not [row for row in rows if "quay" in str(row) or ADA.encode().hex() in str(row)]
    with acting_as(people.boris):
        assert not Subscriber.objects.exists()


def test_the_issue_comes_in_ones_language_with_a_way_out_by_which_the_address_is_deleted(people, mailbox):
    item = drafted(people.chloe)
    subscribe(ADA, "fr")
    sent()
    Client().post(link(mailbox.mails().pop()))
    publish(item, people.chloe)
    sent()
    mail = mailbox.mails()[-1]
    texts = {each.get_content_type(): each.get_payload(decode=True).decode() for each in mail.get_payload()}
    assert set(texts) == {"text/plain", "text/html"}
    assert all("Une liste de recruteurs" in text and "/digest/leave/" in text for text in texts.values())
    way = mail["List-Unsubscribe"].strip("<>\r\n ").removeprefix(URL)
    assert way == link(mail) and mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Client().get(way).status_code == 200 and owner("select count(*) from digest_subscriber") == [(1,)]
    assert Client().post(way, {"List-Unsubscribe": "One-Click"}).status_code == 302
    assert owner("select count(*) from digest_subscriber") == [(0,)] and Client().post(way).status_code == 404
    assert owner("select subscriber_id, mailed is not null from digest_delivery") == [(None, True)]


@pytest.mark.parametrize("page", ["confirm", "leave"])
def test_a_link_that_is_made_up_or_for_something_else_is_worth_nothing(people, mailbox, page):
    drafted(people.chloe)
    subscribe(ADA)
    sent()
    real = link(mailbox.mails()[0])
    wrong = Client().get(f"/digest/{page}/{'A' * 43}/?in=en")
    assert wrong.status_code == 404 and wrong.content == Client().get(f"/digest/{page}/x/?in=en").content
    assert Client().get(real.replace("confirm", "leave")).status_code == 404


@pytest.mark.long  # of twelve feeds and two hundred subscribers, `make prove` shows the same
def test_each_subscriber_gets_one_though_the_worker_is_killed_in_the_middle(people, mailbox):
    item = drafted(people.chloe)
    confirmed(mailbox, *(f"reader{n}@quay.example" for n in range(8)))
    publish(item, people.chloe)
    worker = []

    def kill():
        if len(mailbox.came) == 4:
            worker[0].send_signal(signal.SIGKILL)
            time.sleep(0.2)  # the answer finds nobody

    mailbox.then = kill
    worker.append(start("--once"))
    assert worker[0].wait(60) == -signal.SIGKILL
    mailbox.then = None
    assert start("--once").wait(60) == 0
    assert sorted(mail["To"] for mail in mailbox.mails()) == [f"reader{n}@quay.example" for n in range(8)]
    # Of the one at which it died nobody can know: it came, and it might not have. It is told, and not sent again.
    assert owner("select count(*) filter (where mailed is null), count(*) from digest_delivery") == [(1, 8)]
