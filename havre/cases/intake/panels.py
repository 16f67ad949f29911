"""The people of a group as a list, each with what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.cases.people.models import Case, CaseGroup, Consent, PersonLink
from havre.cases.people.panels import names_of
from havre.cases.people.rules.moves import SAFETY
from havre.cases.people.shown import child
from havre.kernel.vocabularies import load
from havre.platform.ui.templatetags.words import label


@dataclass(frozen=True)
class Member:
    """One file of the group."""

    case: Case
    called: str
    child: bool
    sentence: str
    step: str
    url: str


def members(group: UUID) -> list[Member]:
    """The files with this mark that the reader may open, in the order they were opened."""
    marked = CaseGroup.objects.filter(group=group).values("case_id")
    cases = list(Case.objects.filter(pk__in=marked).select_related("person").order_by("access__since", "reference"))
    cases = list(dict.fromkeys(cases))
    names = names_of(case.person_id for case in cases)
    ties = _ties(cases, names)
    agreed = set(Consent.objects.standing().filter(case__in=cases).values_list("case_id", flat=True))
    return [_member(case, names, ties, asked=case.pk in agreed) for case in cases]


def _ties(cases: list[Case], names: dict[UUID, str]) -> dict[UUID, list[str]]:
    """What each of them is to others of the group: `child of Mariam`."""
    told: dict[UUID, list[str]] = {}
    files = {case.person_id: case for case in cases}
    for link in PersonLink.objects.filter(person__in=files, other__in=files):
        inverse = load("person_link_kinds").row(link.kind)["inverse"]
        if inverse in load("group_ties"):
            who = names.get(link.other_id) or files[link.other_id].reference
            told.setdefault(link.person_id, []).append(f"{label(inverse, 'group_ties')} {who}")
    return told


def _member(case: Case, names: dict[UUID, str], ties: dict[UUID, list[str]], *, asked: bool) -> Member:
    today = localdate()
    parts = [label(case.person.gender, "prs_Gender"), _age(case, today.year), *ties.get(case.person_id, [])]
    page, step = "casefile:case", _("Open the file")
    if case.is_open and not case.anonymous and case.state == SAFETY and case.in_danger == "yes":
        page, step = "people:safety", _("See to safety")
    elif case.is_open and not case.anonymous and not asked:
        page, step = "people:consent", _("Ask for consent")
    sentence = " · ".join(part for part in parts if part)
    called = names.get(case.person_id, "")
    return Member(case, called, child(case.person, today), sentence, step, reverse(page, args=[case.reference]))


def _age(case: Case, year: int) -> str:
    born = case.person.birth_year
    if not born:
        return ""
    return ngettext("about %(n)d year old", "about %(n)d years old", year - born) % {"n": year - born}
