"""What a supervisor looks after: the house as a whole, its children and its dangers, and where help is short.

Each source is asked once, for the open files that this reader may see, and for a bounded number of rows. Whoever is in
danger is found in every file; everything else, in a very large house, in the files opened last, and the page says so.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case as When
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models import When as If
from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from havre.cases.assistance.models import Need, Risk, ServiceDelivery
from havre.cases.assistance.rules import risk as risks
from havre.cases.children import rules as children
from havre.cases.children.models import BestInterest, Circumstances, Guardian
from havre.cases.followup.models import ContactAttempt
from havre.cases.people.models import Case, CaseMove, CaseNote, Task
from havre.cases.people.rules.moves import CLOSED
from havre.cases.returns.models import ReturnJourney
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User
from havre.platform.accounts.office.shown import left_behind

from . import caseload, home, rules, words
from .home import Card, Day
from .rows import Badge, Row, urgent

MOST = 50
COUNTED = 1000
WORKERS = 6
OLDEST = 500  # files opened longest ago, among which those without movement are looked for
ADULT = 18


def add(day: Day, user: User, today: date) -> None:
    """The house, before the supervisor's own people."""
    danger = home.in_danger(Case.objects.filter(agency=user.agency_id).exclude(owner=user))
    files, all_of_them = caseload.reached(user)
    alone, undecided = _children(caseload.among(Case.objects.exclude(state=CLOSED), files, "pk"), today)
    high = _high(files, today)
    asked = [each for each in high if each.about == risks.RETURN and each.override_by_id is None]
    day.cards = [card for card in (_in_danger(danger, today), _without_guardian(alone, today)) if card.rows]
    day.cards += [
        Card(
            "risks",
            _("High risks without a review"),
            [_risk(each, today) for each in high if each.review_on is None or each.review_on < today],
            _("Every high risk has a day on which it is looked at again."),
            _("A risk that is high after the measures, and whose review is missing or past, appears here."),
        ),
        Card(
            "overrides",
            _("Returns that wait for your decision"),
            [_override(each, today) for each in asked],
            _("No return waits for you."),
            _("A return whose risk stays high goes on only with your written word."),
        ),
    ]
    day.cards += [_undecided(undecided, today)] if undecided else []
    day.beside = [_quiet(user, today)]
    day.counts = [*_late(user, files, today), *_unmet(files)]
    day.states, day.house = caseload.by_state(user.agency.principal), True
    day.looked_at = 0 if all_of_them else len(files)
    day.say_first([*_sentences(danger, alone, asked), *_left(user)])


def _sentences(danger: list[Case], alone: list[Case], asked: list[Risk]) -> list[tuple[str, str]]:
    some = lambda number: words.spelled(number, first=True)  # noqa: E731 - three sentences begin with it
    said = []
    if danger:
        text = ngettext(
            "In the house %(n)s person is in danger now.", "In the house %(n)s people are in danger now.", len(danger)
        )
        said.append((text % {"n": words.spelled(len(danger))}, "#danger"))
    if alone:
        text = ngettext("%(n)s child has no guardian.", "%(n)s children have no guardian.", len(alone))
        said.append((text % {"n": some(len(alone))}, "#guardians"))
    if asked:
        text = ngettext("%(n)s return waits for your decision.", "%(n)s returns wait for your decision.", len(asked))
        said.append((text % {"n": some(len(asked))}, "#overrides"))
    return said


def _left(user: User) -> list[tuple[str, str]]:
    """Files in the care of somebody who cannot look after any."""
    left = len(left_behind(user.agency_id))
    text = ngettext(
        "The files of %(n)s colleague who left or does other work wait for somebody.",
        "The files of %(n)s colleagues who left or do other work wait for somebody.",
        left,
    )
    return [(text % {"n": words.spelled(left)}, reverse("handover:list"))] if left else []


