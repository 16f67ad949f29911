"""What happened in a file, newest first, out of everything that was written in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from havre.cases.assistance.models import ServiceDelivery
from havre.cases.followup.models import ContactAttempt
from havre.cases.people.models import Case, CaseMove, CaseNote, Consent
from havre.cases.people.models.base import Dated
from havre.cases.people.rules.moves import CLOSED, SAFETY
from havre.cases.screening.models import Finding
from havre.platform.database.reading import Prepared
from havre.platform.ui.parts import Entry
from havre.platform.ui.templatetags.words import day

from . import words

Beside = type[CaseNote] | type[ContactAttempt]
FIRST = 6
MOST = 500
NOTE_ICONS = {"call": "phone", "meeting": "user", "visit": "home-heart", "safety": "shield-half", "handover": "send"}


@dataclass(frozen=True)
class Timeline:
    """The entries that are shown, and how many there are."""

    entries: Sequence[Entry]
    total: int

    @property
    def more(self) -> bool:
        """Whether some are left out."""
        return self.total > len(self.entries)


def newest(case: Case, others: Iterable[Dated], *, whole: bool) -> tuple[list[Dated], int]:
    """The newest of what was written, notes and calls beside the others, or all of it; and how much there is."""
    most = MOST if whole else FIRST
    notes, written = _newest(CaseNote, case, most)
    tries, tried = _newest(ContactAttempt, case, most)
    known = [row for row in others if not _is_opening(row)]
    happened = sorted((*notes, *tries, *known), key=attrgetter("at"), reverse=True)
    return happened[:most], written + tried + len(known)


def timeline(happened: Iterable[Dated], total: int, *, whole: bool) -> Timeline:
    """The lines of these; their words are made only here, since they may be sealed."""
    return Timeline([entry(row, whole=whole) for row in happened], total)


@cache
def _question(model: Beside, most: int) -> Prepared[Any]:
    return Prepared(lambda case: model._default_manager.filter(case_id=case).order_by("-at")[:most])


FEW = (_question(CaseNote, FIRST + 1), _question(ContactAttempt, FIRST + 1))  # what the first page of a file asks


def _newest(model: Beside, case: Case, most: int) -> tuple[list[Any], int]:
    """The newest rows, and how many there are: counted only when they are more."""
    found = _question(model, most + 1)(case.pk)
    more = len(found) > most
    return found[:most], model._default_manager.filter(case=case).count() if more else len(found)


def _is_opening(row: Dated) -> bool:
    """Whether it is the step from first contact that the opening itself takes."""
    return isinstance(row, CaseMove) and row.from_state == "S0" and row.to_state == SAFETY


def entry(row: Dated, *, whole: bool) -> Entry:
    """The line of one happening."""
    for kind, told in TELLERS.items():
        if isinstance(row, kind):
            return told(row, whole)
    raise TypeError(f"nothing tells of {type(row).__name__}")


def _entry(at: datetime, title: str, icon: str, tone: str = "", text: str = "", by: str = "") -> Entry:
    on = localdate(at)
    said = pgettext("between what was written and who wrote it", " · ").join(part for part in (text, by) if part)
    return Entry(day(on), title, icon, tone, said, iso=on.isoformat())


def _note(note: CaseNote, whole: bool) -> Entry:
    text = note.text if whole else words.shortened(note.text)
    tone = "flare" if note.kind == "safety" else ""
    title = words.label("note_kinds", note.kind) or _("Note")
    return _entry(note.at, title, NOTE_ICONS.get(note.kind, "notes"), tone, text, note.by.name)


def _move(move: CaseMove, whole: bool) -> Entry:
    if not move.from_state:
        return _entry(move.at, words.label("case_states", "S0"), "door-enter", by=move.by.name)
    state = words.label("case_states", move.to_state)
    if move.kind == "safety":
        return _entry(move.at, _("New danger: safety first"), "alert-octagon", "flare", move.reason, move.by.name)
    if move.to_state == CLOSED:
        return _entry(move.at, _("The file was closed"), "lock", "", move.reason, move.by.name)
    if move.from_state == CLOSED:
        return _entry(move.at, _("The file was reopened"), "door-enter", "", move.reason, move.by.name)
    title = _("Back to “%(state)s”") if move.kind == "back" else _("On to “%(state)s”")
    return _entry(move.at, title % {"state": state}, "arrow-forward-up", "", move.reason, move.by.name)


def _consent(consent: Consent, whole: bool) -> Entry:
    said = _("%(scope)s: %(decision)s") % {"scope": scope(consent), "decision": decision(consent)}
    icon, tone = ("circle-check", "calm") if consent.decision == "given" else ("circle-off", "")
    return _entry(consent.at, said, icon, tone, by=consent.by.name)


def scope(consent: Consent) -> str:
    """What the decision is about, with the body when it is sharing."""
    if consent.scope == "share" and consent.recipient:
        return _("Sharing with %(body)s") % {"body": consent.recipient}
    return words.label("consent_scopes", consent.scope)


def decision(consent: Consent) -> str:
    """Given, refused, withdrawn, inside a sentence."""
    said = words.label("consent_decisions", consent.decision)
    return said[:1].lower() + said[1:]


def _finding(finding: Finding, whole: bool) -> Entry:
    title = _("Decision: %(result)s") % {"result": words.label("vic_TraffickingStatus", finding.result)}
    if finding.second_reader:
        by = _("%(name)s, second reader %(reader)s") % {"name": finding.by.name, "reader": finding.second_reader.name}
    else:
        by = finding.by.name
    return _entry(finding.at, title, "scale", "calm" if finding.second_reader else "", by=by)


def _service(service: ServiceDelivery, whole: bool) -> Entry:
    title, status = words.label("services", service.code), words.label("service_statuses", service.status)
    parts = [part for part in (status, service.provider) if part]
    text = pgettext("between a state and who gives the help", ", ").join(parts)
    return _entry(service.at, title, "heart-handshake", "", text, service.by.name)


def _attempt(attempt: ContactAttempt, whole: bool) -> Entry:
    title = words.label("contact_results", attempt.result)
    return _entry(attempt.at, title, "phone", "", words.label("contact_means", attempt.means), attempt.by.name)


TELLERS: dict[type, Callable[[Any, bool], Entry]] = {
    CaseNote: _note,
    CaseMove: _move,
    Consent: _consent,
    Finding: _finding,
    ServiceDelivery: _service,
    ContactAttempt: _attempt,
}
