"""What waits for a caseworker today: each source asked once, for a bounded number of rows, of their own people only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from havre.cases.assistance.models import ServiceDelivery
from havre.cases.followup import rules as calls
from havre.cases.followup.models import ContactAttempt, FollowUp
from havre.cases.people.models import Case, CaseMove, CaseNote, Task
from havre.cases.people.rules.moves import CLOSED, SAFETY
from havre.cases.screening.models import Finding
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring
from havre.platform.permissions import Permission

from . import caseload, rules, words
from .rows import Row, urgent
from .said import sentences

MOST = 50  # rows of each source
ASIDE = 5
FIRST = 8  # rows a card shows at once
TITLES = {
    "identify": gettext_lazy("Identify"),
    "assist": gettext_lazy("Assist"),
    "return": gettext_lazy("Return"),
    "rebuild": gettext_lazy("Rebuild"),
}
FILLS = {"identify": "f-q7", "assist": "f-q5", "return": "f-q4", "rebuild": "f-q3"}
LARGE = 300  # open people beyond whom nobody is looked for who has gone quiet
UNDER_WAY = ("S5", "S6", "S7", "S8", "S9", "S10", "S11", "S12")


@dataclass(frozen=True)
class Part:
    """One phase of the bar."""

    label: str
    fill: str
    start: int
    number: int


@dataclass(frozen=True)
class Card:
    """A few rows under one heading; what would be here when there is none."""

    code: str
    title: str
    rows: Sequence[Row]
    empty: str
    hint: str = ""
    tone: str = ""
    said: str = ""

    @property
    def first(self) -> Sequence[Row]:
        """As many as a card shows at once."""
        return self.rows[:FIRST]

    @property
    def more(self) -> Sequence[Row]:
        """The rest."""
        return self.rows[FIRST:]


@dataclass
class Day:
    """What the page of a day shows."""

    late: Sequence[Row] = ()
    today: Sequence[Row] = ()
    waiting: Sequence[Row] = ()
    came_in: Sequence[Row] = ()
    quiet: Sequence[Row] = ()
    states: Sequence[tuple[str, int]] = ()
    sentences: list[tuple[str, str]] = field(default_factory=list)
    cards: Sequence[Card] = ()  # what a role looks after beside its own people
    beside: Sequence[Card] = ()
    counts: Sequence[tuple[str, str]] = ()  # a sentence and the place it leads to, in the column beside
    house: bool = False  # the bar is the house's, not the caseload's
    looked_at: int = 0  # files in which the house was looked through, when it has more

    @property
    def has_own(self) -> bool:
        """Whether the tasks of the day are shown, empty or not: to whoever has no other card, always."""
        return bool(self.today or not self.cards)

    def say_first(self, said: list[tuple[str, str]]) -> None:
        """Puts these sentences first; that nobody expects the reader is said only when nothing else is."""
        nobody = _("Nobody expects you today.")
        self.sentences = [*said, *(each for each in self.sentences if not said or each[0] != nobody)]

    @property
    def urges(self) -> bool:
        """Whether one thing of the day comes before everything else: then nothing else on the page is filled."""
        return any(row.go for row in self.rows)

    @property
    def rows(self) -> list[Row]:
        """Every row of the page."""
        own = (self.late, self.today, self.waiting, self.came_in, self.quiet)
        return [row for some in (*own, *(card.rows for card in (*self.cards, *self.beside))) for row in some]

    @property
    def phases(self) -> dict[str, int]:
        """How many people stand in each phase."""
        return rules.shares(self.states)

    @property
    def people(self) -> int:
        """How many people the caseload holds."""
        return sum(self.phases.values())

    @property
    def first_late(self) -> Sequence[Row]:
        """What is late, as far as a card shows it at once."""
        return self.late[:FIRST]

    @property
    def more_late(self) -> Sequence[Row]:
        """The rest of what is late."""
        return self.late[FIRST:]

    @property
    def first_today(self) -> Sequence[Row]:
        """What is for today, as far as a card shows it at once."""
        return self.today[:FIRST]

    @property
    def more_today(self) -> Sequence[Row]:
        """The rest of what is for today."""
        return self.today[FIRST:]

    @property
    def expected(self) -> str:
        """How many people the day holds, in words for the head of the card."""
        people = len({row.case.pk for row in self.today})
        return ngettext("%(n)s person", "%(n)s people", people) % {"n": people} if people else ""

    @cached_property
    def bar(self) -> list[Part]:
        """The caseload as a bar: each phase where the one before ends."""
        parts, start = [], 0
        for phase, number in self.phases.items():
            if number:
                parts.append(Part(str(TITLES[phase]), FILLS[phase], start, number))
            start += number
        return parts

    @property
    def many(self) -> bool:
        """Whether there are more than are counted."""
        return self.people >= caseload.COUNTED


def own(user: User, today: date) -> Day:
    """What waits for this user on this day about their own people; the rows have no names yet."""
    tasks, visits, services = _tasks(user, today), _calls(user, today), _services(user, today)
    danger = in_danger(Case.objects.filter(owner=user))
    keyring.load(each.case_id for each in tasks)
    due = [
        *((each.due, _task(each, today)) for each in tasks),
        *((each.planned, _call(each, today)) for each in visits),
        *((each.due or today, _service(each, today)) for each in services),
    ]
    due.sort(key=lambda pair: pair[0])
    shown = Day(
        late=[row for on, row in due if row.note],
        today=[
            *(danger_row(case, today, first=case is danger[0]) for case in danger),
            *(row for on, row in due if not row.note),
        ],
        waiting=[_waiting(each, today) for each in _findings(user)],
        came_in=_came_in(user, today),
        states=caseload.by_state(user.principal),
    )
    if shown.people <= LARGE:
        shown.quiet = _quiet(user, today)
    shown.sentences = sentences(shown.late, shown.today, len(shown.waiting), len(danger), today)
    return shown


def _tasks(user: User, today: date) -> list[Task]:
    found = Task.objects.filter(assignee=user, done_on=None, due__lte=today).exclude(case__state=CLOSED)
    return list(found.select_related("case__person").order_by("due")[:MOST])


def _task(task: Task, today: date) -> Row:
    row = Row(task.case, f"{task.case.get_absolute_url()}#tasks", _("Open"), sentence=words.shortened(task.text, 160))
    return _timed(row, task.due, today, pgettext("kind of thing to do", "Task"))


def _calls(user: User, today: date) -> list[FollowUp]:
    found = FollowUp.objects.filter(case__owner=user, state="planned", planned__lte=today).exclude(case__state=CLOSED)
    return list(found.select_related("case__person").order_by("planned")[:MOST])


def _call(call: FollowUp, today: date) -> Row:
    url = reverse("followup:call", args=[call.case.reference, call.code])
    row = Row(call.case, url, _("Prepare"), sentence=words.label("monitoring_schedule", call.code))
    contact = calls.contact(call.code, call.planned, call.window_days)
    overdue = calls.standing(contact, call.done_on, today) == "overdue"
    return _timed(row, contact.closes if overdue else today, today, pgettext("kind of thing to do", "Call"))


def _services(user: User, today: date) -> list[ServiceDelivery]:
    found = ServiceDelivery.objects.filter(worker=user, status__in=("accepted", "active"), due__lte=today)
    return list(found.exclude(case__state=CLOSED).select_related("case__person").order_by("due")[:MOST])


def _service(service: ServiceDelivery, today: date) -> Row:
    url = reverse("assistance:service_edit", args=[service.case.reference, service.pk])
    said = _("%(service)s: to be reviewed.") % {"service": words.label("services", service.code)}
    row = Row(service.case, url, _("Review"), sentence=said)
    return _timed(row, service.due or today, today, pgettext("kind of thing to do", "Review"))


def _timed(row: Row, due: date, today: date, kind: str) -> Row:
    """The row with how late it is, or with what kind of thing it is when it is due today."""
    row.badges = urgent(row.case, today)
    row.when = words.in_days((today - due).days) if due < today else kind
    row.note = pgettext("after a length of time", "late") if due < today else ""
    return row


def in_danger(cases: QuerySet[Case]) -> list[Case]:
    """Those of these who are in danger now, the longest known first."""
    now = Q(in_danger="yes") | ~Q(before_safety__in=rules.NOTHING_BEFORE)
    found = cases.filter(now, state=SAFETY).select_related("person").order_by("opened_on")[:MOST]
    return [each for each in found if rules.in_danger_now(each.state, each.before_safety, each.in_danger)]


def danger_row(case: Case, today: date, *, first: bool) -> Row:
    """Somebody who is brought to safety before anything else."""
    said = words.listed("immediate_dangers", case.dangers)
    url = reverse("people:safety", args=[case.reference])
    when = pgettext("kind of thing to do", "Now")
    return Row(case, url, _("See to safety"), when, sentence=said, go=first, badges=urgent(case, today))


def _findings(user: User) -> list[Finding]:
    """Decisions of colleagues that wait for a second reader."""
    if not user.may(Permission.FINDING_CONFIRM):
        return []
    found = caseload.among(Finding.objects.standing(), caseload.reached(user)[0])
    found = found.filter(second_reader=None, imported=False).exclude(by=user)
    found = found.exclude(case__state=CLOSED).select_related("case__person", "by").order_by("at")
    return list(found[:MOST])


def _waiting(finding: Finding, today: date) -> Row:
    url = reverse("screening:finding", args=[finding.case.reference])
    said = _("%(result)s, decided by %(name)s") % {
        "result": words.label("vic_TraffickingStatus", finding.result),
        "name": finding.by.name,
    }
    ago = words.since(localdate(finding.at), today)
    return Row(finding.case, url, _("Read and answer"), ago, sentence=said, badges=urgent(finding.case, today))


def _came_in(user: User, today: date) -> list[Row]:
    recent = caseload.access(user.principal).filter(opened__gte=today - rules.CAME_IN)
    cases = caseload.files(list(recent.values_list("case_id", flat=True)[:ASIDE]))
    return [_newcomer(case, today) for case in cases if case.is_open]


def _newcomer(case: Case, today: date) -> Row:
    said = words.label("referral_sources", case.referred_by) or words.in_short(case.person, today)
    row = Row(case, sentence=said, badges=urgent(case, today))
    row.when = words.since(case.opened_on, today)
    return row


def _last(model: type[CaseNote | ContactAttempt | CaseMove]) -> Subquery:
    return Subquery(model._default_manager.filter(case=OuterRef("pk")).order_by("-at").values("at")[:1])


def _quiet(user: User, today: date) -> list[Row]:
    """People under way about whom nothing was written for a month, the longest silence first."""
    last = Greatest(_last(CaseNote), _last(ContactAttempt), _last(CaseMove))
    before = make_aware(datetime.combine(today - rules.QUIET, datetime.min.time()))
    found = Case.objects.filter(owner=user, state__in=UNDER_WAY, opened_on__lt=today - rules.QUIET).annotate(last=last)
    found = found.filter(Q(last__lt=before) | Q(last=None)).select_related("person").order_by("last")
    return [_silent(case, localdate(case.last) if case.last else case.opened_on, today) for case in found[:ASIDE]]


def _silent(case: Case, last: date, today: date) -> Row:
    return Row(case, when=words.in_days((today - last).days))
