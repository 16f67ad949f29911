"""What the overview of a file says of this stage, in two lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from havre.cases.people.models import Case
from havre.platform.database.reading import Prepared

from .models import IndicatorResult, Vulnerability

READINGS = Prepared(lambda case: IndicatorResult.objects.filter(case_id=case).order_by("-at")[:1])
ASSESSED = Prepared(lambda case: Vulnerability.objects.filter(case_id=case).order_by("-at")[:1])


@dataclass(frozen=True)
class Lines:
    """The reading that was kept last, and the day vulnerability was assessed last."""

    kept: IndicatorResult | None
    on: date | None


def panel(case: Case) -> dict[str, Lines]:
    """The context of `assessment/panel.html`."""
    kept, assessed = READINGS(case.pk), ASSESSED(case.pk)
    return {"reading": Lines(kept[0] if kept else None, assessed[0].on if assessed else None)}
