"""A grant opens the parts it names and no other; reading is not writing."""

import pytest

from havre.platform.permissions import Compartment

from .matrix import VERBS, Matrix, answered, lines, stored
from .world import Stage, enter

BY_CASE = {table: line for table, line in lines().items() if line.compartment}


def narrow(stage: Stage, login: str, compartments: int, level: str = "write") -> None:
    """From now on this persona's own rows of access name these compartments."""
    principals = list(stage.world.principals(login))
    stage.own(
        "update people_caseaccess set compartments = %s, level = %s where principal = any(%s)",
        compartments,
        level,
        principals,
    )


def found(stage: Stage, table: str, login: str = "boris") -> Matrix:
    stage.become("havre_owner")
    rows = stored(stage.asked, table)
    enter(stage.asked, stage.world.tokens[login])
    stage.become("havre_app")
    return answered(stage.asked, table, rows, login)


@pytest.mark.parametrize("compartment", Compartment)
def test_one_compartment_opens_its_own_tables_only(stage, compartment):
    narrow(stage, "boris", int(compartment))
    opened = {table for table, line in BY_CASE.items() if found(stage, table)["boris", "select"]}
    assert opened == {table for table, line in BY_CASE.items() if line.compartment in (compartment.name, "per row")}


@pytest.mark.parametrize("compartment", Compartment)
def test_a_note_is_seen_in_its_own_compartment_only(stage, compartment):
    narrow(stage, "boris", int(compartment))
    assert stage.ask("boris", "select distinct compartment from people_casenote") == [(int(compartment),)]


def test_facts_alone_show_no_name_no_place_and_no_legal_note(stage):
    narrow(stage, "boris", int(Compartment.FACTS))
    for table in ("people_personname", "people_personidentity", "people_personcontact", "people_personplace"):
        assert stage.ask("boris", f"select 1 from {table}") == []
    legal = int(Compartment.LEGAL)
    assert stage.ask("boris", "select 1 from people_casenote where compartment = %s", legal) == []


@pytest.mark.parametrize("table", sorted(BY_CASE))
def test_who_may_read_only_writes_nothing(stage, table):
    narrow(stage, "boris", 63, "read")
    answer = found(stage, table)
    assert answer["boris", "select"]
    assert not any(answer["boris", verb] for verb in VERBS if verb != "select")
