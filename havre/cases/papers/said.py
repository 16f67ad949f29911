"""What was explained to the person and what they decided, as the paper to be signed says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from havre.cases.casefile import words
from havre.cases.casefile.timeline import scope
from havre.cases.people.models import Case, Consent
from havre.kernel import places
from havre.kernel.vocabularies import load

if TYPE_CHECKING:
    from .shown import Who


@dataclass(frozen=True)
class Point:
    """One of the seven points, in the words it is said with, and the day it was last explained."""

    say: str
    label: str
    on: date | None


@dataclass(frozen=True)
class Decided:
    """One use, what was decided, by whom and how; nothing but the use when nobody asked yet."""

    use: str
    decision: str = ""
    on: date | None = None
    until: date | None = None
    by: str = ""
    how: str = ""


@dataclass(frozen=True)
class Sign:
    """Room for one signature."""

    role: str
    name: str = ""


def points(case: Case) -> list[Point]:
    """The seven points of HTCDS in their order."""
    explained: dict[str, date] = {}
    for each in Consent.objects.filter(case=case).order_by("at"):
        explained |= dict.fromkeys(each.points.split(";"), each.decided_on)
    listed, tongue = load("consent_points"), words.language().partition("-")[0]
    return [
        Point(row.get(f"say_{tongue}") or row["say_en"], listed.label(row["code"], tongue), explained.get(row["code"]))
        for row in listed.rows
    ]


def decided(case: Case) -> list[Decided]:
    """Every use in the order of the list, each body it is shared with by itself."""
    standing = list(Consent.objects.standing().filter(case=case).order_by("at"))
    lines: list[Decided] = []
    for code in load("consent_scopes"):
        mine = [decided_of(each) for each in standing if each.scope == code]
        lines += mine or [Decided(words.label("consent_scopes", code))]
    return lines


def decided_of(consent: Consent) -> Decided:
    """One decision as a line of the table."""
    by = words.label("consent_givers", consent.given_by)
    if consent.assent is not None:
        agrees = _("the child agrees too") if consent.assent else _("the child does not agree")
        by = pgettext("between the facts of a decision", ", ").join((by, agrees))
    tongue = places.language_label(consent.language, words.language()) if consent.language else ""
    helped = {True: _("with an interpreter"), False: _("without an interpreter"), None: ""}[consent.interpreter]
    method = words.label("consent_methods", consent.method)
    method = method[:1].lower() + method[1:] if tongue or helped else method
    how = pgettext("between the facts of a decision", ", ").join(each for each in (tongue, helped, method) if each)
    said = words.label("consent_decisions", consent.decision)
    return Decided(scope(consent), said, consent.decided_on, consent.expires, by, how)


def signs(case: Case, about: Who, *, consent: bool) -> list[Sign]:
    """Who signs: the person, for a child a guardian, an interpreter when there was one, the caseworker."""
    helped = consent and Consent.objects.filter(case=case, interpreter=True).exists()
    return [
        Sign(_("The person"), about.called),
        *([Sign(_("A guardian"))] if about.child else []),
        *([Sign(_("The interpreter"))] if helped else []),
        Sign(_("The caseworker"), case.owner.name),
    ]
