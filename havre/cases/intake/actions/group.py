"""A group: one account of what happened, a case for each person, and the mark that joins them (ADR 0011)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from havre.cases.people.actions import Arrival, link_people, mark_group, open_contact
from havre.cases.people.models import Case
from havre.cases.story.actions import add_legs
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

from .birth import Birth, write_birth

MOST = 60  # people of one group


@dataclass
class Listed:
    """One person of the list; `tie` is what they are to the person of the row `to`."""

    called: str = ""
    gender: str = ""
    birth: Birth | None = None
    tie: str = ""
    to: int | None = None


@dataclass
class Group:
    """What is true of all of them, and who they are, by the number of their row."""

    arrival: Arrival
    people: dict[int, Listed]
    account: str = ""  # where, when and how they were found, in words
    legs: Sequence[Mapping[str, Any]] = ()  # of the way, as they are told
    kind: str = "same_event"
    cases: dict[int, Case] = field(default_factory=dict)


@action("group.open", needs=Permission.CASE_OPEN)
def open_group(group: Group, *, by: User) -> tuple[uuid.UUID, list[Case]]:
    """The mark of the group and a case for each person: all of them, or none."""
    if not group.people:
        raise Refused(_("Write at least one name."))
    if len(group.people) > MOST:
        raise Refused(_("A group has %(most)d people at most. Register the others as a second group.") % {"most": MOST})
    for number, person in group.people.items():
        group.cases[number] = _open(group, person, by)
    for number, person in group.people.items():
        if person.to is not None:
            link_people(group.cases[person.to], by=by, other=group.cases[number], kind=person.tie)
    cases = list(group.cases.values())
    return mark_group(cases, by=by, kind=group.kind), cases


def _open(group: Group, person: Listed, by: User) -> Case:
    note = "\n".join(part for part in (group.account, group.arrival.note) if part)
    arrival = replace(
        group.arrival, called=person.called, gender=person.gender or group.arrival.gender, note=note, contact={}
    )
    case = open_contact(arrival, by=by)
    write_birth(case, by=by, birth=person.birth)
    if group.legs:
        add_legs(case, by=by, legs=group.legs)
    return case
