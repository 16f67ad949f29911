"""The PostgreSQL process: made once, started, recognised, stopped."""

import os
import re
import shlex
import shutil
import time
from pathlib import Path

from havre.platform.database.ground import SOCKET_NAME, Ground
from havre.platform.database.places import ClusterError, flush_folder

ADMIN = "havre_admin"
MAJOR = "18"
PATIENCE = 60.0  # seconds for a process to finish starting or stopping
LOG_LIMIT = 5_000_000
INITDB = (
    f"--username={ADMIN} --data-checksums --auth=scram-sha-256 --encoding=UTF8 --no-instructions "
    "--locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C"
).split()
# Given at each start, so that an older data folder follows.
SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # The log names faults, never the values that were handled: no parameters, no statements, no "Key (x)=(y)".
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


class Server:
    """The server on its ground; who may start and stop it is decided by `Cluster`."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    @property
    def data(self) -> Path:
        """The data folder of PostgreSQL."""
        return self.ground.folder / "data"

    @property
    def log(self) -> Path:
        """The log, which names faults but never values."""
        return self.data / "server.log"

    @property
    def exists(self) -> bool:
        """Whether the data folder has been made."""
        return (self.data / "PG_VERSION").exists()

    @property
    def pid(self) -> int | None:
        """The number of the running server; one left by a dead server and now another process's does not count."""
        first = self._pid_lines()[0]
        return int(first) if first.isdigit() and self._serves_here(int(first)) else None

    @property
    def ready(self) -> bool:
        """Whether it runs and takes connections."""
        return self.pid is not None and self._pid_lines()[7].strip() == "ready"

    @property
    def socket(self) -> Path:
        """The folder of the socket: the running server's own word, else the one the next start will use."""
        told = self._pid_lines()[4] if self.pid is not None else ""
        return Path(told) if told else self.ground.socket

    def initialise(self, password: str) -> None:
        """Makes the data folder, under another name first, so that half a one is never taken for a whole."""
        self.ground.prepare()
        fresh = self.data.with_name("data.new")
        if fresh.exists():
            shutil.rmtree(fresh)
        reader, writer = os.pipe()  # the password passes through no file and no argument
        try:
            os.fchown(reader, self.ground.account.uid, self.ground.account.gid)
            with os.fdopen(writer, "w") as sink:
                sink.write(password)
            self._run("initdb", *INITDB, f"--pwfile=/dev/fd/{reader}", "-D", fresh, pass_fds=(reader,))
        finally:
            os.close(reader)
        fresh.rename(self.data)
        flush_folder(self.data.parent)

    def start(self) -> None:
        """Starts it and waits until it takes connections; after a crash this includes the recovery."""
        self._check_version()
        self._clear_stale_locks()
        self.ground.prepare()
        if self._log_size() > LOG_LIMIT:
            self.log.rename(self.log.with_suffix(".log.1"))
        settings = SETTINGS | {"unix_socket_directories": f'"{self.ground.socket}"'}
        options = shlex.join(f"-c{name}={value}" for name, value in settings.items())
        self._run("pg_ctl", "-D", self.data, "-l", self.log, "-w", "-t", "300", "-o", options, "start")

    def stop(self) -> None:
        """Stops it cleanly; open transactions are rolled back."""
        try:
            self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "-t", "60", "stop")
        except ClusterError:
            if self.pid is not None:  # else it was killed meanwhile; the next start recovers
                raise

    def await_settled(self) -> None:
        """Waits while it starts or stops."""
        deadline = time.monotonic() + PATIENCE
        while self.pid is not None and not self.ready:
            if time.monotonic() > deadline:
                raise ClusterError(
                    f"The server of {self.data}, pid {self.pid}, neither starts nor stops: read {self.log}."
                )
            time.sleep(0.05)

    def _pid_lines(self) -> list[str]:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            lines = []
        return lines + [""] * (8 - len(lines))

    def _serves_here(self, pid: int) -> bool:
        try:
            program = Path(f"/proc/{pid}/comm").read_text().strip()
        except OSError:
            return False
        return program == "postgres" and self.ground.account.working_folder(pid) == os.path.realpath(self.data)

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != MAJOR:
            raise ClusterError(
                f"{self.data} was made by PostgreSQL {made_by}, this is {MAJOR}: "
                "back up with the Havre that made it, then restore into a new folder."
            )

    def _clear_stale_locks(self) -> None:
        """Removes what a killed server left, once its last child is gone: its number may be another process's now."""
        stale = [self.data / "postmaster.pid", self.ground.socket / f"{SOCKET_NAME}.lock"]
        if not any(file.exists() for file in stale):
            return
        deadline = time.monotonic() + PATIENCE
        while any(self._serves_here(int(entry.name)) for entry in Path("/proc").glob("[0-9]*")):
            if time.monotonic() > deadline:
                raise ClusterError(f"Processes of a killed server still work in {self.data}: end them, then try again.")
            time.sleep(0.1)
        for file in stale:
            file.unlink(missing_ok=True)

    def _run(self, program: str, *arguments: str | Path, pass_fds: tuple[int, ...] = ()) -> None:
        account, told = self.ground.account, self._log_size()
        done = account.run([self.ground.programs / program, *arguments], pass_fds=pass_fds)
        if done.returncode:
            said = (done.stderr + done.stdout).strip() + "\n" + self._log_since(told)
            faults = (
                re.findall(r"(?:FATAL|PANIC|error):\s+(.+)", said) or said.strip().splitlines() or ["no reason given"]
            )
            raise ClusterError(
                f"{program} failed for {self.data}, run as {account.name}: {faults[-1]} "
                f"(log: {self.log}); correct that, or set DATABASE_URL to a server of yours."
            )

    def _log_size(self) -> int:
        return self.log.stat().st_size if self.log.exists() else 0

    def _log_since(self, size: int) -> str:
        return self.log.read_text(errors="replace")[size:] if self.log.exists() else ""
