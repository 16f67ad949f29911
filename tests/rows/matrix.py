"""Who reaches which rows of a table by which verb: as it is written down in tables.csv, and as the database answers."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from havre.platform.permissions import Compartment

from .world import LOGINS, NOBODY, World

VERBS = ("select", "insert", "update", "delete")
Rows = frozenset[str]
Matrix = dict[tuple[str, str], Rows]


@dataclass(frozen=True)
class Line:
    """One table, as a person wrote it down."""

    table: str
    by: str
    column: str
    compartment: str
    writes: tuple[str, ...]


def lines() -> dict[str, Line]:
    """The list tables.csv by table."""
    with (Path(__file__).parent / "tables.csv").open() as file:
        rows = [Line(**{**row, "writes": tuple(row["writes"].split())}) for row in csv.DictReader(file)]
    return {line.table: line for line in rows}


def private(table: str) -> str:
    """The condition for the rows that are not for everybody: a public card is read without an account."""
    return "visibility > 0" if lines()[table].by == "card" else "true"


@dataclass(frozen=True)
class Row:
    """A stored row as the owner sees it."""

    key: str
    body: str

    def __getitem__(self, column: str) -> object:
        return json.loads(self.body)[column]


def stored(asked: psycopg.Connection, table: str) -> list[Row]:
    """Every row of a table; asked as somebody whom no policy binds."""
    return [
        Row(key, body)
        for key, body in asked.execute(f"select {key_of(asked, table)}::text, to_jsonb(t)::text from {table} t")
    ]


def key_of(asked: psycopg.Connection, table: str) -> str:
    """The column of the primary key."""
    return asked.execute(
        "select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]"
        " where i.indrelid = %s::regclass and i.indisprimary",
        [table],
    ).fetchone()[0]


# What is written down


def _case(world: World, line: Line, login: str, row: Row, write: bool) -> bool:
    mask = row["compartment"] if line.compartment == "per row" else int(Compartment[line.compartment])
    return any(
        row[line.column] == str(reach.person if line.by == "person" else reach.case)
        and reach.compartments & mask
        and (reach.write or not write)
        for reach in world.reach(login)
    )


def _named(world: World, line: Line, login: str, row: Row, write: bool) -> bool:
    """As a row of the case, and only for those it names."""
    return bool(set(row["readers"]) & world.principals(login)) and _case(world, line, login, row, write)


def _own(world: World, line: Line, login: str, row: Row, write: bool) -> bool:
    return login in LOGINS and row[line.column] == str(world.users[login].pk)


def _address(world: World, line: Line, login: str, row: Row, write: bool) -> bool:
    """One's own; and of the whole agency for whoever administers its accounts."""
    house = {str(user.pk) for user in world.users.values() if user.agency.code == "balise"}
    return row[line.column] in house if login == "ferdinand" else _own(world, line, login, row, write)


def _glass(world: World, line: Line, login: str, row: Row, write: bool) -> bool:
    """Whoever opened a file in an emergency, whoever looks after it, and whoever reviews for that agency."""
    if login == "ines":
        return row["agency_id"] == str(world.users[login].agency_id)
    return login in LOGINS and str(world.users[login].pk) in (row["user_id"], row["owner_id"])


def _agreement(world: World, line: Line, login: str, row: Row, write: bool) -> bool:
    """Whoever asked, and whoever may answer for the agency: supervisors and the data-protection lead."""
    if login in ("chloe", "boris", "ines"):
        return row["agency_id"] == str(world.users[login].agency_id)
    return _own(world, line, login, row, write)


def _access(world: World, line: Line, login: str, row: Row, write: bool) -> bool:
    return row[line.column] in world.principals(login)


def _key(world: World, line: Line, login: str, row: Row, write: bool) -> bool:
    subjects = {
        str(each) for reach in world.reach(login) if reach.write or not write for each in (reach.case, reach.person)
    }
    return row[line.column] in subjects or _own(world, line, login, row, write)


def _event(world: World, line: Line, login: str, row: Row, write: bool) -> bool:
    """Read by the auditors of the agency, written about oneself."""
    return (
        row["user_id"] == str(world.users[login].pk)
        if write and login in LOGINS
        else row["watcher"] in world.principals(login)
    )


