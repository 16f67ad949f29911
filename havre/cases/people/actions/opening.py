"""Opening a case: the person, the case, their keys and the first access rows come to be together."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction

from havre.cases.people.models import Case, CaseMove, CaseNote, Person, PersonContact, PersonLanguage, PersonName
from havre.kernel import references
from havre.platform.accounts.models import User
from havre.platform.audit.actions import action
from havre.platform.crypto import keyring
from havre.platform.permissions import CASEWORK_COMPARTMENTS, Permission

OPEN = """
    select havre.open_case(%s::uuid[], %s::text[], %s::uuid[], %s::text[], %s::text[], %s::date[], %s,
      %s::boolean[], %s::uuid[], %s::bytea[], %s::bytea[])"""
TRIES = 5  # a reference drawn twice is drawn again; the chance is one in thousands even in a large register


@dataclass
class Arrival:
    """What is known when somebody comes in or calls: all of it may be empty."""

    on: date
    called: str = ""
    gender: str = ""
    language: str = ""
    referred_by: str = ""
    in_danger: str = ""
    dangers: list[str] = field(default_factory=list)
    contact: dict[str, object] = field(default_factory=dict)  # values of one PersonContact, or nothing
    needs: list[str] = field(default_factory=list)  # immediate needs
    note: str = ""
    restricted: bool = False


def open_case(*, by: User, on: date, state: str, restricted: bool = False) -> Case:
    """A new person and case in that state, visible to whoever opened it and, unless restricted, to the house."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return _open(by, on, state, restricted)
        except IntegrityError:
            if not left:
                raise
    raise AssertionError("unreachable")


def _open(by: User, on: date, state: str, restricted: bool) -> Case:
    person, case = uuid.uuid4(), uuid.uuid4()
    keys = [keyring.fresh(by.agency_id, subject) for subject in (person, case)]
    values: list[Any] = [
        [person],
        [references.new()],
        [case],
        [references.new()],
        [state],
        [on],
        int(CASEWORK_COMPARTMENTS),
        [restricted],
        [by.pk],
        *([key] for key in keys),
    ]
    with connection.cursor() as cursor:
        cursor.execute(OPEN, values)
    return Case.objects.select_related("person").get(pk=case)


@action("case.open", needs=Permission.CASE_OPEN)
def open_contact(arrival: Arrival, *, by: User) -> Case:
    """A case in the state of first contact, or of immediate safety when there is danger now."""
    case = open_case(by=by, on=arrival.on, state="S0", restricted=arrival.restricted)
    case.referred_by, case.in_danger, case.dangers = arrival.referred_by, arrival.in_danger, ";".join(arrival.dangers)
    CaseMove(case=case, by=by, to_state="S0", kind="open").save()
    if arrival.in_danger:
        # The danger check is done: that is what opens the next state.
        CaseMove(case=case, by=by, from_state="S0", to_state="S1", kind="forward").save()
        case.state = "S1"
    case.immediate_needs = ";".join(arrival.needs)
    case.save(update_fields=["referred_by", "in_danger", "dangers", "immediate_needs", "state"])
    _describe(case.person, arrival)
    if arrival.note:
        CaseNote(case=case, by=by, kind="note", text=arrival.note).save()
    return case


def _describe(person: Person, arrival: Arrival) -> None:
    person.gender = arrival.gender
    person.save(update_fields=["gender"])
    if arrival.called:
        PersonName(person=person, full=arrival.called).save()
    if arrival.language:
        PersonLanguage(person=person, language=arrival.language, preferred=True).save()
    if arrival.contact:
        PersonContact(person=person, **arrival.contact).save()