def _in_danger(danger: list[Case], today: date) -> Card:
    rows = [home.danger_row(case, today, first=case is danger[0]) for case in danger]
    return Card("danger", _("In danger now"), rows, "", tone="flare")


def _children(cases: QuerySet[Case], today: date) -> tuple[list[Case], list[Case]]:
    """Children who came alone or may have and have no guardian; children who chose to leave and no panel decided."""
    young = Q(person__presumed_minor=True) | Q(person__birth_year__gte=today.year - ADULT)
    found = cases.filter(young).select_related("person").order_by("opened_on")
    guarded = Exists(Guardian.objects.filter(case=OuterRef("pk"), ended_on=None))
    beside = Exists(Circumstances.objects.filter(case=OuterRef("pk"), accompanied="yes"))
    about = {"kind": children.DETERMINATION, "about": children.RETURN}
    decided = Exists(BestInterest.objects.standing().filter(case=OuterRef("pk"), **about))
    leaves = Exists(_leaving().filter(case=OuterRef("pk")))
    alone = [each for each in found.filter(~guarded, ~beside)[:MOST] if words.child(each.person, today)]
    undecided = [each for each in found.filter(leaves, ~decided)[:MOST] if words.child(each.person, today)]
    return alone, undecided


def _leaving() -> QuerySet[ReturnJourney]:
    ended = {"superseded_by": None, "withdrawn_on": None, "cancelled_on": None, "departed_at": None}
    return ReturnJourney.objects.filter(**ended, arrived_at=None).exclude(option="stay")


def _without_guardian(alone: list[Case], today: date) -> Card:
    rows = [_alone(case, today) for case in alone]
    said = _("A guardian is named within one working day.")
    return Card("guardians", _("Children without a guardian"), rows, "", tone="lamp", said=said)


def _alone(case: Case, today: date) -> Row:
    url = reverse("children:guardian", args=[case.reference])
    row = Row(case, url, _("Name a guardian"), words.short_day(case.opened_on), badges=urgent(case, today))
    row.note = pgettext("after a length of time", "late") if children.guardian_due(case.opened_on) < today else ""
    row.sentence = _("%(name)s: no guardian is named yet.") % {"name": case.owner.name}
    return row


def _undecided(cases: list[Case], today: date) -> Card:
    rows = []
    for case in cases:
        url = reverse("children:determine", args=[case.reference])
        said = _("The child chose to leave, and no panel has determined yet what is best.")
        rows.append(Row(case, url, _("Determine"), sentence=said, badges=urgent(case, today)))
    return Card("panels", _("Children whose return is not determined"), rows, "", tone="lamp")


def _high(files: list[UUID], today: date) -> list[Risk]:
    """The risks that stay high after the measures, in files that are open, those without a review first."""
    kept = F("residual_likelihood") * F("residual_impact")
    counts = When(If(residual_likelihood=None, then=F("likelihood") * F("impact")), default=kept)
    least = 1 + max(int(row["most"]) for row in load("risk_levels").rows if not risks.is_high(row["code"]))
    found = caseload.among(Risk.objects.standing(), files).annotate(counts=counts).filter(counts__gte=least)
    found = found.exclude(case__state=CLOSED).select_related("case__person", "owner")
    return list(found.order_by(F("review_on").asc(nulls_first=True), "at")[:MOST])


def _risk(risk: Risk, today: date) -> Row:
    url = reverse("assistance:risks", args=[risk.case.reference])
    row = Row(risk.case, url, _("Look at the risk"), badges=urgent(risk.case, today))
    if risk.review_on:
        row.when = words.in_days((today - risk.review_on).days)
        row.note = pgettext("after a length of time", "late")
    row.sentence = _level(risk)
    return row


def _level(risk: Risk) -> str:
    level = risks.level(risk.score if risk.residual is None else risk.residual)
    told = {"level": words.label("risk_levels", level), "about": words.label("risk_subjects", risk.about)}
    return _("%(about)s: %(level)s, with %(name)s") % {**told, "name": risk.owner.name}


