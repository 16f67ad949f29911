"""The parts of a file that a reader may open, as the line of tabs at its head."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from havre.cases.people.models import Case
from havre.platform.accounts.models import User
from havre.platform.permissions import Compartment, Permission
from havre.platform.ui.ways import way

READ, WRITE = Permission.CASE_READ, Permission.CASE_WRITE
NOBODY_KNOWN = ("people:consent", "assistance:needs")  # what is left of a file that names nobody


@dataclass(frozen=True)
class Part:
    """One page of the file: who may open it, the compartment it shows, whether it is for children only."""

    label: str | Promise
    page: str
    needs: Permission = WRITE
    compartment: Compartment = Compartment.FACTS
    child: bool = False


PARTS = (
    Part(_("About the person"), "people:about", compartment=Compartment.IDENTITY),
    Part(_("Consent"), "people:consent"),
    Part(_("Screening"), "screening:start"),
    Part(_("The story"), "story:story"),
    Part(_("Needs and help"), "assistance:needs", READ),
    Part(_("Rights"), "assistance:legal", Permission.LEGAL_WRITE, Compartment.LEGAL),
    Part(_("Health"), "health:file", Permission.HEALTH_WRITE, Compartment.HEALTH),
    Part(_("Child"), "children:file", Permission.CHILD_WRITE, Compartment.CHILD, child=True),
    Part(pgettext_lazy("part of a file", "Return"), "returns:journey"),
    Part(_("Reintegration"), "reintegration:life", READ),
    Part(_("Follow-up"), "followup:plan", READ),
    Part(_("Papers"), "papers:papers"),
    Part(_("Colleagues"), "people:circle"),
)


@dataclass(frozen=True)
class Tab:
    """One tab with its address."""

    label: str | Promise
    url: str


def tabs(case: Case, user: User, reached: Compartment, *, young: bool) -> list[Tab]:
    """The tabs of this file for this reader, in the order in which a person meets the stages."""
    return [
        Tab(each.label, way(each.page, case.reference)) for each in PARTS if _open(each, case, user, reached, young)
    ]


def _open(part: Part, case: Case, user: User, reached: Compartment, young: bool) -> bool:
    if case.anonymous and part.page not in NOBODY_KNOWN:
        return False
    return user.may(part.needs) and bool(part.compartment & reached) and (young or not part.child)
