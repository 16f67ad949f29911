"""A thread that writes one batch while the next is read: reading and the database take turns no more."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any

from django.db import connections
from django.db.utils import DEFAULT_DB_ALIAS


class Feeder:
    """Has one piece of work at a time done on the connection of this thread, which must `settle` before it asks too."""

    def __init__(self) -> None:
        self._shared: Any = connections[DEFAULT_DB_ALIAS]
        self._thread = ThreadPoolExecutor(1, "feeder", self._begin)
        self._last: Future[None] | None = None
        self._shared.inc_thread_sharing()

    def _begin(self) -> None:
        connections[DEFAULT_DB_ALIAS] = self._shared

    def give(self, work: Callable[[], None]) -> None:
        """Begins the work once what was given before is done."""
        self.settle()
        self._last = self._thread.submit(contextvars.copy_context().run, work)

    def settle(self) -> None:
        """Waits until all is done; raises what went wrong."""
        last, self._last = self._last, None
        if last is not None:
            last.result()

    def __enter__(self) -> Feeder:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._thread.shutdown(wait=True)
        self._shared.dec_thread_sharing()
