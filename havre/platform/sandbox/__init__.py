"""A stranger's file is read by a process of its own that can do nothing else (SECURITY-DESIGN 8): `lines` feeds it.

A reader is a module that calls `limits.grow_no_further()`, imports what it needs, calls `limits.lock(kind)`, and writes
one line of JSON for each thing it reads, `{"end": true}` last.
"""

from .running import Ended, Passed, lines, rows

__all__ = ["Ended", "Passed", "lines", "rows"]
