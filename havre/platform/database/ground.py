"""Where the embedded server can stand: its user, its programs, its folder, its socket."""

import hashlib
import os
from functools import cached_property
from pathlib import Path

from havre.platform.database.account import Account
from havre.platform.database.binaries import SHARED, programs_for, shared_folder
from havre.platform.database.places import ClusterError, Places, private_folder

SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_LIMIT = 100  # the kernel takes 107 bytes
SHORT = Path("/tmp")  # noqa: S108 - only for a folder that `private_folder` has checked


class Ground:
    """The choices for one data home; each is made once, when it is first asked for."""

    def __init__(self, places: Places) -> None:
        self.places = places

    @cached_property
    def account(self) -> Account:
        """The user the server runs as."""
        return Account.choose(self._existing)

    @cached_property
    def programs(self) -> Path:
        """The folder of PostgreSQL's own programs, which that user can run."""
        return programs_for(self.account)

    @cached_property
    def folder(self) -> Path:
        """The folder of data and socket: in the data home or, where the server's user cannot enter, apart from it."""
        if self._existing is not None:
            return self._existing
        stays = not self.account.switch or self.account.may_enter(self.places.home)
        return self.places.database if stays else self._apart

    @property
    def socket(self) -> Path:
        """The folder for the socket, whose address the kernel wants short."""
        near = self.folder / "socket"
        if len(os.fsencode(near / SOCKET_NAME)) < SOCKET_LIMIT:
            return near
        runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or SHORT)
        usable = not self.account.switch and os.access(runtime, os.W_OK | os.X_OK) and len(os.fsencode(runtime)) < 60
        return (runtime if usable else SHORT) / f"havre-{self._mark}"

    def prepare(self) -> None:
        """Makes both folders, or refuses what stands in their place."""
        if self.folder.parent == SHARED:
            shared_folder()
        for folder in (self.folder, self.socket):
            private_folder(folder, self.account.uid, self.account.gid)

    @cached_property
    def _existing(self) -> Path | None:
        # What exists is kept wherever it stands: a changed mode of a folder must never bring up an empty register.
        candidates = [self.places.database] + ([self._apart] if os.geteuid() == 0 else [])
        try:
            return next((folder for folder in candidates if (folder / "data" / "PG_VERSION").exists()), None)
        except PermissionError as error:
            raise ClusterError(
                f"{error.filename} belongs to another user: run Havre as that user, or use another folder with --data."
            ) from error

    @property
    def _apart(self) -> Path:
        return SHARED / f"{self.places.home.name}-{self._mark}"

    @property
    def _mark(self) -> str:
        return hashlib.sha256(os.fsencode(self.places.home)).hexdigest()[:12]
