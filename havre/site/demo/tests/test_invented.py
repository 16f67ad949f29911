"""The invented people keep to the lists and the rules of the program, and are the same each time."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from havre.cases.people.rules.consent import is_child
from havre.cases.screening import questionnaire
from havre.kernel import places, references
from havre.kernel.vocabularies import load
from havre.platform.permissions import ROLES, Permission
from havre.site.demo.founding import PERSONAS
from havre.site.demo.people import MINE, born, invent
from havre.site.demo.tables import table

TODAY = date(2026, 3, 12)
PEOPLE = invent(500, TODAY)


def frame(people):
    return [(each.full, each.age, each.case_reference, each.worker, each.stages) for each in people]


def test_the_same_people_are_invented_each_time():
    assert frame(invent(500, TODAY)) == frame(PEOPLE)


def test_a_larger_register_begins_with_the_same_people():
    assert frame(invent(60, TODAY)) == frame(PEOPLE[:60])


def test_no_reference_is_drawn_twice_and_each_can_be_said_on_a_telephone():
    drawn = [each for person in PEOPLE for each in (person.case_reference, person.person_reference)]
    assert len(set(drawn)) == 1000
    assert [each for each in drawn if references.clean(each) != each] == []


def test_every_step_is_one_of_the_list_and_no_day_lies_ahead():
    allowed = {(row["from"], row["to"]) for row in load("case_transitions").rows}
    for person in PEOPLE:
        assert {*pairwise(person.path)} <= allowed
        days = [day for _state, day in person.stages]
        assert days == sorted(days) and days[-1] <= TODAY


def test_a_child_is_one_for_the_program():
    children = [person for person in PEOPLE if person.is_child]
    assert children and all(is_child(born(each, TODAY).year, False, TODAY) or each.age == 17 for each in children)


def test_amina_looks_after_as_many_people_as_on_the_picture():
    hers = [person for person in PEOPLE if person.worker == MINE and person.state != "S13"]
    assert len(hers) == 23


def test_every_state_and_every_mark_is_there():
    assert {person.state for person in PEOPLE} == set(load("case_states"))
    assert any(each.refused for each in PEOPLE) and any(each.restricted for each in PEOPLE)
    assert any(each.imported for each in PEOPLE) and any(each.story == "free" for each in PEOPLE)
    assert {each.who for each in PEOPLE} == {"woman", "man", "girl", "boy"}
    assert len({each.origin["country"] for each in PEOPLE}) > 25


def test_every_answer_is_one_of_its_question():
    for row in table("stories"):
        codes = {option.code for option in questionnaire.item(row["item"]).options}
        told = [cell for story, cell in row.items() if story != "item"]
        assert {code for cell in told for code in cell.replace("|", ";").split(";")} <= codes, row["item"]


def test_names_come_from_countries_and_languages_that_exist():
    for row in table("names"):
        assert places.read_country(row["country"]) == row["country"]
        assert places.read_language(row["language"]) == row["language"]


def test_french_is_set_as_french_is_set():
    texts = [row["fr"] for row in table("texts")]
    assert all(texts) and [said for said in texts if set("'\"") & set(said)] == []
    assert [said for said in texts if re.search("[^\u202f][;!?]", said)] == []


def test_a_file_from_elsewhere_is_brought_in_by_somebody_who_may():
    roles = {each.login: each.role for each in PERSONAS}
    brought = {roles[each.worker] for each in invent(2000, TODAY) if each.imported}
    assert brought and all(Permission.REGISTER_IMPORT in ROLES[role].permissions for role in brought)
