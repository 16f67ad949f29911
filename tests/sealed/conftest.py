"""A register in which every sealed field holds a canary, written by the application and then left behind on disk."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from psycopg.conninfo import conninfo_to_dict

from havre.cases.people.actions.opening import open_case
from havre.exchange.models import RegisterImport
from havre.platform.accounts.claims import acting_as
from havre.platform.crypto import keyring
from havre.platform.database.policies import tables
from havre.platform.database.rows import Unguarded
from havre.platform.permissions import ROLES
from tests import harness
from tests.filling import Place, fill
from tests.personas import Personas, make_personas, signed_in
from tests.rows.world import standing_in

from .canaries import Canary, flock, word

HEALTH = int(ROLES["health_worker"].compartments)
PLANTED = Canary("Latin", word("Latin"))


@dataclass
class Leftovers:
    """What was written, and where which words were found afterwards."""

    name: str
    canaries: list[Canary]
    personas: Personas
    places: list[Place]
    dump: str
    searched: dict[str, int] = field(default_factory=dict)  # how many bytes of each place
    hits: dict[str, set[tuple[str, str]]] = field(default_factory=dict)

    def search(self, place: str, files: Iterable[Path], began: float) -> None:
        """Looks for every word in each spelling in those files that were written since then."""
        for file in files:
            try:
                data = file.read_bytes() if file.is_file() and file.stat().st_mtime >= began - 1 else b""
            except FileNotFoundError:  # the server puts files away when it likes
                continue
            self.searched[place] = self.searched.get(place, 0) + len(data)
            for canary in (*self.canaries, PLANTED):
                found = {(place, spelling) for spelling, form in canary.spellings().items() if form in data}
                self.hits[canary.stem] = self.hits.get(canary.stem, set()) | found


@pytest.fixture(scope="session")
def leftovers(django_db_setup, django_db_blocker, tmp_path_factory) -> Leftovers:
    """Everything that stands on disk after the application wrote a canary into each sealed field."""
    folder, began, name = tmp_path_factory.mktemp("left"), time.time(), f"sealed_{harness.WORKER}"
    canaries = flock()
    with django_db_blocker.unblock(), logged(folder / "application.log"):
        harness.clone(name)
        with standing_in(name):
            personas, places = written(canaries)
            typed(canaries, places)
        plant(name)
    left = Leftovers(name, canaries, personas, places, dump(name, folder / "dump.sql"))
    # The log of writes first: a checkpoint puts old parts of it away.
    left.search("WAL", (harness.CLUSTER.server.data / "pg_wal").glob("0*"), began)
    for place, files in on_disk(name, folder).items():
        left.search(place, files, began)
    return left


def written(canaries: list[Canary]) -> tuple[Personas, list[Place]]:
    """A case for each script, with the script's canary in every sealed field there is."""
    with transaction.atomic():
        personas = make_personas()
    places = []
    for canary in canaries:
        with acting_as(personas.amina):
            case = open_case(by=personas.amina, on=date(2026, 3, 12), state="S0")
            keyring.load([case.pk, case.person_id, personas.amina.pk])
            words = lambda field, canary=canary: canary.text(str(field))  # noqa: E731 - of this case alone
            place = Place(case, personas.amina, words, readers=(personas.hana.principal,))
            fill(place)
            places.append(place)
            with connection.cursor() as cursor:  # Hana reads health, which Amina does not
                asked = [case.pk, personas.hana.principal, HEALTH, "write", "casework", None, None]
                cursor.execute('select havre."grant"(%s, %s, %s, %s, %s, %s, %s)', asked)
    return personas, places


