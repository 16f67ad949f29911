"""The register is taken out on a page: by one up to a hundred people, above that when a second person has agreed."""

import csv
import io
import os
import re
import time
from datetime import date
from uuid import UUID

import pytest

from bench import office
from havre.exchange import register
from havre.exchange.formats.htcds import write
from havre.exchange.leaving import ALONE
from havre.platform.audit.actions import Refused

from .page import Office, count, staged, text_of, work

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "refusals"])
ADDRESS = "/people/export/"
STATE = "select count(*) from exchange_registerexport where state = %s"


def fill(people):
    """So many people in Amina's care."""
    out = io.BytesIO()
    write(list(office.people(people)), office.columns(), out, "csv")
    register.bring(io.BytesIO(out.getvalue()), "balise", "amina", date(2026, 3, 12))


def ask(login="chloe", why="Yearly report", kind="csv"):
    """A supervisor sends the form; where it leads."""
    who = Office(login)
    answer = who.client.post(ADDRESS, {"why": why, "kind": kind})
    who.at = answer.headers.get("Location", "")
    return who


def question(login="ines"):
    """The address of the one question that waits for somebody's answer."""
    (found,) = set(re.findall(r"/agreements/[0-9a-f-]{36}/", Office(login).client.get("/agreements/").content.decode()))
    return found


def answered(login, what):
    """A second person answers it."""
    return Office(login).client.post(f"{question(login)}answer/", {"answer": what})


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.fixture
def few(house):
    fill(3)
    return house


@pytest.fixture
def crowd(house):
    fill(ALONE + 1)
    return house


def test_up_to_a_hundred_people_go_out_by_one_and_the_file_is_downloaded_once(few):
    chloe = ask()
    work()
    assert "The file is ready" in chloe.page() and "3 files" in chloe.page()
    (file,) = staged()
    assert file.read_bytes().startswith(b"age-encryption.org")
    assert len(rows_of(chloe.press("file"))) == 3
    assert staged() == [] and "You have the file" in chloe.page()
    assert chloe.press("file").status_code == 422
    named = "select count(*) from audit_auditsubject where act = 'register.export'"
    assert count(named) == 3
    assert count("select count(*) from audit_auditevent where reason = 'Yearly report'") == 1


def test_above_that_nothing_is_written_before_a_second_person_has_agreed(crowd):
    chloe = ask()
    assert "A second person is asked" in chloe.page() and "Inès L." in chloe.page()
    assert chloe.press("begin").status_code == 422
    work()
    assert staged() == []
    assert answered("ines", "yes").status_code == 302
    assert "agreed. It is good once" in chloe.page()
    chloe.press("begin")
    work()
    assert len(rows_of(chloe.press("file"))) == ALONE + 1


def test_whoever_asked_cannot_agree_nor_can_another_agency(crowd):
    chloe, address = ask(), question()
    assert "Take out the register, 101 people" in text_of(Office("ines").client.get("/agreements/"))
    assert "Yearly report" in text_of(Office("ines").client.get(address))
    assert "Nobody waits for you" in text_of(chloe.client.get("/agreements/"))
    assert chloe.client.post(f"{address}answer/", {"answer": "yes"}).status_code == 422
    assert Office("boris").client.post(f"{address}answer/", {"answer": "yes"}).status_code == 404
    assert Office("amina").client.get(address).status_code == 404
    assert count("select count(*) from agreements_agreement where answered_at is null") == 1


def test_a_refusal_is_told_and_another_question_is_possible(crowd):
    chloe = ask()
    answered("ines", "no")
    assert "refused. Talk to them" in chloe.page() and chloe.press("begin").status_code == 422
    again = ask(why="For the move")
    assert "A second person is asked" in again.page()


def test_an_agreement_is_good_once_and_by_command_as_well(crowd):
    ask()
    number = UUID(question().split("/")[2])
    with pytest.raises(Refused, match="not good for 101 people"):
        register.take_out(io.BytesIO(), "chloe", "csv", agreement=number)
    answered("ines", "yes")
    with pytest.raises(Refused, match="a second person agrees first"):
        register.take_out(io.BytesIO(), "chloe", "csv")
    assert register.take_out(io.BytesIO(), "chloe", "csv", agreement=number) == ALONE + 1
    with pytest.raises(Refused, match="it was used"):
        register.take_out(io.BytesIO(), "chloe", "csv", agreement=number)


def test_it_can_be_given_up_and_is_gone_after_a_day(few):
    chloe = ask()
    chloe.press("cancel")
    work()
    assert staged() == [] and "You gave it up" in chloe.page()
    again = ask()
    work()
    (file,) = staged()
    os.utime(file, (time.time() - 25 * 3600,) * 2)
    assert "waited for more than a day" in again.page() and again.press("file").status_code == 422
    work()
    assert staged() == []


def test_nobody_else_finds_it(few):
    chloe = ask()
    work()
    for login in ("boris", "amina", "dao"):
        client = Office(login).client
        assert client.get(chloe.at).status_code in (403, 404)
        assert client.post(f"{chloe.at}file/").status_code in (403, 404)


def test_bad_input_loses_nothing(few):
    client = Office("chloe").client
    answer = client.post(ADDRESS, {"why": "", "kind": "pdf"})
    assert answer.status_code == 422 and "Say what it is for" in text_of(answer)
    answer = client.post(ADDRESS, {"why": "Audit of the donor", "kind": "pdf"})
    assert answer.status_code == 422 and "Audit of the donor" in answer.content.decode()
    assert count(STATE, "waiting") == 0
