"""What whoever holds the link of a mail may read and answer. The functions of the database decide what that is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from havre.directory.models import Suggestion

SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")
PERSON = ("name", "title", "department", "email")
HOUSE = ("email", "website")


@dataclass(frozen=True)
class Shown:
    """What the card says of them: as lines for the page, and as the fields of the form that corrects it."""

    contact: Mapping[str, str]
    organisation: Mapping[str, str]
    phones: list[Mapping[str, str]]
    services: list[str]
    keeper: str
    fields: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Shown:
        """From the answer of `check_read`."""
        contact, house, phones = told["contact"], told["organisation"], told["phones"]
        fields = {f"contact-{name}": contact[name] for name in PERSON}
        fields |= {f"organisation-{name}": house[name] for name in HOUSE if name in house}
        fields |= {f"phone-{each['id']}": each["number"] for each in phones}
        return cls(contact, house, phones, told["services"], told["keeper"], fields)


def read(token: str) -> Shown | None:
    """What the holder of the link sees; None when it is worth nothing, for whatever reason."""
    told = _ask("select havre.check_read(%s)", token) if SHAPE.fullmatch(token) else None
    return Shown.of(told) if told else None


def confirm(token: str) -> bool:
    """All of it is right. False when the link is worth nothing any more."""
    return bool(_ask("select havre.check_answer(%s, '[]')", token))


def correct(token: str, shown: Shown, given: Mapping[str, str], *, gone: bool, why: str) -> bool:
    """Tells the keeper what is not right; nothing is changed until the keeper has looked."""
    wrong = [_suggestion(*each, "") for each in changed(shown, given)]
    if gone or why or not wrong:
        kind = "gone" if gone else "change"
        wrong.insert(0, _suggestion("contact", UUID(shown.contact["id"]), {}, {}, why, kind))
    return bool(_ask("select havre.check_answer(%s, %s::jsonb)", token, json.dumps(wrong)))


def changed(shown: Shown, given: Mapping[str, str]) -> list[tuple[str, UUID, dict[str, str], dict[str, str]]]:
    """Each row of which something is different: its table, its number, what stands there and what should."""
    rows = [("contact", shown.contact["id"], {each: f"contact-{each}" for each in PERSON})]
    rows += [("organisation", shown.organisation["id"], {each: f"organisation-{each}" for each in HOUSE})]
    rows += [("phone", each["id"], {"number": f"phone-{each['id']}"}) for each in shown.phones]
    found = []
    for entity, number, names in rows:
        asked = {name: key for name, key in names.items() if key in shown.fields and key in given}
        other = {name: given[key] for name, key in asked.items() if given[key] != shown.fields[key]}
        if other:
            found.append((entity, UUID(number), {name: shown.fields[asked[name]] for name in other}, other))
    return found


def _suggestion(
    entity: str, row: UUID, before: dict[str, str], after: dict[str, str], why: str, kind: str = "change"
) -> dict[str, Any]:
    sealed = _sealed(number := uuid4(), why)
    if after == {"number": ""}:
        kind, after = "gone", {}
    kept = {"id": str(number), "entity": entity, "row_id": str(row), "kind": kind}
    return kept | {"before": before, "after": after, "why": sealed.hex()}


def _sealed(number: UUID, text: str) -> bytes:
    column: Any = Suggestion._meta.get_field("why")
    return bytes(column.sealed(Suggestion(pk=number), text)) if text else b""


def _ask(question: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        (answer,) = cursor.fetchone()
    return json.loads(answer) if isinstance(answer, str) else answer
