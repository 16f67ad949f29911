"""What must hold of the answer to a hostile request, and of the register after it."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.http import HttpResponse

from havre.platform.ui.middleware import HEADERS

from .fort import Fort
from .hostile import Gun, Shot, fire

TRACE = re.compile(
    rb"Traceback|psycopg|File \"|\.py\b|django\.|RuntimeError|ValueError|\bselect [\w\s.,*()]+ from \w+_",
    re.IGNORECASE,
)
# The record grows by each request, a session is touched, a try to sign in is counted: none of it is of the register.
RECORD = ("audit_", "accounts_session", "accounts_signintry", "django_", "auth_")
SAFE = ("GET", "HEAD", "OPTIONS", "PROPFIND")


def lacking(answer: HttpResponse) -> list[str]:
    """The headers that an answer lacks; a page whose address is a secret sends its address to nobody at all."""
    stricter = {"Referrer-Policy": "no-referrer"}
    return [name for name, value in HEADERS.items() if answer.headers.get(name) not in (value, stricter.get(name))]


def register() -> str:
    """One value that changes with any row of any table; asked as the owner, in the transaction that is open."""
    tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})
    kept = [each for each in tables if not each.startswith(RECORD)]
    sums = [f"(select concat(count(*), ':', sum(hashtextextended(t::text, 0))) from {each} t)" for each in kept]
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute(f"select array_to_string(array[{', '.join(sums)}], '|')")
        (value,) = cursor.fetchone()
        cursor.execute("set local role havre_app")
    return str(value)


class Judge:
    """Fires shots and keeps what went wrong."""

    def __init__(self, fort: Fort, gun: Gun) -> None:
        self.fort, self.gun = fort, gun
        self.clients: dict = {}
        self.wrong: list[str] = []
        self.answers: dict[int, int] = {}
        self.before = self._register()

    def _register(self) -> str:
        from django.db import transaction

        with transaction.atomic():
            return register()

    def fire(self, number: int) -> None:
        """So many shots."""
        for shot in self.gun.shots(number):
            changed: list[str] = []

            def look(answer: HttpResponse, shot: Shot = shot, changed: list[str] = changed) -> None:
                if shot.method not in SAFE and 400 <= answer.status_code < 500 and register() != self.before:
                    changed.append("something was stored")

            answer = fire(self.fort, self.clients, shot, look)
            self.answers[answer.status_code] = self.answers.get(answer.status_code, 0) + 1
            self.wrong += [f"{each}: {answer.status_code} {shot}" for each in [*changed, *self.faults(shot, answer)]]

    def faults(self, shot: Shot, answer: HttpResponse) -> Iterator[str]:
        """What is wrong with an answer."""
        if answer.status_code >= 500:
            yield "broken"
        if TRACE.search(answer.content):
            yield f"a trace {TRACE.search(answer.content)}"
        if lacking(answer):
            yield "a header is missing"
        if "default-src 'none'" not in answer.headers.get("Content-Security-Policy", ""):
            yield "no policy"
        if answer.status_code >= 400 and shot.method != "HEAD" and not re.search(rb"<h1|<h2|\"error\"", answer.content):
            yield "no sentence"
        sent = shot.body + shot.address.encode(errors="replace")
        yield from (
            f"shows {each}" for each in self.fort.leaks(shot.login, answer.content) if each.encode() not in sent
        )


def memory() -> float:
    """Megabytes this process holds now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6
