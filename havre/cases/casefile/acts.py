"""What the record calls an act, in words. One line for each act: an act without one is shown by its code."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    # signing in
    "session.begin": _("Signed in"),
    "session.refused": _("Tried to sign in"),
    "session.end": _("Signed out"),
    "session.unlock": _("Unlocked the screen"),
    # pages read
    "page.casefile:today": _("Read “Today”"),
    "page.casefile:list": _("Read the list of people"),
    "page.casefile:case": _("Read the file"),
    "page.casefile:seen": _("Read who saw what"),
    "page.accounts:people": _("Read the list of accounts"),
    "page.people:contact": _("Opened the form for a first contact"),
    "page.people:safety": _("Read what to do about danger"),
    "page.people:about": _("Read who the person is"),
    "page.people:consent": _("Read what the person agreed to"),
    "page.people:reach": _("Read how to reach the person"),
    "page.people:note": _("Began a note"),
    "page.people:task": _("Began a task"),
    "page.people:task_done": _("Wanted to finish a task"),
    "page.people:move": _("Looked at the next steps"),
    "page.people:draft": _("Kept a draft"),
    "page.screening:start": _("Opened the screening"),
    "page.screening:section": _("Read answers of the screening"),
    "page.screening:finding": _("Read the decision"),
    "page.screening:confirm": _("Wanted to give a second reading"),
    "page.assistance:needs": _("Read needs and services"),
    "page.assistance:need": _("Read a need"),
    "page.assistance:need_met": _("Wanted to mark a need as met"),
    "page.assistance:agreed": _("Wanted to note that the plan is agreed"),
    "page.assistance:service": _("Began a service"),
    "page.assistance:service_edit": _("Read a service"),
    "page.followup:plan": _("Read the follow-up calls"),
    "page.followup:call": _("Read a follow-up call"),
    "page.followup:lost": _("Wanted to note that contact is lost"),
    # what was done
    "search.names": _("Searched by name"),
    "case.open": _("Opened the file"),
    "case.move": _("Took the file a step further"),
    "case.import": _("Brought in from a register"),
    "register.import": _("Brought in a register"),
    "person.save": _("Changed who the person is"),
    "contact.save": _("Changed how to reach the person"),
    "consent.record": _("Noted what the person decided"),
    "note.add": _("Wrote a note"),
    "task.add": _("Added a task"),
    "task.finish": _("Finished a task"),
    "interview.begin": _("Began the screening"),
    "interview.stop": _("Stopped the screening"),
    "interview.complete": _("Completed the screening"),
    "answers.save": _("Wrote answers of the screening"),
    "finding.decide": _("Decided on the finding"),
    "finding.confirm": _("Gave a second reading"),
    "need.add": _("Wrote down a need"),
    "need.save": _("Changed a need"),
    "need.meet": _("Marked a need as met"),
    "service.add": _("Recorded a service"),
    "service.save": _("Changed a service"),
    "followup.plan": _("Planned the follow-up calls"),
    "followup.record": _("Recorded a follow-up call"),
    "followup.lose": _("Noted that contact is lost"),
}


def words(act: str) -> str:
    """The words of an act, or its code when nobody has written any."""
    return str(WORDS.get(act, act))
