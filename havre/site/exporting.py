"""`havre export htcds`: the register of an office goes out, as a whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn
from uuid import UUID

import click

from havre.site.importing import progress
from havre.site.running import DATA, REFUSED, database, start_django

if TYPE_CHECKING:
    from havre.exchange.leaving import Kind

KINDS: dict[str, Kind] = {".csv": "csv", ".xlsx": "xlsx"}


@click.group("export")
def take_out() -> None:
    """Take out a register."""


@take_out.command()
@click.option("--as", "login", required=True, help="Login of whoever answers for it: a supervisor.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A new file, .csv or .xlsx.")
@click.option("--why", default="", help="What it is for; stands in the record.")
@click.option("--strict", is_flag=True, help="The standard and nothing else: no columns of your own, no local codes.")
@click.option("--agreement", type=click.UUID, help="Above 100 people: the number of a second person’s agreement.")
@DATA
def htcds(login: str, out: Path | None, why: str, strict: bool, agreement: UUID | None, data: Path | None) -> None:
    """Take out the people you may see, in CSV or XLSX with the HTCDS 2.0 field names."""
    begun = time.monotonic()
    path = out or Path(f"htcds-{date.today()}.csv")
    if path.suffix.lower() not in KINDS:
        _stop(f"{path}: name it .csv or .xlsx")
    if path.exists():
        _stop(f"{path} is there already: name a new file, or move this one away.")
    with database(data):
        start_django()
        many = _take(path, login, why=why, strict=strict, agreement=agreement)
    click.echo(f"{path}: {many:,} {'row' if many == 1 else 'rows'}, in {time.monotonic() - begun:.1f} s.")
    click.echo("It names people in danger. Keep it locked away, and delete it when it has done its work.")


def _take(path: Path, login: str, **more: Any) -> int:
    from django.db.utils import DatabaseError

    from havre.exchange import register
    from havre.exchange.formats.writing import TooLong
    from havre.platform.audit.actions import Refused

    kind = KINDS[path.suffix.lower()]
    try:
        with whole(path) as file, progress("Taking out", 0) as moved:
            return register.take_out(file, login, kind, passed=moved, **more)
    except Refused as refused:
        _stop(str(refused))
    except TooLong as long:
        _stop(f"{path}:{long.row}: {long.column}: longer than a workbook can hold; nothing was written. Take out .csv.")
    except OSError as error:
        _stop(f"{path}: {error.strerror}; nothing was written.")
    except DatabaseError as error:
        # Only its kind: the text of an error could repeat a value.
        _stop(f"The database refused ({type(error).__name__}); nothing was written. Run `havre setup`, then try again.")


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file that only its owner reads, which stands at its place when the block went well, and nowhere else."""
    number, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(number, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(REFUSED)
