"""What the record calls the acts of this room, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "kap.save": _("Wrote the title and languages of a survey"),
    "kap.item": _("Wrote a question of a survey"),
    "kap.drop": _("Took a question out of a survey"),
    "kap.move": _("Moved a question of a survey"),
    "kap.open": _("Opened a survey"),
    "kap.close": _("Closed a survey"),
    "kap.redraft": _("Made a survey a draft again"),
    "kap.renew": _("Copied the questions of a survey"),
    "kap.remove": _("Threw the draft of a survey away"),
    "kap.link": _("Made a link to a survey"),
    "kap.end_link": _("Ended a link to a survey"),
    "kap.load": _("Loaded answers to a survey from a spreadsheet"),
    "kap.unload": _("Took loaded answers to a survey out again"),
    "page.surveys:list": _("Read the list of surveys"),
    "page.surveys:new": _("Wanted to make a survey"),
    "page.surveys:of": _("Read what the surveys of a campaign showed"),
    "page.surveys:one": _("Read a survey"),
    "page.surveys:edit": _("Wanted to change a survey"),
    "page.surveys:do": _("Wanted to open, close or copy a survey"),
    "page.surveys:new_item": _("Wanted to write a question of a survey"),
    "page.surveys:item": _("Wanted to change a question of a survey"),
    "page.surveys:do_item": _("Wanted to move a question of a survey"),
    "page.surveys:share": _("Read the links to a survey"),
    "page.surveys:end_link": _("Wanted to end a link to a survey"),
    "page.surveys:poster": _("Read the poster of a survey"),
    "page.surveys:load": _("Wanted to load answers to a survey"),
    "page.surveys:sheet": _("Took an empty sheet for answers to a survey"),
    "page.surveys:unload": _("Wanted to take loaded answers out"),
    "page.surveys:answers": _("Read who has answered a survey so far"),
    "page.surveys:results": _("Read the results of a survey"),
    "page.surveys:evaluation": _("Read the evaluation of a survey"),
}
