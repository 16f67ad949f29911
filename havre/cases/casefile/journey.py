"""The way of one person from first contact to the end, as the line at the head of the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from havre.cases.people.models import Case, CaseMove
from havre.platform.ui.parts import Journey, Phase, Stop

from . import rules, words

TITLES: dict[str, Promise] = {
    "identify": _("Identify"),
    "assist": _("Assist"),
    "return": _("Return, if the person chooses"),
    "rebuild": _("Rebuild"),
}


def journey(case: Case, moves: Sequence[CaseMove], today: date) -> Journey:
    """The line, with the day under each state that was passed and how long the file stands where it stands."""
    entered = {move.to_state: localdate(move.at) for move in moves}
    left = {move.from_state: localdate(move.at) for move in moves}
    drawn = rules.passed(case.state, case.before_safety, entered.keys() | left.keys())
    notes = {state: words.short_day(on) for state, on in entered.items() if drawn[state] == "done"}
    begun = case.closed_on or entered.get(case.state, case.opened_on)
    notes[case.state] = words.short_day(begun) if not case.is_open else words.since(begun, today)
    phases = []
    for code, states in rules.PHASES.items():
        stops = [Stop(words.label("case_states", each), drawn[each], notes.get(each, "")) for each in states]
        phases.append(Phase(str(TITLES[code]), stops))
    return Journey(phases)
