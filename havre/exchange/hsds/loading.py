"""Rows of HSDS become rows of the directory: what each hangs on is found, and what cannot be kept is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from havre.directory import bulk, facets
from havre.directory.gathering import gather
from havre.directory.models import Detail, Location, Organisation, ServiceAtLocation
from havre.exchange.formats.cells import BadCell
from havre.exchange.formats.faults import Fault, _
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User

from . import cells, mapping
from .checks import Links, Made, stay_hidden, whole
from .feeding import Feeder
from .lookup import NOBODY, Home, came_whole, key_of, keys_of, links_of, looked_up, mapping_ids, say_where, written_over
from .plans import Plans, required
from .reading import Row
from .replacing import Replacing, card_of, tell_cards, tell_rows

MISSING = _("HSDS 3.0 wants it; fill it in")
BROKEN = _("no such row in this file")
NO_HOME = _("nothing says which organisation it belongs to")
OTHERS = _("belongs to another organisation than the row it hangs on")
TAKEN = _(
    "this id stands twice: in this file, or on a card that is here already; to write a card of ours anew, choose to "
    "replace it"
)
FOREIGN = _("this id is that of a card that another agency keeps; leave it out, or give it an id of its own")
ONCE = _("this service is at this location already; take one of the two rows away")
CONFIDENTIAL = _("a confidential place tells its country and region only; take this away and enter it here by hand")
SIZE = 3000


@dataclass
class Loader:
    """Takes rows and writes them in batches; what is wrong is put into `faults`."""

    by: User
    visibility: int
    faults: list[Fault] = field(default_factory=list)
    many: Counter[str] = field(default_factory=Counter)
    batch: dict[str, list[Row]] = field(default_factory=dict)
    waiting: int = 0
    homes: dict[str, dict[UUID, Home]] = field(default_factory=dict)
    ends: Links = field(default_factory=Links)
    last: tuple[str, int] = ("", 0)
    apart: set[Any] = field(default_factory=set)  # organisations whose rows did not come together
    batches: int = 0
    unwritten: bool = False  # after a fault rows are looked at, and written no more
    replacing: Replacing | None = None  # cards of ours are written anew
    feeder: Feeder | None = None
    plans: Plans = field(default_factory=Plans)
    fresh: set[UUID] = field(default_factory=set)  # cards that were not here before

    def add(self, row: Row) -> None:
        """Takes a row; what hangs together in a document stays together."""
        anew = (row.part.partition(".")[0], row.number) if "[" in row.part else ("", row.number)
        if self.waiting >= SIZE and anew != self.last:
            self.flush()
        self.last = anew
        self.batch.setdefault(row.entity, []).append(row)
        self.waiting += 1

    def flush(self, *, all_there: bool = False) -> None:
        """Writes what waits, unless something was wrong; `all_there` when it is the whole file."""
        batch, self.batch, self.waiting, self.homes = self.batch, {}, 0, {}
        self._say_ours(batch)
        say_where(batch)
        if self.replacing:
            self.replacing.look({entity: keys_of(rows) for entity, rows in batch.items()})
        whole_cards = self.replacing is not None and (all_there or came_whole(batch))
        made: dict[str, Made] = {}
        for entity in (*mapping.MODELS, *mapping.DETAILS):
            if rows := batch.get(entity):
                self._find_homes(entity, rows)
                made[entity] = [(row, one) for row in rows if (one := self._made(entity, row)) is not None]
                self.many[entity] += len(rows)
        whole(made, self)
        self.unwritten = self.unwritten or bool(self.faults)
        if not self.unwritten:
            self._write(made, whole_cards)
        self.ends.apply(self)

    def finish(self) -> None:
        """Writes the last rows, and looks at what can only be seen when all are there."""
        self.flush(all_there=not self.batches)
        self.settle()
        if self.replacing and not self.faults:
            left = self.replacing.cards - self.replacing.done
            self.replacing.leave(left)
            self.apart |= left
            self._hide()
        self.ends.finish(self)
        if not self.faults:
            bulk.many_rows()
            facets.refresh(self.apart)

    def _write(self, made: dict[str, Made], whole_cards: bool) -> None:
        self.batches += 1
        if not self.batches & (self.batches - 1):  # what was planned for half as many rows is planned anew
            self.settle()
            bulk.many_rows()
        rows = {
            mapping.MODELS[entity]: [one for _row, one in made[entity]] for entity in made if entity in mapping.MODELS
        }
        cards = {one.pk for one in rows.get(Organisation, ())}
        of = {getattr(one, "organisation_id", one.pk) for some in rows.values() for one in some}
        if of <= cards:  # they came whole, as in a document
            gather(rows)
        else:
            self.apart |= of
        new = {entity: self._new(entity, some) for entity, some in made.items()} if self.replacing else made
        mine = self.replacing.cards & cards if self.replacing else set[UUID]()
        if self.replacing and whole_cards and mine and not self.faults:
            bulk.references(later=True)  # until the rows that stay are written too
            self.replacing.leave(mine)

        def writing() -> None:
            for entity, some in new.items():
                if not self.faults:
                    self._insert(mapping.MODELS.get(entity, Detail), some, made[entity])
            self.unwritten = bool(self.faults)
            if not self.unwritten:
                self._tell(rows, mine, whole_cards)

        if self.feeder and not self.replacing:
            self.feeder.give(writing)
        else:
            writing()

    def settle(self) -> None:
        """Waits for what is being written: asked before anything is asked of the database."""
        if self.feeder:
            self.feeder.settle()

    def _new(self, entity: str, some: Made) -> Made:
        """Those rows that come in the place of none; what is said twice is a fault."""
        assert self.replacing is not None
        taken = [(self.replacing.take(entity, row, one), row, one) for row, one in some]
        self.faults += [row.fault("id", TAKEN) for how, row, _one in taken if how == "twice"]
        return [(row, one) for how, row, one in taken if how == "new"]

    def _insert(self, model: type[models.Model], some: Made, every: Made) -> None:
        """Writes the rows that are new, and those that come in the place of others."""
        written, seen = bulk.insert(model, [one for _row, one in some], skip_taken=True), set[UUID]()
        for row, one in some if len(written) < len(some) else ():
            if one.pk not in written or one.pk in seen:
                self.faults.append(row.fault("id", self._taken(model, one.pk)))
            seen.add(one.pk)
        if len(some) < len(every) and self.replacing:
            later = {id(one) for _row, one in self.replacing.hiding}
            anew = {id(one) for _row, one in some} | later
            bulk.update(model, [one for _row, one in every if id(one) not in anew], written_over(model))

    def _tell(self, rows: dict[Any, list[Any]], mine: set[UUID], whole_cards: bool) -> None:
        """Writes the history of what was written, and is done with cards that came whole."""
        cards, standing = rows.get(Organisation, []), {}
        if self.replacing:
            standing = self.replacing.standing.get("organization", {})
        self.fresh.update(one.pk for one in cards if one.pk not in standing)
        if self.replacing and whole_cards and mine:
            self._hide()
            bulk.references(later=False)
            self.replacing.tell({mapping.entity(model): some for model, some in rows.items()})
            self.replacing.finish(mine)
        tell_cards([one for one in cards if one.pk not in mine or not whole_cards], self.by, standing)
        if self.apart:
            known = self.fresh | self.replacing.cards if self.replacing else self.fresh
            tell_rows([one for some in rows.values() for one in some if card_of(one) not in known], self.by)

    def _hide(self) -> None:
        """Writes the places that become confidential, once nothing in the open is left there."""
        assert self.replacing is not None
        hiding, self.replacing.hiding = self.replacing.hiding, []
        if not hiding:
            return
        said = {one.pk: {"address_confidential": row.said_by("address_confidential")} for row, one in hiding}
        stay_hidden([one for _row, one in hiding], said, self)
        if not self.faults:
            bulk.update(Location, [one for _row, one in hiding], written_over(Location))

    def _taken(self, model: type[models.Model], pk: UUID) -> str:
        rows = model._default_manager.filter(pk=pk)
        if rows.filter(owner=self.by.agency_id).exists():
            return TAKEN
        return FOREIGN if rows.exists() or model is not ServiceAtLocation else ONCE

    def _say_ours(self, batch: dict[str, list[Row]]) -> None:
        """Gives the attributes that are fields of ours to the rows they belong to; others of these rows come later."""
        for entity in ("taxonomy", "taxonomy_term"):
            if entity in batch:
                batch[entity] = [row for row in batch[entity] if row.values.get("id") not in mapping_ids()]
        if "attribute" not in batch:
            return
        known, kept = mapping.ours(), []
        rows: dict[tuple[str, str], Row] = {}
        for entity, some in batch.items():
            if entity in mapping.MODELS:
                rows |= {(entity, str(row.values.get("id"))): row for row in some}
        for row in batch.get("attribute", ()):
            entity, name = known.get(str(row.values.get("taxonomy_term_id")), ("", ""))
            if not entity or row.values.get("link_entity") != entity:
                kept.append(row)
            elif found := rows.get((entity, str(row.values.get("link_id")))):
                found.extension[name] = (row.values.get("value"), row)
            else:
                self.ends.later(entity, name, row)
        batch["attribute"] = kept

    def _find_homes(self, entity: str, rows: Iterable[Row]) -> None:
        """Looks up, in one statement for each entity, the rows of earlier batches that these hang on."""
        wanted: dict[str, set[UUID]] = {}
        for row in rows:
            row.hangs = [(name, parent, key_of(row.values.get(name))) for name, parent in links_of(entity, row)]
            for _name, parent, pk in row.hangs:
                if pk is not None and pk not in self.homes.get(parent, {}):
                    wanted.setdefault(parent, set()).add(pk)
        if wanted:
            self.settle()
        for parent, keys in wanted.items():
            known = self.homes.setdefault(parent, {})
            known |= dict(looked_up(parent, keys, self.by.agency_id))
            if self.replacing:
                for pk in [pk for pk in keys if pk in known and self.replacing.is_left(known[pk].organisation, pk)]:
                    del known[pk]

    def _made(self, entity: str, row: Row) -> models.Model | None:
        """The row of ours; nothing, and its faults, where it cannot be kept."""
        before = len(self.faults)
        said = self._read(entity, row)
        old = self.replacing.found(entity, said.get("id")) if self.replacing and entity == "location" else None
        if old is not None and old.address_confidential:
            said["address_confidential"] = True  # a file opens no place that is hidden
        home = self._home(entity, row)
        if "id" not in said:
            return None
        visibility = max(home.visibility, said.pop(mapping.VISIBILITY, 0))
        kept = {"owner_id": self.by.agency_id, "visibility": visibility}
        if entity != "organization":
            kept["organisation_id"] = home.organisation
        organisation = said["id"] if entity == "organization" else home.organisation
        confidential = bool(said.get("address_confidential")) or (entity == "service_at_location" and home.confidential)
        # Said of a faulty row too: what hangs on it is not at fault.
        self.homes.setdefault(entity, {})[said["id"]] = Home(organisation, visibility, confidential)
        if len(self.faults) > before:
            return None
        if entity in mapping.DETAILS:
            return self._detail(entity, row, said, kept)
        self._look_after(entity, row, said)
        ours = {name: value for field, value in said.items() if (name := mapping.column(entity, field))}
        return bulk.made(mapping.MODELS[entity], {**ours, **kept})

    def _look_after(self, entity: str, row: Row, said: dict[str, Any]) -> None:
        if entity == "organization" and (parent := said.pop("parent_organization_id", None)):
            self.ends.parent(entity, said["id"], parent, row)
        if entity == "phone":
            said["e164"] = cells.dialled(said.get("number", ""))
        if entity == "schedule" and "timezone" not in said:
            zone = next(
                (cells.zone_of(row.values[each]) for each in ("opens_at", "closes_at") if each in row.values), None
            )
            if zone is not None:
                said["timezone"] = zone

    def _detail(self, entity: str, row: Row, said: dict[str, Any], kept: dict[str, Any]) -> Detail:
        pk = said.pop("id")
        self.ends.detail(entity, pk, said, row)
        told = {name: str(value) if isinstance(value, UUID) else value for name, value in said.items()}
        link = next(((parent, key) for _name, parent, key in row.hangs), ("", None))
        return Detail(id=pk, entity=entity, link_entity=link[0], link_id=link[1], fields=told, **kept)

    def _read(self, entity: str, row: Row) -> dict[str, Any]:
        """The values of a row by field; faults for what is missing or cannot be read."""
        said, values, plans = dict[str, Any](), row.values, self.plans.fields(entity)
        for name, raw in values.items():
            plan = plans.get(name)
            if plan is None:
                continue
            if raw in plan.known and type(raw) is str:
                said[name] = plan.known[raw]
            elif cells.is_said(raw, plan.dash):
                self.value(entity, name, raw, row, said)
                plan.keep(raw, said.get(name))
        for name in required(entity):
            if name not in values and not any(each[0] == name for each in row.wrong):
                self.faults.append(row.fault(name, MISSING))
        for name, (raw, _by) in row.extension.items():
            plan = self.plans.ours(entity, name)
            if raw in plan.known and type(raw) is str:
                said[name] = plan.known[raw]
            elif cells.is_said(raw, False):
                self.value(entity, name, raw, row.said_by(name), said)
                plan.keep(raw, said.get(name))
        return said

    def value(self, entity: str, name: str, raw: Any, row: Row, said: dict[str, Any]) -> None:
        """Reads a value into what is said."""
        try:
            found = cells.reader(entity, name)(raw)
        except BadCell as bad:
            at = "value" if row.entity == "attribute" else name
            self.faults.append(row.fault(at, bad.sentence.message, **bad.sentence.values))
            return
        said[name] = load("visibilities").codes.index(found) if name == mapping.VISIBILITY else found

    def _home(self, entity: str, row: Row) -> Home:
        """What the row hangs on, all of which must be of one organization."""
        nowhere = Home(None, self.visibility)
        if entity in ("organization", *mapping.FREE):
            return nowhere
        found: list[Home] = []
        for name, parent, key in row.hangs:
            home = self.homes.get(parent, {}).get(key or NOBODY)
            if home is None and not self.unwritten:
                self.faults.append(row.fault(name, BROKEN))
            found.append(home or nowhere)
            if home and home.confidential and entity in ("address", "phone", "contact"):
                self.faults.append(row.fault(name, CONFIDENTIAL))
        owners = {home.organisation for home in found} - {None}
        if len(owners) > 1:
            self.faults.append(row.fault("", OTHERS))
        elif not found and entity not in mapping.DETAILS:
            self.faults.append(row.fault("organization_id", NO_HOME))
        said = max((home.visibility for home in found), default=self.visibility)
        return Home(next(iter(owners), None), said, any(home.confidential for home in found))
