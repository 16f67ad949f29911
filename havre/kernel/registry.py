"""Things that are added by adding one file: charts, formats, kinds of assistance, panels."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any, Generic, TypeVar

Member = TypeVar("Member", bound=type[Any])


class Registry(Generic[Member]):
    """The classes that the modules of a package have added, in the order of their codes."""

    def __init__(self) -> None:
        self._members: dict[str, Member] = {}

    def add(self, member: Member) -> Member:
        """Register a class under its `code`, and give it back unchanged (a decorator)."""
        if member.code in self._members:
            first = self._members[member.code].__module__
            raise ValueError(f"{member.code}: added by {first} and again by {member.__module__}")
        self._members[member.code] = member
        return member

    def find(self, package: str) -> None:
        """Import every module of the package, so that each adds what it defines."""
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__, f"{package}."):
            if not module.name.endswith(".tests"):
                importlib.import_module(module.name)

    def __getitem__(self, code: str) -> Member:
        return self._members[code]

    def __contains__(self, code: object) -> bool:
        return code in self._members

    def __iter__(self) -> Iterator[Member]:
        return iter([self._members[code] for code in sorted(self._members)])

    def __len__(self) -> int:
        return len(self._members)
