"""`havre directory import` and `export`: cards as HSDS 3.0, the whole file or nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, NoReturn

import click

from havre.directory.command import directory
from havre.site.exporting import whole
from havre.site.importing import many_of, progress, say_faults
from havre.site.running import DATA, REFUSED, database, start_django

if TYPE_CHECKING:
    from havre.exchange.hsds.actions import Format, Summary

VISIBILITIES = ("public", "partners", "vetted", "owner_only")
NAMED = {"json": ".json", "tabular": ".zip", "xlsx": ".xlsx"}
STOPPED = "Stopped; nothing was written."


@directory.command("import")
@click.argument("file", type=click.Path(exists=True, readable=True, path_type=Path))
@click.option("--as", "login", required=True, help="Login of whoever keeps these cards from now on.")
@click.option(
    "--visibility",
    type=click.Choice(VISIBILITIES),
    default="partners",
    show_default=True,
    help="Who may read them at most; a card that says less of itself stays so.",
)
@click.option("--replace", is_flag=True, help="Write anew the cards of the same id that this agency keeps.")
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
@DATA
def bring(file: Path, login: str, visibility: str, replace: bool, dry_run: bool, data: Path | None) -> None:
    """Bring in cards: HSDS JSON, a tabular data package (folder or .zip) or a workbook; all of it, or its faults."""
    begun = time.monotonic()
    with database(data), opened(file) as (stream, size):
        start_django()
        with progress("Checking" if dry_run else "Bringing in", size) as passed:
            how = {"visibility": VISIBILITIES.index(visibility), "replace": replace, "dry_run": dry_run}
            summary = _bring(stream, file, login, passed=passed, **how)
    _report(summary, dry_run, time.monotonic() - begun)


@contextmanager
def opened(file: Path) -> Iterator[tuple[BinaryIO | IO[bytes], int]]:
    """The file, or the folder as one, and its size."""
    if file.is_dir():
        from havre.exchange.hsds.packages import packed

        with packed(file) as stream:
            size = stream.seek(0, 2)
            stream.seek(0)
            yield stream, size
        return
    with file.open("rb") as stream:
        yield stream, file.stat().st_size


def _bring(stream: Any, file: Path, login: str, **how: Any) -> Summary:
    from django.db.utils import DatabaseError

    from havre.exchange.actions import Faulty
    from havre.exchange.hsds import register
    from havre.platform.audit.actions import Refused

    try:
        return register.bring(stream, login, **how)
    except Refused as refused:
        _stop(str(refused))
    except Faulty as faulty:
        say_faults(str(file), faulty.faults, faulty.more)
        sys.exit(REFUSED)
    except KeyboardInterrupt:
        _stop(STOPPED)
    except DatabaseError as error:
        # Only its kind: the text of an error could repeat a value.
        _stop(f"The database refused ({type(error).__name__}); nothing was written. Run `havre setup`, then try again.")


def _report(summary: Summary, dry_run: bool, seconds: float) -> None:
    organizations, services = summary.many["organization"], summary.many["service"]
    said = "could come in" if dry_run else "came in"
    what = f"{many_of(organizations, 'organisation')} with {many_of(services, 'service')}"
    click.echo(f"{what} {said}, {many_of(summary.many.total(), 'row')} in {seconds:.1f} s.")
    if summary.replaced:
        click.echo(f"{many_of(summary.replaced, 'card')} of these in the place of what was here.")
    if dry_run:
        click.echo("Dry run: nothing was written.")


@directory.command("export")
@click.option("--as", "login", required=True, help="Login of whoever answers for it.")
@click.option("--format", "kind", type=click.Choice(list(NAMED)), default="json", show_default=True)
@click.option(
    "--profile",
    type=click.Choice(["hsds", "full"]),
    default="hsds",
    show_default=True,
    help="hsds: what is for everybody; full: all that you may read, with what HSDS has no field for.",
)
@click.option("--country", "countries", multiple=True, help="A country code; may be given several times.")
@click.option("--out", type=click.Path(path_type=Path), help="A new file; for tabular also a new folder.")
@DATA
def take_out(
    login: str, kind: Format, profile: str, countries: tuple[str, ...], out: Path | None, data: Path | None
) -> None:
    """Take out cards as HSDS 3.0: JSON, a tabular data package or a workbook. No confidential address is in any."""
    begun = time.monotonic()
    path = out or Path(f"directory-{date.today()}{NAMED[kind]}")
    _check(path, kind)
    with database(data):
        start_django()
        many = _take(path, login, kind, profile, _codes(countries))
    click.echo(f"{path}: {many_of(many, 'organisation')}, in {time.monotonic() - begun:.1f} s.")
    if profile == "full":
        click.echo("It holds what is not for everybody. Keep it locked away, and delete it when it has done its work.")


def _check(path: Path, kind: str) -> None:
    if path.exists():
        _stop(f"{path} is there already: name a new file, or move this one away.")
    if path.suffix.lower() != NAMED[kind] and (kind != "tabular" or path.suffix):
        _stop(f"{path}: name it {NAMED[kind]}{', or as a folder' if kind == 'tabular' else ''}")


def _codes(countries: tuple[str, ...]) -> list[str]:
    from havre.kernel import places

    found = [places.read_country(each) for each in countries]
    for each, code in zip(countries, found, strict=True):
        if code is None:
            _stop(f"{each}: no country of ISO 3166-1; write its code of two letters, such as MD.")
    return [code for code in found if code]


def _take(path: Path, login: str, kind: Format, profile: Any, countries: list[str]) -> int:
    from django.db.utils import DatabaseError

    from havre.exchange.formats.writing import TooLong
    from havre.exchange.hsds import register
    from havre.platform.audit.actions import Refused

    try:
        with _target(path, kind) as file, progress("Taking out", 0) as moved:
            return register.take_out(file, login, kind, profile, countries=countries, passed=moved)
    except Refused as refused:
        _stop(str(refused))
    except TooLong as long:
        _stop(f"{path}:{long.row}: {long.column}: longer than a workbook can hold; nothing was written. Take out json.")
    except OSError as error:
        _stop(f"{path}: {error.strerror}; nothing was written.")
    except KeyboardInterrupt:
        _stop(STOPPED)
    except DatabaseError as error:
        _stop(f"The database refused ({type(error).__name__}); nothing was written. Run `havre setup`, then try again.")


@contextmanager
def _target(path: Path, kind: str) -> Iterator[BinaryIO]:
    """The file that is written, which becomes a folder where one is asked for."""
    if kind != "tabular" or path.suffix:
        with whole(path) as file:
            yield file
        return
    from havre.exchange.hsds.packages import folder_of

    with folder_of(path) as file:
        yield file


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(REFUSED)
