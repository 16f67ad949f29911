"""What the record calls an act, in words. Each stage names its own; an act without words is shown by its code."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "session.begin": _("Signed in"),
    "session.refused": _("Tried to sign in"),
    "session.end": _("Signed out"),
    "session.unlock": _("Unlocked the screen"),
    "page.casefile:today": _("Read “Today”"),
    "page.casefile:list": _("Read the list of people"),
    "page.casefile:case": _("Read the file"),
    "page.casefile:seen": _("Read who saw what"),
    "page.accounts:people": _("Read the list of accounts"),
    "search.names": _("Searched by name"),
    "register.import": _("Brought in a register"),
    "register.export": _("Took out the register"),
}
ROOMS = ("havre.cases.", "havre.exchange")


@cache
def every() -> dict[str, Promise]:
    """The words of all stages and of the exchange, from the module `acts` of each."""
    modules = [f"{config.name}.acts" for config in apps.get_app_configs() if config.name.startswith(ROOMS)]
    found: dict[str, Promise] = {}
    for module in filter(find_spec, modules):
        found |= import_module(module).WORDS
    return found


def words(act: str) -> str:
    """The words of an act, or its code when nobody has written any."""
    return str(every().get(act, act))
