"""Whatever goes wrong on the way, nothing is half written, the page says what to do, and it can be tried again."""

import os
import signal
import time

import pyrage
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from havre.exchange import staging, uploads
from havre.exchange.models import RegisterImport
from havre.platform.accounts.models import User
from tests.working import start

from .page import ADDRESS, GOOD, Office, count, many, people, staged, text_of, work

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "refusals", "owner"])
ROWS = 2500
LARGE = many(ROWS)


@pytest.fixture
def worker(settings):
    """The worker as a process of an installation, whose files wait where that process looks for them."""
    settings.HAVRE_STAGED = settings.PLACES.staged
    begun = [start()]
    yield begun
    for each in begun:
        each.kill()
        each.wait()


def waits(office):
    """Whether the file of the office's register is on disk."""
    number = office.at.rstrip("/").rpartition("/")[2]
    return staging.waits(RegisterImport.objects.using("owner").get(pk=number).staged)


def refused(answer, sentence):
    return answer.status_code == 422 and sentence in text_of(answer) and staged() == []


def test_no_file_two_files_and_half_a_file_are_told_and_kept_nowhere(amina):
    assert refused(amina.choose(), "Choose the file of your register first")
    assert refused(amina.choose(GOOD, GOOD), "Choose one file")
    assert refused(amina.choose(GOOD, whole=""), "did not arrive whole")


def test_a_file_that_is_too_large_is_told(amina, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 1000)
    assert refused(amina.choose("x" * 2000), "larger than")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7 x", "PDF"),
        (b"a,b\n1,2\n", "HTCDS"),
        (b"PK\x03\x04" + b"x" * 200, "workbook"),
        (bytes(range(256)) * 20, "neither a workbook nor text"),
    ],
)
def test_what_is_no_register_is_told_in_a_sentence(amina, data, sentence):
    amina.choose(data)
    work()
    assert "To mend first" in (shown := amina.page()) and sentence in shown and people() == 0


def test_a_file_name_of_any_length_and_script_is_shown_and_kept_sealed(amina):
    amina.choose(GOOD, name="سجلّ " + "x" * 240 + "<b>.csv")
    work()
    assert "xxx&lt;b&gt;.csv" in amina.page()
    assert count("select count(*) from exchange_registerimport r where r::text like '%%xxx%%'") == 0


def test_one_register_at_a_time(amina):
    amina.choose(GOOD)
    at, waiting = amina.at, staged()
    answer = amina.choose(GOOD)
    assert answer.status_code == 422 and "already" in text_of(answer) and staged() == waiting
    assert amina.client.post(f"{at}cancel/").status_code == 302 and staged() == []
    assert amina.choose(GOOD).status_code == 302


def test_what_was_given_up_is_not_taken_up_by_the_worker(amina):
    amina.choose(GOOD)
    amina.press("cancel")
    work()
    assert "You gave this register up" in amina.page() and people() == 0
    assert amina.press("agree").status_code == amina.press("again").status_code == 422


def test_pressing_twice_brings_them_in_once(amina):
    amina.choose(GOOD)
    work()
    assert amina.press("agree").status_code == amina.press("agree").status_code == 302
    work()
    assert amina.press("agree").status_code == 302
    work()
    assert people() == 2 and amina.press("cancel").status_code == 422


def test_another_file_in_its_place_is_not_brought_in(amina):
    amina.choose(GOOD)
    work()
    (file,) = staged()
    other = pyrage.x25519.Identity.generate().to_public()
    file.write_bytes(pyrage.encrypt(many(3).encode(), [other]))
    amina.press("agree")
    work()
    assert "Nothing was written" in amina.page() and people() == 0


def test_what_waits_for_more_than_a_day_is_destroyed_and_chosen_again(amina):
    amina.choose(GOOD)
    work()
    (file,) = staged()
    os.utime(file, (0, time.time() - staging.LIFE - 1))
    assert "waited for more than a day" in amina.page() and amina.press("agree").status_code == 422
    assert staging.sweep() == 1 and staged() == []
    assert "Choose it again" in amina.page() and amina.choose(GOOD).status_code == 302


def test_an_asker_who_is_suspended_meanwhile_brings_nothing_in(amina, house):
    amina.choose(GOOD)
    work()
    amina.press("agree")
    User.objects.using("owner").filter(pk=house.amina.pk).update(is_active=False)
    work()
    assert people() == 0


def test_a_locked_session_takes_no_file(amina):
    amina.client.post("/lock/")
    answer = amina.choose(GOOD)
    assert answer.status_code == 423 and staged() == []


def test_nobody_else_can_leave_a_file_here(house):
    for client in (Client(), Office("ferdinand").client, Office("hana").client):
        client.post(ADDRESS, {"file": SimpleUploadedFile("r.csv", GOOD.encode()), "whole": "yes"})
        assert staged() == []


def test_the_worker_of_an_installation_does_it_and_stops_in_the_midst_when_asked(amina, worker):
    amina.choose(LARGE)
    amina.until(lambda shown: f"{ROWS} people" in shown)
    amina.press("agree")
    amina.until(lambda shown: "people so far" in shown or "Is being read" in shown)
    amina.press("cancel")
    amina.until(lambda shown: "You gave this register up" in shown)
    assert people() == 0 and not waits(amina)


def test_a_worker_that_is_killed_in_the_midst_leaves_nothing_and_it_is_tried_again(amina, worker):
    amina.choose(LARGE)
    amina.until(lambda shown: f"{ROWS} people" in shown)
    amina.press("agree")
    amina.until(lambda shown: "people so far" in shown or "Is being read" in shown)
    worker[0].send_signal(signal.SIGKILL)
    amina.until(lambda shown: "broke off before its end" in shown)
    assert people() == 0
    worker.append(start())
    amina.press("again")
    amina.until(lambda shown: f"{ROWS} people" in shown)
    amina.press("agree")
    amina.until(lambda shown: f"{ROWS} people came in" in shown, seconds=60)
    assert people() == ROWS and not waits(amina)


def test_nothing_is_said_of_a_cell_in_the_log(amina, caplog):
    amina.choose(GOOD.replace("1998-05-17", "Zimbelmann"))
    work()
    assert "Zimbelmann" not in caplog.text + amina.page()
