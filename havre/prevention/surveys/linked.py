"""What whoever holds a link may read and send. The functions of the database decide what that is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from . import codes


@dataclass(frozen=True)
class Asked:
    """A survey as it is asked: no right answers, and nothing of what others said."""

    token: str
    link: UUID
    survey: UUID
    keeper: str
    status: str
    title: Mapping[str, str]
    intro: Mapping[str, str]
    languages: list[str]
    pairing: bool
    items: list[Mapping[str, Any]]


def read(token: str) -> Asked | None:
    """The survey of a link; None when it is nobody's."""
    told = _ask("select havre.survey_read(%s)", token) if codes.TOKEN.fullmatch(token) else None
    if not told:
        return None
    return Asked(token, UUID(told.pop("link")), UUID(told.pop("survey")), **told)


def answer(asked: Asked, nonce: bytes, person: bytes | None, told: Mapping[str, Any]) -> str:
    """Sends one answer: `kept`, `again`, `person`, `draft`, `closed`, `wrong`, or nothing for a link that is gone."""
    question = "select to_jsonb(havre.survey_answer(%s, %s, %s, %s::jsonb))"
    return _ask(question, asked.token, nonce, person, json.dumps(told)) or ""


def _ask(question: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        (answer,) = cursor.fetchone()
    return json.loads(answer) if isinstance(answer, str) else answer
