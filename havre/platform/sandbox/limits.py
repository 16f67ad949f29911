"""What a process that reads a stranger's file may still do: nearly nothing (SECURITY-DESIGN 8)."""

from __future__ import annotations

import resource

MEMORY = 512 * 1024 * 1024
# Of the processor: 100,000 rows of text take two of them, 20,000 of a workbook five; a directory has a million rows.
SECONDS = {"csv": 120, "xlsx": 30, "hsds": 240, "feed": 4, "mail": 4, "pdf": 120, "bibliography": 60}


def _at_most(limit: int, soft: int, hard: int | None = None) -> None:
    resource.setrlimit(limit, (soft, soft if hard is None else hard))


def grow_no_further() -> None:
    """Memory has an end, nothing is written to a disk, and no image of the memory is left behind."""
    _at_most(resource.RLIMIT_AS, MEMORY)
    _at_most(resource.RLIMIT_FSIZE, 0)
    _at_most(resource.RLIMIT_CORE, 0)


def lock(kind: str) -> None:
    """From here on no file, no socket and no process can be opened, and time has an end."""
    _at_most(resource.RLIMIT_CPU, SECONDS[kind], SECONDS[kind] + 5)
    _at_most(resource.RLIMIT_NPROC, 0)
    _at_most(resource.RLIMIT_NOFILE, 0)
