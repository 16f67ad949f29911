"""Questions about one subject, or about several, whose SQL is made once.

The page of a file asks two dozen, and to make the SQL of one costs Django more than the database needs to run it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Made(Generic[M]):
    """The SQL of a question, and how a row of its answer becomes an object with those it was joined to."""

    model: type[M]
    sql: str
    own: slice
    names: Sequence[str]
    converters: Sequence[tuple[int, Callable[..., Any], Any]]
    joined: Sequence[Any]

    def read(self, row: Sequence[Any]) -> M:
        """The object of one row, its values as the fields of the model want them: a sealed text stays sealed."""
        values = list(row)
        for place, convert, column in self.converters:
            values[place] = convert(values[place], column, connection)
        found = self.model.from_db(DEFAULT_DB_ALIAS, self.names, values[self.own])
        for each in self.joined:
            each.populate(values, found)
        return found


class Prepared(Generic[M]):
    """`Prepared(lambda case: CaseMove.objects.filter(case_id=case))`: called with a key, the rows of that one."""

    def __init__(self, ask: Callable[[Any], QuerySet[M]]) -> None:
        self.ask = ask

    def __call__(self, key: Any) -> list[M]:
        held = _ahead.get()
        return held.pop((self, key)) if (self, key) in held else self.ask_now(key)

    def ask_now(self, key: Any) -> list[M]:
        """The rows as they are in the database at this moment."""
        with connection.cursor() as cursor:
            cursor.execute(self.made.sql, [key])
            return [self.made.read(row) for row in cursor.fetchall()]

    def first(self, key: Any) -> M | None:
        """The first of those rows, or nothing."""
        return next(iter(self(key)), None)

    @cached_property
    def made(self) -> Made[M]:
        rows = self.ask(self._example)
        query = rows.query
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        sql, values = compiler.as_sql()
        keys = [str(value).strip("0-") for value in values]  # nobody's key is noughts, as a number or a text too
        if keys != [""] or not query.default_cols or query.annotations or query.deferred_loading[0]:
            raise TypeError(f"a prepared question about {rows.model.__name__} takes one key and reads whole rows")
        columns = [column for column, _sql, _alias in compiler.select]
        own = compiler.klass_info["select_fields"]
        return Made(
            rows.model,
            self._worded(sql),
            slice(own[0], own[-1] + 1),
            [columns[place].target.attname for place in own],
            [
                (place, convert, column)
                for place, (convert_all, column) in compiler.get_converters(columns).items()
                for convert in convert_all
            ],
            get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS),  # type: ignore[call-arg]
        )

    _example: Any = NOBODY

    def _worded(self, sql: str) -> str:
        return sql


class PreparedForMany(Prepared[M]):
    """`PreparedForMany(lambda people: PersonName.objects.filter(person_id__in=people))`: the rows of all of these."""

    _example = (NOBODY,)

    def __call__(self, key: Any) -> list[M]:
        wanted = list(key)
        return self.ask_now(wanted) if wanted else []

    def _worded(self, sql: str) -> str:
        # One value whatever their number: a list of fifty is otherwise fifty values and a statement of its own.
        return sql.replace(" IN (%s)", " = any(%s)")


Asked = tuple[Prepared[Any], UUID]
_ahead: ContextVar[dict[Asked, list[Any]]] = ContextVar("ahead", default={})  # noqa: B039 - never written to


@contextmanager
def ahead(asked: Sequence[Asked]) -> Iterator[None]:
    """Sends all these questions at once; within the block each is answered from what came back, the first time."""
    reset = _ahead.set(_together(asked))
    try:
        yield
    finally:
        _ahead.reset(reset)


def _together(asked: Sequence[Asked]) -> dict[Asked, list[Any]]:
    here = connections[DEFAULT_DB_ALIAS]
    if here.execute_wrappers or here.queries_logged:
        return {}  # whoever listens to each statement hears each by itself
    here.ensure_connection()
    with here.wrap_database_errors, here.connection.pipeline():
        cursors = [(each, here.create_cursor().execute(each[0].made.sql, [each[1]])) for each in asked]
        return {each: [each[0].made.read(row) for row in cursor.fetchall()] for each, cursor in cursors}
