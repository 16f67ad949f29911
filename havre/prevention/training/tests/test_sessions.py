"""Courses and sessions, who is on the list, who came, and what they learned."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused, Stale
from havre.prevention.training import actions, matrix, sheet, shown
from havre.prevention.training.models import Course, Outcome, Session, Trainee

from .conftest import course, listed, session


def test_sessions_are_seen_as_far_as_their_course_and_people_by_the_agency_alone(personas, held, people, chloe):
    with acting_as(personas.boris):
        assert Session.objects.get() == held and not Trainee.objects.exists()
    with acting_as(chloe):
        actions.save_course(held.course, values={"title": "First signs", "visibility": 3}, modules=[], by=chloe)
    with acting_as(personas.boris):
        assert not Session.objects.exists() and not Course.objects.exists()


def test_nobody_stands_on_a_list_twice(held, chloe):
    twice = [
        {"name": "Ada", "mail": "ada@quay.example"},
        {"name": "Ada L.", "mail": "Ada@Quay.example"},
        {"name": "ada"},
    ]
    assert actions.add(held, people=twice, origin="file", by=chloe) == 2
    assert actions.add(held, people=twice, origin="file", by=chloe) == 0


def test_nobody_is_invited_without_an_address_or_to_what_is_over(held, chloe):
    with pytest.raises(Refused, match="address"):
        actions.add(session(held.course, chloe, begins=9), people=[{"name": "Ada"}], origin="mail", by=chloe)
    over = session(held.course, chloe, begins=-9)
    with pytest.raises(Refused, match="over"):
        actions.add(over, people=[{"name": "Ada", "mail": "ada@quay.example"}], origin="mail", by=chloe)


def test_attendance_keeps_days_of_the_session_and_of_two_who_note_it_the_later_sees_both(held, people, chloe):
    one, other = people
    version = held.version
    actions.attend(held, days={one.pk: held.days, other.pk: []}, by=chloe, version=version)
    assert [each.attended for each in held.trainees.order_by("pk") if each.pk == one.pk] == [held.days]
    with pytest.raises(Stale) as stale:
        actions.attend(held, days={one.pk: []}, by=chloe, version=version)
    assert stale.value.theirs[f"on-{one.pk}"] == [str(day) for day in held.days]


def test_scores_stay_below_the_most_and_show_the_gain_both_ways(held, people, chloe):
    one, other = people
    marks = {one.pk: (Decimal(4), Decimal(8)), other.pk: (Decimal(12), Decimal(12))}
    with pytest.raises(Refused):
        actions.score(held, top=10, marks=marks, by=chloe, version=held.version)
    actions.score(held, top=12, marks=marks, by=chloe, version=held.version)
    learned = shown.told(Session.objects.get(), held.ends)["levels"][1]
    assert (learned.told.each, learned.told.full, learned.level.state) == (0.5, 1, "done")


def test_what_came_of_it_is_noted_after_the_session_with_at_least_one_figure(held, chloe):
    with pytest.raises(Refused):
        actions.follow_up(held, level=4, values={"on": held.begins, "investigations": 2}, by=chloe)
    with pytest.raises(Refused):
        actions.follow_up(held, level=4, values={"on": held.ends, "identified": {}, "note": ""}, by=chloe)
    actions.follow_up(held, level=4, values={"on": held.ends, "identified": {"female.child": 2}}, by=chloe)
    assert Outcome.objects.get().identified == {"female.child": 2}


def test_the_table_counts_places_by_country_role_and_sex(held, people, chloe):
    actions.attend(held, days={people[0].pk: held.days[:1]}, by=chloe, version=held.version)
    found = matrix.matrix(chloe.agency_id)
    assert [(land, whole.total, whole.sexes) for land, _cells, whole in found.rows] == [("TN", 1, [("female", 1)])]
    assert found.roles == ["police"] and matrix.matrix(chloe.agency_id, 1999).rows == []


def test_nothing_runs_in_the_list_that_goes_out(chloe):
    held = session(course(chloe), chloe)
    listed(held, chloe, "=HYPERLINK(1)", "سلام")
    book = load_workbook(BytesIO(sheet.attendance(held, held.trainees.all())))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert {"'=HYPERLINK(1)", "سلام"} <= {cell.value for cell in cells} and not [x for x in cells if x.data_type == "f"]
