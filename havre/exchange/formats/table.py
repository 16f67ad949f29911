"""A table in a file, read by a process that can do nothing else; whatever is wrong with the file is one sentence."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from havre.exchange.formats.faults import Sentence
from havre.exchange.formats.sentences import FILES

ROOT = str(Path(__file__).resolve().parents[3])
START = "import runpy, sys; sys.path.insert(0, sys.argv[1]); runpy.run_module(sys.argv[2], {}, '__main__')"
READER = "havre.exchange.formats.sandbox"
PIECE, LONGEST_LINE, SILENCE = 1 << 16, 5_000_000, 300
DIED_OF = {-signal.SIGXCPU: "slow", -signal.SIGKILL: "killed"}
Passed = Callable[[int], None]


class Unreadable(Exception):
    """The file cannot be read as a table: at which row (0: the whole of it), why, and what to do."""

    def __init__(self, row: int, sentence: Sentence | str) -> None:
        super().__init__(row)
        self.row, self.sentence = row, sentence


@dataclass
class Row:
    """The cells of a row, and the codes of those that cannot be read, by their place."""

    number: int
    cells: list[str]
    wrong: dict[int, str]


@dataclass
class Merged:
    """Cells that are one: their rows and their columns, counted from 0."""

    row: int
    last_row: int
    column: int
    last_column: int


@dataclass
class Header:
    """The titles of the columns, and whether a cell can slip into another (`csv`) or not (`xlsx`)."""

    row: int
    titles: list[str]
    kind: str


def table(file: BinaryIO, passed: Passed) -> Iterator[Header | Row | Merged]:
    """The header, then each row that holds something; Unreadable where the file ends otherwise."""
    for line in lines(file, passed):
        try:
            each = json.loads(line)
            if isinstance(each, list):
                yield _row(*each)
            elif "end" in each:
                return
            elif "refused" in each:
                raise unreadable(*each["refused"])
            elif "heavy" in each:
                raise unreadable(each["heavy"], "heavy", {})
            elif "merged" in each:
                yield Merged(*(int(number) for number in each["merged"]))
            else:
                yield Header(int(each["header"][0]), _texts(each["header"][1]), str(each["kind"]))
        except (ValueError, TypeError, LookupError, RecursionError):
            raise unreadable(0, "failed", {"kind": "line"}) from None
    raise AssertionError  # `lines` ends in no other way


def _row(number: Any, cells: Any, wrong: Any = ()) -> Row:
    return Row(int(number), _texts(cells), {int(place): str(code) for place, code in wrong} if wrong else {})


def _texts(cells: Any) -> list[str]:
    if type(cells) is not list or not all(type(cell) is str for cell in cells):
        raise ValueError
    return cells


def unreadable(row: Any, code: str, values: dict[str, Any]) -> Unreadable:
    said = {name: value if isinstance(value, int) else str(value)[:400] for name, value in values.items()}
    return Unreadable(int(row), Sentence(FILES[code], said))


def lines(file: BinaryIO, passed: Passed, reader: str = READER) -> Iterator[bytes]:
    """What the other process says, while it is fed; it has ended and is forgotten when this ends, however it ends."""
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
        yield from _exchanged(file, child.stdin, child.stdout, passed)
        raise unreadable(0, DIED_OF.get(child.wait(), "died"), {})
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


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
                raise unreadable(0, "slow", {})
            if to in able and next(pieces, None) is None:
                ready.unregister(to)
                to.close()
            if out in able:
                said = os.read(out.fileno(), PIECE)
                if not said:
                    return
                *whole, rest = (rest + said).split(b"\n")
                if len(rest) > LONGEST_LINE:
                    raise unreadable(0, "failed", {"kind": "line"})
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
