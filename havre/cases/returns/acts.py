"""What the record calls the acts of this stage, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.returns:journey": _("Read the journey"),
    "page.returns:option": _("Read the choice to stay or to leave"),
    "page.returns:prepare": _("Wanted to begin the preparation"),
    "page.returns:declaration": _("Read the declaration"),
    "page.returns:receiving": _("Read who receives the person"),
    "page.returns:leg": _("Began a leg of the way"),
    "page.returns:leg_edit": _("Read a leg of the way"),
    "page.returns:leg_drop": _("Wanted to take out a leg of the way"),
    "page.returns:paper": _("Began a travel paper"),
    "page.returns:paper_edit": _("Read a travel paper"),
    "page.returns:depart": _("Read what must hold before the departure"),
    "page.returns:arrival": _("Read the expected arrival"),
    "page.returns:handover": _("Read the handover"),
    "page.returns:end": _("Read how a journey is called off"),
    "page.returns:again": _("Wanted to plan the way anew"),
    "page.returns:told": _("Wanted to note that the receiving body was told"),
    "journey.choose": _("Wrote down the choice of the person"),
    "journey.declare": _("Wrote down the declaration"),
    "journey.place": _("Wrote down who receives the person"),
    "journey.depart": _("Wrote down the departure"),
    "journey.arrive": _("Confirmed the arrival"),
    "journey.hand_over": _("Wrote down the handover"),
    "journey.end": _("Noted that a journey does not take place"),
    "journey.tell": _("Noted that the receiving body was told"),
    "journey.again": _("Planned the way anew"),
    "journey.receive": _("Noted that somebody was received from abroad"),
    "leg.save": _("Wrote down a leg of the way"),
    "leg.drop": _("Took out a leg of the way"),
    "paper.save": _("Wrote down a travel paper"),
}
