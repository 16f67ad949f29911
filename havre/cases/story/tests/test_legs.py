"""The parts of the way in their order: what cannot be is refused with the days to check, half-known days are not."""

from datetime import date

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from havre.cases.story import actions, told
from havre.cases.story.models import Episode, Leg
from havre.kernel.dates import PartialDate, parse
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused, Stale

TO_ISTANBUL = {"stage": "recruitment", "from_country": "LB", "country": "TR", "place": "Istanbul"}
TO_TUNIS = {"stage": "transit", "country": "TN", "place": "Tunis", "transport": "plane"}


@pytest.fixture
def add(personas, case):
    def legs(*values):
        with acting_as(personas.amina):
            return actions.add_legs(case, by=personas.amina, legs=values)

    return legs


def way(personas, case):
    with acting_as(personas.amina):
        return [(leg.seq, leg.country, leg.place) for leg in Leg.objects.filter(case=case).order_by("seq")]


def test_several_are_told_at_once_and_the_first_episode_opens(personas, case, add):
    add(TO_ISTANBUL, TO_TUNIS)
    assert way(personas, case) == [(1, "TR", "Istanbul"), (2, "TN", "Tunis")]
    with acting_as(personas.amina):
        assert (told.standing(case).number, told.standing(case).opened_because) == (1, "first")


def test_a_second_episode_is_numbered_on(personas, case, add):
    add(TO_ISTANBUL)
    with acting_as(personas.amina):
        again = actions.open_episode(case, by=personas.amina, because="re_trafficking", started=parse("03/2026"))
        assert (again.number, again.start) == (2, PartialDate(date(2026, 3, 1), "month"))
        assert told.standing(case) == again


def test_a_half_known_day_is_read_back_as_it_was_told(personas, case, add):
    (leg,) = add({**TO_ISTANBUL, "began": parse("2025"), "ended": parse("02/2025")})
    with acting_as(personas.amina):
        leg = Leg.objects.get(pk=leg.pk)
    assert (str(leg.departs), str(leg.arrives), leg.ended) == ("2025", "2025-02", date(2025, 2, 28))


@pytest.mark.parametrize(("began", "ended"), [("05/2025", "12/05/2025"), ("12/05/2025", "2025"), ("2025", "2025")])
def test_days_that_can_both_be_true_are_kept(add, began, ended):
    assert add({**TO_TUNIS, "began": parse(began), "ended": parse(ended)})


@pytest.mark.parametrize(("began", "ended"), [("06/2025", "12/05/2025"), ("2026", "31/12/2025")])
def test_a_part_that_ends_before_it_begins_is_refused(personas, case, add, began, ended):
    with pytest.raises(Refused, match="Check both days"):
        add({**TO_TUNIS, "began": parse(began), "ended": parse(ended)})
    assert way(personas, case) == []


def test_and_by_the_database(personas, add):
    (leg,) = add(TO_TUNIS)
    backwards = {"began": date(2025, 5, 2), "began_precision": "day", "ended": date(2025, 5, 1)}
    with acting_as(personas.amina), pytest.raises(IntegrityError, match="ends_after_it_begins"), transaction.atomic():
        Leg.objects.filter(pk=leg.pk).update(**backwards, ended_precision="day")


def test_a_part_that_begins_before_the_one_before_it_was_over_names_the_days(personas, case, add):
    add({**TO_ISTANBUL, "ended": parse("04/2025")})
    with pytest.raises(Refused, match=r"Part 2 \(March 2025\) comes before part 1 is over \(April 2025\)"):
        add({**TO_TUNIS, "began": parse("03/2025")})
    assert len(way(personas, case)) == 1


def test_two_parts_change_places(personas, case, add):
    _first, second = add(TO_ISTANBUL, TO_TUNIS)
    with acting_as(personas.amina):
        actions.move_leg(second, by=personas.amina, up=True)
    assert [each[1] for each in way(personas, case)] == ["TN", "TR"]
    with acting_as(personas.amina):
        actions.move_leg(second, by=personas.amina, up=True)
    assert [each[1] for each in way(personas, case)] == ["TN", "TR"]


def test_a_move_against_the_days_is_refused(personas, case, add):
    _first, second = add({**TO_ISTANBUL, "ended": parse("04/2025")}, {**TO_TUNIS, "began": parse("05/2025")})
    with acting_as(personas.amina), pytest.raises(Refused, match="comes before"):
        actions.move_leg(second, by=personas.amina, up=True)


def test_of_two_who_change_a_part_the_later_is_told(personas, add):
    (leg,) = add(TO_TUNIS)
    with acting_as(personas.amina):
        actions.save_leg(leg, by=personas.amina, version=1, values={"place": "Sfax", "began": parse("05/2025")})
        with pytest.raises(Stale) as stale:
            actions.save_leg(leg, by=personas.amina, version=1, values={"place": "Sousse"})
    assert (stale.value.theirs["place"], str(stale.value.theirs["began"])) == ("Sfax", "2025-05")


def test_a_part_that_was_never_told_is_taken_back(personas, case, add):
    (leg,) = add(TO_TUNIS)
    with acting_as(personas.amina):
        actions.remove_leg(leg, by=personas.amina)
    assert way(personas, case) == []


def test_a_closed_file_takes_nothing(stand, personas):
    closed = stand("S13")
    with acting_as(personas.amina), pytest.raises(Refused, match="This file is closed"):
        actions.add_legs(closed, by=personas.amina, legs=[TO_TUNIS])
    with acting_as(personas.amina):
        assert not Episode.objects.filter(case=closed).exists()
