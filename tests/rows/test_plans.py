"""The planner asks the access table once for each row, and never reads a whole caseload to show fifty."""

import pytest

from .matrix import lines

LIST = """
    select c.* from (select case_id, opened from people_caseaccess order by opened desc, case_id limit 50) mine
    join people_case c on c.id = mine.case_id"""
QUESTIONS = [LIST, *(f"select * from {table} limit 50" for table in sorted(lines()))]
MANY = """
    insert into people_person (id, agency_id, reference)
      select gen_random_uuid(), %(agency)s, 'P' || n from generate_series(1, 8000) n;
    insert into people_case (id, person_id, agency_id, owner_id, reference, state, opened_on, cohort_year)
      select gen_random_uuid(), id, agency_id, %(owner)s, 'C' || reference, 'S0', current_date, 2026
      from people_person where reference like 'P%%';
    insert into people_caseaccess (id, case_id, person_id, principal, compartments, level, opened)
      select gen_random_uuid(), id, person_id, %(principal)s + 1000 * (row_number() over () %% 400), 63, 'write',
        opened_on
      from people_case where reference like 'CP%%'"""


@pytest.fixture
def crowded(stage):
    """Boris holds twenty cases of eight thousand."""
    boris = stage.world.users["boris"]
    stage.become("havre_owner")
    for part in MANY.split(";"):
        values = {"agency": boris.agency_id, "owner": boris.pk, "principal": boris.principal}
        stage.asked.execute(part, {name: value for name, value in values.items() if f"%({name})" in part} or None)
    stage.own("analyze people_caseaccess; analyze people_case; analyze people_person")
    return stage


def plan(stage, question):
    return "\n".join(line for (line,) in stage.ask("boris", f"explain {question}"))


def test_no_policy_hashes_a_caseload(crowded):
    for question in QUESTIONS:
        assert "hashed" not in plan(crowded, question), question


def test_the_list_reads_the_index_of_the_caseload(crowded):
    assert "caseload" in plan(crowded, LIST)
    assert "Seq Scan on people_case " not in plan(crowded, LIST)


def test_claims_are_asked_once_for_each_statement(crowded):
    text = plan(crowded, LIST)
    assert "InitPlan" in text and "havre.principals" not in text and "havre.actor" not in text


def test_without_offset_0_it_would_be_hashed(crowded):
    """The test above can see the fault it is there for."""
    text = "exists (select 1 from people_caseaccess a where a.case_id = people_case.id and a.compartments & 1 <> 0)"
    crowded.own(f"alter policy may_select on people_case using ({text})")
    assert "hashed" in plan(crowded, "select * from people_case")
