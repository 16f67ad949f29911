"""A review of human rights, gender and health is made beside the earlier ones, by the agency whose work it is about."""

import pytest
from django.db import DatabaseError, transaction

from havre.directory.tests.cards import card
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused, at_work
from havre.prevention.rights.actions import follow, record
from havre.prevention.rights.models import RightsCheck, checks_of

GOOD = {"do_no_harm": "yes", "gender": "partly", "health": ""}


@pytest.fixture
def subject(personas):
    """Whatever an agency keeps may be reviewed; here a card that partners see."""
    with acting_as(personas.chloe):
        return card(personas.chloe)


def reviewed(subject, by, answers, note=""):
    return record(subject, kind="course", answers=answers, note=note, by=by)


def test_the_newest_counts_and_the_earlier_stay(personas, subject):
    with acting_as(personas.chloe):
        reviewed(subject, personas.chloe, GOOD, "Ask the women of the market.")
        reviewed(subject, personas.chloe, {"do_no_harm": "yes", "gender": "yes"})
        newest, first = checks_of(subject.pk)
    assert (newest.standing, first.standing, first.open_points) == ("yes", "partly", ["gender"])
    assert "health" not in first.answers


def test_nothing_answered_is_refused_and_so_is_another_agency(personas, subject):
    with acting_as(personas.chloe), pytest.raises(Refused):
        reviewed(subject, personas.chloe, {"gender": ""})
    with acting_as(personas.boris), pytest.raises(Refused):
        reviewed(subject, personas.boris, GOOD)


def test_it_is_seen_as_far_as_what_it_is_about(personas, subject):
    with acting_as(personas.chloe):
        reviewed(subject, personas.chloe, GOOD)
    with acting_as(personas.boris):
        assert len(checks_of(subject.pk)) == 1
    subject.visibility = 3
    with acting_as(personas.chloe), at_work():
        follow(subject)
    with acting_as(personas.boris):
        assert checks_of(subject.pk) == []


def test_what_was_said_cannot_be_changed(personas, subject):
    with acting_as(personas.chloe):
        reviewed(subject, personas.chloe, GOOD)
        with pytest.raises(DatabaseError), transaction.atomic():
            RightsCheck.objects.update(note="all is well")
