"""Questions about one subject whose SQL is made once.

The page of a file asks a dozen of them, and to make the SQL of one costs Django more than the database needs to run it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
NOBODY = UUID(int=0)


class Prepared(Generic[M]):
    """`Prepared(lambda case: CaseMove.objects.filter(case_id=case))`: called with a key, the rows of that one."""

    def __init__(self, ask: Callable[[UUID], QuerySet[M]]) -> None:
        self.ask = ask

    def __call__(self, subject: UUID) -> list[M]:
        model, sql = self._made
        with connection.cursor() as cursor:
            cursor.execute(sql, [subject])
            return [model.from_db(DEFAULT_DB_ALIAS, self._names, self._read(row)) for row in cursor.fetchall()]

    @cached_property
    def _made(self) -> tuple[type[M], str]:
        rows = self.ask(NOBODY)
        query = rows.query
        sql, values = query.sql_with_params()
        whole = query.default_cols and not (query.annotations or query.select_related or query.deferred_loading[0])
        if values != (NOBODY,) or not whole:
            raise TypeError(f"a prepared question about {rows.model.__name__} takes one key and reads whole rows")
        return rows.model, sql

    @cached_property
    def _names(self) -> list[str]:
        return [field.attname for field in self._made[0]._meta.concrete_fields]

    @cached_property
    def _converters(self) -> list[tuple[int, Callable[..., Any]]]:
        fields = enumerate(self._made[0]._meta.concrete_fields)
        return [(place, field.from_db_value) for place, field in fields if hasattr(field, "from_db_value")]

    def _read(self, row: Sequence[Any]) -> list[Any]:
        """The values as the fields of the model want them: a sealed text stays sealed."""
        values = list(row)
        for place, convert in self._converters:
            values[place] = convert(values[place], None, connection)
        return values
