"""Outputs that are there whole or not at all: written beside their place, made durable, then moved into it."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from havre.workbench.refusal import refuse


def check_free(out: Path) -> None:
    """Refuses a place that is taken, or one whose folder cannot be written in."""
    if out.is_dir() and not any(out.iterdir()):
        return
    if out.exists():
        raise refuse(out, 0, "there is something of that name already; choose another name")
    try:
        with TemporaryDirectory(prefix=".havre-", dir=next(each for each in out.absolute().parents if each.exists())):
            return
    except OSError:
        raise refuse(out, 0, "nothing can be written there; choose another folder") from None


def staged_beside(out: Path, name: str) -> Path:
    """An empty folder next to `out`, on the same disk, for what shall become `out`; only its owner may look in."""
    out.parent.mkdir(parents=True, exist_ok=True)
    staged = out.parent / f".{out.name}.{name}.part"
    staged.mkdir(mode=0o700)
    return staged


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of a folder, by name."""
    return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in sorted(folder.iterdir())}


def make_durable(folder: Path) -> None:
    """The files of a folder and the folder itself reach the disk."""
    for each in (*folder.iterdir(), folder):
        file = os.open(each, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def move(staged: Path, out: Path) -> None:
    """The staged folder takes its place at once, and stays there after a power cut."""
    staged.chmod(0o755)
    staged.rename(out)
    make_name_durable(out)


def make_name_durable(out: Path) -> None:
    """That `out` is in its folder reaches the disk."""
    parent = os.open(out.parent, os.O_RDONLY)
    try:
        os.fsync(parent)
    finally:
        os.close(parent)


@contextmanager
def folder(out: Path) -> Iterator[Path]:
    """A folder to write in, which becomes `out` when the block ends well and vanishes when it does not."""
    check_free(out)
    staged = staged_beside(out, str(os.getpid()))
    try:
        yield staged
        make_durable(staged)
        move(staged, out)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


@contextmanager
def file(out: Path) -> Iterator[Path]:
    """A file to write, which becomes `out` when the block ends well and vanishes when it does not."""
    check_free(out)
    staged = staged_beside(out, str(os.getpid()))
    try:
        yield staged / out.name
        make_durable(staged)
        (staged / out.name).rename(out)
        make_name_durable(out)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
