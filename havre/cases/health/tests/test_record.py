"""The health record is written in few clicks by health workers, and by nobody else."""

import pytest

from havre.cases.health import actions
from havre.cases.health.models import CareTopic, HealthRecord
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused

TOLD = {
    "phase": "during",
    "source": "self",
    "is_sleep": "on",
    "weighs_sleep": "3",
    "is_back_pain": "on",
    "on": "2025",
    "note": "I wake at four.",
}


def page(case, end=""):
    return f"/people/{case.reference}/health/{end}"


def lines(personas, case):
    with acting_as(personas.hana):
        return {
            (each.phase, each.condition, each.severity, str(each.on), each.precision, each.note)
            for each in HealthRecord.objects.filter(case=case)
        }


@pytest.fixture
def line(personas, case):
    told = {"phase": "after", "condition": "sleep", "severity": 2, "source": "self"}
    with acting_as(personas.hana):
        return actions.write_down(case, by=personas.hana, told=[told])[0]


def test_each_box_is_a_line_with_how_much_it_weighs(sign_in, personas, case):
    assert sign_in("hana").post(page(case, "add/"), TOLD).status_code == 302
    assert lines(personas, case) == {
        ("during", "sleep", 3, "2025-01-01", "year", ""),
        ("during", "back_pain", None, "2025-01-01", "year", "I wake at four."),
    }


def test_the_page_shows_three_times_side_by_side(sign_in, case):
    hana = sign_in("hana")
    hana.post(page(case, "add/"), TOLD)
    shown = hana.get(page(case)).content.decode()
    assert all(word in shown for word in ("Before", "During", "Now", "Poor sleep", "Very much", "I wake at four."))


def test_with_no_box_ticked_it_is_asked_again_and_the_words_stay(sign_in, personas, case):
    answer = sign_in("hana").post(page(case, "add/"), {"phase": "before", "note": "أنام قليلاً"})
    assert answer.status_code == 422 and "أنام قليلاً" in answer.content.decode()
    assert "Choose at least one condition." in answer.content.decode() and lines(personas, case) == set()


def test_a_later_look_stands_before_the_earlier_one(sign_in, case, line):
    hana = sign_in("hana")
    hana.post(page(case, "add/"), {"phase": "after", "is_sleep": "on", "weighs_sleep": "1"})
    shown = hana.get(page(case)).content.decode()
    assert "A little" in shown and "1 earlier look" in shown


def test_a_line_is_corrected(sign_in, personas, case, line):
    sent = {"version": 1, "condition": "anxiety", "phase": "after", "severity": "0", "on": "03/2026"}
    assert sign_in("hana").post(page(case, f"{line.pk}/"), sent).status_code == 302
    assert lines(personas, case) == {("after", "anxiety", 0, "2026-03-01", "month", "")}


def test_of_two_who_correct_it_the_later_sees_both(sign_in, case, line):
    hana = sign_in("hana")
    for severity in ("1", "3"):
        answer = hana.post(page(case, f"{line.pk}/"), {"version": 1, "phase": "after", "severity": severity})
    assert answer.status_code == 409
    assert "Very much" in answer.content.decode() and "A little" in answer.content.decode()


def test_the_topics_of_care_are_ticked_and_unticked(sign_in, personas, case):
    hana = sign_in("hana")
    for topics in (["safety", "interpreters"], ["safety"]):
        hana.post(page(case, "topics/"), {"topics": topics})
    with acting_as(personas.hana):
        assert list(CareTopic.objects.values_list("topic", flat=True)) == ["safety"]


@pytest.mark.parametrize("login", ["amina", "chloe"])
def test_others_are_told_who_keeps_it_and_nothing_more(sign_in, case, line, login):
    other = sign_in(login)
    shown = other.get(page(case)).content.decode()
    assert "kept by health workers" in shown and "Hana S." in shown and "Poor sleep" not in shown
    assert other.get(page(case, f"{line.pk}/")).headers["Location"] == page(case)


def test_whoever_does_not_keep_it_is_refused_with_a_sentence(sign_in, personas, case, refusals):
    answer = sign_in("amina").post(page(case, "add/"), TOLD)
    assert answer.status_code == 422 and "Ask one of them" in answer.content.decode()
    assert lines(personas, case) == set() and len(refusals) == 1


def test_a_closed_file_refuses_it(personas, stand, case):
    closed = stand("S13")
    with acting_as(personas.hana), pytest.raises(Refused, match="closed"):
        actions.write_down(closed, by=personas.hana, told=[{"phase": "after", "condition": "sleep"}])


@pytest.mark.parametrize("login", ["boris", "gita"])
@pytest.mark.parametrize("end", ["", "add/", "travel/", "test/"])
def test_it_is_not_found_for_those_who_do_not_see_the_file(sign_in, case, login, end):
    assert sign_in(login).get(page(case, end)).status_code == 404
