"""The parts of a file in plain words, as somebody chooses them for a share or is told what stays closed."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.platform.permissions import Compartment

PLAIN: dict[Compartment, tuple[Promise, Promise]] = {
    Compartment.FACTS: (_("The course of things"), _("steps, needs, help and plan, the story in codes; no name")),
    Compartment.IDENTITY: (_("Names and identity"), _("names, date of birth, papers, family")),
    Compartment.WHEREABOUTS: (_("Where the person is"), _("address, ways to reach them, risks, journey")),
    Compartment.HEALTH: (_("Health"), _("the health record")),
    Compartment.LEGAL: (_("The legal side"), _("residence, proceedings, compensation")),
    Compartment.CHILD: (_("What concerns a child"), _("guardian, best interests")),
}


def each_of(parts: Compartment) -> list[Compartment]:
    """The parts one by one, in their order."""
    return [part for part in PLAIN if part & parts]


def chosen(codes: list[str]) -> Compartment:
    """The parts that were ticked; the course of things always goes along."""
    found = Compartment.FACTS
    for each in codes:
        found |= Compartment(int(each))
    return found
