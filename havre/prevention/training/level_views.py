"""What those who came say, and what is asked months later."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.timezone import localdate

from havre.kernel.vocabularies import load
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet

from . import actions, rules
from .forms import LATER, ReactionForm
from .views import BOTH, WRITE, my_session


@page(needs=WRITE, methods=BOTH)
def reaction(request: Request, pk: UUID) -> HttpResponse:
    """One satisfaction form after the other, as they lie on the table."""
    one = my_session(request, pk)
    sheet = Sheet(request, "reaction", one.pk)
    form = sheet.form(ReactionForm)
    context = {"form": form, "session": one, "course": one.course, "many": one.reactions.count()}
    acted = sheet.acted(
        "training/reaction.html", context, lambda: actions.react(one, marks=form.values(), by=request.user)
    )
    return acted or sheet.done("training:reaction" if "another" in request.POST else "training:session", one.pk)


@page(needs=WRITE, methods=BOTH)
def outcome(request: Request, pk: UUID, level: int) -> HttpResponse:
    """What changed at work (3) or in the agency (4)."""
    one = my_session(request, pk)
    if level not in LATER:
        raise Http404
    sheet = Sheet(request, f"outcome-{level}", one.pk)
    form = sheet.form(LATER[level], initial={"on": localdate()})
    span = rules.levels(one.begins, one.ends, (), localdate())[level - 1]
    context = {"form": form, "session": one, "course": one.course, "level": span}
    context |= {"row": load("kirkpatrick_levels").row(str(level))}
    acted = sheet.acted(
        "training/outcome.html",
        context,
        lambda: actions.follow_up(one, level=level, values=form.values(), by=request.user),
    )
    return acted or sheet.done("training:session", one.pk)
