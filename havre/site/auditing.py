"""The record: sealed, its heads and its public key, taken out, and checked without any installation."""

from __future__ import annotations

import gzip
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn

import click

from havre.site.exporting import whole
from havre.site.importing import progress
from havre.site.running import DATA, REFUSED, database, start_django

if TYPE_CHECKING:
    from havre.platform.audit.seals import Seal
    from havre.platform.audit.verifying import Heads, Report

NEW = click.Path(dir_okay=False, path_type=Path)
THERE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.command("seal-audit")
@click.option("--new-key", is_flag=True, help="Go on with another signing key: the one before is lost for good.")
@DATA
def seal_audit(new_key: bool, data: Path | None) -> None:
    """Close the batches of the record that wait. `havre worker` does it every minute."""
    with database(data):
        os.environ["HAVRE_ROLE"] = "havre_worker"
        start_django()
        from havre.platform.audit import sealing

        try:
            closed = sealing.seal(new_key=new_key, passed=_sealed)
        except sealing.CannotSeal as cannot:
            _stop(str(cannot))
    if not closed:
        click.echo("Nothing waits: the record is sealed, but for what is being written now.")


def _sealed(seal: Seal) -> None:
    click.echo(f"Batch {seal.number:,}: {_many(seal.rows, 'row')} sealed.")


@click.command("audit-heads")
@click.option("--out", type=NEW, required=True, help="A new text file, to be kept outside the installation.")
@click.option("--number", type=int, help="The head of an earlier batch.")
@DATA
def audit_heads(out: Path, number: int | None, data: Path | None) -> None:
    """Write the head of the record, to give to a partner or to print. It names nobody."""
    from havre.platform.audit.seals import head_text

    _new(out)
    with database(data):
        start_django()
        from havre.platform.audit import sealing

        seal = sealing.last_seal() if number is None else sealing.one_seal(number)
    if seal is None:
        _stop("No such batch is sealed yet: `havre seal-audit` closes one.")
    out.write_text(head_text(seal))
    click.echo(f"{out}: the head of batch {seal.number:,}. Keep it where nobody of this installation can change it.")


@click.command("audit-key")
@click.option("--out", type=NEW, required=True, help="A new file, .pem.")
@DATA
def audit_key(out: Path, data: Path | None) -> None:
    """Write the public key with which the record is checked. It may be shown to everybody."""
    from havre.platform.audit.seals import spoken
    from havre.platform.crypto.signing import pem

    _new(out)
    with database(data):
        start_django()
        from havre.platform.audit import sealing
        from havre.platform.crypto import keyring

        key = keyring.provider().public(sealing.PURPOSE)
    out.write_text(pem(key))
    click.echo(f"{out}: the public key, by voice {spoken(sha256(key).digest())}")


@click.command("export-audit")
@click.option("--as", "login", required=True, help="Login of whoever answers for it: an auditor.")
@click.option("--out", type=NEW, required=True, help="A new file, .gz.")
@DATA
def export_audit(login: str, out: Path, data: Path | None) -> None:
    """Take out the record: the rows of the auditor's agency, the hashes of all others, every seal."""
    begun = time.monotonic()
    _new(out)
    with database(data):
        start_django()
        from havre.exchange.register import as_somebody
        from havre.platform.audit.actions import Refused
        from havre.platform.audit.exporting import export_record

        try:
            with whole(out) as file, progress("Taking out", 0) as moved, as_somebody(login, "record.export") as (by, _):
                seals, rows = export_record(file, by=by, passed=moved)
        except Refused as refused:
            _stop(str(refused))
        except OSError as error:
            _stop(f"{out}: {error.strerror}; nothing was written.")
    spent = time.monotonic() - begun
    click.echo(f"{out}: {_many(rows, 'row')} under {_many(seals, 'seal')}, in {spent:.1f} s.")
    click.echo("It says who works with which file: keep it as you keep the record.")


@click.command("verify-audit")
@click.argument("export", type=THERE)
@click.option("--key", "keys", type=THERE, multiple=True, required=True, help="The public key; twice after a new one.")
@click.option("--heads", "heads", type=THERE, multiple=True, help="A head that was kept outside.")
def verify_audit(export: Path, keys: tuple[Path, ...], heads: tuple[Path, ...]) -> None:
    """Check an export of the record. Needs neither an installation nor a database."""
    from havre.platform.audit.verifying import NoExport, verify
    from havre.platform.crypto.signing import read_pem

    begun = time.monotonic()
    kept = _kept(heads)
    try:
        public = [read_pem(each.read_text()) for each in keys]
        with _unpacked(export) as (lines, passed):
            report = verify(lines, public, kept, passed)
    except (NoExport, ValueError) as error:
        _stop(str(error))
    except (OSError, EOFError):
        _stop(f"{export}: cannot be unpacked: it was cut off or changed, or is no export.")
    _say(report, with_heads=bool(kept), seconds=time.monotonic() - begun)


def _kept(files: tuple[Path, ...]) -> Heads:
    from havre.platform.audit.seals import read_heads

    found: dict[int, set[bytes]] = {}
    for file in files:
        heads = read_heads(file.read_text(errors="replace"))
        if not heads:
            _stop(f"{file}: no head stands in it. `havre audit-heads` writes one.")
        for number, some in heads.items():
            found.setdefault(number, set()).update(some)
    return found


@contextmanager
def _unpacked(path: Path) -> Iterator[tuple[Iterator[str], Callable[[int], None]]]:
    """The lines of the export, and what shows how far it is."""
    packed: BinaryIO
    with (
        path.open("rb") as packed,
        gzip.open(packed, "rt", encoding="utf-8", newline="\n") as lines,
        progress("Checking", path.stat().st_size) as moved,
    ):
        yield iter(lines), lambda rows: moved(packed.tell())


def _say(report: Report, *, with_heads: bool, seconds: float) -> None:
    """What was found, the faults first."""
    for fault in report.faults:
        click.echo(fault, err=True)
    rows = f"{_many(report.read, 'row')} read, {report.hashed:,} of other agencies by their hash"
    click.echo(f"{_many(report.seals, 'seal')}, {rows}, in {seconds:.1f} s. Made {report.made}.")
    if report.open:
        click.echo(f"{_many(report.open, 'row')} after the last seal: not protected yet.")
    if not with_heads:
        click.echo("No head from outside was given: an end that was cut off could not be seen. Add --heads FILE.")
    if report.faults:
        click.echo(f"THE RECORD WAS CHANGED: {_many(len(report.faults), 'fault')}, named above.", err=True)
        sys.exit(REFUSED)
    click.echo(f"Nothing was changed{', and every head from outside is met' if with_heads else ''}.")


def _new(path: Path) -> None:
    if path.exists():
        _stop(f"{path} is there already: name a new file, or move this one away.")


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(REFUSED)
