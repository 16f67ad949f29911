"""What the record calls the acts of this room, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "treaty.save": _("Wrote down where a country stands with a treaty"),
    "law.save": _("Saved the record of a law"),
    "law.points": _("Wrote down what a law covers"),
    "score.save": _("Wrote down a score of the 3P index"),
    "law_help.save": _("Saved a request for help with a law"),
    "law_help.step": _("Wrote into the log of help with a law"),
    "law_help.text": _("Added a version of a text of law"),
    "law_help.comment": _("Commented on an article"),
    "law_help.answer": _("Answered a comment on an article"),
    "law.import": _("Brought treaties and laws in from a spreadsheet"),
    "page.law:bring_in": _("Opened the page that takes a spreadsheet of treaties and laws"),
    "page.law:sheet": _("Took an empty spreadsheet of treaties and laws"),
    "page.law:home": _("Opened the page of treaties and laws"),
    "page.law:treaties": _("Read the register of treaties"),
    "page.law:country": _("Read the treaties and laws of a country"),
    "page.law:status": _("Opened where a country stands with a treaty"),
    "page.law:compare": _("Compared the laws of countries"),
    "page.law:law": _("Read the record of a law"),
    "page.law:law_new": _("Opened a new record of a law"),
    "page.law:law_edit": _("Opened the record of a law for changing"),
    "page.law:points": _("Opened what a law covers"),
    "page.law:rights": _("Opened the review of a law"),
    "page.law:scores": _("Read the scores of the 3P index"),
    "page.law:score": _("Opened a score of the 3P index"),
    "page.law:helps": _("Read what help with laws is under way"),
    "page.law:help": _("Read what help with a law came to"),
    "page.law:help_new": _("Opened a new request for help with a law"),
    "page.law:help_edit": _("Opened a request for help with a law"),
    "page.law:step_new": _("Opened a new line of the log of help with a law"),
    "page.law:step": _("Opened a line of the log of help with a law"),
    "page.law:text_new": _("Opened a new version of a text of law"),
    "page.law:text": _("Read a text of law"),
    "page.law:score_new": _("Opened a new score of the 3P index"),
    "page.law:comment": _("Opened a comment on an article"),
    "page.law:answer": _("Opened the answer to a comment on an article"),
    "page.law:side": _("Read two versions of a text of law side by side"),
}
