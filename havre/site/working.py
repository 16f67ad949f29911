"""`havre worker`: long work, the sealing of the record, and how `havre serve` keeps one at work beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import click

from havre.site.running import DATA, database, start_django

BESIDE = "HAVRE_BESIDE"
PAUSE, PATIENCE = 5, 10


@click.command()
@click.option("--once", is_flag=True, help="Do what waits now, then leave.")
@DATA
def worker(once: bool, data: Path | None) -> None:
    """Do long work and seal the record. `havre serve` runs one already; under systemd it may stand alone."""
    with database(data):
        os.environ["HAVRE_ROLE"] = "havre_worker"
        start_django()
        from havre.platform import jobs
        from havre.platform.audit import sealing
        from havre.platform.database.guard import refuse_unsafe

        refuse_unsafe()
        if os.environ.get(BESIDE):
            threading.Thread(target=_leave_with_the_server, daemon=True).start()
        if once:
            sealing.seal()
        else:
            sealing.Sealer().start()
        jobs.work(wait=not once)


def _leave_with_the_server() -> None:
    """Ends this process when the one that started it is gone, however it went: their pipe closes then."""
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)


class Beside:
    """A worker beside the server: started again when it dies, ended with the block."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> Beside:
        self._keeper.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ending.set()
        if self._process:
            self._process.terminate()
        self._keeper.join(PATIENCE)
        if self._keeper.is_alive() and self._process:
            self._process.kill()  # what it was at is undone, and says so on its page
            self._keeper.join()

    def _keep(self) -> None:
        environment = {**os.environ, "HAVRE_OWNER": "", BESIDE: "1"}
        command = [sys.executable, "-m", "havre.site.cli", "worker"]
        while not self._ending.is_set():
            self._process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, start_new_session=True)
            code = self._process.wait()
            if not self._ending.wait(PAUSE):
                click.echo(f"The worker stopped (exit code {code}); another one is started.", err=True)
