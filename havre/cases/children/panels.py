"""What stands beside a child, as the pages show it: the guardian, what a return needs, what was weighed so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.cases.people.models import Case, CaseAccess, Consent
from havre.cases.people.shown import child
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring
from havre.platform.database.reading import Prepared
from havre.platform.permissions import Compartment, Permission
from havre.platform.ui.parts import Condition
from havre.platform.ui.templatetags.words import day

from . import rules, standing
from .models import BestInterest, Circumstances, Guardian

ACCESS = Prepared(lambda case: CaseAccess.objects.filter(case_id=case))
SAID = Prepared(lambda case: Circumstances.objects.filter(case_id=case))
GUARDIANS = Prepared(lambda case: Guardian.objects.filter(case_id=case).order_by("appointed_on", "at"))
INTERESTS = Prepared(lambda case: BestInterest.objects.filter(case_id=case).order_by("on", "at"))
INTERVIEW = "interview"
NEAR = ("S7", "S8", "S9")  # a return is asked for: what lacks is no longer something that may wait


@dataclass
class ChildFile:
    """Everything kept about one child, whether or not they count as one today."""

    case: Case
    today: date
    said: Circumstances | None
    guardians: Sequence[Guardian]
    interests: Sequence[BestInterest]  # earliest first

    @property
    def is_child(self) -> bool:
        """Whether the rules for children hold today, by the age as it is recorded."""
        return child(self.case.person, self.today)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever written here."""
        return not (self.said or self.guardians or self.interests)

    @property
    def alone(self) -> bool:
        """Whether the rules for unaccompanied children hold."""
        return rules.is_alone(self.is_child, self.said.accompanied if self.said else "")

    @property
    def guardian(self) -> Guardian | None:
        """Whoever speaks for the child now."""
        return next((each for each in reversed(self.guardians) if each.ended_on is None), None)

    @property
    def earlier(self) -> list[Guardian]:
        """Those who did before."""
        return [each for each in reversed(self.guardians) if each.ended_on is not None]

    @property
    def guardian_due(self) -> date:
        """By when one should be named."""
        return rules.guardian_due(self.case.opened_on)

    @property
    def guardian_late(self) -> bool:
        """Whether a child who is alone still waits for one, past that day."""
        return self.alone and self.guardian is None and self.case.is_open and self.guardian_due < self.today

    @cached_property
    def standing(self) -> list[BestInterest]:
        """What no later determination took the place of, the newest first."""
        later = {each.supersedes_id for each in self.interests}
        return [each for each in reversed(self.interests) if each.pk not in later]

    @property
    def decided(self) -> BestInterest | None:
        """What a panel determined last about a return."""
        about = (each for each in self.standing if each.kind == rules.DETERMINATION and each.about == rules.RETURN)
        return next(about, None)

    @property
    def views(self) -> BestInterest | None:
        """The last time the child said what they wish."""
        return next((each for each in self.standing if each.views), None)

    @property
    def review(self) -> date | None:
        """When somebody looks again: the earliest day that one of those that stand names."""
        return min((each.review_on for each in self.standing if each.review_on), default=None)


def read(case: Case) -> ChildFile:
    """The file of a child in three queries."""
    keyring.load([case.pk])
    said = SAID(case.pk)
    return ChildFile(case, localdate(), said[0] if said else None, GUARDIANS(case.pk), INTERESTS(case.pk))


def reaches(case: Case) -> bool:
    """Whether this reader sees the part of the file that is about children: to others it would look empty."""
    return any(each.compartments & Compartment.CHILD for each in ACCESS(case.pk))


def panel(case: Case) -> dict[str, Any]:
    """What `children/panel.html` shows: nothing for an adult of whom nothing was written, or to who may not see it."""
    if not reaches(case):
        return {"case": case, "kid": None}
    kid = read(case)
    return {"case": case, "kid": kid if kid.is_child or not kid.is_empty else None}


def consent(case: Case) -> Consent | None:
    """What the guardian and the child said to the interview."""
    standing = Consent.objects.standing().filter(case=case, scope=INTERVIEW)
    return standing.order_by("-decided_on", "-at").first()


def conditions(kid: ChildFile, user: User) -> list[Condition]:
    """What must stand before this child goes home, met or not, each with its remedy."""
    found, case = kid.decided, kid.case
    decide = reverse("children:determine", args=[case.reference]) + "?about=return"
    may = user.may(Permission.CHILD_DECIDE) and case.is_open
    remedy = {"url": decide, "label": _("Write down what the panel found")} if may else {}
    ask = "" if may else _("A child specialist or the supervisor calls the panel together.")
    lacks: Literal["no", "wait"] = "no" if case.state in NEAR else "wait"
    parts = [_guardian(kid, lacks)] if kid.alone else []
    for told, (missing, met) in zip(_met(found), standing.found(found), strict=True):
        parts.append(Condition(told, "yes") if met else Condition(missing, lacks, text=ask, **remedy))
        ask, remedy = "", {}  # once is enough: it is the same page
    return parts


def _guardian(kid: ChildFile, lacks: Literal["no", "wait"]) -> Condition:
    if kid.guardian:
        return Condition(_("A guardian is named, since %(day)s.") % {"day": day(kid.guardian.appointed_on)}, "yes")
    if not kid.case.is_open:
        return Condition(_("No guardian is named."), lacks)
    to = reverse("children:guardian", args=[kid.case.reference])
    return Condition(_("No guardian is named."), lacks, url=to, label=_("Name a guardian"))


def _met(found: BestInterest | None) -> list[str]:
    """What a determination holds, each worded as met."""
    on = day(found.on) if found else ""
    seen = day(found.family_assessed_on) if found and found.family_assessed_on else on
    return [
        _("The panel found on %(day)s that the return is best for the child.") % {"day": on},
        _("The family was assessed, %(day)s.") % {"day": seen},
        _("It is confirmed who will care for the child."),
    ]
