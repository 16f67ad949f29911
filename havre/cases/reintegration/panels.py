"""How life goes since the return, in a few lines for the overview of a file."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from havre.cases.people.models import Case
from havre.cases.screening.models import Answer
from havre.platform.crypto import keyring
from havre.platform.database.reading import Prepared

from . import survey as questions
from .ledger import grouped
from .models import Enterprise, Grant, Instalment, Survey
from .rules import score
from .shown import Sitting, direction, figure

GRANTS = Prepared(lambda case: Grant.objects.filter(case_id=case).order_by("decided_on", "at"))
PARTS = Prepared(lambda case: Instalment.objects.filter(case_id=case).order_by("seq"))
SURVEYS = Prepared(lambda case: Survey.objects.filter(case_id=case).order_by("on"))
ENTERPRISES = Prepared(lambda case: Enterprise.objects.filter(case_id=case).order_by("at"))
OPEN_STATES = ("S10", "S11", "S12")


def panel(case: Case) -> dict[str, Any]:
    """What `reintegration/panel.html` shows of a case: nothing before there is something to rebuild with."""
    grants, surveys, firms = list(GRANTS(case.pk)), list(SURVEYS(case.pk)), list(ENTERPRISES(case.pk))
    parts = list(PARTS(case.pk)) if grants else []
    keyring.load([case.pk])
    money = grouped(grants, parts, localdate())
    return {"case": case, "ledger": money, "firms": firms, **_going(surveys)} | {
        "stands": bool(grants or surveys or firms or case.state in OPEN_STATES)
    }


def _going(surveys: list[Survey]) -> dict[str, Any]:
    """The last score and whether life goes better than at first; two surveys are read, not all."""
    ends = surveys[:1] + surveys[-1:] if len(surveys) > 1 else surveys
    said: dict[Any, list[Answer]] = {row.interview_id: [] for row in ends}
    for answer in Answer.objects.filter(interview__in=list(said)).defer("text") if said else ():
        said[answer.interview_id].append(answer)
    read = [Sitting(row, questions.Told(said[row.interview_id])) for row in ends]
    last = read[-1].result.composite if read else None
    known = {"direction": direction(read), "last": read[-1].row if read else None}
    return known | {
        "score": figure(last) if last is not None else "",
        "band": score.band(last) if last is not None else "",
    }
