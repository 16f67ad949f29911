"""`havre research`: figures that may leave the house. No database is opened; libraries are imported inside commands."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from havre.site.bars import bars
from havre.site.running import REFUSED

if TYPE_CHECKING:
    from havre.workbench.codebook import Codebook
    from havre.workbench.drafting import Draft
    from havre.workbench.reading import Reading
    from havre.workbench.records import Coded
    from havre.workbench.risk import Risk

STOPPED = 130  # as shells say it of a program that was interrupted
IN = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
OUT = click.Path(path_type=Path)


class Research(click.Group):
    """Shows what the workbench refuses as its lines, and leaves with 1."""

    def invoke(self, ctx: click.Context) -> object:
        from havre.workbench.refusal import Refusal

        try:
            return super().invoke(ctx)
        except Refusal as refused:
            click.echo(str(refused), err=True)
            sys.exit(REFUSED)
        except OSError as error:  # a full disk, a file taken away
            click.echo(f"{error.filename or 'a file'}: {error.strerror or error}; nothing was published", err=True)
            sys.exit(REFUSED)
        except KeyboardInterrupt as stopped:
            click.echo(str(stopped) or "Stopped. Nothing was written, and nothing was charged.", err=True)
            sys.exit(STOPPED)


@click.group(cls=Research)
def research() -> None:
    """Tables, records and risks of a register, protected before they leave the house."""


def records_of_a_file(command: Callable[..., None]) -> Callable[..., None]:
    """The arguments by which a command is given records and their codebook."""
    many = click.option("--many", multiple=True, help="Column whose cells may hold several answers (a;b). Repeatable.")
    book = click.option("--codebook", "book", type=IN, required=True, help="CSV of every public value: column,value.")
    return click.argument("file", type=IN)(book(many(command)))


def ledger_of_a_cohort(command: Callable[..., None]) -> Callable[..., None]:
    """The arguments by which a command is told who counts."""
    file = click.option("--ledger", type=OUT, help="The file that keeps what was published of a cohort.")
    return file(click.option("--cohort", default="", help="Whom the file is about, for example 2024.")(command))


def read(file: Path, book: Path, many: tuple[str, ...], cap: int | None = None) -> tuple[Reading, Codebook]:
    """Records and codebook, with what a person should know about their reading on the standard error."""
    from havre.workbench import codebook, reading

    known = codebook.read(book)
    for note in known.notes:
        click.echo(note, err=True)
    with bars() as passed:
        found = reading.read(file, known, cap=cap, many=many, passed=passed)
    if found.outside:
        click.echo(f"Left out, because no codebook names them: {', '.join(found.outside)}", err=True)
    return found, known


def pairs(values: tuple[str, ...], option: str) -> dict[str, str]:
    """`column=what` options as a mapping."""
    for value in values:
        if "=" not in value:
            raise click.UsageError(f"{option} is written column=…, not {value!r}")
    return dict(value.split("=", 1) for value in values)


@research.command()
@click.argument("file", type=IN)
@click.option("--range", "ranges", multiple=True, help="Numbers: year=2002:2024; in bands: age=0:99:5:20. Repeatable.")
@click.option("--list", "lists", multiple=True, help="List of Havre for a column: job=services, land=countries.")
@click.option("--take", multiple=True, help="Column whose values in the file are public: yes, said beforehand.")
@click.option("--out", type=OUT, required=True, help="The codebook to write.")
def codebook(file: Path, ranges: tuple[str, ...], lists: tuple[str, ...], take: tuple[str, ...], out: Path) -> None:
    """Draft a codebook for FILE, and ask about each list that only the file itself has."""
    from havre.workbench import drafting, whole
    from havre.workbench.refusal import Refusal

    whole.check_free(out)
    spans, named = _spans(pairs(ranges, "--range")), pairs(lists, "--list")
    with bars() as passed:
        found = drafting.drafts(file, spans, named, passed)
    kept = [draft for draft in found if _kept(draft, take)]
    if not kept:
        raise Refusal(f"{file}: no column has a public list; nothing was written. Declare lists with --range or --list")
    drafting.write(kept, out)
    click.echo(f"{out} has {len(kept)} of {len(found)} columns. Read it through: it is public from now on.")


def _spans(written: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    try:
        spans = {name: tuple(int(each) for each in span.split(":")) for name, span in written.items()}
        if all(len(span) >= 2 and min(span[2:], default=2) > 1 for span in spans.values()):
            return spans
    except ValueError:
        pass
    raise click.UsageError("--range is column=first:last, with bands above: age=0:99:5:20, each wider than the last")


def _kept(draft: Draft, take: tuple[str, ...]) -> bool:
    """Says where a column's list comes from, asks where it must be asked, and whether the column stays."""
    if draft.problem:
        click.echo(f"{draft.column}: left out; {draft.problem}.")
        return False
    more = f"; {draft.outside} values of the file are not in it: correct them, or add them" if draft.outside else ""
    several = f"; cells hold several answers: say --many {draft.column}" if draft.many else ""
    click.echo(f"{draft.column}: {len(draft.lines)} values from {draft.origin}{more}{several}.")
    if not draft.from_file or draft.column in take:
        return True
    few = ", ".join(line[0] for line in draft.lines[:8])
    said = f"  Taken from the file: {few}{', …' if len(draft.lines) > 8 else ''}. Would you list the same without it?"
    try:
        public = click.confirm(said, default=False)
    except click.Abort:
        click.echo("no")
        public = False
    if not public:
        click.echo(f"{draft.column}: left out. Declare it with --range or --list, or say --take {draft.column}.")
    return public


