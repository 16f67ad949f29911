"""Each policy taken away in turn: the matrix, or the rule that the policy alone holds, no longer comes out right."""

import re

import pytest

from havre.platform.database.policies import statements

from .matrix import Row, answered, expected, lines, stored
from .world import EVERYBODY, NOBODY, Stage, enter

MADE = re.findall(r"create policy (\w+) on (\w+)", "\n".join(statements()))
ROWS = [(policy, table) for policy, table in MADE if policy.startswith("may_")]
FLOORS = [table for policy, table in MADE if policy == "floor"]
BACKUPS = [table for policy, table in MADE if policy == "backup"]


def same(stage: Stage, table: str) -> bool:
    """True when every persona reaches what is written down; the first difference ends the asking."""
    stage.become("havre_owner")
    rows = stored(stage.asked, table)
    return all(_as_written(stage, table, rows, login) for login in EVERYBODY)


def _as_written(stage: Stage, table: str, rows: list[Row], login: str) -> bool:
    enter(stage.asked, stage.world.tokens.get(login, ""))
    stage.become("havre_app")
    return answered(stage.asked, table, rows, login) == expected(stage.world, lines()[table], rows, login)


def open_to_nobody(stage: Stage, table: str) -> bool:
    """True when whoever brings no session reaches nothing, though a careless policy lets everything through."""
    stage.own(f"create policy careless on {table} for all to havre_app using (true) with check (true)")
    stage.own(f"grant select, insert, update, delete on {table} to havre_app")
    rows = stored(stage.asked, table)
    enter(stage.asked, "")
    stage.become("havre_app")
    return not any(answered(stage.asked, table, rows, NOBODY).values())


def backed_up(stage: Stage, table: str) -> bool:
    """True when the backup holds every row."""
    question = f"select count(*) from {table}"
    return stage.back_up(question) == stage.own(question)


def test_the_database_has_the_policies_of_the_code_and_no_other(stage):
    assert sorted(stage.own("select policyname, tablename from pg_policies where schemaname = 'public'")) == sorted(
        MADE
    )


@pytest.mark.parametrize("policy, table", ROWS)
def test_a_policy_that_is_missing_changes_who_reaches_what(stage, policy, table):
    stage.own(f"drop policy {policy} on {table}")
    assert not same(stage, table)


@pytest.mark.parametrize("table", sorted(lines()))
def test_a_table_whose_policies_are_off_changes_who_reaches_what(stage, table):
    assert same(stage, table)
    stage.own(f"alter table {table} disable row level security")
    assert not same(stage, table)


@pytest.mark.parametrize("table", FLOORS)
def test_the_floor_holds_under_a_careless_policy_and_nothing_else_does(stage, table):
    assert open_to_nobody(stage, table)
    stage.own(f"drop policy floor on {table}; drop policy careless on {table}")
    assert not open_to_nobody(stage, table)


@pytest.mark.parametrize("table", BACKUPS)
def test_the_backup_sees_all_by_its_own_policy_alone(stage, table):
    assert backed_up(stage, table)
    stage.own(f"drop policy backup on {table}")
    assert not backed_up(stage, table)
