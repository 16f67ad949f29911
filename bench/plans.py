"""Whether a plan keeps the access table in a hash: then it reads a whole caseload to show fifty."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import psycopg

from bench.measure import CLAIM, Statement

ASKED = ("select", "with", "insert", "update", "delete")


def hashing(asked: psycopg.Connection[Any], statements: list[Statement]) -> list[str]:
    """Those of the statements that do, planned as the role of that connection."""
    return [
        text
        for text, values in statements
        if text.lstrip().lower().startswith(ASKED) and CLAIM not in text and _hashes(_plan(asked, text, values))
    ]


def _plan(asked: psycopg.Connection[Any], text: str, values: Any) -> dict[str, Any]:
    found = asked.execute(f"explain (format json) {text}".encode(), values or None).fetchone()
    told = found[0] if found else "[]"
    return dict((json.loads(told) if isinstance(told, str) else told)[0]["Plan"])


def _hashes(plan: dict[str, Any]) -> bool:
    """Whether a subplan that somebody calls hashed reads people_caseaccess."""
    named = {f"SubPlan {number}" for number in re.findall(r"hashed SubPlan (\d+)", json.dumps(plan))}
    hashed = (node for node in _nodes(plan) if node.get("Subplan Name") in named)
    return any(below.get("Relation Name") == "people_caseaccess" for node in hashed for below in _nodes(node))


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)
