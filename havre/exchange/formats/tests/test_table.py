"""Who reads a stranger's file can do nothing else, and is gone when the reading is over, however it ends."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from havre.exchange.formats import table
from havre.exchange.formats.faults import Sentence
from havre.platform.sandbox import limits, running

from .reading import whole

REGISTER = b"prs_FirstName\n" + b"Ana\n" * 100_000
LOCKED = """
import sys; sys.path.insert(0, sys.argv[1])
import os, socket
from havre.platform.sandbox import limits
limits.grow_no_further(); limits.lock("xlsx")
{}
"""


def reader(content=REGISTER):
    """A reading under way, and the process that reads."""
    others = children()  # a browser or a server that other tests left
    rows = table.table(io.BytesIO(content), lambda size: None)
    next(rows)
    (child,) = children() - others
    return rows, child


def children():
    """The processes we started that are there, dead ones too."""
    return {int(each) for each in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}


def attempt(does):
    """What a process under the same limits says when it tries this."""
    command = [sys.executable, "-I", "-c", LOCKED.format(does), running.ROOT]
    return subprocess.run(command, capture_output=True, text=True, env={}, check=False)


@pytest.mark.parametrize(
    "does, refused",
    [
        ("open('/etc/hostname')", "Too many open files"),
        ("open('/tmp/havre-out', 'w')", "Too many open files"),
        ("socket.socket()", "Too many open files"),
        ("socket.socketpair()", "Too many open files"),
        ("os.pipe()", "Too many open files"),
        ("os.posix_spawn('/bin/sh', ['sh', '-c', 'cat /etc/hostname'], {})", ""),
        ("bytearray(600_000_000)", "MemoryError"),
        ("import resource; resource.setrlimit(resource.RLIMIT_CPU, (99, 99)) if os.getuid() else 1 / 0", "Error"),
    ],
)
def test_a_process_under_the_limits_can_open_nothing_and_not_grow(does, refused):
    done = attempt(does)
    assert refused in done.stderr and done.stdout == ""
    assert done.returncode or not refused


def test_what_is_run_all_the_same_can_open_nothing_either():
    assert attempt("os.execve('/bin/cat', ['cat', '/etc/hostname'], {})").stdout == ""


def test_the_process_that_reads_is_under_these_limits_and_holds_two_pipes():
    rows, child = reader()
    home = Path("/proc") / str(child)
    assert resource.prlimit(child, resource.RLIMIT_NOFILE) == (0, 0)
    assert resource.prlimit(child, resource.RLIMIT_FSIZE) == (0, 0)
    assert resource.prlimit(child, resource.RLIMIT_AS)[0] == limits.MEMORY == 512 * 1024 * 1024
    assert resource.prlimit(child, resource.RLIMIT_CPU)[0] == limits.SECONDS["csv"]
    held = sorted(str(each.readlink()).partition(":")[0] for each in (home / "fd").iterdir())
    assert held == ["/dev/null", "pipe", "pipe"]
    assert (home / "environ").read_bytes().replace(b"LC_CTYPE=C.UTF-8\0", b"") == b""
    rows.close()


@pytest.mark.parametrize("end", ["left", "refused", "finished", "killed"])
def test_no_process_stays_behind(end):
    before = children()
    if end == "left":
        rows, child = reader()
        del rows
    elif end == "killed":
        rows, child = reader()
        os.kill(child, 9)
        with pytest.raises(table.Unreadable):
            list(rows)
    else:
        whole(REGISTER[:5000] if end == "finished" else b"%PDF")
    assert children() <= before


@pytest.mark.parametrize(
    "number, words", [(9, "was stopped by the machine"), (24, "took longer"), (11, "ended before")]
)
def test_a_process_that_dies_is_one_sentence(number, words):
    rows, child = reader()
    os.kill(child, number)
    with pytest.raises(table.Unreadable) as refused:
        list(rows)
    assert words in str(refused.value.sentence)


def test_a_file_that_fills_the_memory_is_one_sentence():
    rows, child = reader(REGISTER + b"A" * 15_000_000)
    resource.prlimit(child, resource.RLIMIT_AS, (20_000_000, 20_000_000))
    with pytest.raises(table.Unreadable) as refused:
        list(rows)
    assert "needs more memory than a register may" in str(refused.value.sentence)


@pytest.mark.parametrize(
    "says",
    [
        "'x'",
        "'[' * 100_000",
        "'[1]'",
        "'[2, [1]]'",
        "'[\\'x\\', []]'",
        '\'{"header": 5, "kind": "csv"}\'',
        '\'{"refused": [0, "no such code", {}]}\'',
        "'x' * 6_000_000",
        "'[' + '9' * 5000 + ', []]'",
    ],
)
def test_a_reader_that_says_something_else_is_not_believed(monkeypatch, says):
    monkeypatch.setattr(running, "START", f"print({says})")
    with pytest.raises(table.Unreadable) as refused:
        list(table.table(io.BytesIO(b"prs_FirstName\nAna\n"), lambda size: None))
    assert isinstance(refused.value.sentence, Sentence) and refused.value.sentence.values == {"kind": "line"}


def test_how_far_the_reading_is_is_told_and_comes_to_the_end():
    said = []
    for _row in table.table(io.BytesIO(REGISTER), said.append):
        pass
    assert said == sorted(said) and said[-1] == len(REGISTER) and len(said) > 5
