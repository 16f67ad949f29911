"""What the record calls the acts of this stage, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.story:story": _("Read the story"),
    "page.story:episode": _("Read the story as a whole"),
    "page.story:again": _("Wanted to begin another story"),
    "page.story:leg": _("Began a part of the way"),
    "page.story:leg_edit": _("Read a part of the way"),
    "page.story:leg_move": _("Wanted to move a part of the way"),
    "page.story:leg_remove": _("Wanted to take back a part of the way"),
    "page.story:codes": _("Read what is known of the story"),
    "page.story:perpetrator": _("Began to write down who did it"),
    "page.story:perpetrator_edit": _("Read who did it"),
    "episode.open": _("Began another story"),
    "episode.save": _("Changed the story as a whole"),
    "leg.add": _("Wrote down a part of the way"),
    "leg.save": _("Changed a part of the way"),
    "leg.move": _("Moved a part of the way"),
    "leg.remove": _("Took back a part of the way"),
    "story.code": _("Wrote down what is known of the story"),
    "perpetrator.add": _("Wrote down who did it"),
    "perpetrator.save": _("Changed who did it"),
}