def _subject(world: World, line: Line, login: str, row: Row, write: bool) -> bool:
    """As an event; and whoever may see a file may see who saw it."""
    shown = not write and row["case_id"] in {str(reach.case) for reach in world.reach(login)}
    return shown or _event(world, line, login, row, write)


def _account(world: World, line: Line, login: str, row: Row, write: bool) -> bool:
    """Read by the administrators of the agency; what was done to an account by its auditors too."""
    house = login in LOGINS and row[line.column] == str(world.users[login].agency_id)
    return house and (login == "ferdinand" or (login in ("dao", "ines") and line.table == "accounts_accountchange"))


def _house(world: World, line: Line, login: str, row: Row, write: bool) -> bool:
    """Whoever works in the agency of that column."""
    return login in LOGINS and row[line.column] == str(world.users[login].agency_id)


def _host(world: World, line: Line, login: str, row: Row, write: bool) -> bool:
    """Read by whoever works in the agency, said by its administrators."""
    return _house(world, line, login, row, write) and (not write or login == "ferdinand")


def _suggestion(world: World, line: Line, login: str, row: Row, write: bool) -> bool:
    """Made in one's own name; read by the agency that made it and by the one that keeps the card."""
    made = login in LOGINS and row["agency_id"] == str(world.users[login].agency_id)
    return (
        _own(world, Line(line.table, "own", "user_id", "", ()), login, row, write)
        if write
        else made or _house(world, line, login, row, write)
    )


def _card(world: World, line: Line, login: str, row: Row, write: bool) -> bool:
    """Written by its keeper; read by everybody, who works here, vetted agencies (the lighthouse is one), its keeper."""
    house = login in LOGINS and row[line.column] == str(world.users[login].agency_id)
    reach = 0 if login == NOBODY else 2 if world.users[login].agency.code == "phare" else 1
    return house or (not write and int(str(row["visibility"])) <= reach)


def _place(world: World, line: Line, login: str, row: Row, write: bool) -> bool:
    """Where a confidential place is: for those of its keeper who see the whole agency."""
    return login in ("chloe", "boris") and row[line.column] == str(world.users[login].agency_id)


WAYS: dict[str, Callable[[World, Line, str, Row, bool], bool]] = {
    "case": _case, "named": _named, "person": _case, "own": _own, "access": _access, "key": _key, "event": _event,
    "subject": _subject, "account": _account, "address": _address, "glass": _glass,
    "house": _house, "suggestion": _suggestion, "card": _card, "place": _place,
    "agreement": _agreement, "host": _host,
}  # fmt: skip


def expected(world: World, line: Line, rows: list[Row], login: str) -> Matrix:
    """The rows a persona must reach, by verb."""

    def reached(verb: str) -> Rows:
        if verb != "select" and verb not in line.writes:
            return frozenset()
        return frozenset(row.key for row in rows if WAYS[line.by](world, line, login, row, verb != "select"))

    return {(login, verb): reached(verb) for verb in VERBS}


# What the database answers

ADMITS = """
create or replace function pg_temp.admitted(t regclass, bodies jsonb[], key text) returns setof text
language plpgsql as $$
declare body jsonb;
begin
  foreach body in array bodies loop
    begin
      execute format('insert into %s select (jsonb_populate_record(null::%s, $1)).*', t, t) using body;
      return next body ->> key;
    exception
      when insufficient_privilege then null;
      -- The policy let it in; the row stands there already.
      when unique_violation then return next body ->> key;
    end;
  end loop;
end $$"""


def answered(asked: psycopg.Connection, table: str, rows: list[Row], login: str) -> Matrix:
    """The rows a persona reaches, by verb, on a connection that has their token already; nothing is kept of it."""
    key = key_of(asked, table)
    asked.execute(ADMITS)
    questions = {
        "select": (f"select {key}::text from {table}", []),
        "insert": ("select pg_temp.admitted(%s, %s::jsonb[], %s)", [table, [row.body for row in rows], key]),
        "update": (f"update {table} set {key} = {key} returning {key}::text", []),
        "delete": (f"delete from {table} returning {key}::text", []),
    }
    return {(login, verb): _keys(asked, *questions[verb]) for verb in VERBS}


def _keys(asked: psycopg.Connection, question: str, values: list[object]) -> Rows:
    try:
        with asked.transaction(force_rollback=True):
            return frozenset(row[0] for row in asked.execute(question.encode(), values or None))
    except psycopg.errors.InsufficientPrivilege:
        return frozenset()
