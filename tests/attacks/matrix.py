"""Every page × method × person × {own, shared, foreign, absent}, asked through the application."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.http import HttpResponse
from django.test import Client

from havre.platform.database.policies import rows_of
from havre.platform.keeping.rows import KeptRows
from tests.laws.walk import Line, lines

from .fort import ABSENT, MARKS, NAMED, NOWHERE, Fort, undone

# A number the pages make anew each time, or that stands in the address itself.
PASSING = re.compile(
    rb"name=\"(?:csrfmiddlewaretoken|form_token)\" value=\"[^\"]*\"|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
    rb"|challenge&quot;: &quot;[\w-]*|\b[0-9A-Z]{3}-[0-9A-Z]{3}\b|\b\d{4,}\b"
)


@dataclass(frozen=True)
class Question:
    """A page asked by somebody, as it would be of a file of another agency."""

    line: Line
    login: str
    kind: str  # `whole`: file and rows are foreign; `rows`: the rows of a foreign file in an address of one's own

    def __str__(self) -> str:
        return f"{self.line.method} {self.line.page} {self.login} {self.kind}"


def questions(fort: Fort) -> Iterator[Question]:
    """All there are."""
    for line in lines():
        told = line.arguments()
        rows = any(value in NAMED or "." in value for value in told.values())
        for login in fort.logins:
            if "reference" in told or rows:
                yield Question(line, login, "whole")
            if "reference" in told and rows and own(fort, login):
                yield Question(line, login, "rows")


def own(fort: Fort, login: str) -> str:
    """Whose file this persona may open; nothing for those who may open none."""
    if login in MARKS:
        return login
    return "amina" if login in ("chloe", "hana", "noor", "lucas") else ""


def addresses(fort: Fort, question: Question) -> tuple[str, str]:
    """The address of what is foreign, and of what is nowhere."""
    line = question.line
    theirs = fort.foreign("" if kept(line) else question.login) if question.login != "boris" else "amina"
    mine = own(fort, question.login)
    if question.kind == "rows":
        return fort.address(line, mine, theirs), fort.address(line, mine, None)
    return fort.address(line, theirs, theirs), fort.address(line, None, None)


def kept(line: Line) -> bool:
    """Whether it is of what an agency keeps, which each of its people reads, whoever let them into a file elsewhere."""
    models = [apps.get_model(value) for value in line.arguments().values() if "." in value]
    return any(isinstance(rows_of(each), KeptRows) for each in models)


def faults(fort: Fort, question: Question, clients: dict[str, Client]) -> list[str]:
    """What is wrong with the two answers."""
    method = question.line.method
    asked, said = addresses(fort, question), ([], [])
    foreign, absent = (
        undone(clients[question.login], method, each, listen=told.append)
        for each, told in zip(asked, said, strict=True)
    )
    wrong = [f"{question}: {foreign.status_code}"] if 200 <= foreign.status_code < 300 else []
    if foreign.status_code >= 500:
        wrong.append(f"{question}: {foreign.status_code}")
    if seen(foreign, asked[0]) != seen(absent, asked[1]):
        wrong.append(f"{question}: foreign {foreign.status_code} and absent {absent.status_code} differ")
    if said[0] != said[1]:
        wrong.append(f"{question}: the database was asked other things")
    shown = foreign.content.replace(asked[0].encode(), b"")  # whoever is led to the door comes back to what they asked
    wrong += [f"{question} shows {each}" for each in fort.leaks(question.login, shown)]
    return wrong


def seen(answer: HttpResponse, address: str) -> tuple[int, bytes, list[tuple[str, str]], list[str]]:
    """All that a browser gets, with what passes and the address itself struck out."""
    headers = sorted((name, strike(value.replace(address, "*").encode()).decode()) for name, value in answer.items())
    return answer.status_code, strike(answer.content), headers, sorted(answer.cookies)


def strike(text: bytes) -> bytes:
    """The text without what differs from one request to the next."""
    return PASSING.sub(b"*", text.replace(ABSENT.encode(), b"*").replace(str(NOWHERE).encode(), b"*"))
