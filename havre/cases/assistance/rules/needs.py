"""When a need is met, and which services may meet it.

The promise: a need that nobody looks after is named, whatever else was planned. It rests on SPEC 8.3 (the report of
unmet needs) and the lists `needs`, `services` and `service_statuses`.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from havre.kernel.vocabularies import Row, load

Standing = Literal["over", "helped", "unmet"]
Group = tuple[str, list[tuple[str, str]]]


def standing(met_on: date | None, statuses: Iterable[str]) -> Standing:
    """How a need stands: over by the worker's word, helped by a service under way or done, else not met."""
    if met_on is not None:
        return "over"
    return "helped" if any(meets(status) for status in statuses) else "unmet"


def meets(status: str) -> bool:
    """Whether a service in this status meets the need it was planned for."""
    known = load("service_statuses")
    return status in known and known.row(status)["meets_need"] == "yes"


def suggested(need: str) -> list[Row]:
    """The services that are meant for this need, those that are meant for it first of all before the others."""
    meant = [(row["meets"].split(";"), row) for row in _offered()]
    return [row for needs, row in sorted(meant, key=lambda pair: pair[0][0] != need) if need in needs]


def by_phase(language: str) -> list[Group]:
    """Every service that may be written today, under the name of its phase."""
    phases, services = load("service_phases"), load("services")
    groups: dict[str, Group] = {code: (phases.label(code, language), []) for code in phases}
    groups[""] = ("", [])
    for row in _offered():
        name = row["phase"] if row["phase"] in groups else ""
        groups[name][1].append((row["code"], services.label(row["code"], language)))
    return [group for group in groups.values() if group[1]]


def _offered() -> list[Row]:
    return [row for row in load("services").rows if row["status"] != "deprecated"]
