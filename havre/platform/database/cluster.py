"""The embedded PostgreSQL server: no TCP, a socket only its owner reaches, passwords only, nothing acknowledged lost.

    with Cluster(data_home()) as cluster:      # refused while another process runs it
        connect(cluster.url())
    with Cluster(data_home()).attach_or_start() as cluster: ...   # beside `havre serve`, or alone

Whoever leaves last stops the server. DATABASE_URL points to any other server instead.
"""

import atexit
import os
import shutil
import signal
import sys
import threading
import time
from functools import cached_property
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self
from urllib.parse import quote

from havre.platform.database import passwords
from havre.platform.database.ground import Ground
from havre.platform.database.locks import LockFile
from havre.platform.database.places import ClusterError, Places
from havre.platform.database.server import ADMIN, PATIENCE, Server

__all__ = ["Cluster", "ClusterError"]

DATABASE = "havre"


class Cluster:
    """The embedded server of one data home, and our hold on it."""

    def __init__(self, folder: Path) -> None:
        self.places = Places(folder)
        self.server = Server(Ground(self.places))
        self._pid = 0  # of the process that opened it: a forked child must not stop its parent's server
        self._signals: list[int] = []

    def start(self) -> Self:
        """The running server, this process being its owner; refused while it has another."""
        if self._opened:
            return self
        if not self._owner.alone():
            raise ClusterError(
                f"The server of {self.places.home} is already running, pid {self._owner.signature()}: "
                "stop it, or use another folder with --data."
            )
        return self._open()

    def attach_or_start(self) -> Self:
        """The running server, shared with the process that owns it, or started when nobody does."""
        deadline = time.monotonic() + PATIENCE
        while not self._opened:
            if self._owner.alone():
                return self._open()
            self._users.shared()
            if self.server.ready:
                return self._enter()
            self._users.release()
            if time.monotonic() > deadline:
                raise ClusterError(
                    f"Process {self._owner.signature()} holds {self.places.home} but its server does not answer: "
                    f"read {self.server.log}, or end that process."
                )
            time.sleep(0.1)
        return self

    def url(self, database: str = DATABASE) -> str:
        """The owner's address of a database, for DATABASE_URL."""
        secret, host = passwords.kept(self._password_file), quote(str(self.server.socket), safe="")
        return f"postgresql://{ADMIN}:{quote(secret)}@/{quote(database)}?host={host}"

    def stop(self) -> None:
        """Lets go of the server, and stops it cleanly unless another process still uses it."""
        if not self._opened:
            return
        self._pid = 0
        atexit.unregister(self.stop)
        try:
            if self._users.alone() and self.server.pid is not None:
                self.server.stop()
        finally:
            self._users.release()
            self._owner.release()

    def remove(self) -> None:
        """Stops the server and deletes its data and its password; refused while another process uses it."""
        self.start().stop()
        if self.server.pid is not None:
            raise ClusterError(f"The server of {self.places.home} is in use, pid {self.server.pid}: stop its users.")
        for folder in (self.server.ground.folder, self.server.ground.socket):
            shutil.rmtree(folder, ignore_errors=True)
        self._password_file.unlink()
        self.server = Server(Ground(self.places))

    def clear_orphan(self) -> None:
        """Deletes data whose password went with a deleted home. For demonstrations and tests, never for a register."""
        if self._password_file.exists() or not self.server.exists or not self._owner.alone():
            return
        if self.server.pid is not None:
            self.server.stop()
        shutil.rmtree(self.server.ground.folder)
        self.server = Server(Ground(self.places))
        self._owner.release()

    def __enter__(self) -> Self:
        """The running server; SIGTERM and SIGHUP now leave the block instead of killing us beside it."""
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGHUP):
                if signal.getsignal(number) is signal.SIG_DFL:
                    signal.signal(number, _leave)
                    self._signals.append(number)
        try:
            return self.start()
        except BaseException:
            self._restore_signals()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Lets go of the server, as `stop`."""
        try:
            self.stop()
        finally:
            self._restore_signals()

    def _restore_signals(self) -> None:
        while self._signals:
            signal.signal(self._signals.pop(), signal.SIG_DFL)

    @property
    def _opened(self) -> bool:
        return self._pid == os.getpid()

    @cached_property
    def _owner(self) -> LockFile:
        return LockFile(self.places.locks / "database.owner")

    @cached_property
    def _users(self) -> LockFile:
        return LockFile(self.places.locks / "database.users")

    @property
    def _password_file(self) -> Path:
        return self.places.keys / "database.password"

    def _open(self) -> Self:
        """Starts the server, or adopts the one a killed owner left behind."""
        self._owner.sign()
        self._users.shared()
        return self._enter()

    def _enter(self) -> Self:
        self._pid = os.getpid()
        atexit.register(self.stop)
        try:
            if not Path("/proc/self/cwd").exists():
                raise ClusterError("The embedded server is made for Linux: set DATABASE_URL to a server of yours.")
            self.server.await_settled()
            if self.server.pid is None:
                if not self.server.exists:
                    self.server.initialise(passwords.made(self._password_file))
                self.server.start()
            self._make_database()
        except BaseException:
            self.stop()
            raise
        return self

    def _make_database(self) -> None:
        import psycopg

        try:
            with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
                    connection.execute(f"create database {DATABASE}")
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            pass  # another process that came in at the same moment was quicker
        except psycopg.OperationalError as error:
            raise ClusterError(
                f"The server of {self.server.data} refuses {ADMIN} ({str(error).strip().splitlines()[-1]}): "
                f"put {self._password_file} back from the backup of the keys."
            ) from error


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
