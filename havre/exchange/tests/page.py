"""Somebody before the page that brings a register in, and the worker that does what is asked for there."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from havre.platform import jobs
from tests import harness
from tests.personas import signed_in
from tests.working import under_the_role_of_the_worker

ADDRESS = "/people/import/"
HEADER = "reference,prs_FirstName,prs_SecondName,prs_Birthdate,prs_Gender,con_Consent\n"
GOOD = f"{HEADER}B-1,سلام,حدّاد,1998-05-17,Feminine,true\nB-2,Maria,Ionescu,1999,Feminine,false\n"
BAD = f"{HEADER}B-1,Maria,Ionescu,17 mai,Femme,true\nB-1,Ana,Popa,1999-13,Femme,\n"


def many(rows: int) -> str:
    """A register that takes a while."""
    return HEADER + "".join(f"M-{n},Maria,Ionescu,1999,Feminine,true\n" for n in range(rows))


def count(statement: str, *values: object) -> int:
    """What the owner of the tables counts."""
    with psycopg.connect(harness.CLUSTER.url(harness.NAME)) as owner:
        return int(owner.execute(statement.encode(), values or None).fetchone()[0])


def people() -> int:
    """How many people there are."""
    return count("select count(*) from people_person")


def staged() -> list[Path]:
    """What waits on disk."""
    return sorted(Path(settings.HAVRE_STAGED).iterdir())


@dataclass
class Office:
    """A browser of one persona on that page."""

    login: str = "amina"
    language: str = "en"
    client: Client = field(init=False)
    at: str = ""  # the address of the register

    def __post_init__(self) -> None:
        self.client = signed_in(self.login, language=self.language)

    def choose(self, *texts: str | bytes, name: str = "register.csv", whole: str = "yes") -> HttpResponse:
        """Sends files, as the form does."""
        data = [text.encode() if isinstance(text, str) else text for text in texts]
        files = [io.BytesIO(each) for each in data]
        for each in files:
            each.name = name
        answer = self.client.post(ADDRESS, {"file": files, **({"whole": whole} if whole else {})})
        self.at = answer.headers.get("Location", "")
        return answer

    def press(self, what: str) -> HttpResponse:
        """One of the buttons."""
        return self.client.post(f"{self.at}{what}/")

    def page(self, address: str = "") -> str:
        """What stands on the page."""
        answer = self.client.get(address or self.at)
        assert answer.status_code == 200, answer.status_code
        return text_of(answer)

    def until(self, done: Callable[[str], bool], seconds: float = 30) -> str:
        """Looks again until it is so."""
        deadline = time.monotonic() + seconds
        while not done(shown := self.page()):
            assert time.monotonic() < deadline, shown
            time.sleep(0.5)
        return shown


def text_of(answer: HttpResponse) -> str:
    """The words of a page."""
    main = re.search(r"<main.*?</main>", answer.content.decode(), re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", main.group() if main else ""))


def work() -> None:
    """The worker does what waits."""
    with under_the_role_of_the_worker():
        jobs.work(wait=False)
