"""What a return officer looks after: who travels soon and what is missing, who is under way, who changed their mind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from havre.cases.assistance.models import Risk
from havre.cases.assistance.rules import risk as risks
from havre.cases.children import rules as children
from havre.cases.children.models import BestInterest
from havre.cases.health.models import Fitness
from havre.cases.health.rules import may_travel
from havre.cases.people.rules.moves import CLOSED
from havre.cases.returns import rules
from havre.cases.returns.models import ReturnJourney, TravelDocument, TravelLeg
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring

from . import words
from .home import Card, Day
from .rows import Badge, Row, urgent

MOST = 50
SOON = timedelta(days=14)
RUNS_OUT = timedelta(days=90)


@dataclass
class Held:
    """What is kept about the people who travel, each kind read once for all of them."""

    papers: dict[UUID, list[TravelDocument]] = field(default_factory=dict)
    fit: dict[UUID, Fitness] = field(default_factory=dict)
    legs: dict[UUID, list[TravelLeg]] = field(default_factory=dict)
    risks: dict[UUID, list[Risk]] = field(default_factory=dict)
    decided: dict[UUID, BestInterest] = field(default_factory=dict)


def add(day: Day, user: User, today: date) -> None:
    """The journeys of the people this officer may see."""
    leaving = list(_leaving(today)[:MOST])
    held = _held([each.case_id for each in leaving])
    soon = [each for each in leaving if each.planned_on and each.planned_on <= today + SOON]
    travels = [_travels(each, held, today) for each in soon]
    under_way = [_under_way(each, today) for each in _departed()]
    late = [row for row in under_way if row.note]
    changed = _changed(today)
    papers = [row for row in (_runs_out(each, held, today) for each in leaving) if row]
    day.cards = _cards(under_way, travels, tone=_tone(late))
    day.beside = _beside(changed, papers)
    day.say_first(_sentences(len(late), len(travels), sum(bool(row.note) for row in travels)))


def _tone(late: list[Row]) -> str:
    """Alarming once nobody knows where somebody is."""
    return ("flare" if any(row.go for row in late) else "lamp") if late else ""


def add_missed(day: Day, today: date) -> None:
    """For everybody else who may see them: those of whom nobody has heard for a day; nothing while there is nobody."""
    rows = [row for row in (_under_way(each, today) for each in _departed()) if row.go]
    if rows:
        day.cards = [Card("arrivals", _("Arrivals to confirm"), rows, "", tone="flare"), *day.cards]
        day.say_first(_sentences(len(rows), 0, 0))


def _cards(under_way: list[Row], travels: list[Row], *, tone: str) -> list[Card]:
    return [
        Card(
            "arrivals",
            _("Arrivals to confirm"),
            under_way,
            _("Nobody is under way."),
            _("Whoever left and has not arrived appears here; an arrival is confirmed within 24 hours."),
            tone=tone,
        ),
        Card(
            "travels",
            _("Who travels in the next 14 days"),
            travels,
            _("Nobody travels in the next 14 days."),
            _("Journeys appear here two weeks before their day, with what is still missing."),
        ),
    ]


def _beside(changed: list[Row], papers: list[Row]) -> list[Card]:
    return [
        Card(
            "changed",
            _("Changed their mind"),
            changed,
            _("Nobody took a journey back."),
            _("Whoever stops a journey appears here until the receiving body is told."),
        ),
        Card(
            "papers",
            _("Papers that run out before the journey"),
            papers,
            _("Every paper holds long enough."),
            _("Papers that end before the arrival appear here."),
        ),
    ]


def _sentences(late: int, soon: int, lacking: int) -> list[tuple[str, str]]:
    said = []
    if late:
        text = ngettext("%(n)s arrival is not confirmed.", "%(n)s arrivals are not confirmed.", late)
        said.append((text % {"n": words.spelled(late, first=True)}, "#arrivals"))
    if soon:
        text = ngettext("%(n)s person travels within two weeks.", "%(n)s people travel within two weeks.", soon)
        said.append((text % {"n": words.spelled(soon, first=True)}, "#travels"))
    if lacking and soon == 1:
        said.append((_("Something is still missing."), "#travels"))
    elif lacking:
        text = ngettext(
            "Something is still missing for %(n)s of them.", "Something is still missing for %(n)s of them.", lacking
        )
        said.append((text % {"n": words.spelled(lacking)}, "#travels"))
    return said


def _standing() -> QuerySet[ReturnJourney]:
    found = ReturnJourney.objects.filter(superseded_by=None, withdrawn_on=None, cancelled_on=None, arrived_at=None)
    return found.exclude(option="stay").exclude(case__state=CLOSED).select_related("case__person")


def _leaving(today: date) -> QuerySet[ReturnJourney]:
    """Who chose a day and has not left, the nearest day first; a day that passed is not forgotten."""
    return _standing().filter(departed_at=None, planned_on__lte=today + RUNS_OUT).order_by("planned_on")


def _departed() -> QuerySet[ReturnJourney]:
    return _standing().filter(departed_at__isnull=False, case__state="S9").order_by("due_at")[:MOST]


def _ended(today: date) -> list[ReturnJourney]:
    """The journeys that were stopped since yesterday, and those of which the receiving body was not told."""
    recent = Q(withdrawn_on__gte=today - timedelta(days=1)) | Q(cancelled_on__gte=today - timedelta(days=1))
    stopped = Q(withdrawn_on__isnull=False) | Q(cancelled_on__isnull=False) | Q(superseded_by__isnull=False)
    untold = Q(told_on=None, arrived_at=None, receiving_confirmed_on__isnull=False)
    found = ReturnJourney.objects.filter(Q(recent, superseded_by=None) | (stopped & untold))
    return list(found.exclude(case__state=CLOSED).select_related("case__person").order_by("-at")[:MOST])


def _expected(cases: Sequence[UUID]) -> set[tuple[UUID, str]]:
    """The bodies that go on expecting somebody, by a journey that stands."""
    keyring.load(cases)
    found = ReturnJourney.objects.filter(case__in=cases, superseded_by=None, withdrawn_on=None, cancelled_on=None)
    return {(each.case_id, each.receiving) for each in found.exclude(option="stay")}


def _held(cases: Sequence[UUID]) -> Held:
    """Five questions, however many people travel."""
    held = Held()
    for paper in TravelDocument.objects.filter(case__in=cases):
        held.papers.setdefault(paper.case_id, []).append(paper)
    for word in Fitness.objects.filter(case__in=cases, superseded_by=None).order_by("on", "at"):
        held.fit[word.case_id] = word
    for leg in TravelLeg.objects.filter(case__in=cases).order_by("departs_at"):
        held.legs.setdefault(leg.journey_id, []).append(leg)
    for risk in Risk.objects.standing().filter(case__in=cases, about=risks.RETURN):
        held.risks.setdefault(risk.case_id, []).append(risk)
    about = {"kind": children.DETERMINATION, "about": children.RETURN}
    for found in BestInterest.objects.standing().filter(case__in=cases, **about).order_by("on", "at"):
        held.decided[found.case_id] = found
    return held


def _missing(journey: ReturnJourney, held: Held, today: date) -> list[str]:
    """What is still to be found, in a few words each; the page of the journey says how."""
    case, until = journey.case, _until(journey, today)
    young = words.child(case.person, today)
    will = rules.Will(bool(journey.declared_on), young, bool(journey.guardian_on), journey.assent)
    judged = [
        (each.score if each.residual is None else each.residual, bool(each.override_by_id))
        for each in held.risks.get(case.pk, [])
    ]
    decided, word, legs = held.decided.get(case.pk), held.fit.get(case.pk), held.legs.get(journey.pk, [])
    holds = rules.has_papers(
        [rules.Paper(each.kind, each.state, each.valid_until) for each in held.papers.get(case.pk, [])], until
    )
    fit = word is not None and may_travel(word.fit, word.on, word.valid_until, until)
    said = (
        (rules.is_willed(will), _("the declaration")),
        (risks.allows(judged), _("the risk of the return")),
        (holds, _("papers that hold")),
        (fit, _("fitness to travel")),
        (journey.receiving_confirmed_on is not None, _("the word of the receiving body")),
        (bool(legs), _("the way")),
        (
            not young or (decided is not None and decided.outcome == children.IN_INTEREST),
            _("the panel’s determination"),
        ),
    )
    return [title for met, title in said if not met]


def _until(journey: ReturnJourney, today: date) -> date:
    """The day through which papers and fitness must hold."""
    return journey.due_at.date() if journey.due_at else journey.planned_on or today


def _travels(journey: ReturnJourney, held: Held, today: date) -> Row:
    url = reverse("returns:journey", args=[journey.case.reference])
    row = Row(journey.case, url, _("Prepare"), badges=urgent(journey.case, today))
    day = journey.planned_on or today
    missing = _missing(journey, held, today)
    row.when = words.short_day(day)
    row.note = pgettext("beside a day", "past") if day < today else ""
    if missing:
        listed = pgettext("between the facts of a decision", ", ").join(missing)
        row.sentence = _("Still missing: %(what)s.") % {"what": listed}
        row.note = row.note or ngettext("%(n)s missing", "%(n)s missing", len(missing)) % {"n": len(missing)}
    else:
        row.sentence = _("Everything stands. Ask once more whether the person wishes to leave.")
        row.badges.append(Badge("calm", "check", _("Ready")))
        row.action = _("Open")
    return row


def _under_way(journey: ReturnJourney, today: date) -> Row:
    now = timezone.now()
    url = reverse("returns:arrival", args=[journey.case.reference])
    row = Row(journey.case, url, _("Confirm the arrival"), badges=urgent(journey.case, today))
    lateness = rules.lateness(journey.due_at, now)
    if lateness == "waits":
        row.sentence = _("Under way.")
        row.when = words.short_moment(journey.due_at) if journey.due_at else ""
        return row
    hours = rules.hours_late(journey.due_at, now)
    row.when = ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    row.note = pgettext("after a length of time", "late")
    row.sentence = _("The arrival was due. Ring the receiving body.")
    if lateness == "silent":
        row.badges.append(Badge("flare", "alert-octagon", _("Nobody knows where the person is")))
        row.go = True
    return row


def _changed(today: date) -> list[Row]:
    ended = _ended(today)
    expected = _expected([each.case_id for each in ended]) if ended else set()
    return [row for row in (_stopped(each, expected, today) for each in ended) if row]


def _stopped(journey: ReturnJourney, expected: set[tuple[UUID, str]], today: date) -> Row | None:
    """Who stopped a journey; nothing of an older one once nobody waits for a word."""
    on = journey.withdrawn_on or journey.cancelled_on
    row = Row(
        journey.case, reverse("returns:journey", args=[journey.case.reference]), "", words.since(on or today, today)
    )
    waits = journey.receiving_confirmed_on and not journey.told_on
    if waits and (journey.case_id, journey.receiving) not in expected:
        row.sentence, row.action = _("Tell the receiving body that nobody comes."), _("Open")
        return row
    row.sentence = _("It costs the person nothing. Help goes on.")
    return row if on and on >= today - timedelta(days=1) else None


def _runs_out(journey: ReturnJourney, held: Held, today: date) -> Row | None:
    until = _until(journey, today)
    ends = [
        each
        for each in held.papers.get(journey.case_id, [])
        if each.state == rules.HELD and each.valid_until and each.valid_until < until
    ]
    if not ends:
        return None
    first = min(ends, key=lambda each: each.valid_until or today)
    told = {"paper": words.label("travel_papers", first.kind), "day": words.short_day(first.valid_until or today)}
    row = Row(journey.case, reverse("returns:paper_edit", args=[journey.case.reference, first.pk]), _("Open"))
    row.when, row.sentence = words.short_day(until), _("%(paper)s: ends %(day)s.") % told
    return row
