"""Everything that writes here: marks on indicators, readings, assessments, and causes seen from a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.cases.people.actions.record import hold, require_open
from havre.cases.people.models import Case
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale, action
from havre.platform.permissions import Permission

from . import lists
from .evidence import Evidence, gather
from .models import IndicatorMark, IndicatorResult, PlaceFactor, Vulnerability
from .rules.delphi import PROFILES, Reading

INDIVIDUAL, HOUSEHOLD, COMMUNITY, STRUCTURAL = "individual", "household", "community", "structural"


@dataclass(frozen=True)
class Found:
    """What was found of one factor; `present` is empty when it was not looked at."""

    present: str = ""
    weight: int = 0
    note: str = ""


@dataclass(frozen=True)
class Place:
    """A country or an area of it, in a year."""

    country: str
    period: int
    area: str = ""


@action("indicators.mark", needs=Permission.CASE_WRITE)
def mark(case: Case, *, by: User, name: str, answers: Mapping[str, str], version: int) -> list[IndicatorMark]:
    """What a worker says by hand of these indicators of a list; Stale when somebody else said more of them since."""
    hold(case)
    require_open(case)
    stand = {row.code: row for row in marks_on(case, name, answers)}
    if marks_version(stand.values()) != version:
        last = max(stand.values(), key=lambda row: row.at, default=None)
        theirs = {code: row.answer for code, row in stand.items()}
        who, at = (last.by.name, last.at) if last else ("", None)
        raise Stale(marks_version(stand.values()), theirs, who=who, at=at)
    changed = {code: said for code, said in answers.items() if said != (stand[code].answer if code in stand else "")}
    return [_marked(case, by, name, code, said, stand.get(code)) for code, said in changed.items()]


def marks_on(case: Case, name: str, codes: Iterable[str]) -> list[IndicatorMark]:
    """The marks that stand on these indicators of a list."""
    rows = IndicatorMark.objects.filter(case=case, list=name, code__in=list(codes)).select_related("by")
    return list(rows.order_by("code"))


def marks_version(rows: Iterable[IndicatorMark]) -> int:
    """A number that grows with every mark."""
    return sum(row.version for row in rows)


def _marked(case: Case, by: User, name: str, code: str, answer: str, row: IndicatorMark | None) -> IndicatorMark:
    if row is None:
        row = IndicatorMark(case=case, by=by, list=name, code=code, answer=answer)
        row.save(force_insert=True)
        return row
    row.answer, row.by, row.at, row.version = answer, by, timezone.now(), row.version + 1
    row.save(update_fields=["answer", "by", "at", "version"])
    return row


@action("indicators.keep", needs=Permission.CASE_WRITE)
def keep_reading(case: Case, *, by: User, profile: str) -> IndicatorResult:
    """The reading of today, kept with the list it was made by. It is no finding."""
    hold(case)
    require_open(case)
    if profile not in PROFILES:
        raise Refused(_("Choose for whom and for what the answers are read."))
    known = gather(case, timezone.localdate())
    if not known.answers and not known.ilo:
        raise Refused(_("Nothing is known of the indicators yet. Ask first, or mark one by hand."))
    row = result_of(case, by, known, known.read(profile))
    last = kept(case).filter(profile=profile).first()
    if last and _said(last) == _said(row):
        raise Refused(_("This reading is kept already: nothing has changed since."))
    row.save(force_insert=True)
    return row


def kept(case: Case) -> QuerySet[IndicatorResult]:
    """The readings that were kept, the latest first."""
    return IndicatorResult.objects.filter(case=case).select_related("by").order_by("-at")


def _said(row: IndicatorResult) -> tuple[Any, ...]:
    return row.list_version, row.answers, row.ilo, row.strict_low, row.palermo_low


def result_of(case: Case, by: User, known: Evidence, reading: Reading) -> IndicatorResult:
    """The row of a reading, not yet saved."""
    ranges = reading.dimensions.items()
    counts = {name: [list(asdict(end).values()) for end in (each.low, each.high)] for name, each in ranges}
    return IndicatorResult(
        case=case,
        by=by,
        profile=reading.profile,
        list_version=lists.version(),
        answers=known.answers,
        counts=counts,
        strict_low=reading.low.strict,
        strict_high=reading.high.strict,
        palermo_low=reading.low.palermo,
        palermo_high=reading.high.palermo,
        ilo=";".join(known.ilo),
    )


@action("vulnerability.assess", needs=Permission.CASE_WRITE)
def assess(
    case: Case, *, by: User, level: str, on: date, found: Mapping[str, Found], version: int
) -> list[Vulnerability]:
    """One assessment of a level; the earlier ones stay. Stale when somebody else assessed it since."""
    hold(case)
    require_open(case)
    stand = assessed(case, level)
    if len(stand) != version:
        raise Stale(len(stand), _theirs(stand), who=stand[-1].by.name, at=stand[-1].at)
    looked = {code: each for code, each in found.items() if each.present}
    if not looked:
        raise Refused(_("Say of at least one factor whether it is there."))
    now, known = timezone.now(), load("vulnerability_factors")
    rows = [
        Vulnerability(
            case=case,
            by=by,
            at=now,
            on=on,
            level=level,
            factor=code,
            direction=known.row(code)["direction"],
            present=each.present,
            weight=each.weight if each.present == "yes" else 0,
            note=each.note,
        )
        for code, each in looked.items()
    ]
    for row in rows:
        row.save(force_insert=True)
    return rows


def assessed(case: Case, level: str) -> list[Vulnerability]:
    """Every row of a level, the earliest assessment first."""
    rows = Vulnerability.objects.filter(case=case, level=level).select_related("by")
    return list(rows.order_by("at", "factor"))


def _theirs(stand: list[Vulnerability]) -> dict[str, Any]:
    last = [row for row in stand if row.at == stand[-1].at]
    theirs: dict[str, Any] = {"on": last[0].on}
    for row in last:
        theirs |= {f"{row.factor}_present": row.present, f"{row.factor}_weight": str(row.weight)}
        theirs[f"{row.factor}_note"] = row.note
    return theirs


@action("place.note", needs=Permission.CASE_WRITE)
def note_place(place: Place, *, by: User, answers: Mapping[str, str], source: str, version: int) -> list[PlaceFactor]:
    """What is seen of a place in a year, about nobody and for every agency; Stale when another wrote it since."""
    if place.period > timezone.localdate().year:
        raise Refused(_("This year has not come yet. Choose this year or an earlier one."))
    stand = {row.factor: row for row in place_rows(place, lock=True)}
    if sum(row.version for row in stand.values()) != version:
        theirs = {code: row.present for code, row in stand.items()}
        at = max((row.at for row in stand.values()), default=None)
        raise Stale(sum(row.version for row in stand.values()), theirs, at=at)
    if not any(answers.values()):
        raise Refused(_("Say of at least one factor whether it is there."))
    return [
        _noted(place, code, said, source, stand.get(code)) for code, said in answers.items() if said or code in stand
    ]


def place_rows(place: Place, *, lock: bool = False) -> list[PlaceFactor]:
    """What is noted of a place in a year."""
    rows = PlaceFactor.objects.filter(country=place.country, area=place.area, period=place.period).order_by("factor")
    return list(rows.select_for_update() if lock else rows)


def _noted(place: Place, code: str, present: str, source: str, row: PlaceFactor | None) -> PlaceFactor:
    if row is None:
        row = PlaceFactor(**asdict(place), factor=code, present=present, source=source)
        row.save(force_insert=True)
        return row
    present = present or "unknown"
    if (row.present, row.source) != (present, source):
        row.present, row.source, row.at, row.version = present, source, timezone.now(), row.version + 1
        row.save(update_fields=["present", "source", "at", "version"])
    return row
