"""What the person agrees to."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from havre.cases.people import actions
from havre.cases.people.actions import consent as store
from havre.cases.people.forms import ConsentForm
from havre.cases.people.models import Case, PersonLanguage
from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import called
from havre.platform.audit.actions import Refused, Stale
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

PAGE = "people/consent.html"


@page(needs=Permission.CASE_WRITE, methods=("GET", "POST"))
def consent(request: Request, reference: str) -> HttpResponse:
    """The seven points and the decisions; a refused interview is asked about once more before anything goes."""
    case = get_object_or_404(Case.objects.select_related("person"), reference=reference)
    sheet = Sheet(request, "consent", case.pk)
    initial = {"version": store.version_of(case), "language": _language(case)}
    form = sheet.form(ConsentForm, initial=initial, case=case, standing=store.standing(case))
    context = {"form": form, "case": case, "called": called(case)}
    if not sheet.posted or not form.is_valid():
        return sheet.show(PAGE, context)
    if form.empties() and "confirmed" not in request.POST:
        return sheet.show(PAGE, {**context, "refusing": True})
    talk = form.talk(referral_offered="referral" in request.POST)
    version = form.cleaned_data["version"]
    try:
        actions.record_consent(case, by=request.user, talk=talk, decisions=form.decisions(), version=version)
    except Stale as stale:
        return sheet.conflict(PAGE, context, stale)
    except Refused as refusal:
        return sheet.refused(PAGE, context, refusal)
    return sheet.done(case)


def _language(case: Case) -> str:
    spoken = PersonLanguage.objects.filter(person_id=case.person_id, preferred=True).first()
    return spoken.language if spoken else ""
