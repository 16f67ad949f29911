"""What the workbench says when it cannot use what it was given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

LISTED = 20


class Refusal(Exception):
    """Nothing was done; the text is one line a fault: `file:line: what, and what to do`."""


class Stopped(KeyboardInterrupt):
    """Somebody stopped the work; the text is one line that says what became of it."""


@contextmanager
def stoppable() -> Iterator[None]:
    """DuckDB says of Ctrl-C that a query was interrupted; here it is what it always is."""
    try:
        yield
    except RuntimeError as error:
        if "interrupted" in str(error):
            raise KeyboardInterrupt from None
        raise


def refuse(path: Path | str, line: int, sentence: str) -> Refusal:
    """The refusal of one line of a file; line 0 is the file as a whole."""
    return Refusal(f"{path}:{line}: {sentence}" if line else f"{path}: {sentence}")


def all_of(path: Path | str, faults: Sequence[tuple[int, str]]) -> Refusal:
    """The refusal of a file for several faults (line, sentence), the first twenty of them listed."""
    lines = [str(refuse(path, *fault)) for fault in faults[:LISTED]]
    if len(faults) > LISTED:
        lines.append(f"{path}: {len(faults) - LISTED:,} more faults are not listed")
    return Refusal("\n".join(lines))
