"""What the record calls an act, and of which kind it is: each part says so in a module `acts` of its own."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise

from .kinds import Kind

__all__ = ["Kind", "acts_of", "every", "kind_of", "words"]


@cache
def _modules() -> tuple[object, ...]:
    names = [f"{config.name}.acts" for config in apps.get_app_configs() if config.name.startswith("havre.")]
    return tuple(import_module(each) for each in names if find_spec(each))


@cache
def every() -> dict[str, Promise]:
    """The words of every act: `WORDS` of each module. An act without words is shown by its code."""
    return {act: said for module in _modules() for act, said in getattr(module, "WORDS", {}).items()}


@cache
def _named() -> dict[str, Kind]:
    """The acts whose beginning does not say of which kind they are: `KINDS` of each module."""
    return {act: kind for module in _modules() for act, kind in getattr(module, "KINDS", {}).items()}


def words(act: str) -> str:
    """The words of an act, or its code when nobody has written any."""
    return str(every().get(act, act))


def kind_of(act: str) -> Kind:
    """Of which kind an act is: as its module says, else by the noun it begins with, else a change."""
    return _named().get(act) or Kind.beginning(act.partition(".")[0])


def acts_of(kind: Kind) -> list[str]:
    """Every act of that kind."""
    return sorted(act for act in every() if kind_of(act) is kind)
