"""The page of a live campaign for everybody: no account, no cookie, nobody's name."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation

from havre.platform.keeping.files import handed
from havre.platform.keeping.rows import Visibility
from havre.platform.ui.pages import public
from havre.platform.ui.requests import Visit
from havre.prevention.campaigns import rules
from havre.prevention.campaigns.models import OPEN_TO_ALL, Campaign, HarmReview, Material

NAMES = {"en": "English", "fr": "Français"}


def live(pk: UUID) -> tuple[Campaign, list[Material]]:
    """A campaign that everybody may see now, and of each material the newest version that was reviewed."""
    rows = Campaign.objects.select_related("owner").filter(status=OPEN_TO_ALL, visibility=Visibility.PUBLIC)
    campaign = get_object_or_404(rows, pk=pk)
    review = HarmReview.objects.filter(campaign=campaign).order_by("-at").first()
    if review is None or not rules.does_no_harm(campaign, review):
        return campaign, []
    seen = Material.objects.filter(campaign=campaign, at__lte=review.at).order_by("title", "language", "-number")
    newest: dict[tuple[str, str], Material] = {}
    for each in seen.select_related("file").defer("file__body"):
        newest.setdefault((each.title, each.language), each)
    return campaign, list(newest.values())


@public()
def campaign(request: Visit, pk: UUID) -> HttpResponse:
    """What it says, the number to call, and what may be taken along."""
    found, materials = live(pk)
    asked = request.GET.get("in", "")
    with translation.override(asked if asked in NAMES else translation.get_language() or "en"):
        others = [each for each in NAMES.items() if each[0] != (translation.get_language() or "en").partition("-")[0]]
        context = {"campaign": found, "materials": materials, "others": others}
        answer = render(request, "campaigns/open.html", context)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@public()
def file(request: Visit, pk: UUID, row: UUID) -> HttpResponse:
    """The file of a material that everybody may have."""
    _campaign, materials = live(pk)
    found = get_object_or_404(Material.objects.select_related("file"), pk=row, pk__in=[each.pk for each in materials])
    return handed(found.file)
