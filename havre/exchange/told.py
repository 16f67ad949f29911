"""What a job found out about a register, as it is kept sealed: counts, the first people, or faults. Never a cell."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from havre.exchange.actions import Summary
from havre.exchange.formats.htcds import Fault, Record

NAME = ("prs_FirstName", "prs_MiddleName", "prs_SecondName")


def of_faults(faults: Iterable[Fault], more: int) -> str:
    """Faults with their rows, in no language yet."""
    return json.dumps({"faults": [each.stored() for each in faults], "more": more})


def faults(told: str, kind: type[Fault] = Fault) -> tuple[list[Fault], int]:
    """The faults that are kept, and how many more there are."""
    found = json.loads(told)
    return [kind.again(each) for each in found["faults"]], found["more"]


def of_refusal(sentence: str) -> str:
    """Why nothing could be done."""
    return json.dumps({"refused": sentence})


def of_summary(summary: Summary, *, first: bool) -> str:
    """What came in or would come in; with the `first` people until somebody has agreed to them."""
    found = {
        "persons": summary.persons,
        "codes": summary.codes,
        "consents": dict(summary.consents),
        "states": dict(summary.states),
        "owners": dict(summary.owners),
        "kept": dict(summary.kept),
        "columns": summary.columns,
        "first": [_person(each) for each in summary.first] if first else [],
    }
    return json.dumps(found)


def _person(record: Record) -> dict[str, Any]:
    """A person of the preview, in codes."""
    values = record.values
    return {
        "row": record.row,
        "reference": record.reference,
        "name": " ".join(values[each] for each in NAME if each in values),
        "born": str(values.get("prs_Birthdate", "")),
        "gender": values.get("prs_Gender", ""),
        "countries": list(values.get("prs_Citizenship", [])),
        "exploitation": list(values.get("vic_TypeOfExploitation", [])),
    }