@research.command()
@records_of_a_file
@click.option("--by", multiple=True, required=True, help="Column of the table. Repeatable, up to four.")
@click.option("--up", multiple=True, help="Column to show one level up (its parents in the codebook). Repeatable.")
@click.option("-k", "--threshold", default=11, show_default=True, help="The smallest count that is shown.")
@click.option("--round", "base", type=int, help="Round every count to this instead of hiding cells; common: 10.")
@click.option("--released", type=IN, multiple=True, help="table.csv of this cohort that is public. Repeatable.")
@ledger_of_a_cohort
@click.option("--out", type=OUT, required=True, help="Folder to make.")
def table(
    file: Path, book: Path, many: tuple[str, ...], ledger: Path | None, cohort: str, out: Path, **asked: Any
) -> None:
    """A table of FILE with all its totals, whose small counts follow from nothing that is shown."""
    from havre.workbench import whole
    from havre.workbench.threshold import notes, released, tables

    whole.check_free(out)
    found, _known = read(file, book, many)
    coded = tables.rolled_up(found.coded, asked["up"])
    cells = tables.cells_of(coded, asked["by"])
    if base := asked["base"]:
        released.check_rounded([released.read(each) for each in asked["released"]])
        cells, hidden, status, told = tables.rounded(cells, base), set(), released.ROUNDED, notes.of_rounded(base)
    else:
        hidden = _hidden(found.coded, cells, asked["threshold"], asked["released"])
        status, told = released.SHOWN, notes.of_table(asked["threshold"], len(hidden), len(cells))
    with _published(out, ledger, cohort, f"table by {', '.join(asked['by'])}") as folder:
        released.write(folder / "table.csv", cells, hidden, status)
        (folder / "notes.txt").write_text(told, encoding="utf-8")
    click.echo(f"{out}/table.csv: {len(cells) - len(hidden):,} counts shown, {len(hidden):,} not published.")


def _hidden(coded: Coded, cells: dict[Any, int], k: int, files: tuple[Path, ...]) -> set[Any]:
    """The cells to hide, once nothing that is public already gives them away."""
    from havre.workbench.threshold import released, suppression, tables

    with bars() as passed:
        hidden = suppression.hidden(
            cells, tables.lines_of(cells), k, lambda weak, all_: passed("Hiding", all_ - weak, all_)
        )
    if files:
        released.check(coded, cells, hidden, [released.read(each) for each in files], k)
    return hidden


@contextmanager
def _published(out: Path, ledger: Path | None, cohort: str, purpose: str) -> Iterator[Path]:
    """A folder that becomes `out`, once the ledger of the cohort, where there is one, has taken note of it."""
    from havre.workbench import whole
    from havre.workbench.privacy.ledger import THRESHOLD, held

    if ledger is None:
        click.echo("Nobody counts what is published of this cohort: give --ledger and --cohort.", err=True)
        with whole.folder(out) as folder:
            yield folder
        return
    with held(ledger, cohort, THRESHOLD) as book, whole.folder(out) as folder:
        yield folder
        book.table(whole.hashes(folder), purpose)


