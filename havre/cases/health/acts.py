"""What the record calls the acts of this stage, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.health:file": _("Opened the page about health"),
    "page.health:add": _("Opened the health record to write"),
    "page.health:record": _("Read a line of the health record"),
    "page.health:topics": _("Wanted to tick the topics of care"),
    "page.health:test": _("Opened the health record to write"),
    "page.health:result": _("Read a line of the health record"),
    "page.health:fitness": _("Read whether the person may travel"),
    "health.record": _("Wrote in the health record"),
    "health.save": _("Corrected the health record"),
    "care.check": _("Ticked the topics of care"),
    "fitness.say": _("Said whether the person may travel"),
}
