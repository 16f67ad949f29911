"""A notice becomes a mail: once, by a real mail server, by a worker that may die, and it gives nothing away."""

import signal
import time

import psycopg
import pytest
from django.db import transaction

from havre.platform import notices
from havre.platform.accounts.claims import acting_as
from havre.platform.notices import mail
from tests import harness
from tests.personas import make_personas
from tests.working import start, under_the_role_of_the_worker

from .post import free_port, office
from .telling import tell

pytestmark = pytest.mark.django_db(transaction=True)
GITA = "gita.n@phare-de-test.example"
FROM = "Havre <havre@office.example>"
NOTICES = "select taken is not null, mailed is not null, tries from notices_notice order by at"


@pytest.fixture
def people():
    with transaction.atomic():
        found = make_personas()
    with acting_as(found.gita):
        notices.keep_address(found.gita, GITA)
    return found


@pytest.fixture
def post(monkeypatch):
    with office() as there:
        told = {"HOST": "127.0.0.1", "PORT": str(there.port), "FROM": FROM, "TLS": "none"}
        for name, value in told.items():
            monkeypatch.setenv(f"HAVRE_MAIL_{name}", value)
        yield there


def stands(question=NOTICES):
    with psycopg.connect(harness.CLUSTER.url(harness.NAME)) as owner:
        return owner.execute(question).fetchall()


def work():
    worker = start("--once")
    return worker.wait(60)


def test_a_notice_arrives_as_a_mail_that_says_nothing_of_anybody(people, post):
    tell(people.gita)
    assert work() == 0
    (came,) = post.mails()
    assert post.came[0].rcpt_tos == [GITA] and stands() == [(True, True, 1)]
    assert came["Subject"] == "=?utf-8?q?Une_t=C3=A2che_vous_attend_dans_Havre?="
    assert came.get_payload(decode=True).decode() == "Une tâche vous attend dans Havre.\r\n"
    assert set(came.keys()) == {
        *("Content-Type", "MIME-Version", "Content-Transfer-Encoding"),
        *("Subject", "From", "To", "Date", "Message-ID"),
    }
    raw = post.came[0].original_content.decode().lower().replace(GITA, "")
    names = ("gita", "amina", "balise", "glass", str(harness.ROOT).lower())
    assert [each for each in names if each in raw] == []
    assert came["Message-ID"].endswith("@office.example>")


def test_all_mails_are_alike_but_for_whom_they_reach(people, post):
    with acting_as(people.hana):
        notices.keep_address(people.hana, "h@one.example")
    with acting_as(people.amina):
        notices.keep_address(people.amina, "a@two.example")
    for whom in ("hana", "amina"):
        tell(getattr(people, whom))
    work()
    first, second = post.mails()
    for each in (first, second):
        del each["To"], each["Message-ID"], each["Date"]
    assert first.as_string() == second.as_string() and "You have a task in Havre" in first.as_string()


def killed_when(post, moment):
    """Runs a worker that is killed at that moment, the mail server in the midst of it."""
    worker = []

    def kill():
        worker[0].send_signal(signal.SIGKILL)
        time.sleep(0.5)  # the answer finds nobody

    setattr(post, moment, kill)
    worker.append(start("--once"))
    assert worker[0].wait(60) == -signal.SIGKILL
    setattr(post, moment, None)


@pytest.mark.parametrize("moment", ["at_door", "then"])
def test_it_is_sent_once_though_the_worker_dies_in_between(people, post, moment):
    tell(people.gita)
    killed_when(post, moment)
    assert work() == 0 and work() == 0
    assert len(post.came) == 1


def test_what_the_server_does_not_take_is_tried_again_later(people, post):
    post.answers = ["451 not now"]
    tell(people.gita)
    work()
    assert post.came == [] and stands() == [(False, False, 1)]
    work()
    assert post.came == []  # not before its time
    past = "update notices_notice set next_try = now() returning 1"
    assert stands(past) and work() == 0
    assert len(post.came) == 1 and stands() == [(True, True, 2)]


def test_what_was_read_meanwhile_is_not_mailed(people, post):
    tell(people.gita)
    stands("update notices_notice set read_at = now() returning 1")
    work()
    assert post.came == []


def test_two_workers_send_each_mail_once(people, post):
    for _each in range(12):
        tell(people.gita)
    workers = [start("--once") for _each in range(3)]
    assert [worker.wait(60) for worker in workers] == [0, 0, 0]
    assert len(post.came) == 12 == len({each["Message-ID"] for each in post.mails()})


def test_a_mail_server_that_is_away_delays_nobody(people, monkeypatch, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_USE_TLS = False
    began = time.monotonic()
    tell(people.gita)
    assert time.monotonic() - began < 1
    with under_the_role_of_the_worker():
        mail.deliver()
    assert stands() == [(False, False, 1)]


def test_without_a_mail_server_notices_stand_and_nothing_is_sent(people):
    tell(people.gita)
    assert work() == 0 and stands() == [(False, False, 0)]