@research.command()
@records_of_a_file
@click.option("--quasi", multiple=True, required=True, help="Column by which somebody could be known. Repeatable.")
@click.option("--sensitive", multiple=True, help="Column that must not be learnt from a group. Repeatable.")
@click.option("-k", default=11, show_default=True, help="The smallest group of records alike.")
@click.option("--diversity", default=1, show_default=True, help="Different sensitive answers each group must have (l).")
@click.option("--change", default=5.0, show_default=True, help="Most records changed one by one, in per cent.")
@ledger_of_a_cohort
@click.option("--out", type=OUT, required=True, help="Folder to make.")
def kanon(
    file: Path, book: Path, many: tuple[str, ...], ledger: Path | None, cohort: str, out: Path, **asked: Any
) -> None:
    """Records of FILE in which everybody has others alike; for people who signed, never beside a private release."""
    from havre.workbench import whole
    from havre.workbench.threshold import kanon as kanons
    from havre.workbench.threshold import notes

    whole.check_free(out)
    found, known = read(file, book, many)
    with bars() as passed:
        protected = kanons.protect(
            found.coded,
            asked["quasi"],
            asked["k"],
            above=known.above,
            sensitive=asked["sensitive"],
            diversity=asked["diversity"],
            most_emptied=asked["change"] / 100,
            passed=lambda done, all_: passed("Recoding", done, all_),
        )
    records = found.coded.codes.shape[1]
    told = notes.of_kanon(protected, list(asked["quasi"]), records * len(asked["quasi"]), records)
    with _published(out, ledger, cohort, f"k-anonymous records, k {protected.measures.k}") as folder:
        kanons.write(folder / "records.csv", protected.coded)
        (folder / "notes.txt").write_text(told, encoding="utf-8")
    click.echo(told.partition("\n\nFRANÇAIS")[0].removeprefix("ENGLISH\n\n"))


@research.command()
@click.argument("members", type=IN)
@click.argument("release", type=IN)
@click.option("--control", type=IN, help="People like these who are not in RELEASE; without them nothing is attacked.")
@click.option("--codebook", "book", type=IN, required=True, help="CSV of every public value: column,value.")
@click.option("--many", multiple=True, help="Column whose cells may hold several answers (a;b). Repeatable.")
@click.option("--quasi", multiple=True, help="Column by which somebody could be known. Repeatable; default: all.")
@click.option("--secret", multiple=True, help="Column to guess from the others. Repeatable.")
@click.option("--targets", default=600, show_default=True, help="Rare records attacked on each side.")
@click.option("--seed", default=0, show_default=True, help="Of the choice of targets.")
@click.option("--out", type=OUT, required=True, help="JSON file to write, for the custodian.")
def risk(
    members: Path, release: Path, control: Path | None, book: Path, many: tuple[str, ...], out: Path, **asked: Any
) -> None:
    """What RELEASE gives away about MEMBERS, tried with --control who did not go into it. Not for publication."""
    from havre.workbench import codebook as codebooks
    from havre.workbench import reading, risk, whole

    whole.check_free(out)
    known = codebooks.read(book).with_parents()
    with bars() as passed:
        inside = reading.read(members, known, many=many, complete=False, passed=passed).coded
        outside = None if control is None else reading.read(control, known, many=many, complete=False).coded
        shown = reading.read(release, codebooks.Codebook(inside.columns, {}, {}), complete=False).coded
        found = risk.assess(
            inside, outside, shown, quasi=asked["quasi"], secrets=asked["secret"], targets=asked["targets"],
            seed=asked["seed"], passed=passed,
        )  # fmt: skip
    with whole.file(out) as staged:
        staged.write_text(risk.as_json(found), encoding="utf-8")
    _say(found)


def _say(found: Risk) -> None:
    """The figures, with what they are when nothing leaks."""
    click.echo("NOT FOR PUBLICATION: these figures compare with the truth.")
    by_quasi = f"by quasi-identifiers {100 * found.unique_quasi:.1f} %"
    click.echo(f"Records that nobody is like: {100 * found.unique:.1f} %; {by_quasi}")
    mapped = ", ".join(f"{k}: {100 * share:.1f} %" for k, share in found.k_map.items())
    click.echo(f"Released records that fewer real people are like than (k-map) {mapped}")
    if not found.controls:
        click.echo("Nothing was attacked: give people who are not in the release with --control.")
    elif not found.targets:
        click.echo("Nothing was attacked: hardly anybody is rare (fewer than 20 on each side; at most two alike).")
    for name, figure in found.figures.items():
        mark = "ALARM" if figure.alarm else "no clear leak"
        beside = found.beside.get(name)
        shares = f"in the file {beside.members:.3f}, outside {beside.controls:.3f}, " if beside else ""
        nothing = f"nothing leaks: {figure.nothing:.3f}, ± {figure.error:.3f}"
        click.echo(f"{name}: {figure.value:.3f} ({shares}{nothing}) {mark}")
