"""Lock files: the kernel lets go of them when their process ends, however it ends."""

import fcntl
import os
from pathlib import Path


class LockFile:
    """A file held by one process alone or shared by several."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: tuple[int, int] | None = None  # process and descriptor: a forked child opens its own

    def alone(self) -> bool:
        """Whether it is now ours alone; a shared hold of ours is turned into it, or lost."""
        try:
            fcntl.flock(self._descriptor(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def shared(self) -> None:
        """Holds it together with others, after waiting for whoever holds it alone."""
        fcntl.flock(self._descriptor(), fcntl.LOCK_SH)

    def release(self) -> None:
        """Lets go, also for forked children who inherited the hold."""
        descriptor = self._descriptor()
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)
        self._handle = None

    def sign(self) -> None:
        """Writes our number into the file, for the message others will read."""
        os.ftruncate(self._descriptor(), 0)
        os.pwrite(self._descriptor(), str(os.getpid()).encode(), 0)

    def signature(self) -> str:
        """The number of the process that signed last."""
        return self.path.read_text()

    def _descriptor(self) -> int:
        if self._handle is None or self._handle[0] != os.getpid():
            self._handle = os.getpid(), os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        return self._handle[1]
