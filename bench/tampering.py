"""A superuser changes the record in many ways; each is undone. `python -m bench.record` tries a thousand.

Each try is one transaction on a real record: change it, take it out, check the export with the public key and the heads
that were kept outside, undo it.
"""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from gzip import decompress
from io import BytesIO
from typing import Any

from django.db import connections, transaction

from havre.platform.audit.exporting import export_record
from havre.platform.audit.merkle import Tree
from havre.platform.audit.sealing import COLUMNS, KEEP, read
from havre.platform.audit.seals import Seal
from havre.platform.audit.verifying import Report, verify
from havre.platform.crypto import keyring, signing

BATCHES, ROWS = 40, 60
KEPT = 8  # of how many batches one head is kept outside
EVENT = "audit_auditevent"
SUBJECT = "audit_auditsubject"
EDITS: dict[str, Sequence[tuple[str, str]]] = {
    EVENT: (
        ("act", "'page.casefile:list'"), ("refused", "not refused"), ("reason", "reason || '.'"), ("files", "9"),
        ("user_id", "gen_random_uuid()"), ("user_id", "null"), ("file", "gen_random_uuid()"), ("through", "'share'"),
        ("request_id", "gen_random_uuid()"), ("at", "at + interval '1 microsecond'"), ("id", "gen_random_uuid()"),
    ),
    SUBJECT: (
        ("act", "'page.casefile:list'"), ("case_id", "gen_random_uuid()"), ("user_id", "gen_random_uuid()"),
        ("event_id", "gen_random_uuid()"), ("through", "'share'"), ("at", "at - interval '1 second'"),
        ("id", "id + 900000"),
    ),
}  # fmt: skip
SEALED = (
    "rows = rows - 1", "root = sha256(root)", "upto = upto + 1", "first_at = first_at - interval '1 day'",
    "signature = sha256(signature) || sha256(root)", "previous = root", "at = at - interval '1 hour'",
)  # fmt: skip
Affected = list[int]


