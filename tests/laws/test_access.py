"""Every page × method × persona gives the answer that a person wrote down in access/."""

from __future__ import annotations

import pytest

from havre.platform.accounts.models import User
from havre.platform.permissions import Permission

from .walk import PAGES, PERSONAS, lines

LINES = lines()
ASKED = {(page.name, method) for page in PAGES.values() for method in page.methods}
NEEDS = {name: needs for name, page in PAGES.items() if (needs := getattr(page.view, "page_needs", None))}
EVERYBODY = (Permission.DIRECTORY_READ, Permission.PREVENTION_READ, Permission.KNOWLEDGE_READ)  # which every role holds
OPEN = sorted(name for name, needs in NEEDS.items() if needs in EVERYBODY)
GUARDED = sorted(NEEDS.keys() - OPEN)


def test_access_csv_has_a_line_for_each_page_and_method_and_no_other():
    assert {(line.page, line.method) for line in LINES} == ASKED


def test_access_csv_fills_in_each_address():
    assert [line.page for line in LINES if set(line.arguments()) != PAGES[line.page].arguments] == []


def test_access_csv_holds_no_fault():
    assert [str(line) for line in LINES if any(status >= 500 for status in line.answers)] == []


@pytest.mark.parametrize("line", LINES, ids=str)
def test_each_persona_gets_the_answer_that_was_written_down(house, line):
    assert dict(zip(PERSONAS, house.answers(line), strict=True)) == dict(zip(PERSONAS, line.answers, strict=True))


@pytest.mark.parametrize("line", [line for line in LINES if "reference" in line.arguments()], ids=str)
def test_a_case_of_another_agency_looks_like_one_that_does_not_exist(house, line, monkeypatch):
    """Whether it is somebody else's or nobody's: the same answer, to the letter, but for the address itself."""
    theirs = house.ask("boris", line)
    monkeypatch.setattr(house.case, "reference", "ZZZ-ZZZ")
    nobodys = house.ask("boris", line)
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert len(theirs.content) == len(nobodys.content)


@pytest.mark.parametrize("name", GUARDED)
def test_a_page_that_asks_for_no_permission_gives_other_answers(house, name, monkeypatch):
    """Each page has a persona whom its permission alone keeps out: the walk reports a difference once it is gone.

    Mostly that is Dao or Ferdinand, who then meet the rows: the file is not found, and 404 stands where 403 should.
    """
    needs, asked = PAGES[name].view.page_needs, User.may
    monkeypatch.setattr(User, "may", lambda user, permission: permission == needs or asked(user, permission))
    barred = [
        (line, persona, status)
        for line in LINES
        if line.page == name
        for persona, status in zip(PERSONAS, line.answers, strict=True)
        if status in (302, 403)  # led elsewhere, or kept out
    ]
    assert any(house.ask(persona, line).status_code != status for line, persona, status in barred)


@pytest.mark.parametrize("name", OPEN)
def test_a_page_that_every_role_may_read_asks_all_the_same(house, name, monkeypatch):
    """Whoever holds it no longer is kept out."""
    needs, asked = NEEDS[name], User.may
    monkeypatch.setattr(User, "may", lambda user, permission: permission != needs and asked(user, permission))
    answers = [house.answers(line) for line in LINES if line.page == name]
    assert {status for each in answers for login, status in zip(PERSONAS, each, strict=True) if login != "eve"} == {403}
