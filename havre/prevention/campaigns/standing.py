"""What stands of a campaign, read once for a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.utils.timezone import localdate

from havre.prevention.counting.sums import total
from havre.prevention.rights.models import RightsCheck

from . import measuring, rules
from .models import Calls, Campaign, HarmReview, Material, Output, Partner


def newest_review(campaign: Campaign) -> HarmReview | None:
    """The review that counts."""
    return HarmReview.objects.filter(campaign=campaign).select_related("by").order_by("-at").first()


def facts_of(campaign: Campaign) -> dict[str, bool]:
    """What hangs on a campaign, as its steps ask for it."""
    outputs = list(Output.objects.filter(campaign=campaign).only("people"))
    return {
        "rights": RightsCheck.objects.filter(subject=campaign.pk).exists(),
        "harm": rules.does_no_harm(campaign, newest_review(campaign)),
        "output": bool(outputs),
        "people": any(total(each.people) for each in outputs),
    }


@dataclass
class Whole:
    """A campaign with everything that hangs on it; each part is read when it is asked for."""

    campaign: Campaign
    _kept: dict[UUID, str] = field(default_factory=dict)

    @cached_property
    def outputs(self) -> list[Output]:
        """What was done, and what is planned, the latest first."""
        return list(self.campaign.outputs.select_related("material").order_by("-on", "title"))

    @cached_property
    def calls(self) -> list[Calls]:
        """Calls to the hotline."""
        return list(self.campaign.calls.order_by("begins"))

    @cached_property
    def partners(self) -> list[Partner]:
        """Organisations that take part, as far as the reader sees their cards."""
        return list(self.campaign.partners.select_related("organisation").order_by("organisation__name"))

    @cached_property
    def materials(self) -> list[list[Material]]:
        """The versions of each material in each language, the newest first."""
        rows = self.campaign.materials.select_related("file", "by").order_by("title", "language", "-number")
        found: dict[tuple[str, str], list[Material]] = {}
        for each in rows.defer("file__body"):
            found.setdefault((each.title, each.language), []).append(each)
        return list(found.values())

    @cached_property
    def reviews(self) -> list[HarmReview]:
        """Reviews of whether it does no harm, the newest first."""
        return list(self.campaign.reviews.select_related("by").order_by("-at"))

    @cached_property
    def measured(self) -> measuring.Measured:
        """What the outputs until today add up to."""
        one = self.campaign
        return measuring.measured(
            [each for each in self.outputs if each.on <= localdate()],
            self.calls,
            audience=one.audience,
            spent=one.spent,
            begins=one.begins,
            ends=one.ends,
        )