def _override(risk: Risk, today: date) -> Row:
    url = reverse("assistance:risk_override", args=[risk.case.reference, risk.pk])
    row = Row(risk.case, url, _("Read and decide"), sentence=_level(risk), badges=urgent(risk.case, today))
    row.badges.append(Badge("lamp", "clock-exclamation", _("Holds up the return")))
    return row


def _late(user: User, files: list[UUID], today: date) -> list[tuple[str, str]]:
    """What is past its day in the house, by worker: where a hand is needed, not whose fault it is."""
    tasks = caseload.among(Task.objects.filter(done_on=None, due__lt=today), files).exclude(assignee=user)
    tasks = tasks.exclude(case__state=CLOSED)
    services = ServiceDelivery.objects.filter(status__in=("accepted", "active"), due__lt=today).exclude(worker=user)
    services = caseload.among(services, files)
    found = Counter(tasks.order_by("due").values_list("assignee__name", flat=True)[:COUNTED])
    found += Counter(
        services.exclude(case__state=CLOSED).order_by("due").values_list("worker__name", flat=True)[:COUNTED]
    )
    said = []
    for name, number in found.most_common(WORKERS):
        text = ngettext(
            "%(n)s thing of %(name)s’s people is past its day.",
            "%(n)s things of %(name)s’s people are past their day.",
            number,
        )
        said.append((text % {"n": words.spelled(number, first=True), "name": name}, ""))
    return said


def _unmet(files: list[UUID]) -> list[tuple[str, str]]:
    """How many needs nobody looks after, and which is the most frequent."""
    statuses = load("service_statuses")
    meets = [row["code"] for row in statuses.rows if row["meets_need"] == "yes"]
    helped = Exists(ServiceDelivery.objects.filter(need=OuterRef("pk"), status__in=meets))
    open_needs = caseload.among(Need.objects.all(), files).filter(~helped, met_on=None).exclude(case__state=CLOSED)
    found = Counter(open_needs.values_list("code", flat=True)[:COUNTED])
    if not found:
        return []
    number, (first, _times) = found.total(), found.most_common(1)[0]
    if number >= COUNTED:
        text = _("A thousand needs or more have no help yet; most often: %(need)s.")
    else:
        text = ngettext(
            "%(n)s need has no help yet: %(need)s.", "%(n)s needs have no help yet; most often: %(need)s.", number
        )
    return [
        (text % {"n": words.spelled(number, first=True), "need": words.label("needs", first)}, reverse("casefile:list"))
    ]


def _quiet(user: User, today: date) -> Card:
    """Files under way, of those opened longest ago, in which nothing was written for a month."""
    before = make_aware(datetime.combine(today - rules.QUIET, datetime.min.time()))
    oldest = caseload.access(user.agency.principal).order_by("opened").values("case_id")[:OLDEST]
    moved = [
        Exists(model._default_manager.filter(case=OuterRef("pk"), at__gte=before))
        for model in (CaseNote, ContactAttempt, CaseMove)
    ]
    found = Case.objects.filter(pk__in=oldest, state__in=home.UNDER_WAY, opened_on__lt=today - rules.QUIET)
    found = found.filter(*(~each for each in moved)).exclude(owner=user).select_related("person", "owner")
    rows = [_silent(case) for case in found.order_by("opened_on")[: home.ASIDE]]
    said = _("Nothing was written for 30 days or more. Ask the colleague what would help.") if rows else ""
    hint = _("Files in which nothing was written for 30 days appear here.")
    return Card("still", _("Files without movement"), rows, _("Something happens in every file."), hint, said=said)


def _silent(case: Case) -> Row:
    said = _("Looked after by %(name)s") % {"name": case.owner.name}
    return Row(case, when=words.label("case_states", case.state), sentence=said)
