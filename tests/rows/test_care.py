"""The nurse sees no address, the lawyer no diagnosis, and a restricted result is read by those it names: in SQL."""

import pytest

from .matrix import lines
from .world import Stage

PART = {line.table: line.compartment for line in lines().values()}
HEALTH = sorted(table for table, part in PART.items() if part == "HEALTH")
ADDRESS = sorted(table for table, part in PART.items() if part == "WHEREABOUTS")
RESULT = "health_restrictedresult"


def rows(stage: Stage, login: str, table: str) -> int:
    return stage.ask(login, f"select count(*) from {table}")[0][0]


def name(stage: Stage, *logins: str) -> None:
    """From now on these alone are named in every restricted result."""
    readers = [stage.world.users[login].principal for login in logins]
    stage.own(f"update {RESULT} set readers = %s::bigint[]", readers)


@pytest.mark.parametrize("table", HEALTH)
def test_the_nurse_reads_the_health_of_those_she_was_asked_to_see(stage, table):
    assert rows(stage, "hana", table) == 1


@pytest.mark.parametrize("table", ADDRESS)
def test_the_nurse_sees_no_address_and_no_way_to_reach_anybody(stage, table):
    assert rows(stage, "hana", table) == 0 and rows(stage, "amina", table) > 0


def test_the_nurse_knows_the_name_of_the_person_before_her(stage):
    assert rows(stage, "hana", "people_personname") > 0


@pytest.mark.parametrize("login", ["lucas", "chloe", "noor", "amina", "gita"])
@pytest.mark.parametrize("table", HEALTH)
def test_nobody_else_reads_a_diagnosis(stage, login, table):
    assert rows(stage, login, table) == 0


@pytest.mark.parametrize("login", ["lucas", "chloe", "noor", "amina", "hana"])
def test_everybody_of_the_file_reads_whether_the_person_may_travel(stage, login):
    assert rows(stage, login, "health_fitness") > 0


@pytest.mark.parametrize("table", ["children_circumstances", "children_guardian", "children_bestinterest"])
def test_what_is_about_children_is_read_by_those_who_look_after_them(stage, table):
    assert rows(stage, "noor", table) == 1
    assert rows(stage, "hana", table) == rows(stage, "lucas", table) == 0


def test_a_nurse_who_is_not_named_does_not_see_the_result(stage):
    name(stage, "amina")
    assert rows(stage, "hana", RESULT) == 0 and rows(stage, "hana", "health_healthrecord") == 1


def test_whoever_is_named_without_the_health_part_does_not_see_it_either(stage):
    name(stage, "amina", "chloe", "lucas")
    assert {login: rows(stage, login, RESULT) for login in ("amina", "chloe", "lucas")} == {
        "amina": 0,
        "chloe": 0,
        "lucas": 0,
    }


def test_nobody_names_themselves(stage):
    name(stage, "amina")
    mine = stage.world.users["hana"].principal
    assert stage.ask("hana", f"update {RESULT} set readers = readers || %s::bigint returning 1", mine) == []


def test_a_reader_names_another_and_cannot_leave_the_row_to_strangers(stage):
    hana, ines = stage.world.users["hana"].principal, stage.world.users["noor"].principal
    change = f"update {RESULT} set readers = %s::bigint[] returning 1"
    assert stage.ask("hana", change, [hana, ines]) == [(1,)]
    assert "row-level security" in stage.refused("hana", change, [ines])


def test_a_result_is_written_down_by_somebody_it_names(stage):
    columns = "id, case_id, by_id, at, test, consented_on, counselled_on, result, version"
    copied = f"gen_random_uuid(), {columns.removeprefix('id, ')}"
    add = f"insert into {RESULT} ({columns}, readers) select {copied}, %s::bigint[] from {RESULT}"
    hana, amina = stage.world.users["hana"].principal, stage.world.users["amina"].principal
    assert "row-level security" in stage.refused("hana", add, [amina])
    assert stage.refused("hana", add, [amina, hana]) == ""
