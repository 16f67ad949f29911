"""Everything that writes about health: what a person tells, tests with a yes of their own, whether they may travel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from havre.cases.people.actions.record import hold, require_open
from havre.cases.people.models import Case
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale, action
from havre.platform.permissions import Permission

from . import rules
from .models import CareTopic, Fitness, HealthRecord, RestrictedResult
from .standing import latest

RECORD = ("phase", "condition", "severity", "source", "on", "precision", "note")
TEST = ("test", "consented_on", "counselled_on", "on", "counselled_after_on", "result")
# In the record a test has the acts of any other line: whoever sees who saw the file learns of no test.
FITNESS = ("fit", "conditions", "clinician", "on", "valid_until")
R = TypeVar("R", HealthRecord, RestrictedResult)


@action("health.record", needs=Permission.HEALTH_WRITE)
def write_down(case: Case, *, by: User, told: Sequence[dict[str, Any]]) -> list[HealthRecord]:
    """What the person tells or a clinician finds, a row for each; a later look is a row of its own."""
    require_open(case)
    rows = [HealthRecord(case=case, by=by, **each) for each in told]
    for row in rows:
        row.save(force_insert=True)
    return rows


@action("health.save", needs=Permission.HEALTH_WRITE)
def save_record(row: HealthRecord, *, by: User, version: int, values: dict[str, Any]) -> HealthRecord:
    """One line of the record, corrected; Stale when somebody else saved it since."""
    return _save(_held(HealthRecord, row, version, RECORD), by, values, RECORD)


@action("care.check", needs=Permission.HEALTH_WRITE)
def check_topics(case: Case, *, by: User, topics: Iterable[str]) -> None:
    """The topics that were gone through; those that are not named any more are open again."""
    hold(case)
    require_open(case)
    wanted = set(topics)
    there = {each.topic: each for each in CareTopic.objects.filter(case=case)}
    for topic in there.keys() - wanted:
        there[topic].delete()
    for topic in sorted(wanted - there.keys()):
        CareTopic(case=case, by=by, topic=topic).save(force_insert=True)


@action("fitness.say", needs=Permission.HEALTH_WRITE)
def say_fitness(case: Case, *, by: User, values: dict[str, Any]) -> Fitness:
    """Whether the person may travel, from a day and until one; it takes the place of what was said before."""
    hold(case)
    require_open(case)
    said = Fitness(case=case, by=by, supersedes=latest(case), **{name: values[name] for name in FITNESS})
    if said.fit != rules.UNFIT and said.valid_until is None:
        raise Refused(_("Say until which day this holds."))
    if said.valid_until is not None and said.valid_until < said.on:
        raise Refused(_("The last day lies before the day of the look. Check both."))
    if said.fit == rules.CONDITIONS and not said.conditions:
        raise Refused(_("Write what the journey must offer, so that somebody can see to it."))
    said.save(force_insert=True)
    return said


@action("health.record", needs=Permission.HEALTH_WRITE)
def begin_test(case: Case, *, by: User, values: dict[str, Any], readers: Iterable[int] = ()) -> RestrictedResult:
    """A test the person said yes to after a talk; read by whoever writes it down and by those they name."""
    require_open(case)
    row = RestrictedResult(case=case, by=by, readers=_readers(by, readers), **{name: values[name] for name in TEST})
    _require_order(row)
    row.save(force_insert=True)
    return row


@action("health.save", needs=Permission.HEALTH_WRITE)
def save_test(
    row: RestrictedResult, *, by: User, version: int, values: dict[str, Any], readers: Iterable[int]
) -> RestrictedResult:
    """The test with its result and its readers; only one of them reaches it at all."""
    held = _held(RestrictedResult, row, version, TEST)
    held.readers = _readers(by, readers)
    return _save(held, by, values, TEST)


def _readers(by: User, others: Iterable[int]) -> list[int]:
    return sorted({by.principal, *others})


def _held(model: type[R], row: R, version: int, fields: Sequence[str]) -> R:
    held = model.objects.select_for_update(of=("self",)).select_related("case", "by").get(pk=row.pk)
    require_open(held.case)
    if held.version != version:
        theirs = {name: getattr(held, name) for name in fields}
        raise Stale(held.version, theirs, who=held.by.name, at=held.at)
    return held


def _save(row: R, by: User, values: dict[str, Any], fields: Sequence[str]) -> R:
    for name in fields:
        if name in values:
            setattr(row, name, values[name])
    if isinstance(row, RestrictedResult):
        _require_order(row)
    row.by, row.at, row.version = by, timezone.now(), row.version + 1
    row.save()
    return row


def _require_order(row: RestrictedResult) -> None:
    """Consent and counselling first, then the test, then the result and the talk about it (SPEC 8.6)."""
    if not row.consented_on or not row.counselled_on:
        raise Refused(_("First the talk and the person’s own yes to this test, each with its day. Then the test."))
    if row.on is None and (row.result or row.counselled_after_on):
        raise Refused(_("Give the day of the test as well."))
    if row.on and row.on < max(row.consented_on, row.counselled_on):
        raise Refused(_("The test lies before the person’s yes or before the talk. Check the days."))
    if row.on and row.counselled_after_on and row.counselled_after_on < row.on:
        raise Refused(_("The talk about the result lies before the test. Check the days."))
