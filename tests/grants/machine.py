"""Random steps on both: the model of `model.py` and PostgreSQL as the application asks it; they must never disagree."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from random import Random
from uuid import uuid4

import psycopg
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.rows.world import Stage

from .days import BIT, Days, mask
from .model import AGENCY, FACTS, NEVER, PARTS, TEAM, USER, Grant, Model, Offer, Principal, Yes
from .town import FILES, STAFF, TEAMS, Town

TABLES = {  # one of each part, by the column that says whose it is
    "facts": ("people_case", "id"),
    "identity": ("people_personname", "person_id"),
    "whereabouts": ("people_personplace", "person_id"),
    "health": ("health_healthrecord", "case_id"),
    "legal": ("assistance_legalstatus", "case_id"),
    "child": ("children_guardian", "case_id"),
}
SEEN = " union all ".join(f"select {BIT[part]}, {column} from {table}" for part, (table, column) in TABLES.items())
TOUCH = "update {table} set {column} = {column} where {column} = %s"
HOUSES = sorted({agency for agency, _role, _team in STAFF.values()})
EVERYBODY: list[Principal] = [
    *((USER, each) for each in sorted(STAFF)),
    *((TEAM, each) for each in sorted(TEAMS)),
    *((AGENCY, each) for each in HOUSES),
]


class Disagreement(AssertionError):
    """The database and the model say different things."""


class Grants(Days, RuleBasedStateMachine):
    """Acts of people, of time and of administrators; after each, everybody's view of every file is compared."""

    town: Town
    faults: tuple[str, ...] = ()  # SQL that breaks something, for the tests of this machine
    counted: Counter[str]  # what was tried

    @initialize(luck=st.integers(0, 2**32 - 1))
    def begin(self, luck: int) -> None:
        """The same town each time, undone at the end; some people said yes to some agencies."""
        self.draw = Random(luck)
        self.asked = self.town.world.connect("havre_test")
        self.stage = Stage(self.town.world, self.asked)
        self.stage.own("set local timezone = 'UTC'")
        self.stage.own("update accounts_session set confirmed = clock_timestamp()")
        self.stage.own("delete from glass_breakglass")  # each table was filled
        for fault in self.faults:
            self.stage.own(fault)
        self.model: Model = self.town.told()
        self.kept: dict[int, object] = {}  # consents of the model by their number in the database
        self.yeses: list[Yes] = []
        late = datetime.now(UTC) + timedelta(minutes=30)
        self.end_of_day = datetime.combine(late.date(), time(23, 59), UTC)
        for file in FILES:
            for body in self.draw.sample(HOUSES, 2):
                self._decide(Yes(file, body), None)

    def teardown(self) -> None:
        """Nothing of it stays."""
        if hasattr(self, "asked"):
            self.asked.rollback()
            self.asked.close()

    def moment(self, day: int) -> datetime | None:
        """The end of that day."""
        return None if day >= NEVER else self.end_of_day + timedelta(days=day - self.model.today)

    def act(self, name: str, said: bool, text: str, *values: object) -> None:
        """The act in the database, which must answer as the model did."""
        refusal = self.stage.refused(name, text, *values)
        done = refusal == ""
        self.told("steps", "allowed" if done else "refused")
        if done != said:
            raise Disagreement(f"{name}: {text} {values}: the model says {said}, the database {refusal or 'yes'}")

    def told(self, *what: str, many: int = 1) -> None:
        """Counts what was tried."""
        for each in what:
            self.counted[each] += many

    def _likely(self, file: str, *, gives: bool = False) -> str:
        """Mostly somebody who reaches the file, or may give it, or hardly anything would ever be allowed."""
        draw = self.draw
        inside = sorted(each for each in STAFF if self.model.sees(each, file))
        able = [each for each in inside if any(one.onward or one.writes for one in self.model.mine(each, file))]
        some = able if gives and able else inside
        return draw.choice(some if some and draw.random() < 0.85 else sorted(STAFF))

    @rule()
    def give(self) -> None:
        """Somebody lets somebody in: as it may be done, or with one thing against it; each sort is as likely."""
        sorts: dict[tuple[object, ...], list[tuple[str, str, Offer]]] = {}
        for name, file, offer in (self._way() for _ in range(60)):
            met = self.model.conditions(name, file, offer)
            if met.count(False) <= 1:
                outside = self.model.agency_of(offer.to) != self.model.files[file].agency
                lacks = met.index(False) if False in met else None
                sorts.setdefault((lacks is None, lacks, outside, offer.writes), []).append((name, file, offer))
        fine = self.draw.random() < 0.5
        some = [each for sort, each in sorts.items() if sort[0] == fine] or [[self._way()]]
        self._give(*self.draw.choice(self.draw.choice(some)))

    def _way(self) -> tuple[str, str, Offer]:
        """Who lets whom into what; more often than not as it could be allowed."""
        draw, file = self.draw, self.draw.choice(sorted(FILES))
        to = self._likely_recipient(file) if draw.random() < 0.75 else draw.choice(EVERYBODY)
        parts = frozenset({FACTS, *draw.sample(PARTS[1:], draw.randint(0, 4))})
        outside = self.model.agency_of(to) != self.model.files[file].agency
        name = self._likely(file, gives=draw.random() < 0.75)
        if draw.random() < 0.7:
            parts &= self.model.sees(name, file) | {FACTS}
            parts &= self.model.most(to) or frozenset()
        lasting = self.model.today + draw.choice([-1, 0, 1, 1, 2, 5, 9])
        offer = Offer(
            to,
            parts,
            writes=draw.random() < (0.05 if outside else 0.5),
            until=lasting if draw.random() < (0.95 if outside else 0.4) else NEVER,
            onward=draw.random() < 0.5,
            yes=self._yes(file, to),
            purpose=draw.random() < 0.97,
            basis=draw.random() < 0.97,
        )
        return name, file, offer

    @rule()
    def share_on(self) -> None:
        """Whoever was let share on does, mostly as they may; in the own house, or beyond it."""
        draw = self.draw
        ways = [(file, name) for file in sorted(FILES) for name in sorted(STAFF) if self._onward(name, file)]
        if not ways:
            return
        file, name = draw.choice(ways)
        from_ = draw.choice(self._onward(name, file))
        fit = [each for each in EVERYBODY if self.model.agency_of(each) == STAFF[name][0] and self.model.most(each)]
        fit = [each for each in fit if each not in ((USER, name), from_.to)] or EVERYBODY
        to = draw.choice(fit if draw.random() < 0.85 else EVERYBODY)
        parts = frozenset({FACTS, *draw.sample(sorted(from_.parts), draw.randint(0, len(from_.parts)))})
        parts = parts & (self.model.most(to) or parts) if draw.random() < 0.85 else parts
        lasting = min(from_.until, self.model.today + 9) + draw.choice([0, 0, -1, 1])
        yes = from_.yes if draw.random() < 0.8 else self._yes(file, to)
        self._give(name, file, Offer(to, parts, False, lasting, draw.random() < 0.5, yes))

    def _onward(self, name: str, file: str) -> list[Grant]:
        return [each for each in self.model.mine(name, file) if each.onward or each.emergency]

    def _likely_recipient(self, file: str) -> Principal:
        """Somebody of an agency the person said yes to, or a colleague."""
        said = [each for each in self.yeses if each.file == file and each.given]
        bodies = {each.body for each in said if not each.superseded or self.draw.random() < 0.5}
        if not bodies or self.draw.random() < 0.4:
            bodies = {self.model.files[file].agency}
        fit = [(USER, each) for each in STAFF if STAFF[each][0] in bodies]
        fit += [(AGENCY, each) for each in bodies] + [(TEAM, each) for each in TEAMS if TEAMS[each] in bodies]
        fit = [each for each in sorted(fit) if self.model.most(each) and not self.model.stays(file, each)]
        return self.draw.choice(fit or EVERYBODY)

    def _yes(self, file: str, to: Principal) -> Yes | None:
        draw, house = self.draw, self.model.agency_of(to)
        about = [each for each in self.yeses if (each.file, each.body) == (file, house)]
        taken_back = [each for each in about if each.superseded]
        if taken_back and draw.random() < 0.35:
            return draw.choice(taken_back)
        fit = [each for each in about if not each.superseded]
        if fit and draw.random() < 0.65:
            return draw.choice(fit)
        same = [each for each in self.yeses if each.file == file]
        return draw.choice(draw.choice([about or same, same, self.yeses])) if same and draw.random() < 0.9 else None

    def _give(self, name: str, file: str, offer: Offer) -> None:
        said = self.model.give(name, file, offer)
        if said:
            given = self.model.grants[-1]
            self.told("shared on" if given.through else "shared outside" if given.yes else "let in")
        self.act(
            name,
            said,
            'select havre."grant"(%s, %s, %s, %s, %s, %s, %s, %s, %s)',
            self.town.files[file].pk,
            self.town.number(offer.to),
            mask(offer.parts),
            "write" if offer.writes else "read",
            "share_help" if offer.purpose else "",
            self.kept.get(id(offer.yes)) if offer.yes else None,
            self.moment(offer.until),
            "consent" if offer.basis else "",
            offer.onward,
        )

    @rule()
    def withdraw(self) -> None:
        """Somebody lets somebody out."""
        draw, file = self.draw, self.draw.choice(sorted(FILES))
        name, to = self._likely(file), draw.choice(EVERYBODY)
        live = self.model.live(file)
        there = [each.to for each in live if not self.model.stays(file, each.to)]
        if there and draw.random() < 0.85:
            to = draw.choice(there)
        sources = [each.through for each in live if each.through]
        if sources and draw.random() < 0.6:
            to = draw.choice(sources).to
        before = len([each for each in self.model.grants if not each.over])
        said = self.model.withdraw(name, file, to)
        self.told("ended by somebody", many=before - len([each for each in self.model.grants if not each.over]))
        self.act(name, said, "select havre.withdraw(%s, %s)", self.town.files[file].pk, self.town.number(to))

    @rule()
    def restrict(self) -> None:
        """A file becomes restricted, or is one no longer."""
        draw, file = self.draw, self.draw.choice(sorted(FILES))
        if draw.random() < 0.6:
            return
        name, on, stays = self._likely(file), draw.random() < 0.5, draw.random() < 0.5
        said = self.model.restrict(name, file, on, stays)
        self.told("restricted or not", many=said)
        self.act(name, said, "select havre.restrict(%s, %s, %s)", self.town.files[file].pk, on, stays)

    @rule()
    def agree(self) -> None:
        """The person says yes, or no, to sharing with an agency; anew, or in place of an earlier decision."""
        draw, file, body = self.draw, self.draw.choice(sorted(FILES)), self.draw.choice(HOUSES)
        before = [each for each in self.yeses if (each.file, each.body) == (file, body) and not each.superseded]
        made = Yes(file, body, given=draw.random() < 0.85)
        if draw.random() < 0.4:
            made.lasts = self.model.today + draw.choice([0, 1, 3, 8])
        self._decide(made, before[-1] if before and draw.random() < 0.7 else None)

    @rule()
    def take_back(self) -> None:
        """The person takes a yes back; mostly one that something stands on."""
        draw = self.draw
        used = [each.yes for each in self.model.grants if each.yes and not each.over and not each.yes.superseded]
        stands = used or [each for each in self.yeses if not each.superseded]
        if stands and draw.random() < 0.7:
            before = draw.choice(stands)
            self._decide(Yes(before.file, before.body, given=False), before)

    def _decide(self, made: Yes, before: Yes | None) -> None:
        if before:
            ends = sum(each.yes is before and not each.over for each in self.model.grants)
            self.told("ended with a consent", many=ends)
            self.model.supersede(before)
        case = self.town.files[made.file]
        expires = None if made.lasts >= NEVER else self.moment(made.lasts).date()  # type: ignore[union-attr]
        number = uuid4()
        self.stage.own(
            "insert into people_consent (id, at, by_id, case_id, person_id, recipient, given_by, language, method,"
            " points, decided_on, scope, decision, expires, supersedes_id, body_id)"
            " values (%s, now(), %s, %s, %s, '', 'self', '', '', '', current_date, 'share', %s, %s, %s, %s)",
            *(number, case.owner_id, case.pk, case.person_id, "given" if made.given else "withdrawn", expires),
            *(self.kept.get(id(before)) if before else None, self.town.agencies[made.body].pk),
        )
        self.kept[id(made)] = number
        self.yeses.append(made)
        self.told("steps")

    @rule()
    def hand_over(self) -> None:
        """A file goes to another owner."""
        draw, file = self.draw, self.draw.choice(sorted(FILES))
        if draw.random() < 0.5:
            return
        name, before, stays = self._likely(file), self.model.files[file].owner, draw.random() < 0.5
        house = [each for each in STAFF if STAFF[each][0] == self.model.files[file].agency]
        after = draw.choice(sorted(house if draw.random() < 0.85 else STAFF))
        said = self.model.hand_over(name, before, file, after, stays)
        self.told("handed over", many=said)
        numbers = [self.town.files[file].pk], [self.town.users[after].pk]
        text = "select havre.hand_over(%s, %s::uuid[], %s::uuid[], %s)"
        self.act(name, said, text, self.town.users[before].pk, *numbers, stays)

    @rule()
    def break_glass(self) -> None:
        """Somebody opens a file in an emergency; or all earlier ones are reviewed."""
        draw, file = self.draw, self.draw.choice(sorted(FILES))
        if self.model.unreviewed and draw.random() < 0.5:
            self.model.unreviewed.clear()
            self.stage.own("delete from glass_breakglass")
            return
        near = [each for each in STAFF if STAFF[each][0] == "balise" and self.model.stands_for(each)]
        name = draw.choice(near if near and draw.random() < 0.9 else sorted(STAFF))
        far = [each for each in sorted(FILES) if not self.model.sees(name, each)]
        file = draw.choice(far) if far and draw.random() < 0.8 else file
        parts = frozenset({FACTS, *draw.sample(PARTS[1:], draw.randint(0, 2))})
        parts = parts & self.model.reach_of_role(name) if draw.random() < 0.8 else parts
        said = self.model.break_glass(name, file, parts)
        self.told("broken glass", many=said)
        text = "select havre.break_glass(gen_random_uuid(), %s, %s, 'danger', 'x'::bytea, interval '4 hours')"
        self.act(name, said, text, self.town.files[file].reference, mask(parts))
        # Until the end of the day as the model counts, or an offer until then would be refused for its end alone.
        ends = "update people_caseaccess set until = %s where purpose = 'break_glass' and until > clock_timestamp()"
        self.stage.own(ends, self.moment(self.model.today))

    @invariant()
    def everybody_sees_what_the_model_says(self) -> None:
        """Each part of each file, for each of them, in both directions."""
        if not hasattr(self, "asked"):
            return
        for name in STAFF:
            found: dict[str, int] = dict.fromkeys(FILES, 0)
            for bit, subject in self.stage.ask(name, SEEN):
                found[self.town.name_of(subject)] |= bit
            said = {file: mask(self.model.sees(name, file)) for file in FILES}
            self.told("views compared", many=len(FILES) * len(PARTS))
            if found != said:
                raise Disagreement(f"{name} sees {found}; by the model {said}")

    @rule()
    def write(self) -> None:
        """Who may write in which part."""
        file = self.draw.choice(sorted(FILES))
        name = self._likely(file)
        case = self.town.files[file]
        for part, (table, column) in TABLES.items():
            subject = case.person_id if column == "person_id" else case.pk
            touched = self._touched(name, TOUCH.format(table=table, column=column), subject)
            if touched != (part in self.model.writes(name, file)):
                raise Disagreement(f"{name} writes {part} of {file}: {touched}")
        self.told("steps")

    def _touched(self, name: str, text: str, subject: object) -> bool:
        try:
            with self.asked.transaction(force_rollback=True):
                return bool(self.stage.ask(name, f"{text} returning 1", subject))
        except psycopg.errors.InsufficientPrivilege:
            return False

    @rule()
    def explain(self) -> None:
        """Why a colleague does not see a part is told to colleagues who see the file, and to nobody else."""
        file, other = self.draw.choice(sorted(FILES)), self.draw.choice(sorted(STAFF))
        name = self._likely(file)
        told = self.stage.ask(
            name,
            "select part, reason from havre.explain(%s, %s)",
            *(self.town.files[file].pk, self.town.users[other].pk),
        )
        asks = self.model.sees(name, file) and STAFF[name][0] == STAFF[other][0]
        said = self._why(other, file) if asks else {}
        if {part: reason == "reached" for part, reason in told} != said:
            raise Disagreement(f"{name} is told of {other} and {file}: {told}; by the model {said}")
        self.told("steps")

    def _why(self, other: str, file: str) -> dict[int, bool]:
        sees = self.model.sees(other, file)
        return {BIT[part]: part in sees for part in PARTS}
