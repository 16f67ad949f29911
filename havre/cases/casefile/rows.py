"""One row about a person, as every list of this room draws it, and the names of many people at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from havre.cases.people.models import Case, PersonName
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring
from havre.platform.database.reading import PreparedForMany

from . import rules, words

KINDS = ("known_as", "legal", "alias")
NAMES = PreparedForMany(lambda people: PersonName.objects.filter(person_id__in=people).order_by("pk"))


@dataclass(frozen=True)
class Badge:
    """Something about a row that needs notice."""

    tone: str
    icon: str
    text: str


@dataclass
class Row:
    """Who, where they stand, one sentence, one thing to do."""

    case: Case
    url: str = ""  # where its one thing is done; the file itself when nothing else is said
    action: str = ""
    when: str = ""
    note: str = ""
    sentence: str = ""
    go: bool = False
    called: str = ""
    badges: list[Badge] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Looked up once here: a template asks several times for each row.
        self.file, self.reference = self.case.get_absolute_url(), self.case.reference
        self.state = words.label("case_states", self.case.state)
        self.url = self.url or self.file


def full(name: PersonName) -> str:
    """The whole of a name, from its parts when it was written in parts."""
    return name.full or " ".join(part for part in (name.given, name.middle, name.family) if part)


def best(names: Iterable[PersonName]) -> str:
    """What somebody wants to be called, else their name on papers, else any other."""
    known = sorted(names, key=lambda each: KINDS.index(each.kind) if each.kind in KINDS else len(KINDS))
    return next((said for said in map(full, known) if said), "")


def called(people: Iterable[UUID], *, hidden: bool = False) -> dict[UUID, str]:
    """What each of these people is called; nobody when names are hidden or out of reach. Two queries at most."""
    wanted = list(dict.fromkeys(people))
    if hidden or not wanted:
        return {}
    found: dict[UUID, list[PersonName]] = {}
    for name in NAMES(wanted):
        found.setdefault(name.person_id, []).append(name)
    keyring.load(found)
    return {person: best(names) for person, names in found.items()}


def named(rows: Sequence[Row], *, hidden: bool) -> Sequence[Row]:
    """The rows with the names of their people."""
    known = called((row.case.person_id for row in rows), hidden=hidden)
    for row in rows:
        row.called = known.get(row.case.person_id, "")
    return rows


def urgent(case: Case, today: date) -> list[Badge]:
    """What must be seen at once about somebody: danger now, a child."""
    badges = []
    if rules.in_danger_now(case.state, case.before_safety, case.in_danger):
        badges.append(Badge("flare", "alert-octagon", _("Danger: act now")))
    if words.child(case.person, today):
        badges.append(Badge("line", "mood-kid", _("Child")))
    return badges


def listed(case: Case, viewer: User, today: date) -> Row:
    """The row of a list of people."""
    row = Row(case, "", _("Open"), words.short_day(case.opened_on), badges=urgent(case, today))
    parts = [words.in_short(case.person, today)]
    if case.anonymous:
        parts = [_("No name, as the person wished")]
    if case.owner_id != viewer.pk:
        parts.append(_("with %(name)s") % {"name": case.owner.name})
    row.sentence = " · ".join(part for part in parts if part)
    if case.agency_id != viewer.agency_id:
        row.badges.append(Badge("line", "user", _("Shared with you")))
    if case.restricted:
        row.badges.append(Badge("dusk", "lock", _("Restricted")))
    return row
