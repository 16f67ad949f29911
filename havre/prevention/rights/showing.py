"""The page on which a room lets the review be recorded."""

from __future__ import annotations

from django.http import HttpResponse

from havre.platform.keeping.models import Kept
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet

from . import actions
from .forms import RightsForm
from .models import checks_of


def recorded(request: Request, subject: Kept, *, kind: str, name: str, back: str) -> HttpResponse:
    """Asks the questions, writes the review down and goes `back`; `name` is what the page calls its subject."""
    sheet = Sheet(request, f"rights-{kind}", subject.pk)
    earlier = checks_of(subject.pk)
    initial = {**earlier[0].answers, "note": earlier[0].note} if earlier else {}
    form = sheet.form(RightsForm, initial=initial)
    context = {"form": form, "called": name, "back": back, "checks": earlier}
    acted = sheet.acted(
        "rights/record.html", context, lambda: actions.record(subject, kind=kind, **form.values(), by=request.user)
    )
    return acted or sheet.done(back)
