"""Each act asks for the permission that a person wrote down in acts.csv, before it does anything else."""

from __future__ import annotations

import csv
from importlib import import_module
from inspect import getmembers, isfunction
from pathlib import Path

import pytest

from havre.platform.audit.actions import ACTIONS, Refused

from .code import HAVRE, python

with (Path(__file__).parent / "acts.csv").open() as file:
    WRITTEN = {row["act"]: row["needs"] for row in csv.DictReader(file)}


def acts():
    """Every function that is an act, by its name."""
    paths = [path for path in python() if path.is_relative_to(HAVRE) and "@action(" in path.read_text()]
    inside = [path.relative_to(HAVRE.parent).with_suffix("").parts for path in paths if "tests" not in path.parts]
    modules = [import_module(".".join(parts).removesuffix(".__init__")) for parts in inside]
    found = [each for module in modules for _name, each in getmembers(module, isfunction)]
    return {each.act: each for each in found if hasattr(each, "act")}


FOUND = acts()


class AllBut:
    """Somebody who may do everything but one thing."""

    def __init__(self, permission: str) -> None:
        self.permission = permission

    def may(self, permission) -> bool:
        return str(permission) != self.permission


def test_the_list_names_each_act_with_its_permission_and_no_other():
    assert {name: str(needs) for name, needs in ACTIONS.items() if name in FOUND} == WRITTEN


@pytest.mark.parametrize("name", sorted(FOUND))
def test_an_act_refuses_whoever_may_do_everything_but_this(name):
    """Before it looks at its subject: there is none here."""
    with pytest.raises(Refused, match="Your role does not include this"):
        FOUND[name](None, by=AllBut(WRITTEN[name]))
