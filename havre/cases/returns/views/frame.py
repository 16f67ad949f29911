"""What the pages of a journey share: the file, the journey that stands, a short form and where it goes on to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from havre.cases.people.models import Case
from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import called
from havre.cases.returns import standing, zones
from havre.cases.returns.models import ReturnJourney
from havre.platform.crypto import keyring

JOURNEY = "returns:journey"
FORM = "returns/form.html"


def file(reference: str) -> Case:
    """The file, for whoever reaches it."""
    case = get_object_or_404(Case.objects.select_related("person", "agency"), reference=reference)
    keyring.load([case.pk, case.person_id])
    return case


def standing_journey(case: Case) -> ReturnJourney:
    """The journey that stands; not found when there is none."""
    journey = standing.journey(case)
    if journey is None:
        raise Http404
    return journey


def near(case: Case, journey: ReturnJourney) -> list[str]:
    """The zones of this journey: of its legs, of this agency and of the country of arrival."""
    legs = journey.legs.order_by("departs_at")
    used = [zone for leg in legs for zone in (leg.departs_zone, leg.arrives_zone)]
    return list(dict.fromkeys([*zones.of_country(case.agency.country), *used, *zones.of_country(journey.destination)]))


def asked(sheet: Sheet, case: Case, form: forms.Form, act: Callable[[], object], **more: Any) -> HttpResponse:
    """The page with its form; once it was sent and done, the page of the journey."""
    template = more.pop("template", FORM)
    context = {"case": case, "called": called(case), "form": form, **more}
    return sheet.acted(template, context, act) or sheet.done(JOURNEY, case.reference)
