"""The pages of the interview and of the decision."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate

from havre.cases.people.models import Case, PersonName
from havre.cases.people.sheets import Sheet
from havre.kernel.vocabularies import load
from havre.platform.audit.actions import Refused, Stale
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import actions, answers, questionnaire, shown
from .answers import Told
from .forms import FindingForm, ReadingForm, SectionForm, StartForm, proposed, stored
from .models import Finding, Interview

WRITE, DECIDE = Permission.CASE_WRITE, Permission.FINDING_DECIDE


def _file(reference: str) -> Case:
    return get_object_or_404(Case.objects.select_related("person"), reference=reference)


def _frame(case: Case, **more: Any) -> dict[str, Any]:
    name = PersonName.objects.filter(person_id=case.person_id).order_by("pk").first()
    return {"case": case, "called": name.full if name else "", **more}


@page(needs=WRITE, methods=("GET", "POST"))
def start(request: Request, reference: str) -> HttpResponse:
    """Whether anything may be asked now; then the first subject, or what to do instead."""
    case = _file(reference)
    if not answers.agreed(case):
        return redirect("people:consent", reference)
    talk, told = answers.latest_interview(case), Told(case)
    sheet = Sheet(request, "screening-start", case.pk)
    form = sheet.form(StartForm)
    if sheet.posted and form.is_valid():
        talk = actions.begin(case, by=request.user, **form.cleaned_data)
        return sheet.done("screening:start", reference) if talk.stopped_because else sheet.done(_next_open(case))
    aged = answers.age(case, told, localdate())
    context = _frame(case, form=form, talk=talk, principles=shown.principles(), child=aged.group == "child")
    return sheet.show(
        "screening/start.html", {**context, "stopped": shown.stopped(talk), "steps": shown.steps(case, told, "")}
    )


def _next_open(case: Case) -> str:
    """The first subject about which nothing was asked yet."""
    told = Told(case)
    left = (letter for letter in shown.LETTERS if letter != "A" and not told.asked(letter))
    return shown.address(case, "A" if told.asked("A") <= 1 else next(left, "G"))


@page(needs=WRITE, methods=("GET", "POST"))
def section(request: Request, reference: str, letter: str) -> HttpResponse:
    """One subject of the interview."""
    case = _file(reference)
    if letter not in shown.LETTERS:
        return _elsewhere(case, letter)
    talk = answers.latest_interview(case)
    if talk is None:
        return redirect("screening:start", reference)
    told = Told(case)
    sheet = Sheet(request, f"screening-{letter}", case.pk)
    form = sheet.form(SectionForm, initial=stored(told, letter, case.person), section=letter)
    if sheet.posted and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            actions.save_answers(talk, by=request.user, section=letter, sent=form.sent(), version=version)
        except Stale as stale:
            return _both(sheet, case, talk, form, letter, stale)
        except Refused as refusal:
            return sheet.refused("screening/section.html", _asking(case, talk, told, form, letter), refusal)
        return sheet.done(_onward(request, case, talk, letter))
    return sheet.show("screening/section.html", _asking(case, talk, told, form, letter))


def _elsewhere(case: Case, letter: str) -> HttpResponse:
    if letter not in "BH" or len(letter) != 1:
        raise Http404
    return redirect(shown.address(case, letter))


def _asking(case: Case, talk: Interview, told: Told, form: SectionForm, letter: str) -> dict[str, Any]:
    """What the page of a subject shows."""
    part = next(each for each in questionnaire.sections() if each.code == letter)
    before = [each for each in shown.LETTERS if each < letter]
    return _frame(
        case,
        form=form,
        talk=talk,
        letter=letter,
        last=letter == shown.LETTERS[-1],
        heading=part.heading(shown.language()),
        say=shown.aloud(part.say(shown.language())),
        back=shown.address(case, before[-1]) if before else case.get_absolute_url(),
        questions=shown.questions(case, talk, form, letter),
        steps=shown.steps(case, told, letter),
        setting=shown.setting(told, answers.agreed(case)),
        panel=shown.panel(case, told, answers.age(case, told, localdate())),
        stops=load("interview_stops").choices(shown.language()),
    )


def _both(sheet: Sheet, case: Case, talk: Interview, form: SectionForm, letter: str, stale: Stale) -> HttpResponse:
    """The page with both answers where two people gave one; where this one is silent, the other's stands."""
    told, conflict = Told(case), shown.both(form, stale)
    sent = form.sent()
    silent = {
        code: told.said(code) for code, said in sent.items() if not said.has_content and said.state == "not_asked"
    }
    form.fill(silent, stale.version)
    return sheet.show("screening/section.html", {**_asking(case, talk, told, form, letter), "conflict": conflict}, 409)


def _onward(request: Request, case: Case, talk: Interview, letter: str) -> str:
    """Where the button that was pressed leads."""
    go, because = request.POST.get("go", ""), request.POST.get("because", "")
    if go == "stop" and because:
        actions.stop(talk, by=request.user, because=because)
        return shown.address(case, "B") if because == "consent" else reverse("screening:start", args=[case.reference])
    if go in ("pause", "stop"):
        return case.get_absolute_url()
    at = shown.LETTERS.index(letter)
    if at + 1 < len(shown.LETTERS):
        return shown.address(case, shown.LETTERS[at + 1])
    actions.complete(talk, by=request.user)
    return shown.address(case, "H")


@page(needs=DECIDE, methods=("GET", "POST"))
def finding(request: Request, reference: str) -> HttpResponse:
    """What the answers show, and what a person decides."""
    case = _file(reference)
    told, standing = Told(case), answers.standing(case)
    reading, made = answers.read(case, told, localdate()), Finding.objects.filter(case=case).count()
    sheet = Sheet(request, "finding", case.pk)
    form = sheet.form(FindingForm, initial=proposed(reading, standing, made))
    context = _frame(
        case, form=form, standing=standing, reading_form=ReadingForm(initial={"finding": standing and standing.pk})
    )
    context |= shown.decision(case, told, reading, standing, request.user)
    context["elements"] = list(
        zip([form["act"], form["means"], form["purpose"]], context["panel"]["elements"], strict=True)
    )
    if sheet.posted and form.is_valid() and form.says_why(reading):
        try:
            version = form.cleaned_data["version"] or 0
            actions.decide(case, by=request.user, decision=form.decision(), version=version, today=localdate())
        except Stale as stale:
            form.renew(stale.version)
            return sheet.show("screening/finding.html", {**context, "conflict": shown.both_decisions(form, stale)}, 409)
        except Refused as refusal:
            return sheet.refused("screening/finding.html", context, refusal)
        return sheet.done("screening:finding", reference)
    return sheet.show("screening/finding.html", context)


@page(needs=Permission.FINDING_CONFIRM, methods=("POST",))
def confirm(request: Request, reference: str) -> HttpResponse:
    """The second reading of a finding."""
    case = _file(reference)
    wanted = request.POST.get("finding", "")
    read = next((each for each in Finding.objects.filter(case=case) if str(each.pk) == wanted), None)
    if read is None:
        raise Http404
    said, note = request.POST.get("reading", ""), request.POST.get("note", "").strip()
    actions.confirm(read, by=request.user, reading=said, note=note)
    return redirect("screening:finding", reference)
