"""What other stages ask about health: whether a person may travel. Never why."""

from __future__ import annotations

from datetime import date

from havre.cases.people.models import Case

from . import rules
from .models import Fitness


def latest(case: Case) -> Fitness | None:
    """What was said last about travelling."""
    return Fitness.objects.filter(case=case, superseded_by=None).order_by("-on", "-at").first()


def fitness(case: Case, on: date) -> Fitness | None:
    """The latest word on travelling when it lets the person travel that day, with or without conditions."""
    said = latest(case)
    return said if said and rules.may_travel(said.fit, said.on, said.valid_until, on) else None
