"""What a notice can be about. Each room has `NOTICES` in a module `kinds`; `havre setup` tells the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """The sentence on the first page, which names nobody, and where it leads for whoever reads it."""

    words: Promise
    to: Callable[[UUID], str | None] | None = None


@cache
def every() -> dict[str, Kind]:
    """The kinds of all rooms by their code, `noun.verb`."""
    modules = [f"{config.name}.kinds" for config in apps.get_app_configs() if config.name.startswith("havre.")]
    found: dict[str, Kind] = {}
    for module in filter(find_spec, modules):
        found |= getattr(import_module(module), "NOTICES", {})
    return found


def words(code: str) -> str:
    """The sentence of a kind."""
    known = every().get(code)
    return str(known.words if known else _("Something waits for you."))


def address(code: str, subject: UUID | None) -> str | None:
    """Where a notice leads, if anywhere."""
    known = every().get(code)
    return known.to(subject) if known and known.to and subject else None
