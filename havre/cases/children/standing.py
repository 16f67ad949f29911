"""What other stages ask about a child: whether they came alone, and whether a return was found to be best for them."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.cases.people.models import Case
from havre.cases.people.shown import child
from havre.platform.ui.parts import Condition

from . import rules
from .models import BestInterest, Circumstances, Guardian


def is_child(case: Case) -> bool:
    """Whether the rules for children hold today, by the age as it is recorded."""
    return child(case.person, localdate())


def is_unaccompanied(case: Case) -> bool:
    """A child who is not clearly said to be accompanied."""
    said = Circumstances.objects.filter(case=case).values_list("accompanied", flat=True).first()
    return rules.is_alone(is_child(case), said or "")


def guardian(case: Case) -> Guardian | None:
    """Whoever speaks for the child now."""
    return Guardian.objects.filter(case=case, ended_on=None).order_by("-appointed_on", "-at").first()


def decided(case: Case) -> BestInterest | None:
    """What a panel determined last about a return, whichever way."""
    about = BestInterest.objects.standing().filter(case=case, kind=rules.DETERMINATION, about=rules.RETURN)
    return about.order_by("-on", "-at").first()


def determination(case: Case) -> BestInterest | None:
    """The determination that lets a child go home: in their interest, the family looked at, a carer sure."""
    last = decided(case)
    return last if last and all(met for _title, met in found(last)) else None


def found(decision: BestInterest | None) -> list[tuple[str, bool]]:
    """What a determination must hold, each worded as what is missing."""
    outcome = decision.outcome if decision else ""
    panel = {
        "": _("No panel has determined that the return is best for the child."),
        rules.NOT_IN_INTEREST: _("The panel found that the return is not in the child’s interest."),
        rules.DEFERRED: _("The panel has not decided about the return yet."),
    }
    return [
        (panel.get(outcome, panel[""]), outcome == rules.IN_INTEREST),
        (_("The family assessment is missing."), bool(decision and decision.family_assessment == "yes")),
        (_("No carer is confirmed."), bool(decision and decision.carer_confirmed == "yes")),
    ]


def missing_for_return(case: Case) -> list[str]:
    """A sentence for each thing that must stand before this child goes home; nothing for an adult."""
    if not is_child(case):
        return []
    missing = [title for title, met in found(decided(case)) if not met]
    alone = is_unaccompanied(case) and guardian(case) is None
    return [*([_("No guardian is named.")] if alone else []), *missing]


def conditions(case: Case) -> Sequence[Condition]:
    """The same as conditions of the steps that lead to a departure."""
    url, label = reverse("children:file", args=[case.reference]), _("The page of the child")
    missing = missing_for_return(case)
    first = [Condition(title, "no", url=url, label=label) for title in missing[:1]]  # one way there is enough
    return [*first, *(Condition(title, "no") for title in missing[1:])]
