"""What the record calls the acts of this stage, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.followup:plan": _("Read the follow-up calls"),
    "page.followup:call": _("Read a follow-up call"),
    "page.followup:lost": _("Wanted to note that contact is lost"),
    "page.followup:satisfaction": _("Read what the person says of the help"),
    "followup.plan": _("Planned the follow-up calls"),
    "followup.record": _("Recorded a follow-up call"),
    "followup.lose": _("Noted that contact is lost"),
    "satisfaction.record": _("Wrote down what the person says of the help"),
}
