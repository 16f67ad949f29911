"""A text column that is sealed on its way to the database and opened when it is read from the object."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from . import keyring
from .seal import Erased, generation_of, seal, unseal


class Sealed(bytes):
    """A value as it stands in the database."""


class Opening(DeferredAttribute):
    """Opens the value when somebody looks at it, once."""

    field: SealedText

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is None or not isinstance(value, Sealed):
            return value
        plain = self.field.open(instance, value)
        instance.__dict__[self.field.attname] = plain
        return plain

    def __set__(self, instance: models.Model, value: Any) -> None:
        # With a setter the descriptor comes before the instance's own dictionary, so that a look passes here.
        instance.__dict__[self.field.attname] = value


class SealedText(models.Field):
    """Text under the key of its subject, which `subject` names: an attribute of the same row."""

    descriptor_class = Opening
    column: str  # never None: it is a column of its own

    def __init__(self, *args: Any, subject: str = "", table: str = "", **kwargs: Any) -> None:
        self.subject = subject
        self.table = table  # the name its table had before it was renamed: what was sealed is bound to that
        super().__init__(*args, **{"blank": True, "default": "", "editable": True, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        bound = {"table": self.table} if self.table else {}
        return name, path, args, {**kwargs, "subject": self.subject, **bound}

    def db_type(self, connection: Any) -> str:
        return "bytea"

    def get_internal_type(self) -> str:
        return "BinaryField"

    def place(self, instance: models.Model) -> tuple[str, str, object]:
        """The table, column and row the value is bound to."""
        return self.table or self.model._meta.db_table, self.column, instance.pk

    def open(self, instance: models.Model, value: Sealed) -> str:
        """The plain text of a stored value; nothing of one that was erased."""
        if not value:
            return ""
        try:
            key = keyring.key(getattr(instance, self.subject), generation_of(value))
        except Erased:
            return ""
        return unseal(key, self.place(instance), bytes(value)).decode()

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = instance.__dict__.get(self.attname, "")
        if isinstance(value, Sealed) or not value:
            return Sealed(value or b"")
        generation, key = keyring.newest(getattr(instance, self.subject))
        return Sealed(seal(key, generation, self.place(instance), value.encode()))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str) and value:
            # `QuerySet.update` and look-ups never pass pre_save: plain text must not reach the database that way.
            raise TypeError(f"{self.model.__name__}.{self.name} is sealed: save the object instead")
        return value or b""

    def get_lookup(self, lookup_name: str) -> Any:
        raise TypeError(f"{self.model.__name__}.{self.name} is sealed: it cannot be searched in the database")


class ServerText(SealedText):
    """Text under a key of the server for this very row: for whoever must open it without a key of its subject.

    Whoever may read the row may read it. It is gone with its row, and with no key: to erase is to delete.
    """

    def _key(self, instance: models.Model) -> bytes:
        return keyring.mac(f"sealed:{self.model._meta.db_table}.{self.column}", str(instance.pk))

    def open(self, instance: models.Model, value: Sealed) -> str:
        return unseal(self._key(instance), self.place(instance), bytes(value)).decode() if value else ""

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = instance.__dict__.get(self.attname, "")
        return self.sealed(instance, value) if isinstance(value, str) and value else Sealed(value or b"")

    def sealed(self, instance: models.Model, text: str) -> Sealed:
        """The text as that row would keep it, for a function of the database that writes the row."""
        return Sealed(seal(self._key(instance), 1, self.place(instance), text.encode()))
