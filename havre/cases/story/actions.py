"""Everything that writes a story: the only doors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.cases.people.actions.editors import last_editor
from havre.cases.people.actions.record import hold, require_open
from havre.cases.people.models import Case
from havre.kernel.dates import PartialDate
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale, action
from havre.platform.permissions import Permission

from . import told
from .models import Episode, EpisodeCode, Leg, Perpetrator, PerpetratorRole
from .rules.order import Span, contradicts, out_of_order

WRITE = Permission.CASE_WRITE
EPISODE = ("started", "ended", "age_at_start", "internal", "still_inside")
LEG = (
    *("stage", "from_country", "from_place", "country", "place", "began", "ended"),
    *("transport", "border_crossing", "alone", "document", "note"),
)
PERPETRATOR = ("name", "alias", "sex", "citizenship", "relation", "legal_stage")
K = TypeVar("K", Episode, Leg, Perpetrator)
R = TypeVar("R", Leg, Perpetrator)


@action("episode.open", needs=WRITE)
def open_episode(case: Case, *, by: User, because: str = "first", started: PartialDate | None = None) -> Episode:
    """A new episode of the case, numbered on; a person trafficked again has a second one."""
    hold(case)
    require_open(case)
    return _opened(case, because=because, started=started)


@action("episode.save", needs=WRITE)
def tell_episode(case: Case, *, by: User, version: int, values: Mapping[str, Any]) -> Episode:
    """The standing episode with what is known of it as a whole, the first one when there is none (version nought)."""
    hold(case)
    require_open(case)
    episode = told.standing(case)
    if episode and episode.version != version:
        theirs = {name: as_told(episode, name) for name in EPISODE}
        raise Stale(episode.version, theirs, *last_editor(case, "episode.save"))
    episode = episode or _opened(case)
    _take(episode, values, EPISODE)
    if contradicts(episode.start, episode.end):
        raise Refused(_("It ends before it begins. Check both days."))
    if episode.still_inside == "yes" and episode.ended:
        raise Refused(_("It goes on and has an end. Take one of the two back."))
    return _kept(episode)


@action("leg.add", needs=WRITE)
def add_legs(case: Case, *, by: User, legs: Iterable[Mapping[str, Any]], episode: Episode | None = None) -> list[Leg]:
    """Parts of the way, behind those that are told; a case without an episode gets its first."""
    hold(case)
    require_open(case)
    episode = episode or told.standing(case) or _opened(case)
    known = list(_legs(episode))
    made = []
    for seq, values in enumerate(legs, start=1 + max((leg.seq for leg in known), default=0)):
        leg = Leg(episode=episode, case=case, seq=seq)
        _take(leg, values, LEG)
        made.append(leg)
    _require_order([*known, *made])
    for leg in made:
        leg.save(force_insert=True)
    return made


@action("leg.save", needs=WRITE)
def save_leg(leg: Leg, *, by: User, version: int, values: Mapping[str, Any]) -> Leg:
    """The part of the way as it is told now; Stale when somebody else saved it since."""
    held = _held(leg, version, LEG, "leg.add", "leg.save")
    _take(held, values, LEG)
    _require_order([held if each.pk == held.pk else each for each in _legs(held.episode)])
    return _kept(held)


@action("leg.move", needs=WRITE)
def move_leg(leg: Leg, *, by: User, up: bool) -> None:
    """Lets a part of the way change places with the one before it, or behind it; the first and the last stay."""
    hold(leg.case)
    require_open(leg.case)
    legs = list(_legs(leg.episode))
    here = next(place for place, each in enumerate(legs) if each.pk == leg.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(legs):
        return
    legs[here], legs[there] = legs[there], legs[here]
    _require_order(legs)
    one, other = legs[here], legs[there]
    one.seq, other.seq = other.seq, one.seq
    # One statement, at whose end the database looks whether two stand at the same place.
    Leg.objects.bulk_update([one, other], ["seq"])


@action("leg.remove", needs=WRITE)
def remove_leg(leg: Leg, *, by: User) -> None:
    """Takes back a part of the way that was never told."""
    hold(leg.case)
    require_open(leg.case)
    leg.delete()


@action("story.code", needs=WRITE)
def tell_codes(case: Case, *, by: User, name: str, answers: Mapping[str, str], version: int) -> Episode:
    """Writes codes of one list as yes, no or unknown; what the interview said already keeps that as its source.

    `version` is `told.mark` of what the worker saw. Another answer that somebody else wrote since is Stale.
    """
    hold(case)
    require_open(case)
    episode = told.standing(case) or _opened(case)
    now, kept = told.codes(case), told.written(episode)
    if version != told.mark(kept, name):
        theirs = {
            code: now[name, code][0] for code, said in answers.items() if now.get((name, code), (said,))[0] != said
        }
        if theirs:
            raise Stale(told.mark(kept, name), theirs, *last_editor(case, "story.code"))
    rows = {row.code: row for row in EpisodeCode.objects.filter(episode=episode, list=name)}
    for code, said in answers.items():
        row = rows.get(code) or EpisodeCode(episode=episode, case_id=case.pk, list=name, code=code, answer="")
        before = now.get((name, code), ("", ""))
        if row.answer != said:
            row.answer, row.source_answer = said, before[1] if said == before[0] else ""
            row.save()
    return episode


@action("perpetrator.add", needs=WRITE)
def add_perpetrator(case: Case, *, by: User, values: Mapping[str, Any], roles: Sequence[str] = ()) -> Perpetrator:
    """Somebody who did it, with what they did."""
    hold(case)
    require_open(case)
    person = Perpetrator(case=case)
    _take(person, values, PERPETRATOR)
    person.save(force_insert=True)
    _set_roles(person, roles)
    return person


@action("perpetrator.save", needs=WRITE)
def save_perpetrator(
    person: Perpetrator, *, by: User, version: int, values: Mapping[str, Any], roles: Sequence[str] | None = None
) -> Perpetrator:
    """Somebody who did it, as they are told of now; Stale when somebody else saved it since."""
    held = _held(person, version, PERPETRATOR, "perpetrator.add", "perpetrator.save")
    _take(held, values, PERPETRATOR)
    if roles is not None:
        _set_roles(held, roles)
    return _kept(held)


def _opened(case: Case, *, because: str = "first", started: PartialDate | None = None) -> Episode:
    last = Episode.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    episode = Episode(case=case, number=last + 1, opened_because=because)
    _take(episode, {"started": started}, EPISODE)
    episode.save(force_insert=True)
    return episode


def _legs(episode: Episode) -> Iterable[Leg]:
    return Leg.objects.filter(episode=episode).order_by("seq")


def _held(row: R, version: int, fields: Iterable[str], *acts: str) -> R:
    """The row as it stands now, in a file that is held and open; Stale when it is another version."""
    hold(row.case)
    require_open(row.case)
    case = row.case
    row.refresh_from_db()
    row.case = case
    if row.version != version:
        raise Stale(row.version, {name: as_told(row, name) for name in fields}, *last_editor(case, *acts))
    return row


def as_told(row: Episode | Leg | Perpetrator, name: str) -> Any:
    """The value of a column as a form shows it: a date with as much of it as is known."""
    dated = {"began": "departs", "started": "start"}
    if name == "ended":
        return row.arrives if isinstance(row, Leg) else row.end  # type: ignore[union-attr]
    return getattr(row, dated.get(name, name))


def _take(row: Episode | Leg | Perpetrator, values: Mapping[str, Any], fields: Iterable[str]) -> None:
    for name in fields:
        if name not in values:
            continue
        value = values[name]
        if name in ("began", "started", "ended"):
            # The widest span: the first day it can have begun, the last it can have ended.
            setattr(row, f"{name}_precision", value.precision if value else "")
            value = (value.last if name == "ended" else value.first) if value else None
        setattr(row, name, value)


def _kept(row: K) -> K:
    row.version += 1
    row.save()
    return row


def _require_order(legs: Sequence[Leg]) -> None:
    for leg in legs:
        if contradicts(leg.departs, leg.arrives):
            raise Refused(_("It ends before it begins. Check both days."))
    crossed = out_of_order([Span(leg.departs, leg.arrives) for leg in legs])
    if crossed:
        before, after = legs[crossed[0]], legs[crossed[1]]
        raise Refused(
            _("Part %(later)s (%(this)s) comes before part %(earlier)s is over (%(that)s). Check these two days.")
            % {
                "earlier": crossed[0] + 1,
                "later": crossed[1] + 1,
                "that": _day(before.arrives or before.departs),
                "this": _day(after.departs or after.arrives),
            }
        )


def _day(day: PartialDate | None) -> str:
    return day.words(get_language() or "en") if day else ""


def _set_roles(person: Perpetrator, roles: Sequence[str]) -> None:
    known = {row.code: row for row in PerpetratorRole.objects.filter(perpetrator=person)}
    for code, row in known.items():
        if code not in roles:
            row.delete()
    for code in dict.fromkeys(roles):
        if code not in known:
            PerpetratorRole(perpetrator=person, case_id=person.case_id, code=code).save(force_insert=True)
