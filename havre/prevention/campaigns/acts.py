"""What the record calls the acts of this room, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.campaigns:list": _("Looked at the campaigns"),
    "page.campaigns:one": _("Opened a campaign"),
    "page.campaigns:new": _("Wanted to begin a campaign"),
    "page.campaigns:part": _("Wanted to change a campaign"),
    "page.campaigns:step": _("Wanted to take a campaign a step on"),
    "page.campaigns:harm": _("Wanted to review whether a campaign does no harm"),
    "page.campaigns:rights": _("Wanted to review a campaign for human rights, gender and health"),
    "page.campaigns:output": _("Wanted to write down what a campaign did"),
    "page.campaigns:one_output": _("Wanted to change what a campaign did"),
    "page.campaigns:calls": _("Wanted to write down calls to a hotline"),
    "page.campaigns:one_calls": _("Wanted to change calls to a hotline"),
    "page.campaigns:partner": _("Wanted to name a partner of a campaign"),
    "page.campaigns:bring": _("Wanted to bring a material of a campaign"),
    "page.campaigns:material": _("Took a material of a campaign"),
    "page.campaigns:remove": _("Wanted to take something off a campaign"),
    "page.campaigns:calendar": _("Looked at the calendar of campaigns"),
    "page.campaigns:map": _("Looked at the map of campaigns"),
    "page.campaigns:own_calendar": _("Looked at the calendar of a campaign"),
    "page.campaigns:own_map": _("Looked at the map of a campaign"),
    "page.campaigns:summary": _("Printed the summary of a campaign"),
    "campaign.save": _("Wrote a campaign"),
    "campaign.step": _("Took a campaign a step on, or back"),
    "campaign.review": _("Reviewed whether a campaign does no harm"),
    "campaign.partner": _("Named a partner of a campaign"),
    "campaign.material": _("Brought a material of a campaign"),
    "campaign.output": _("Wrote down what a campaign did"),
    "campaign.remove": _("Took something off a campaign"),
}