def typed(canaries: list[Canary], places: list[Place]) -> None:
    """The same words through the front door: a draft, a wrong sign-in, an unknown address, a page that breaks."""
    with override_settings(ROOT_URLCONF="tests.sealed.breaking"):
        client, gita = signed_in("amina"), signed_in("gita")
        client.raise_request_exception = gita.raise_request_exception = False
        for canary, place in zip(canaries, places, strict=True):
            answer = client.post(f"/draft/note/{place.case.pk}/", {"text": canary.stem, "_at": "id_text"})
            assert answer.status_code < 400, answer.status_code
            assert client.post("/breaks/", {"text": canary.stem}).status_code == 500
            assert client.get("/nowhere/", {"q": canary.stem}).status_code == 404
            Client(raise_request_exception=False).post("/signin/", {"login": canary.stem, "password": canary.stem})
            bring_in(gita, canary)


def bring_in(client: Client, canary: Canary) -> None:
    """A register with the word in its name, its header and its cells, that waits for the worker."""
    for waiting in RegisterImport.objects.using("owner").filter(state="waiting"):
        assert client.post(f"/people/import/{waiting.pk}/cancel/").status_code == 302
    file = io.BytesIO(f"prs_FirstName,{canary.stem}\n{canary.stem},{canary.stem}\n".encode())
    file.name = f"{canary.stem}.csv"
    assert client.post("/people/import/", {"file": file, "whole": "yes"}).status_code == 302


def plant(name: str) -> None:
    """One word in the open in every place, to show that the search finds what is there."""
    with psycopg.connect(harness.CLUSTER.url(name), autocommit=True) as owner:
        owner.execute("update accounts_agency set name = %s where code = 'phare'", [PLANTED.stem])
        owner.execute(f"do $$ begin raise log '{PLANTED.stem}'; end $$")
    logging.getLogger("havre.planted").warning(PLANTED.stem)
    (settings.HAVRE_TEMPORARY / f"planted-{uuid.uuid4()}").write_text(PLANTED.stem)


@pytest.fixture(scope="session", autouse=True)
def tidy() -> Iterator[None]:
    """Takes the planted file away again."""
    yield
    for file in settings.HAVRE_TEMPORARY.glob("planted-*"):
        file.unlink()


class logged:
    """The application's log goes to a file as well, at the levels of an installation."""

    def __init__(self, path: Path) -> None:
        self.handler = logging.FileHandler(path)
        self.loggers = [logging.getLogger(name) for name in ("", "django", "havre")]

    def __enter__(self) -> None:
        for each in self.loggers:
            each.addHandler(self.handler)

    def __exit__(self, *error: object) -> None:
        for each in self.loggers:
            each.removeHandler(self.handler)
        self.handler.close()


def dump(name: str, target: Path) -> str:
    """What the role of the backup writes down."""
    parts = conninfo_to_dict(harness.CLUSTER.url(name))
    left_out = [
        f"--exclude-table={table}"
        for table, rows in tables().items()
        if isinstance(rows, Unguarded) and not rows.backed_up
    ]
    command = [
        harness.CLUSTER.server.ground.programs / "pg_dump", "--enable-row-security", "--no-owner", *left_out,
        "--host", str(parts["host"]), "--username", "havre_backup", "--file", target, name,
    ]  # fmt: skip
    password = json.loads(harness.PASSWORDS.read_text())["havre_backup"]
    told = subprocess.run(command, env={**os.environ, "PGPASSWORD": password}, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    return target.read_text()


def on_disk(name: str, folder: Path) -> dict[str, list[Path]]:
    """The files of each place, once the server has written its tables down."""
    server, home = harness.CLUSTER.server, harness.CLUSTER.places.home
    with psycopg.connect(harness.CLUSTER.url(name), autocommit=True) as owner:
        owner.execute("checkpoint")
        number = owner.execute("select oid from pg_database where datname = current_database()").fetchone()[0]
    own = [each for each in home.rglob("*") if not each.is_relative_to(server.ground.folder)]
    return {
        "dump": [folder / "dump.sql"],
        "tables": list((server.data / "base" / str(number)).iterdir()),
        "server log": [server.log],
        "application log": [folder / "application.log"],
        "temporary files": [*own, *(server.data / "base").glob("pgsql_tmp/*")],
    }
