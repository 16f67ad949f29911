"""What the record calls the acts of this room, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.events:list": _("Looked at the events"),
    "page.events:one": _("Opened an event"),
    "page.events:new": _("Wanted to write down an event"),
    "page.events:edit": _("Wanted to change an event"),
    "page.events:came": _("Wanted to count who came to an event"),
    "page.events:paper": _("Wanted to add a paper to an event"),
    "page.events:file": _("Took the file of a paper along"),
    "page.events:conclusion": _("Wanted to add a conclusion to an event"),
    "page.events:remove": _("Wanted to take something off an event"),
    "page.events:plans": _("Looked at the action plans"),
    "page.events:plan": _("Opened an action plan"),
    "page.events:new_plan": _("Wanted to begin an action plan"),
    "page.events:edit_plan": _("Wanted to change an action plan"),
    "page.events:new_action": _("Wanted to add an action to a plan"),
    "page.events:edit_action": _("Wanted to change an action of a plan"),
    "page.events:overdue": _("Looked at the actions that are overdue"),
    "page.events:action": _("Opened an action of a plan"),
    "page.events:note": _("Wanted to say how far an action is"),
    "page.events:agreements": _("Looked at the agreements with partners"),
    "page.events:agreement": _("Opened an agreement with a partner"),
    "page.events:new_agreement": _("Wanted to write down an agreement"),
    "page.events:edit_agreement": _("Wanted to change an agreement"),
    "page.events:renew": _("Wanted to renew an agreement"),
    "page.events:calendar": _("Looked at the calendar of prevention"),
    "page.events:key": _("Went to the address of the calendar"),
    "event.save": _("Wrote down an event"),
    "event.came": _("Counted who came to an event"),
    "event.paper": _("Added a paper to an event"),
    "event.conclude": _("Added a conclusion to an event"),
    "event.remove": _("Took something off an event"),
    "plan.save": _("Wrote down an action plan"),
    "plan.do": _("Wrote down an action of a plan"),
    "plan.note": _("Said how far an action is"),
    "partnership.save": _("Wrote down an agreement with a partner"),
    "partnership.renew": _("Renewed an agreement with a partner"),
    "calendar.key": _("Made an address for their calendar"),
    "calendar.close": _("Closed the address of their calendar"),
    "calendar.refused": _("An address of a calendar was worth nothing"),
}
