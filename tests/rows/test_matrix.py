"""Every guarded table × persona × verb, as plain SQL on connections of the application's own role."""

import pytest
from django.db import connection

from havre.platform.database.policies import tables
from havre.platform.database.rows import CaseRows, NamedRows, OwnRows, Unguarded
from havre.platform.keeping.rows import KeptRows

from .matrix import answered, expected, lines, stored
from .world import EVERYBODY, LOGINS, session

GUARDED = sorted(table for table, rows in tables().items() if not isinstance(rows, Unguarded))


def test_tables_csv_has_a_line_for_each_guarded_table_and_no_other():
    assert sorted(lines()) == GUARDED


@pytest.mark.parametrize("table", GUARDED)
def test_what_a_model_declares_is_what_was_written_down(table):
    rows, line = tables()[table], lines()[table]
    assert set(rows.writes) == set(line.writes)
    if isinstance(rows, CaseRows):
        compartment = "per row" if rows.per_row else rows.compartment.name
        by = "named" if isinstance(rows, NamedRows) else rows.key.removesuffix("_id")
        assert (line.by, line.column, line.compartment) == (by, rows.column, compartment)
    elif isinstance(rows, OwnRows):
        assert (line.by, line.column) == ("own", rows.column)
    elif isinstance(rows, KeptRows):
        assert (line.by, line.column) == ("card", "owner_id")


@pytest.mark.parametrize("table", GUARDED)
def test_each_persona_reaches_exactly_their_rows(world, table):
    with world.owner() as owner:
        rows = stored(owner, table)
    assert rows, f"tests/filling.py puts no row into {table}"
    for login in EVERYBODY:
        with session(world, login) as asked:
            assert answered(asked, table, rows, login) == expected(world, lines()[table], rows, login), login


@pytest.mark.parametrize("table", GUARDED)
def test_the_register_holds_rows_that_tell_personas_apart(world, table):
    """A matrix in which everybody sees the same would prove nothing."""
    with world.owner() as owner:
        rows = stored(owner, table)
    seen = {expected(world, lines()[table], rows, login)[login, "select"] for login in LOGINS}
    # Health opens to the one nurse of the register; the record to its auditor, accounts to their administrator,
    # cards and what is kept of them to whole agencies.
    two = (
        lines()[table].by in ("event", "account", "card", "house", "host", "suggestion")
        or lines()[table].compartment == "HEALTH"
    )
    assert len(seen) >= (2 if two else 3)


def test_the_background_worker_has_the_same_rows_as_the_application(world):
    for table in GUARDED:
        with world.owner() as owner:
            rows = stored(owner, table)
        with session(world, "amina", "havre_worker") as asked:
            assert answered(asked, table, rows, "amina") == expected(world, lines()[table], rows, "amina"), table


def test_the_statistics_role_reaches_no_table_at_all(world):
    with world.owner() as owner:
        question = (
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v')"
            " and has_table_privilege('havre_stats', oid, 'select')"
        )
        assert owner.execute(question).fetchall() == []


def test_an_unguarded_table_says_why(db):
    assert not [table for table, rows in tables().items() if isinstance(rows, Unguarded) and not rows.reason]


def test_every_table_of_the_database_has_a_rule(db):
    with connection.cursor() as cursor:
        kinds = "relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'm', 'f', 'v')"
        cursor.execute(f"select relname from pg_class where {kinds}")
        assert {name for (name,) in cursor.fetchall()} == set(tables())
