"""What is another agency's is not there: every page × method × person, asked of what is foreign and of what is nowhere.

A seventh of the questions here, another one for each page; `make prove` asks all of them, and times them.
"""

from __future__ import annotations

import re

import pytest
from django.db import transaction

from tests.laws.walk import lines

from . import matrix
from .fort import SHARED, undone
from .judging import register

STRIDE = 7
OWN_DRAWER = (
    "people:draft"  # keeps what was typed in the writer's own drawer, whatever it is about: nothing is looked up
)
# A card is read as far as it goes by whoever works here: tests/rows and test_confidential_places.py ask about those.
OF_CARDS = {f"directory:{each}" for each in ("card", "history", "vcard", "suggest", "suggestion", "ask", "checked")}
LINES = [line for line in lines() if "reference" in line.arguments()]


def clients(fort):
    return {login: fort.client(login) for login in fort.logins}


def test_what_is_foreign_and_what_is_nowhere_get_the_same_answer_by_the_same_statements(fort):
    others, browsers = {OWN_DRAWER, *OF_CARDS}, clients(fort)
    asked = [each for each in matrix.questions(fort) if each.line.page not in others]
    assert len(asked) > 2000
    assert [wrong for each in asked[::STRIDE] for wrong in matrix.faults(fort, each, browsers)] == []


def test_the_matrix_sees_a_difference(fort, monkeypatch):
    """A page that finds the file of another agency, or says a word more about it, would be told."""
    line = next(each for each in LINES if each.page == "casefile:case")
    question, browsers = matrix.Question(line, "boris", "whole"), clients(fort)
    assert matrix.faults(fort, question, browsers) == []
    monkeypatch.setattr(matrix, "addresses", lambda fort, _: (fort.address(line, "boris", "boris"), "/people/ZZ2-ZZ2/"))
    assert matrix.faults(fort, question, browsers)


@pytest.fixture(scope="module")
def before(fort):
    """The register as it is."""
    with transaction.atomic():
        return register()


@pytest.mark.parametrize("line", LINES, ids=str)
def test_whoever_was_let_in_to_read_the_facts_reads_them_alone_and_writes_nothing(fort, before, line):
    """Sami, of another agency, by the person's consent: no other part of the file is shown, and nothing is kept."""
    held = []
    address = fort.address(line, "boris", "boris")
    answer = undone(fort.client(SHARED), line.method, address, look=lambda _: held.append(register()))
    shown = set(re.findall(r"canary\w+ \w+", answer.content.decode(errors="replace")))
    assert shown <= {"canaryphare facts", "canaryphare mixed"}
    assert (answer.status_code < 500, held) == (True, [before])
