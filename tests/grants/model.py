"""Who sees what, by the rules of issue 6 and ADR 24 alone: plain Python, which knows neither tables nor SQL.

Time is a number of days: what lasts until day 5 is over when day 6 begins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

FACTS, IDENTITY, WHEREABOUTS, HEALTH, LEGAL, CHILD = PARTS = (
    "facts", "identity", "whereabouts", "health", "legal", "child",
)  # fmt: skip
CASEWORK = frozenset(PARTS) - {HEALTH}
USER, TEAM, AGENCY = "user", "team", "agency"
Principal = tuple[str, str]
NEVER = 10**6


@dataclass(frozen=True)
class Role:
    """How far a role reaches, whether it holds files, whether it sees the whole agency."""

    parts: frozenset[str] = frozenset()
    holds: bool = False
    sees: bool = False
    opens: bool = False


ROLES = {
    "caseworker": Role(CASEWORK, holds=True, opens=True),
    "supervisor": Role(CASEWORK, holds=True, sees=True, opens=True),
    "health_worker": Role(frozenset({FACTS, IDENTITY, HEALTH}), holds=True),
    "child_specialist": Role(frozenset({FACTS, IDENTITY, WHEREABOUTS, CHILD}), holds=True),
    "legal_adviser": Role(frozenset({FACTS, IDENTITY, WHEREABOUTS, LEGAL}), holds=True),
    "auditor": Role(),
    "data_protection_lead": Role(),
    "administrator": Role(),
}


@dataclass
class Hold:
    """A role somebody holds for some days, in a team or in none."""

    role: str
    team: str = ""
    begins: int = -NEVER
    ends: int = NEVER  # the first day it does not hold any more


@dataclass
class Person:
    """Somebody who works in an agency."""

    agency: str
    holds: list[Hold]
    active: bool = True


@dataclass
class File:
    """A case file."""

    agency: str
    owner: str
    restricted: bool = False


@dataclass
class Yes:
    """A consent to share with one agency."""

    file: str
    body: str
    given: bool = True
    lasts: int = NEVER
    superseded: bool = False


@dataclass
class Grant:
    """Somebody was let into a file."""

    file: str
    to: Principal
    parts: frozenset[str]
    writes: bool = False
    until: int = NEVER
    onward: bool = False
    giver: str = ""
    yes: Yes | None = None
    through: Grant | None = None
    emergency: bool = False
    over: bool = False
    number: int = field(default_factory=count().__next__)


@dataclass(frozen=True)
class Offer:
    """What somebody asks to give."""

    to: Principal
    parts: frozenset[str]
    writes: bool = False
    until: int = NEVER
    onward: bool = False
    yes: Yes | None = None
    purpose: bool = True
    basis: bool = True


@dataclass
class Model:
    """Everybody, everything that was given, and what day it is."""

    people: dict[str, Person]
    teams: dict[str, str]
    files: dict[str, File]
    grants: list[Grant] = field(default_factory=list)
    today: int = 0
    unreviewed: set[str] = field(default_factory=set)  # who used an emergency that nobody reviewed yet

    # Whom somebody stands for, and what they see

    def roles(self, name: str) -> list[Hold]:
        """What this person holds today, suspended or not."""
        return [each for each in self.people[name].holds if each.begins <= self.today < each.ends]

    def reach_of_role(self, name: str) -> frozenset[str]:
        """The parts that the roles of this person reach at most."""
        return frozenset().union(*(ROLES[each.role].parts for each in self.roles(name)))

    def stands_for(self, name: str) -> set[Principal]:
        """Self, the team whose work one's role can do, the agency when a role sees all of it; nobody when suspended."""
        found: set[Principal] = set()
        for each in self.roles(name) if self.people[name].active else []:
            role = ROLES[each.role]
            if role.holds:
                found.add((USER, name))
            if role.holds and each.team and role.parts >= CASEWORK:
                found.add((TEAM, each.team))
            if role.sees:
                found.add((AGENCY, self.people[name].agency))
        return found

    def live(self, file: str, to: Principal | None = None) -> list[Grant]:
        """What holds today on this file."""
        held = [each for each in self.grants if each.file == file and not each.over and each.until >= self.today]
        return [each for each in held if to is None or each.to == to]

    def mine(self, name: str, file: str) -> list[Grant]:
        """What lets this person into this file."""
        stands = self.stands_for(name)
        return [each for each in self.live(file) if each.to in stands]

    def sees(self, name: str, file: str) -> frozenset[str]:
        """The parts of the file this person sees."""
        return frozenset().union(*(each.parts for each in self.mine(name, file)))

    def writes(self, name: str, file: str) -> frozenset[str]:
        """The parts of the file in which this person may write."""
        return frozenset().union(*(each.parts for each in self.mine(name, file) if each.writes))

    def answers_for(self, name: str, file: str) -> bool:
        """The owner, or somebody whose role sees the agency, who may write in it otherwise than in an emergency."""
        here, stands = self.files[file], self.stands_for(name)
        ways = [each.to for each in self.mine(name, file) if each.writes and not each.emergency]
        owns = here.owner == name and (USER, name) in ways
        return owns or (bool(ways) and (AGENCY, here.agency) in stands)

    # What may be done

    def agency_of(self, to: Principal) -> str:
        """The agency of a person, of a team, or itself."""
        kind, name = to
        return {USER: lambda: self.people[name].agency, TEAM: lambda: self.teams[name], AGENCY: lambda: name}[kind]()

    def most(self, to: Principal) -> frozenset[str] | None:
        """How far a file may be opened to them: as far as the role of each of them reaches; None for nobody."""
        kind, name = to
        if kind == TEAM:
            return CASEWORK
        if kind == USER:
            return self.reach_of_role(name) if self.people[name].active else None
        seeing = [
            ROLES[hold.role].parts
            for person, each in self.people.items()
            if each.agency == name and each.active
            for hold in self.roles(person)
            if ROLES[hold.role].sees
        ]
        return frozenset.intersection(*seeing) if seeing else None

    def stays(self, file: str, to: Principal) -> bool:
        """The owner and the agency of a file are neither let in nor let out."""
        here = self.files[file]
        return to in ((USER, here.owner), (AGENCY, here.agency))

    def source(self, name: str, file: str, offer: Offer) -> tuple[bool, frozenset[str], Grant | None]:
        """Whether this person can give that, what they may give at all, and the share it would be shared on from."""
        here = self.files[file]
        outside = self.agency_of(offer.to) != here.agency
        held = [each for each in self.mine(name, file) if not each.emergency and offer.until <= each.until]
        writing = [each.parts for each in held if each.writes]
        if writing and (not outside or self.answers_for(name, file)):
            can = frozenset().union(*writing)
            if not outside and offer.to[0] == USER:
                can |= (self.most(offer.to) or frozenset()) & {HEALTH}
            if offer.parts <= can:
                return True, can, None
        fit = [each for each in held if each.onward and offer.parts <= each.parts and not offer.writes]
        if fit:
            through = max(fit, key=lambda each: (each.until, each.number))
            return True, through.parts, through
        return False, frozenset(), None

    def may_give(self, name: str, file: str, offer: Offer) -> bool:
        """Whether the offer holds."""
        return all(self.conditions(name, file, offer))

    def conditions(self, name: str, file: str, offer: Offer) -> list[bool]:
        """What an offer must meet, each by itself."""
        here, most = self.files[file], self.most(offer.to)
        able, can, through = self.source(name, file, offer)
        answers = self.answers_for(name, file)
        outside = self.agency_of(offer.to) != here.agency
        there = next(iter(self.live(file, offer.to)), None)
        return [
            able,
            bool(offer.parts) and offer.until >= self.today,
            most is not None and offer.parts <= most,
            not here.restricted or (answers and offer.to[0] == USER),
            not offer.onward or answers or through is not None,
            not self.stays(file, offer.to) and offer.to != (USER, name),
            there is None or (there.parts <= can and there is not through and (answers or there.giver == name)),
            *(self.may_leave_the_house(file, offer) if outside else []),
        ]

    def may_leave_the_house(self, file: str, offer: Offer) -> list[bool]:
        """To be read, for a purpose, on a basis, until a day, under a yes to that very agency that still stands."""
        yes = offer.yes
        return [
            not offer.writes,
            offer.purpose,
            offer.basis,
            offer.until < NEVER,
            yes is not None and yes.given,
            yes is not None and not yes.superseded,
            yes is not None and yes.file == file,
            yes is not None and yes.body == self.agency_of(offer.to),
            yes is not None and offer.until <= yes.lasts,
        ]

    def may_end(self, name: str, file: str, to: Principal) -> bool:
        """By whoever answers for the file, gave it and still sees it, or goes; an agency goes by who sees all of it."""
        if self.stays(file, to):
            return False
        if self.answers_for(name, file):
            return True
        there = self.live(file, to)
        if not there or not self.mine(name, file):
            return False
        goes = to in self.stands_for(name) and to[0] in (USER, AGENCY)
        return there[0].giver == name or goes

    # What happens

    def end(self, grant: Grant) -> None:
        """It is over, and what was shared on from it with it."""
        grant.over = True
        for each in self.grants:
            if each.through is grant and not each.over:
                self.end(each)

    def put(self, grant: Grant) -> None:
        """One grant for each principal: it takes the place of the one before."""
        for each in self.grants:
            if (each.file, each.to) == (grant.file, grant.to) and not each.over:
                self.end(each)
        self.grants.append(grant)

    def give(self, name: str, file: str, offer: Offer) -> bool:
        """True when it was given."""
        if not self.may_give(name, file, offer):
            return False
        _able, _can, through = self.source(name, file, offer)
        outside = self.agency_of(offer.to) != self.files[file].agency
        yes = offer.yes if outside else None
        self.put(Grant(file, offer.to, offer.parts, offer.writes, offer.until, offer.onward, name, yes, through))
        return True

    def withdraw(self, name: str, file: str, to: Principal) -> bool:
        """True when nobody of that name is let in any more."""
        if not self.may_end(name, file, to):
            return False
        for each in self.live(file, to):
            self.end(each)
        return True

    def supersede(self, yes: Yes) -> None:
        """A later decision took its place: what was given under it is over."""
        yes.superseded = True
        for each in self.grants:
            if each.yes is yes and not each.over and each.until >= self.today:
                self.end(each)

    def restrict(self, name: str, file: str, restricted: bool, stays: bool) -> bool:
        """For named people only, or for the house again."""
        here = self.files[file]
        if not self.answers_for(name, file):
            return False
        if here.restricted == restricted:
            return True
        here.restricted = restricted
        if restricted:
            for each in self.live(file):
                if each.to[0] != USER or each.emergency:
                    self.end(each)
            if stays and here.owner != name:
                self._name_supervisor(name, file)
        else:
            self.put(Grant(file, (AGENCY, here.agency), self._of_the_house(file), writes=True))
        return True

    def _of_the_house(self, file: str) -> frozenset[str]:
        """What was open to the house; to one that never was let in, what is open to the owner."""
        here = self.files[file]
        for to in ((AGENCY, here.agency), (USER, here.owner)):
            known = [each.parts for each in self.grants if each.file == file and each.to == to]
            if known:
                return known[-1]
        return frozenset()

    def _name_supervisor(self, name: str, file: str) -> None:
        before = frozenset().union(*(each.parts for each in self.live(file, (USER, name))))
        parts = before | self._of_the_house(file) & self.reach_of_role(name)
        self.put(Grant(file, (USER, name), parts, writes=True, giver=name))

    def hand_over(self, name: str, before: str, file: str, after: str, stays: bool) -> bool:
        """The file of one colleague becomes that of another who may open files."""
        here, stands = self.files[file], self.stands_for(name)
        house, fit = self.people[name].agency, self.people[after]
        opens = any(ROLES[each.role].opens for each in self.roles(after))
        allowed = (
            (USER, name) in stands
            and self.people[before].agency == house
            and (before == name or (AGENCY, house) in stands)
            and (here.owner, here.agency) == (before, house)
            and bool(self.writes(name, file))
            and fit.agency == house
            and fit.active
            and opens
            and after != before
        )
        if allowed:
            self._hand_over(name, before, file, after, stays)
        return allowed

    def _hand_over(self, name: str, before: str, file: str, after: str, stays: bool) -> None:
        here = self.files[file]
        old = [each for each in self.grants if each.file == file and each.to == (USER, before)]
        parts = old[-1].parts if old and not old[-1].emergency else frozenset()
        stands = self.stands_for(name)
        for each in [each for each in self.live(file) if not each.emergency]:
            if each.to in ((AGENCY, here.agency), (USER, after)) or (each.to in stands and each.writes):
                parts |= each.parts
        self.put(Grant(file, (USER, after), parts & self.reach_of_role(after), writes=True))
        here.owner = after
        for each in [] if stays else self.live(file, (USER, before)):
            self.end(each)

    def break_glass(self, name: str, file: str, parts: frozenset[str]) -> bool:
        """A file of the own agency, not restricted, not reached anyway, is open for hours; one use at a time."""
        here = self.files[file]
        leads = [
            each
            for each, one in self.people.items()
            if one.agency == self.people[name].agency and one.active and each != name
            for hold in self.roles(each)
            if hold.role == "data_protection_lead"
        ]
        allowed = (
            (USER, name) in self.stands_for(name)
            and FACTS in parts
            and parts <= self.reach_of_role(name)
            and name not in self.unreviewed
            and bool(leads)
            and here.agency == self.people[name].agency
            and not here.restricted
            and not self.sees(name, file)
        )
        if allowed:
            self.put(Grant(file, (USER, name), parts, until=self.today, giver=name, emergency=True))
            self.unreviewed.add(name)
        return allowed
