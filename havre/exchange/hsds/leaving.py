"""The directory goes out: organizations with all that hangs on them, batch by batch, as rows of HSDS."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django.db.models import Q, QuerySet

from havre.directory.models import Address, Detail, Location, Organisation
from havre.platform.keeping.rows import Visibility

from . import mapping, told
from .schema import LINKS, below, links
from .told import Profile, Told

SIZE = 200
Rows = dict[str, list[Told]]
Passed = Callable[[int, int], None]


def unseen(done: int, many: int) -> None:
    """Nobody watches."""


def organisations(profile: Profile, countries: Sequence[str] = ()) -> QuerySet[Organisation]:
    """The cards that this session may read; in profile `hsds` those for everybody alone."""
    cards = Organisation.objects.order_by("pk")
    if profile == "hsds":
        cards = cards.filter(visibility=Visibility.PUBLIC)
    if countries:
        there = Q(countries__overlap=list(countries)) | Q(pk__in=_placed(countries))
        cards = cards.filter(there)
    return cards


def _placed(countries: Sequence[str]) -> Any:
    return Location.objects.filter(country__in=countries).values("organisation_id")


def free(profile: Profile) -> Rows:
    """Taxonomies, their terms, and tables described: what belongs to no organization."""
    found: Rows = {"taxonomy": [told.taxonomy()], "taxonomy_term": list(told.terms(profile))}
    rows = _read(Detail.objects.filter(organisation=None), profile)
    for each in rows:
        found.setdefault(each.entity, []).append(told.detail(each))
    return found


def _read(rows: QuerySet[Any], profile: Profile) -> QuerySet[Any]:
    rows = rows.order_by("pk")
    return rows.filter(visibility=Visibility.PUBLIC) if profile == "hsds" else rows


def batches(cards: QuerySet[Organisation], profile: Profile, passed: Passed = unseen) -> Iterator[Rows]:
    """The rows of some organizations at a time, by entity."""
    keys = list(cards.values_list("pk", flat=True))
    for start in range(0, len(keys), SIZE):
        some = keys[start : start + SIZE]
        passed(start, len(keys))
        yield rows_of(Organisation.objects.filter(pk__in=some).order_by("pk"), profile, keys)
    passed(len(keys), len(keys))


def rows_of(cards: Iterable[Organisation], profile: Profile, keys: Iterable[Any] | None = None) -> Rows:
    """All rows of these organizations; `keys` are those that go out with them."""
    near = {each.pk: each for each in cards}
    models: list[Any] = [model for model in mapping.MODELS.values() if model is not Organisation]
    of = {"organisation__in": near}
    below = (_read(model._default_manager.filter(**of), profile) for model in (*models, Detail))
    return told_of(chain(near.values(), *below), profile, near.keys() if keys is None else keys)


def told_of(rows: Iterable[Any], profile: Profile, keys: Iterable[Any]) -> Rows:
    """These rows as HSDS has them, each organization before what hangs on it; `keys` are those that go out."""
    every, near, addresses = list(rows), {}, defaultdict(list)
    for one in every:
        if isinstance(one, Organisation):
            near[one.pk] = one
        elif isinstance(one, Address):
            addresses[one.location_id].append(one)
    found: Rows = defaultdict(list)
    for one in every:
        entity = one.entity if isinstance(one, Detail) else mapping.entity(one.__class__)
        found[entity].append(told.row(entity, one))
        if not isinstance(one, Detail):
            card = one if isinstance(one, Organisation) else near[one.organisation_id]
            found["attribute"] += told.attributes(entity, one, profile, card, addresses[one.pk])
    there = {None, *map(str, keys)}
    for each in found["organization"]:
        if each.get("parent_organization_id") not in there:
            del each["parent_organization_id"]
    return found


def nested(rows: Rows) -> list[Told]:
    """Organizations with everything beneath them, as HSDS JSON has it."""
    known = {(entity, each["id"]): each for entity, some in rows.items() for each in some}
    for entity, some in rows.items():
        for each in some:
            found = next(((name, one) for name, one in _parents(entity, each, known)), None)
            if found:
                name, parent = found
                parent.setdefault(name, []).append(each)
    return rows.get("organization", [])


def _parents(entity: str, row: Told, known: dict[tuple[str, str], Told]) -> Iterator[tuple[str, Told]]:
    """The rows that may hold this one, and the list of theirs that does, the closest first."""
    if entity in LINKS:
        by_id, by_kind = LINKS[entity]
        keys: list[tuple[Any, str]] = [(row.get(by_id), row.get(by_kind, ""))]
    else:
        keys = [(row.get(name), parent) for name, parent in links(entity).items()]
    for pk, parent in keys:
        holds = {child: name for name, child in below(parent).items()} if pk else {}
        if entity in holds and (parent, pk) in known:
            yield holds[entity], known[(parent, pk)]
