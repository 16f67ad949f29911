"""Many rows of the directory at once, as the application: row policies refuse COPY, so arrays are handed over."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.db.models.base import ModelState

from havre.platform.crypto.fields import SealedText
from havre.platform.database.arrays import MANY_ROWS, array

from .models import (
    Address,
    ConfidentialPlace,
    Contact,
    Detail,
    Language,
    Location,
    Organisation,
    Phone,
    Program,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)

SIZE = 5000
Column = Any  # a field of a model: Django's type leaves room for relations that have no column
# What a row hangs on is written before it.
ORDER: tuple[type[models.Model], ...] = (
    Organisation,
    Program,
    Service,
    Location,
    ConfidentialPlace,
    ServiceAtLocation,
    Contact,
    Phone,
    Address,
    Schedule,
    ServiceArea,
    Language,
    Detail,
)


def many_rows() -> None:
    """Prepares this transaction for them."""
    with connection.cursor() as cursor:
        cursor.execute(MANY_ROWS)


def references(*, later: bool) -> None:
    """Has what rows refer to looked at now, or later: when some go and others are written over to refer elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute(f"set constraints all {'deferred' if later else 'immediate'}")


def write(rows: Iterable[models.Model], size: int = SIZE) -> int:
    """Writes new rows within an action, and says how many; any mix, as long as none comes long before what it hangs on.

    An id that is taken raises what the database says. Call `facets.refresh` when all are there.
    """
    many = 0
    source = iter(rows)
    while some := list(islice(source, size)):
        many += len(some)
        for model, those in _by_model(some):
            insert(model, those)
    return many


def insert(model: type[models.Model], rows: Collection[models.Model], *, skip_taken: bool = False) -> set[UUID]:
    """Writes rows of one table in one statement; with `skip_taken` those whose id is taken stay out.

    The ids that were written.
    """
    if not rows:
        return set()
    columns = [(column, _told(column, rows)) for column in _columns(model)]
    # Most columns say the same in every row, nothing as a rule: that is said once.
    alike = frozenset(each.column for each, told in columns if not each.primary_key and _is_alike(told))
    values = [told[0] for each, told in columns if each.column in alike]
    values += [array(told) for each, told in columns if each.column not in alike]
    with connection.cursor() as cursor:
        cursor.execute(_insert(model, skip_taken, alike), values)
        return {pk for (pk,) in cursor.fetchall()}


def _is_alike(told: list[Any]) -> bool:
    return told[-1] == told[0] and told.count(told[0]) == len(told)


def update(model: type[models.Model], rows: Collection[models.Model], names: Collection[str]) -> None:
    """Writes these columns of rows that exist, in one statement."""
    if not rows or not names:
        return
    columns: list[Any] = [
        model._meta.pk,
        *(each for each in _columns(model) if each.name in names and not each.primary_key),
    ]
    table = model._meta.db_table
    told = ", ".join(f'"{each.column}" = {_given(each)}' for each in columns[1:])
    statement = f"update {table} t set {told} from {_unfolded(columns)} where t.id = given.id"  # noqa: S608 - our own
    with connection.cursor() as cursor:
        cursor.execute(statement, [array(_told(column, rows)) for column in columns])


def _by_model(rows: list[models.Model]) -> Iterator[tuple[type[models.Model], list[models.Model]]]:
    found: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    for model in ORDER:
        if model in found:
            yield model, found[model]


def made(model: type[models.Model], values: Mapping[str, Any]) -> Any:
    """A row of these columns, the others as usual: what its class would make of it, in a tenth of the time."""
    row = model.__new__(model)
    vars(row).update(_usual(model), _state=ModelState(), **values)
    return row


@cache
def _usual(model: type[models.Model]) -> dict[str, Any]:
    return {each.attname: None if each.primary_key else each.get_default() for each in _columns(model)}


@cache
def _columns(model: type[models.Model]) -> tuple[Column, ...]:
    return tuple(model._meta.concrete_fields)


@lru_cache(maxsize=1000)
def _insert(model: type[models.Model], skip_taken: bool, alike: frozenset[str]) -> str:
    columns = _columns(model)
    told = [f"%s::{_kind(each)}{_again(each)}" if each.column in alike else _given(each) for each in columns]
    return (
        f"insert into {model._meta.db_table} ({', '.join(_quoted(each) for each in columns)})"  # noqa: S608 - our own
        f" select {', '.join(told)} from {_unfolded(each for each in columns if each.column not in alike)}"
        f"{' on conflict do nothing' if skip_taken else ''} returning {_quoted(model._meta.pk)}"
    )


def _unfolded(columns: Iterable[Column]) -> str:
    """The arrays as a table named `given`."""
    columns = list(columns)
    return f"unnest({', '.join(f'%s::{_kind(each)}[]' for each in columns)}) given({', '.join(map(_quoted, columns))})"


def _given(column: Any) -> str:
    # An array within an array would be unfolded with it: it comes as text.
    title = f"given.{_quoted(column)}"
    return f"{title}::{column.db_type(connection)}" if _is_told(column) else title


def _again(column: Any) -> str:
    return f"::{column.db_type(connection)}" if _is_told(column) else ""


def _quoted(column: Any) -> str:
    return f'"{column.column}"'


def _kind(column: Any) -> str:
    # A cast to varchar(n) would cut a text short without a word.
    return "text" if _is_told(column) else str(column.db_type(connection)).partition("(")[0]


def _is_told(column: Column) -> bool:
    return isinstance(column, (ArrayField, models.JSONField, SearchVectorField))


def _told(column: Any, rows: Iterable[models.Model]) -> list[Any]:
    """The values of a column, as an array holds them."""
    if isinstance(column, SealedText):
        return [bytes(column.pre_save(row, True)) for row in rows]
    name = column.attname
    values = [row.__dict__[name] for row in rows]
    if isinstance(column, ArrayField):
        return [array(each) if each else None if each is None else "{}" for each in values]
    if isinstance(column, models.JSONField):
        return [json.dumps(each, ensure_ascii=False, cls=column.encoder) for each in values]
    if isinstance(column, (models.DateTimeField, models.TimeField)):
        return [None if each is None else str(each) for each in values]
    return values
