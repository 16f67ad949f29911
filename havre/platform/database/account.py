"""The account the embedded server runs under: PostgreSQL refuses root, so root hands over to a user who exists."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from havre.platform.database.places import ClusterError, user_name

# Nothing of the caller's PG*, LD_* or locale may reach the server.
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/"}


@dataclass(frozen=True)
class Account:
    """A user of the machine, and whether we must become that user first."""

    uid: int
    gid: int
    switch: bool

    @classmethod
    def choose(cls, data: Path | None) -> Self:
        """Ourselves; as root the owner of existing data, else $HAVRE_DB_USER, else postgres, else nobody."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid(), switch=False)
        if data is not None and (owner := data.stat()).st_uid != 0:
            return cls(owner.st_uid, owner.st_gid, switch=True)
        named = os.environ.get("HAVRE_DB_USER")
        for login in [named] if named else ["postgres", "nobody"]:
            try:
                user = pwd.getpwnam(login)
            except KeyError:
                continue
            if user.pw_uid != 0:
                return cls(user.pw_uid, user.pw_gid, switch=True)
        raise ClusterError(
            f"No user {named or 'postgres or nobody'} to run the embedded server as (it refuses root): "
            "name an ordinary user with HAVRE_DB_USER, or set DATABASE_URL."
        )

    @property
    def name(self) -> str:
        """The login, for messages."""
        return user_name(self.uid)

    def run(self, argv: Sequence[str | Path], pass_fds: Sequence[int] = ()) -> subprocess.CompletedProcess[str]:
        """What a program said, run as this user from `/` (our own folder may be closed to that user)."""
        try:
            return subprocess.run(
                argv,
                user=self.uid if self.switch else None,
                group=self.gid if self.switch else None,
                extra_groups=[] if self.switch else None,
                cwd="/",
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                pass_fds=pass_fds,
                umask=0o077,
                start_new_session=True,  # Ctrl-C is for us; we stop the server in our own order
            )
        except OSError as error:
            raise ClusterError(
                f"{argv[0]} cannot be run as {self.name} ({error.strerror}): "
                "run Havre as an ordinary user, or set DATABASE_URL."
            ) from error

    def may_enter(self, path: Path) -> bool:
        """Whether this user can enter that folder, or run that program: asked, not guessed from modes."""
        return self.run(["test", "-x", path]).returncode == 0

    def working_folder(self, pid: int) -> str | None:
        """The folder a process of this user works in; none when it is gone or another user's."""
        try:
            return str(Path(f"/proc/{pid}/cwd").readlink())
        except PermissionError:
            # Root in a container usually may not look into other users' processes; the user itself may.
            return self.run(["readlink", f"/proc/{pid}/cwd"]).stdout.rstrip("\n") or None if self.switch else None
        except OSError:
            return None
