"""What the record calls the acts of this stage, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.platform.audit.kinds import Kind

WORDS: dict[str, Promise] = {
    "page.people:contact": _("Opened the form for a first contact"),
    "page.people:safety": _("Read what to do about danger"),
    "page.people:about": _("Read who the person is"),
    "page.people:consent": _("Read what the person agreed to"),
    "page.people:reach": _("Read how to reach the person"),
    "page.people:note": _("Began a note"),
    "page.people:task": _("Began a task"),
    "page.people:task_done": _("Wanted to finish a task"),
    "page.people:move": _("Looked at the next steps"),
    "page.people:circle": _("Read who works with the person"),
    "page.people:circle_out": _("Wanted to let a colleague out"),
    "page.people:linked": _("Read who belongs with the person"),
    "page.people:unlink": _("Wanted to take a link back"),
    "page.people:draft": _("Kept a draft"),
    "case.open": _("Opened the file"),
    "case.move": _("Took the file a step further"),
    "case.import": _("Brought in from a register"),
    "person.save": _("Changed who the person is"),
    "contact.save": _("Changed how to reach the person"),
    "consent.record": _("Noted what the person decided"),
    "link.add": _("Wrote down who belongs to whom"),
    "link.remove": _("Took back who belongs to whom"),
    "group.mark": _("Noted who was found together"),
    "circle.let_in": _("Brought a colleague in"),
    "circle.let_out": _("Let a colleague out"),
    "note.add": _("Wrote a note"),
    "task.add": _("Added a task"),
    "task.finish": _("Finished a task"),
}
KINDS = {"circle.let_in": Kind.SHARE, "circle.let_out": Kind.SHARE, "case.import": Kind.IMPORT}
