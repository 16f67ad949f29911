"""Work that takes longer than a page: asked for in the transaction of what needs it, done by `havre worker`.

The queue is procrastinate's, in the same PostgreSQL. A job carries numbers of rows and nothing else: the application
may not read the queue, the worker and the backup may.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from uuid import UUID

from django.db import connection, connections
from procrastinate.contrib.django import app

from havre.platform.ui.errors import place_of

QUEUE = "havre"
# What a worker was at when it died: what it wrote is undone, and whoever asked sees that and asks again.
FORGET = """
    delete from procrastinate_jobs j where j.status = 'doing' and not exists (
      select 1 from procrastinate_workers w
      where w.id = j.worker_id and w.last_heartbeat > now() - interval '1 minute')"""
Work = Callable[..., None]
MINUTE = 60
CLOCK: list[Callable[[], None]] = []
log = logging.getLogger("havre.jobs")


def job(name: str) -> Callable[[Work], Work]:
    """Makes a function a job of that name; it is called with the numbers it was asked with, as UUID."""

    def decorate(work: Work) -> Work:
        def run(**ids: str) -> None:
            try:
                work(**{each: UUID(value) for each, value in ids.items()})
            except Exception as error:
                # Only its kind and place: what an error says could hold a value.
                log.error("job %s: %s", name, place_of(error))
            finally:
                connections.close_all()  # of the thread that worked: the next job may be hours away

        app.task(name=name, queue=QUEUE)(run)
        return work

    return decorate


def each_minute(work: Callable[[], None]) -> Callable[[], None]:
    """Makes a function part of the worker's round: done when a worker starts, and each minute while it lives.

    What it does must stand in the database: several workers may go round at once, and any of them may die.
    """
    CLOCK.append(work)
    return work


def round_once() -> None:
    """One round of the clock; what breaks holds up nothing else."""
    for each in CLOCK:
        try:
            each()
        except Exception as error:
            log.error("round %s: %s", each.__name__, place_of(error))
    connections.close_all()


def _rounds() -> None:
    while True:
        round_once()
        time.sleep(MINUTE)


def ask(name: str, **ids: UUID) -> None:
    """Asks for a job; it is there once the transaction that is open is committed, and not before."""
    for each, value in ids.items():
        if not isinstance(value, UUID):
            raise TypeError(f"{name}: {each} is no number of a row; a job carries nothing else")
    app.configure_task(name, queue=QUEUE).defer(**{each: str(value) for each, value in ids.items()})


def work(*, wait: bool = True) -> None:
    """Does what is asked for: until it is stopped, or until nothing is left."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET)
    connections.close_all()
    app.perform_import_paths()
    if wait:
        threading.Thread(target=_rounds, daemon=True).start()
    else:
        round_once()
    worker = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(worker) as ready:
        ready.run_worker(
            queues=[QUEUE], wait=wait, listen_notify=wait, install_signal_handlers=wait, delete_jobs="always"
        )
