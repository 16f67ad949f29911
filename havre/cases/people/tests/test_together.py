"""Who belongs to whom: written once, standing in either file, seen as far as the reader sees."""

import pytest
from django.utils.timezone import localdate

from havre.cases.people import actions
from havre.cases.people.models import CaseGroup, PersonLink
from havre.cases.people.panels import together
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused


@pytest.fixture
def daughter(personas):
    """Somebody found with Salam."""
    with acting_as(personas.amina):
        return actions.open_contact(actions.Arrival(on=localdate(), called="Rim"), by=personas.amina)


@pytest.fixture
def hidden(personas):
    """Somebody in a file that only Gita opens."""
    with acting_as(personas.gita):
        return actions.open_contact(actions.Arrival(on=localdate(), restricted=True), by=personas.gita)


def told(case):
    return [(each.called, each.kind) for each in together(case)["companions"]]


def test_a_link_stands_in_both_files_each_in_its_way(personas, case, daughter):
    with acting_as(personas.amina):
        actions.link_people(case, by=personas.amina, other=daughter, kind="child")
        assert told(case) == [("Rim", "child")] and told(daughter) == [("Salam", "parent")]


def test_a_link_that_is_corrected_replaces_the_first(personas, case, daughter):
    with acting_as(personas.amina):
        for kind in ("sibling", "parent"):
            actions.link_people(case, by=personas.amina, other=daughter, kind=kind)
        assert {row.kind for row in PersonLink.objects.all()} == {"parent", "child"}
        actions.unlink_people(daughter, by=personas.amina, other=case)
        assert not PersonLink.objects.exists()


def test_nobody_is_linked_to_themselves(personas, case):
    with acting_as(personas.amina), pytest.raises(Refused, match="same person"):
        actions.link_people(case, by=personas.amina, other=case, kind="sibling")


def test_a_closed_file_takes_no_link(personas, case, daughter):
    with acting_as(personas.amina):
        actions.move(daughter, by=personas.amina, to="S13", closure_reason="moved")
        with pytest.raises(Refused, match="closed"):
            actions.link_people(case, by=personas.amina, other=daughter, kind="child")
        assert not PersonLink.objects.exists()


def test_those_of_a_group_are_seen_as_far_as_the_reader_sees(personas, case, daughter, hidden):
    with acting_as(personas.amina):
        mark = actions.mark_group([case, daughter], by=personas.amina)
    with acting_as(personas.gita):
        actions.mark_group([hidden], by=personas.gita, group=mark)
        assert told(hidden) == []
    with acting_as(personas.amina):
        assert told(case) == [("Rim", "same_event")] and CaseGroup.objects.count() == 2


def test_a_link_comes_before_the_group(personas, case, daughter):
    with acting_as(personas.amina):
        actions.mark_group([case, daughter], by=personas.amina, kind="travelled_with")
        actions.link_people(case, by=personas.amina, other=daughter, kind="child")
        assert told(case) == [("Rim", "child")]
