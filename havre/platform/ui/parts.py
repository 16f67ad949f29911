"""What the larger parts of a page are fed with, so that a template never counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

StopState = Literal["done", "here", "skip", "todo"]


@dataclass(frozen=True)
class Stop:
    """One state on the journey; `skip` is drawn dashed, for a branch the person may never take."""

    label: str
    state: StopState = "todo"
    note: str = ""


@dataclass(frozen=True)
class Phase:
    """A phase of the journey with its stops, six at most."""

    label: str
    stops: Sequence[Stop]

    @property
    def is_here(self) -> bool:
        """Whether the person stands in this phase."""
        return any(stop.state == "here" for stop in self.stops)


@dataclass(frozen=True)
class Journey:
    """The whole line, from first contact to closed, for `<c-journey :journey="journey" />`."""

    phases: Sequence[Phase]

    @cached_property
    def stops(self) -> list[Stop]:
        """All stops in their order."""
        return [stop for phase in self.phases for stop in phase.stops]

    @property
    def total(self) -> int:
        """How many stops the line has."""
        return len(self.stops)

    @cached_property
    def step(self) -> int:
        """The number of the stop where the person stands, counted from one."""
        return next((number for number, stop in enumerate(self.stops, 1) if stop.state == "here"), 1)

    @property
    def here(self) -> Stop:
        """The stop where the person stands."""
        return self.stops[self.step - 1]


@dataclass(frozen=True)
class Entry:
    """One line of a timeline; `when` is written out, `iso` is for machines."""

    when: str
    title: str
    icon: str = "circle-dot"
    tone: str = ""
    text: str = ""
    url: str = ""
    iso: str = ""


@dataclass(frozen=True)
class Step:
    """One subject in the column of steps; `mark` is its letter or number."""

    label: str
    mark: str
    url: str = ""
    state: Literal["done", "here", "todo"] = "todo"
    note: str = ""


@dataclass(frozen=True)
class Condition:
    """One condition of a refusal or a permission, met or not, with its remedy."""

    title: str
    state: Literal["yes", "no", "wait"]
    text: str = ""
    url: str = ""
    label: str = ""


@dataclass(frozen=True)
class Fact:
    """A labelled value."""

    label: str
    value: str


@dataclass(frozen=True)
class Basis:
    """An answer on which a computed element rests."""

    code: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Element:
    """One element of a computed finding and the answers it rests on."""

    label: str
    state: Literal["yes", "no", "unknown"]
    answers: Sequence[Basis] = ()
