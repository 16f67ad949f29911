"""The side of the application: the file goes in, lines come out, and the process is gone when that ends."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, BinaryIO

ROOT = str(Path(__file__).resolve().parents[3])
START = "import runpy, sys; sys.path.insert(0, sys.argv[1]); runpy.run_module(sys.argv[2], {}, '__main__')"
SHEET = "havre.platform.sandbox.sheet"
PIECE, LONGEST_LINE, SILENCE = 1 << 16, 5_000_000, 300
DIED_OF = {-signal.SIGXCPU: "slow", -signal.SIGKILL: "killed"}
Passed = Callable[[int], None]  # is told how many bytes were given


class Ended(Exception):
    """Nothing more comes: `slow`, `killed`, `died`, `line` without an end, or why the reader refused the file."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def lines(file: BinaryIO, reader: str, passed: Passed | None = None) -> Iterator[bytes]:
    """What the module `reader` says of the file, line by line, while it is fed; Ended when it stops otherwise."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-B", "-c", START, ROOT, reader],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
    )
    try:
        assert child.stdin is not None and child.stdout is not None
        yield from _exchanged(file, child.stdin, child.stdout, passed or (lambda _given: None))
        raise Ended(DIED_OF.get(child.wait(), "died"))
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


def rows(file: BinaryIO) -> Iterator[tuple[int, list[str], set[int]]]:
    """The rows of a text or workbook: number, cells, places of those that cannot be read; Ended where there is none."""
    try:
        for line in lines(file, SHEET):
            each = json.loads(line)
            if isinstance(each, list):
                yield int(each[0]), [str(cell) for cell in each[1]], {int(place) for place, _code in each[2]}
            elif "refused" in each:
                raise Ended(str(each["refused"][1]))
            else:
                return
    except (ValueError, TypeError, LookupError):
        raise Ended("failed") from None


def _exchanged(file: BinaryIO, to: IO[bytes], out: IO[bytes], passed: Passed) -> Iterator[bytes]:
    """Gives the file and takes the lines, whichever is possible: neither side can make the other wait for ever."""
    os.set_blocking(to.fileno(), False)
    pieces, rest = _pieces(file, to, passed), b""
    with selectors.DefaultSelector() as ready:
        ready.register(to, selectors.EVENT_WRITE)
        ready.register(out, selectors.EVENT_READ)
        while True:
            able = {key.fileobj for key, _events in ready.select(SILENCE)}
            if not able:
                raise Ended("slow")
            if to in able and next(pieces, None) is None:
                ready.unregister(to)
                to.close()
            if out in able:
                said = os.read(out.fileno(), PIECE)
                if not said:
                    return
                *whole, rest = (rest + said).split(b"\n")
                if len(rest) > LONGEST_LINE:
                    raise Ended("line")
                yield from whole


def _pieces(file: BinaryIO, to: IO[bytes], passed: Passed) -> Iterator[int]:
    """Writes a piece of the file whenever it is asked to; ends with the file, or when it is not wanted any more."""
    given = 0
    while piece := file.read(PIECE):
        while piece:
            try:
                written = os.write(to.fileno(), piece)
            except BlockingIOError:
                written = 0
            except BrokenPipeError:
                return
            piece = piece[written:]
            given += written
            yield given
        passed(given)
