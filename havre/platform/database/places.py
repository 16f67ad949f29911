"""Where data, keys and files stand, and who may enter those folders."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path


class ClusterError(Exception):
    """One clear line: what went wrong with the embedded server or its folders, where, and what to do."""


def data_home() -> Path:
    """The folder of this installation: $HAVRE_DATA, else `havre` in the user's data folder."""
    if named := os.environ.get("HAVRE_DATA"):
        return Path(named).expanduser().absolute()
    shared = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (shared if shared.is_absolute() else Path.home() / ".local" / "share") / "havre"


def user_name(uid: int) -> str:
    """The login of a user, or its number where the machine has no name for it."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def private_folder(path: Path, uid: int | None = None, gid: int = -1) -> Path:
    """The folder, made if missing, that its owner alone can enter; anything else at that place is refused."""
    owner = os.geteuid() if uid is None else uid
    try:
        _make(path, owner, gid)
        found = path.lstat()
    except OSError as error:
        raise ClusterError(
            f"{path} cannot be made ({error.strerror}): name a folder of yours with HAVRE_DATA or --data."
        ) from error
    if found.st_uid != owner:
        raise ClusterError(
            f"{path} belongs to {user_name(found.st_uid)}, not to {user_name(owner)}: "
            "run Havre as its owner, or use another folder with HAVRE_DATA or --data."
        )
    if not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o077:
        raise ClusterError(
            f"{path} must be a folder that only {user_name(owner)} can enter: "
            "give it mode 700, or use another folder with HAVRE_DATA or --data."
        )
    return path


def _make(path: Path, owner: int, gid: int) -> None:
    try:
        path.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        return
    if owner != os.geteuid():
        os.chown(path, owner, gid, follow_symlinks=False)


def flush_folder(folder: Path) -> None:
    """Makes a rename in the folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(frozen=True)
class Places:
    """The folders of one installation, each made on first use."""

    root: Path

    @property
    def home(self) -> Path:
        """The folder that holds all others; one that exists keeps the mode its owner gave it."""
        path = self.root.expanduser().resolve()
        return path if path.is_dir() else private_folder(path)

    @property
    def keys(self) -> Path:
        """The folder of keys and passwords, outside the server's data and outside every backup."""
        return private_folder(self.home / "keys")

    @property
    def files(self) -> Path:
        """The folder of sealed attachments."""
        return private_folder(self.home / "files")

    @property
    def temporary(self) -> Path:
        """The folder of sealed downloads that wait to be fetched."""
        return private_folder(self.home / "temporary")

    @property
    def staged(self) -> Path:
        """The folder of sealed files that wait for a job, a day at most."""
        return private_folder(self.home / "staged")

    @property
    def locks(self) -> Path:
        """The folder of lock files, which say which process owns the server."""
        return private_folder(self.home / "locks")

    @property
    def database(self) -> Path:
        """Where the embedded server stands unless its user cannot enter; made by the server's launcher."""
        return self.home / "database"
