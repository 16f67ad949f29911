"""How a fault that Django tells of is written down: its kind and its place, without its words."""

from __future__ import annotations

import logging

from .errors import place_of


class Wordless(logging.Formatter):
    """A line for each fault; its message and its trace may hold what somebody sent, and are left out."""

    def format(self, record: logging.LogRecord) -> str:
        """Level, where it was noticed, and the kind and line of the error, if there is one."""
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        return " ".join(filter(None, (record.levelname, record.name, place_of(error) if error else "")))
