"""Where a confidential place is stands in no way out (ADR 28): every detail of two is looked for in all of them.

A way that lets through what everybody may read and nothing of the two is clean; one that lets nothing through was not
looked into, and fails.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from django.db.models import Model

from havre.directory.models import Address, ConfidentialPlace, Phone, Service
from havre.platform.accounts.claims import acting_as
from tests import harness
from tests.laws.walk import PAGES
from tests.sealed.conftest import dump, logged, on_disk

from . import waysout
from .fort import Fort, standing_in
from .hiding import KNOW, Hidden, copied, forms, hide, parts, pattern, rows_of
from .waysout import Told

LOOKED_INTO = {
    *(f"directory:{each}" for each in ("find", "find_map", "country", "card", "booklet", "emergency", "vcard")),
    *(f"exchange:api_{each}" for each in ("organizations", "organization", "services", "service", "locations")),
    "exchange:api_location",
}
STRIDE = 6  # pages of other rooms are asked by a sixth of the personas, and by all who know where the places are
# The pages on which whoever keeps a place reads and writes where it is, and who those are.
OWN_PAGE = re.compile(rf"\S+ directory:\w+ /directory/[\w-]+/(edit/)?place/[\w-]+/ ({'|'.join(KNOW)})\Z")


@dataclass
class Sweep:
    """A register in which two places are hidden, and what has been written down on the way."""

    fort: Fort
    hidden: Hidden
    folder: Path

    def __post_init__(self) -> None:
        self.rows = rows_of(self.hidden.card)
        self.secret, self.seen = pattern(self.hidden.secrets), pattern(self.hidden.seen)

    def leaks(self, told: Told) -> list[tuple[str, bytes]]:
        """Where something secret stands, and what; that there is nothing to see at all is told as well."""
        found, looked = [], False
        for where, data in told:
            looked = looked or bool(self.seen.search(data))
            hit = self.secret.search(data)
            if hit and not OWN_PAGE.match(where):
                found.append((where, hit[0]))
        return found if looked else [*found, ("nowhere", b"nothing was seen that everybody may see")]


@pytest.fixture(scope="module")
def sweep(stored_fort, django_db_blocker, tmp_path_factory) -> Iterator[Sweep]:
    """Everything is written while the log is kept."""
    folder, name = tmp_path_factory.mktemp("sweep"), f"sweep_{harness.WORKER}"
    with django_db_blocker.unblock(), logged(folder / "application.log"):
        fort = copied(stored_fort, name)
        with standing_in(name):
            first = _segment()
            hidden = hide(fort)
            for each in _segments(first, _segment()):  # the server takes them away when it likes
                shutil.copy(each, folder)
            yield Sweep(fort, hidden, folder)


def _segment() -> str:
    """The file of the write-ahead log that is written now."""
    with psycopg.connect(harness.CLUSTER.url("postgres")) as admin:
        return admin.execute("select pg_walfile_name(pg_current_wal_lsn())").fetchone()[0]


def _segments(first: str, last: str) -> list[Path]:
    """The files of that log from one to another."""
    every = (harness.CLUSTER.server.data / "pg_wal").glob("0*")
    return sorted(each for each in every if first <= each.name <= last)


WAYS: dict[str, Callable[[Sweep], Told]] = {
    "files": lambda sweep: waysout.files(sweep.fort),
    "paper and contact cards": lambda sweep: waysout.in_hand(sweep.fort, sweep.rows),
    "mails": lambda sweep: waysout.mails(sweep.fort),
    "pages": lambda sweep: waysout.pages(sweep.fort, sweep.rows, stride=STRIDE),
    "rows": lambda sweep: waysout.rows_in_plain(sweep.fort.name),
    "backup": lambda sweep: [("dump", dump(sweep.fort.name, sweep.folder / "dump.sql").encode())],
}


def test_the_keeper_and_the_supervisor_know_both_places_and_nobody_else_does(sweep):
    for login, user in sweep.fort.users.items():
        with transaction.atomic(), acting_as(user):
            told = " ".join(f"{each.city} {each.address}" for each in ConfidentialPlace.objects.all())
        places = (sweep.hidden.born, sweep.hidden.moved)
        wanted = [words[name] in told for words in places for name in ("city", "address")]
        assert all(wanted) if login in KNOW else not any(wanted), login


def test_the_search_its_map_and_the_open_answers_were_looked_into(sweep):
    told = waysout.pages(sweep.fort, sweep.rows, logins=["boris"], stride=len(PAGES))
    seen = {where.split()[1] for where, data in told if sweep.seen.search(data)}
    assert seen >= LOOKED_INTO, LOOKED_INTO - seen


@pytest.mark.parametrize("way", WAYS)
def test_it_stands_in_no_way_out(sweep, way):
    assert sweep.leaks(WAYS[way](sweep)) == []


def test_no_word_of_it_finds_anything(sweep):
    assert waysout.searches(sweep.fort, sweep.hidden.secrets) == []
    assert {word for _login, word in waysout.searches(sweep.fort, sweep.hidden.found_by)} == set(sweep.hidden.found_by)


def test_the_record_that_is_taken_out_tells_nothing_of_it(sweep):
    ((_where, data),) = waysout.record(sweep.fort)
    assert not sweep.secret.search(data) and len(data.splitlines()) > 3


def test_what_was_never_public_lies_nowhere_on_disk_and_in_no_log(sweep):
    """What was public lay in the open: its old bytes go when the server next tidies up."""
    places = on_disk(sweep.fort.name, sweep.folder)
    places["WAL"] = [*sweep.folder.glob("0*"), *_segments(_segment(), _segment())]
    born = {form for each in parts(sweep.hidden.born.values()) for form in forms(each)}
    assert {place: waysout.lies(files, born) for place, files in places.items()} == {place: [] for place in places}
    seen = [sweep.hidden.seen[0].encode()]
    assert [place for place in ("tables", "WAL") if not waysout.lies(places[place], seen)] == []


LEAKS: dict[str, tuple[type[Model], str, Callable[[Hidden], str]]] = {
    "in the words of a service": (Service, "referral_procedure", lambda hidden: f"Ring at {hidden.born['address']}."),
    "in the town of a public place, in capitals": (Address, "city", lambda hidden: hidden.moved["city"].upper()),
    "in a number, with blanks": (Phone, "number", lambda hidden: f"+33 {hidden.born['phone_there'][3:]}"),
}


@pytest.mark.parametrize("way", ["files", "paper and contact cards", "pages"])
@pytest.mark.parametrize("leak", LEAKS)
def test_the_sweep_sees_a_leak(sweep, way, leak):
    with transaction.atomic():
        with connection.cursor() as cursor:
            model, field, words = LEAKS[leak]
            cursor.execute("set local role havre_owner")
            model._base_manager.update(**{field: words(sweep.hidden)})
            cursor.execute("set local role havre_app")
        told = {"pages": lambda sweep: waysout.pages(sweep.fort, sweep.rows, rooms="directory:", logins=["boris"])}
        assert sweep.leaks((WAYS | told)[way](sweep))
        transaction.set_rollback(True)
