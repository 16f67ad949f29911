"""Many values at once, as PostgreSQL reads an array: to write it out is many times quicker than to adapt each value."""

from __future__ import annotations

from collections.abc import Sequence

# The new rows are in no statistics before the end: the server would take the tables for small, and look through the
# whole of them for each row. And it would remember each row until the end, to look then whether it refers to another.
MANY_ROWS = "discard plans; set local jit = off; set local enable_seqscan = off; set constraints all immediate"


def array(values: Sequence[object]) -> str:
    """An array as PostgreSQL reads one."""
    try:
        texts = '","'.join(values)  # type: ignore[arg-type]
    except TypeError:  # not texts alone
        plain = False
    else:
        # Hardly any text has one of these signs; codes and keys never have.
        plain = bool(values) and "\\" not in texts and texts.count('"') == 2 * (len(values) - 1)
    return f'{{"{texts}"}}' if plain else "{" + ",".join([_element(value) for value in values]) + "}"


def _element(value: object) -> str:
    kind = type(value)
    if kind is str:
        value = value.replace("\\", "\\\\").replace('"', '\\"')  # type: ignore[attr-defined]
        return f'"{value}"'
    if kind is bytes:
        return f'"\\\\x{value.hex()}"'  # type: ignore[attr-defined]
    return "NULL" if value is None else str(value)
