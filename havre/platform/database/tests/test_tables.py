"""An empty database gets the very tables that the migrations, one by one, lead to."""

from __future__ import annotations

import re

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections

from havre.platform.database import setup
from havre.platform.database.tables import bring_up
from tests import harness

COLUMNS = """select table_name, column_name, data_type, udt_name, character_maximum_length, numeric_precision,
  is_nullable, column_default, identity_generation from information_schema.columns where table_schema = 'public'"""
RULES = """select conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint
  where connamespace = 'public'::regnamespace and contype <> 'n'"""  # whether a column may be null stands above
# A table that was renamed keeps the names of its keys: what they hold counts.
INDEXES = """select tablename, replace(indexdef, indexname, '') from pg_indexes where schemaname = 'public'"""
TRIGGERS = "select tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal"
SEQUENCES = "select sequencename, data_type::text from pg_sequences where schemaname = 'public'"


def _plain(row):
    """A row without the casts of PostgreSQL: a column that was widened keeps others than one that was born wide."""
    return tuple(
        re.sub(r"::character varying|::text(\[\])?|[()]", "", each) if isinstance(each, str) else each for each in row
    )


def made(name, make):
    """What stands in a new database after `make`."""
    with psycopg.connect(harness.CLUSTER.url("postgres"), autocommit=True) as admin:
        admin.execute(f"create database {name}")
        try:
            setup.make_roles(harness.CLUSTER.url(name), harness.PASSWORDS)
            owner = connections["owner"]
            owner.close()
            saved, owner.settings_dict["NAME"] = owner.settings_dict["NAME"], name
            try:
                make()
            finally:
                owner.close()
                owner.settings_dict["NAME"] = saved
            with psycopg.connect(harness.CLUSTER.url(name)) as there:
                asked = (COLUMNS, RULES, INDEXES, TRIGGERS, SEQUENCES)
                return [{_plain(row) for row in there.execute(question).fetchall()} for question in asked]
        finally:
            admin.execute(f"drop database {name} with (force)")


@pytest.mark.long
def test_both_ways_lead_to_the_same_tables(django_db_blocker):
    with django_db_blocker.unblock():
        built = made("built", lambda: bring_up("owner"))
        migrated = made("migrated", lambda: call_command("migrate", database="owner", verbosity=0, interactive=False))
    for one, other in zip(built, migrated, strict=True):
        assert sorted(one ^ other) == []
