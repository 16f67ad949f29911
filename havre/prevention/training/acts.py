"""What the record calls the acts of this room, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "course.save": _("Saved a course"),
    "training.save": _("Saved a session of a course"),
    "trainee.add": _("Added people to a session"),
    "trainee.save": _("Corrected somebody on the list of a session"),
    "trainee.remove": _("Took somebody off the list of a session"),
    "trainee.invite": _("Invited somebody to a session by mail"),
    "attendance.save": _("Noted who was there"),
    "scores.save": _("Noted scores of a test"),
    "reaction.add": _("Noted a satisfaction form"),
    "outcome.add": _("Noted what a training changed"),
    "certificate.issue": _("Gave certificates"),
    "certificate.withdraw": _("Withdrew a certificate"),
    "certificate.refused": _("A code that is of no certificate was checked"),
    "invitation.refused": _("The link of an invitation was worth nothing"),
    "invitation.accept": _("Somebody accepted an invitation to a training"),
    "invitation.decline": _("Somebody declined an invitation to a training"),
    "page.training:list": _("Opened the trainings"),
    "page.training:new": _("Opened the page for a new course"),
    "page.training:matrix": _("Opened the table of who was trained"),
    "page.training:cards": _("Opened the cards for first-line officers"),
    "page.training:course": _("Opened a course"),
    "page.training:change": _("Opened a course to change it"),
    "page.training:rights": _("Opened the review of a course"),
    "page.training:new_session": _("Opened the page for a new session"),
    "page.training:session": _("Opened a session"),
    "page.training:change_session": _("Opened a session to change it"),
    "page.training:add": _("Opened the page that adds people to a session"),
    "page.training:file": _("Opened the page that adds people from a file"),
    "page.training:attendance": _("Opened the attendance of a session"),
    "page.training:attendance_list": _("Took the attendance list out"),
    "page.training:tests": _("Opened the scores of a session"),
    "page.training:reaction": _("Opened the satisfaction forms"),
    "page.training:outcome": _("Opened the page of what a training changed"),
    "page.training:certificates": _("Opened the certificates of a session"),
    "page.training:certificate": _("Opened a certificate"),
    "page.training:withdraw": _("Opened the page that withdraws a certificate"),
    "page.training:trainee": _("Opened the page of somebody on a list"),
    "page.training:remove": _("Asked to take somebody off a list"),
    "page.training:invite": _("Asked for an invitation"),
}
