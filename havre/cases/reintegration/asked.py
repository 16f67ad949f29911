"""The pages of the survey: to which contact it belongs, the questions of a dimension, and where each leads."""

from __future__ import annotations

from typing import Any, Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from havre.cases.people.models import Case, Consent
from havre.cases.screening.questionnaire import Item
from havre.cases.screening.shown import aloud
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Stale
from havre.platform.ui.parts import Step

from . import actions
from .forms import DimensionForm
from .models import Survey
from .shown import Sitting, language, words
from .survey import Told, items

DIMENSIONS = "reintegration_dimensions"


def contacts() -> list[tuple[str, str]]:
    """Every contact of the schedule, those that ask for the survey first said so by their own name."""
    return load("monitoring_schedule").choices(language())


def asks(contact: str, what: str) -> bool:
    """Whether the schedule asks for that at this contact: the survey, or what the person thinks of the help."""
    schedule = load("monitoring_schedule")
    return contact in schedule and what in schedule.row(contact)["asks"].split(";")


def due(case: Case, surveys: list[Sitting]) -> str:
    """The first contact that asks for a survey and has none."""
    made = {each.row.contact for each in surveys}
    return next((code for code in load("monitoring_schedule") if asks(code, "survey") and code not in made), "")


def wish(case: Case) -> str:
    """What the person decided about being contacted; empty when nobody asked."""
    decided = Consent.objects.standing().filter(case=case, scope=actions.FOLLOW_UP).order_by("-decided_on", "-at")
    return decided.values_list("decision", flat=True).first() or ""


def first(survey: Survey) -> str:
    """The dimension about which nothing was asked yet, else the first."""
    told, codes = Told.of(survey), load(DIMENSIONS).codes
    return next((code for code in codes if not told.asked(code)), codes[0])


def address(survey: Survey, dimension: str) -> str:
    """Where a dimension is asked."""
    return reverse("reintegration:dimension", args=[survey.case.reference, survey.contact, dimension])


def page(survey: Survey, told: Told, form: DimensionForm, dimension: str) -> dict[str, Any]:
    """What the page of a dimension shows."""
    row, codes = load(DIMENSIONS).row(dimension), load(DIMENSIONS).codes
    at, tongue = codes.index(dimension), language().partition("-")[0]
    before = address(survey, codes[at - 1]) if at else reverse("reintegration:life", args=[survey.case.reference])
    return {
        "survey": survey,
        "form": form,
        "heading": row.get(f"heading_{tongue}") or row["heading_en"],
        "say": aloud(row.get(f"say_{tongue}") or row["say_en"]),
        "questions": [_question(form, item) for item in form.items],
        "steps": [_step(survey, told, code, number, dimension) for number, code in enumerate(codes, 1)],
        "back": before,
        "last": at + 1 == len(codes),
    }


def _question(form: DimensionForm, item: Item) -> dict[str, Any]:
    boxes = [form[f"{item.code}_{part}"] for part in ("codes", "text") if f"{item.code}_{part}" in form.fields]
    told: dict[str, Any] = {
        "code": item.code,
        "question": item.question(language()),
        "weight": _only_if(item),
        "say": "",
    }
    told |= {"state": form[f"{item.code}_state"], "box": boxes[0], "words": boxes[1] if len(boxes) == 2 else None}
    return told | {"weight": _only_if(item), "labelled": item.kind == "text"}


def _only_if(item: Item) -> str:
    """To what another question must have been answered before this one is put."""
    code, _sign, answer = load("reintegration_survey").row(item.code)["only_if"].partition("=")
    if not code:
        return ""
    other = next(each for each in items() if each.code == code)
    said = {"answer": other.option_label(answer, language()), "code": code}
    return _("only after “%(answer)s” to %(code)s") % said


def _step(survey: Survey, told: Told, code: str, number: int, here: str) -> Step:
    label, total, asked = load(DIMENSIONS).label(code, language()), len(items(code)), told.asked(code)
    note = _("%(n)s of %(total)s") % {"n": asked, "total": total} if asked else ""
    state: Literal["here", "done", "todo"] = "here" if code == here else "done" if asked == total else "todo"
    return Step(label, str(number), address(survey, code), state, note)


def both(survey: Survey, form: DimensionForm, dimension: str, stale: Stale) -> dict[str, Any]:
    """The page with both answers where two people gave one; where this one is silent, the other's stands."""
    told, sent = Told.of(survey), form.sent()
    known = {item.code: item for item in form.items}
    fields = [
        {
            "field": form[f"{code}_state"],
            "label": known[code].question(language()),
            "mine": words(known[code], sent[code]),
            "theirs": words(known[code], said),
        }
        for code, said in stale.theirs.items()
    ]
    silent = {
        code: told.said(code) for code, said in sent.items() if not said.has_content and said.state == "not_asked"
    }
    form.fill(silent, stale.version)
    return {**page(survey, told, form, dimension), "conflict": {"who": stale.who, "at": stale.at, "fields": fields}}


def onward(survey: Survey, by: User, dimension: str, *, paused: bool) -> str:
    """Where a dimension that was kept leads: the next one, and after the last how life goes."""
    life = reverse("reintegration:life", args=[survey.case.reference])
    codes = load(DIMENSIONS).codes
    at = codes.index(dimension) + 1
    if paused:
        return life
    if at < len(codes):
        return address(survey, codes[at])
    actions.complete_survey(survey, by=by)
    return life