class Attack:
    """A superuser at work on the record, on the connection of the try; `rng` decides what is touched."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.cursor = connections["default"].cursor()
        self.cursor.execute("set local session_replication_role = replica")  # no trigger fires any more
        self.cursor.execute(f"select {COLUMNS} from audit_auditseal order by number")
        self.seals = [read(row) for row in self.cursor.fetchall()]

    def ask(self, statement: str, *values: Any) -> list[Any]:
        self.cursor.execute(statement, values)
        return self.cursor.fetchall() if self.cursor.description else []

    def row(self, table: str = "", seal: Seal | None = None) -> tuple[str, Any, Seal]:
        """A row that is sealed, in which table, and its seal."""
        while True:
            chosen, where = seal or self.rng.choice(self.seals), table or self.rng.choice((EVENT, SUBJECT))
            found = self.ask(
                f"select id from {where} where mark >= %s and mark < %s order by id", chosen.since, chosen.upto
            )
            if found:
                return where, self.rng.choice(found)[0], chosen

    def edit(self) -> Affected:
        table, key, seal = self.row()
        column, value = self.rng.choice(EDITS[table])
        self.ask(f"update {table} set {column} = {value} where id = %s and {column} is distinct from {value}", key)
        if not self.cursor.rowcount:
            return self.edit()
        return [seal.number]

    def delete(self) -> Affected:
        table, key, seal = self.row()
        self.ask(f"delete from {table} where id = %s", key)
        return [seal.number]

    def insert(self) -> Affected:
        table, key, seal = self.row()
        new = "gen_random_uuid()" if table == EVENT else "id + 500000"
        asked = "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and attname <> 'id'"
        rest = ", ".join(name for (name,) in self.ask(asked, table))
        self.ask(f"insert into {table} (id, {rest}) select {new}, {rest} from {table} where id = %s", key)
        return [seal.number]

    def reorder(self) -> Affected:
        """Two rows change places: in the order, in the batch, or in what they say."""
        table = self.rng.choice((EVENT, SUBJECT))
        (_one, first, before), (_other, second, after) = self.row(table), self.row(table)
        columns = self.rng.choice(("mark", "at, act, user_id"))
        assert all(name.strip().isalpha() or "_" in name for name in columns.split(","))
        rows = [self.ask(f"select {columns} from {table} where id = %s", key)[0] for key in (first, second)]
        if first == second or rows[0] == rows[1]:
            return self.reorder()
        for key, values in ((first, rows[1]), (second, rows[0])):
            told = ", ".join(f"{name.strip()} = %s" for name in columns.split(","))
            self.ask(f"update {table} set {told} where id = %s", *values, key)
        return sorted({before.number, after.number})

    def backdate(self) -> Affected:
        """A row is dated back, or a new one is written that says it is old."""
        if self.rng.random() < 0.5:
            table, key, seal = self.row()
            self.ask(f"update {table} set at = at - interval '40 days' where id = %s", key)
            return [seal.number]
        # In the auditor's own agency: of another only the hash goes out, and the seal tells of it a minute later.
        own = "watcher = (select audit_principal from accounts_agency where code = 'balise')"
        key = self.rng.choice(self.ask(f"select id from {EVENT} where {own} order by id"))[0]
        self.ask(
            f"insert into {EVENT} (id, at, user_id, watcher, act, refused, reason, request_id, mark)"
            " select gen_random_uuid(), at - interval '40 days', user_id, watcher, act, false, '', request_id, %s"
            f" from {EVENT} where id = %s", self.seals[-1].upto + 5, key,
        )  # fmt: skip
        return [self.seals[-1].number + 1]

    def drop_a_seal(self) -> Affected:
        seal = self.rng.choice([self.seals[0], self.rng.choice(self.seals), self.seals[-1]])
        self.ask("delete from audit_auditseal where number = %s", seal.number)
        return [seal.number]

    def change_a_seal(self) -> Affected:
        seal = self.rng.choice(self.seals)
        self.ask(f"update audit_auditseal set {self.rng.choice(SEALED)} where number = %s", seal.number)
        return [seal.number]

    def rewrite_all(self) -> Affected:
        """What was done is changed, and all from there on is sealed anew: with another key, the true one, or none."""
        _table, _key, seal = self.row()
        self.ask(f"update {EVENT} set act = act || 'x' where mark >= %s and mark < %s", seal.since, seal.upto)
        seed = self.rng.choice([self.rng.randbytes(32), keyring.provider().root("server:audit"), b""])
        self._seal_anew(seal.number, seed)
        return [seal.number]

    def _seal_anew(self, number: int, seed: bytes) -> None:
        kept = self.seals[: number - 1]
        previous = kept[-1].head if kept else bytes(32)
        for old in self.seals[number - 1 :]:
            signature = self.ask("select signature from audit_auditseal where number = %s", old.number)[0][0]
            tree = Tree()
            for (leaf,) in self.ask("select leaf from havre.record_leaves(%s, %s)", old.since, old.upto):
                tree.add(bytes(leaf))
            key = signing.public_of(seed) if seed else old.key
            facts = (old.number, tree.size, old.since, old.upto, old.first_at, old.last_at, old.at)
            seal = Seal(*facts, tree.root(), previous, key)
            signature = signing.sign(seed, seal.words.encode()) if seed else signature
            self.ask("delete from audit_auditseal where number = %s", old.number)
            self.ask(KEEP, *facts, seal.root, seal.previous, seal.key, signature)
            previous = seal.head

    def cut_the_tail(self) -> Affected:
        """The end goes with its seals; sometimes the house works on, and seals what it does."""
        seal = self.rng.choice(self.seals[1:])
        for table in (EVENT, SUBJECT):
            self.ask(f"delete from {table} where mark >= %s", seal.since)
        self.ask("delete from audit_auditseal where number >= %s", seal.number)
        if self.rng.random() < 0.5:
            self._work_on(seal)
        return [seal.number]

    def _work_on(self, cut: Seal) -> None:
        """As many batches as were cut, true in themselves."""
        for old in self.seals[cut.number - 1 :]:
            self.ask(
                f"insert into {EVENT} (id, at, act, refused, reason, request_id, mark)"
                " values (gen_random_uuid(), now(), 'page.casefile:case', false, '', gen_random_uuid(), %s)", old.since,
            )  # fmt: skip
            self.ask(
                KEEP, old.number, 1, old.since, old.upto, old.first_at, old.last_at, old.at, b"", b"", old.key, b""
            )
        self._seal_anew(cut.number, keyring.provider().root("server:audit"))


KINDS: dict[str, Callable[[Attack], Affected]] = {
    "edit": Attack.edit,
    "delete": Attack.delete,
    "insert": Attack.insert,
    "reorder": Attack.reorder,
    "backdate": Attack.backdate,
    "drop a seal": Attack.drop_a_seal,
    "change a seal": Attack.change_a_seal,
    "rewrite all": Attack.rewrite_all,
    "cut the tail": Attack.cut_the_tail,
}


class Undo(Exception):
    """What was tried is taken back."""


def attempt(number: int, auditor: Any, heads: dict[int, set[bytes]]) -> tuple[str, bool, str]:
    """One try: its kind, whether it was found where it was made, and what the verifier said first."""
    rng = random.Random(f"tampering|{number}")
    kind = list(KINDS)[number % len(KINDS)]
    report, affected = Report(), [0]
    try:
        with transaction.atomic():
            affected = KINDS[kind](Attack(rng))
            report = checked(auditor, heads)
            raise Undo
    except Undo:
        pass
    named = all(any(fault.batch <= each <= max(fault.to, fault.batch) for fault in report.faults) for each in affected)
    return kind, bool(report.faults) and named, str(report.faults[0]) if report.faults else "nothing"


def checked(auditor: Any, heads: dict[int, set[bytes]]) -> Report:
    """What the verifier says of the record as it stands."""
    from havre.platform.accounts.claims import acting_as

    out = BytesIO()
    with acting_as(auditor):
        export_record(out, by=auditor)
    lines = decompress(out.getvalue()).decode().splitlines()
    return verify(lines, [keyring.provider().public("audit")], heads)


def kept_outside() -> dict[int, set[bytes]]:
    """The heads that somebody has on paper: one of eight, and the last."""
    with connections["default"].cursor() as cursor:
        cursor.execute(f"select {COLUMNS} from audit_auditseal order by number")
        seals = [read(row) for row in cursor.fetchall()]
    return {each.number: {each.head} for each in seals if each.number % KEPT == 0 or each is seals[-1]}


def write_record(agencies: Sequence[Any], batches: int = BATCHES, rows: int = ROWS) -> None:
    """So many batches of the work of two agencies, sealed one after the other."""
    from havre.platform.audit import sealing

    rng = random.Random("record")
    begun = sealing.seal()
    people = [(house.audit_principal, uuid.UUID(int=rng.getrandbits(128))) for house in agencies for _ in range(6)]
    for _number in range(begun, batches):
        with transaction.atomic(), connections["default"].cursor() as cursor:
            for _row in range(rows // 3):
                _one(cursor, rng, *rng.choice(people), timedelta(seconds=rng.randint(0, 40)))
        while not sealing.seal():  # somebody else is still writing in this server
            time.sleep(0.2)


def _one(cursor: Any, rng: random.Random, watcher: int, user: uuid.UUID, ago: timedelta) -> None:
    event, act = uuid.UUID(int=rng.getrandbits(128)), rng.choice(("page.casefile:case", "note.add", "search.names"))
    cursor.execute(
        f"insert into {EVENT} (id, at, user_id, watcher, act, refused, reason, request_id, files)"
        " values (%s, now() - %s, %s, %s, %s, %s, %s, gen_random_uuid(), 2)",
        [event, ago, user, watcher, act, rng.random() < 0.05, rng.choice(("", "needs case.read", "é “x”\n"))],
    )
    cursor.execute(
        f"insert into {SUBJECT} (event_id, case_id, at, user_id, watcher, act)"
        " select %s, gen_random_uuid(), now() - %s, %s, %s, %s from generate_series(1, 2)",
        [event, ago, user, watcher, act],
    )


@contextmanager
def as_superuser() -> Iterator[None]:
    """Django's connection is for once that of whoever owns the server: no policy binds it."""
    held, owner = connections["default"].settings_dict, connections["owner"].settings_dict
    saved = dict(held)
    connections["default"].close()
    held.update({**owner, "OPTIONS": {k: v for k, v in owner["OPTIONS"].items() if k != "options"}})
    try:
        yield
    finally:
        connections["default"].close()
        held.clear()
        held.update(saved)


def people() -> tuple[Any, Sequence[Any]]:
    """The auditor and the two agencies of this record."""
    from havre.platform.accounts.founding import found_agency, found_user
    from havre.platform.accounts.models import Agency, User

    if not Agency.objects.filter(code="balise").exists():
        house = found_agency("balise", "Maison Balise", "FR", using="default")
        found_agency("phare", "Le Phare", "FR", using="default")
        found_user(house, "dao", "Dao T.", "auditor", "a quiet harbour at dawn", using="default")
    return User.objects.select_related("agency").get(login="dao"), list(Agency.objects.order_by("code"))
