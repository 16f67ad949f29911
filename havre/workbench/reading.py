"""A record file (CSV, .csv.gz, Parquet) read by DuckDB into the integer codes of its codebook.

No cell is ever repeated in a message: a record is private, its line and column are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import numpy as np

from havre.workbench.codebook import Codebook
from havre.workbench.progress import READING, Passed, quiet
from havre.workbench.records import Coded, Codes, Column, bounded
from havre.workbench.refusal import all_of, refuse, stoppable
from havre.workbench.text import delimiter_of, finer_than_a_year, opened, rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

UNKNOWN = 65_535
TEXTS, PARQUETS = (".csv", ".tsv", ".txt"), (".parquet", ".pq")
YES, NO = 1, 2  # codes of the columns that a column with several answers becomes


@dataclass(frozen=True)
class Reading:
    """The coded records; the file's columns that no codebook names; how many records lost answers to the cap."""

    coded: Coded
    outside: tuple[str, ...]
    shortened: int


@dataclass(frozen=True)
class _Source:
    """A file as DuckDB sees it: the relation, the column of each name there, and the line before the first record."""

    path: Path
    relation: str
    place: dict[str, str]
    before: int


def read(
    path: Path,
    book: Codebook,
    *,
    cap: int | None = None,
    many: Sequence[str] = (),
    complete: bool = True,
    passed: Passed = quiet,
) -> Reading:
    """The records of a file; Refusal when a column or a value is not as the codebook says.

    `many` names the columns whose cells may hold several answers (`a;b`): each answer becomes a yes/no column, "no"
    where the cell is filled and does not list it. It is a public choice, like the codebook and the cap (default: no
    bound but the number of columns). Where a file need not be `complete`, a column may be empty in every record.
    """
    with _engine() as engine:
        source = _source(engine, path, passed)
        _check_names(source, book, many)
        columns = tuple(part for each in book.columns for part in _parts(each, each.name in many))
        with _told(engine, passed):
            codes = _codes(engine, source, book, many)
    _check_codes(path, book, codes, many if complete else None)
    _check_cap(cap)
    kept, shortened = bounded(codes, cap or len(columns))
    outside = tuple(name for name in source.place if name not in book.names)
    return Reading(Coded(columns, kept, min(cap or len(columns), len(columns))), outside, shortened)


def distinct(path: Path, most: int, passed: Passed = quiet) -> dict[str, tuple[list[str], int, bool]]:
    """For each column its answers, at most `most` and one more, the filled cells, and whether a cell holds several."""
    import duckdb

    found = {}
    with _engine() as engine:
        source = _source(engine, path, passed)
        try:
            for number, (name, place) in enumerate(source.place.items()):
                passed(READING, number, len(source.place))
                cells = f"select cast({place} as varchar) as cell from {source.relation}"  # noqa: S608
                answers = f"select distinct trim(unnest(str_split(cell, ';'))) as answer, cell from ({cells})"  # noqa: S608
                asked = f"select answer, bool_or(cell like '%;%') from ({answers}) where answer <> ''"  # noqa: S608
                told = engine.execute(f"{asked} group by answer order by answer limit {most + 1}").fetchall()
                filled = engine.execute(f"select count(*) from ({cells}) where trim(cell) <> ''").fetchone()  # noqa: S608
                found[name] = (
                    [each for each, _many in told],
                    filled[0] if filled else 0,
                    any(many for _each, many in told),
                )
        except duckdb.Error as error:
            raise _broken(source, str(error)) from None
    return found


def _source(engine: DuckDBPyConnection, path: Path, passed: Passed) -> _Source:
    return _parquet(engine, path) if path.suffix in PARQUETS else _text(path, passed)


@contextmanager
def _engine() -> Iterator[DuckDBPyConnection]:
    import duckdb

    asked = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    with stoppable(), duckdb.connect(config=asked) as engine:  # type: ignore[arg-type]
        yield engine


@contextmanager
def _told(engine: DuckDBPyConnection, passed: Passed) -> Iterator[None]:
    """Somebody who waits is told how far the statements of the block are, as DuckDB sees it."""
    for setting in ("enable_progress_bar=true", "enable_progress_bar_print=false", "progress_bar_time=0"):
        engine.execute(f"set {setting}")
    ended = Event()

    def tell() -> None:
        while not ended.wait(0.1):
            passed(READING, max(0.0, engine.query_progress()), 100.0)

    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()


def _text(path: Path, passed: Passed) -> _Source:
    """A CSV file, its text and header checked."""
    if not path.name.removesuffix(".gz").endswith(TEXTS):
        raise refuse(path, 0, "Havre reads CSV, .csv.gz and Parquet; export the records as one of them")
    _line, names = next(rows(path, passed))
    twice = [
        (1, f"column {name!r} stands twice in the header") for name in dict.fromkeys(names) if names.count(name) > 1
    ]
    twice += [(1, "a column of the header has no name")] * ("" in names)
    if twice:
        raise all_of(path, twice)
    with opened(path) as file:
        delimiter = delimiter_of(file.readline().decode("utf-8-sig"))
    place = {name: f"c{number}" for number, name in enumerate(names)}
    types = ", ".join(f"'{name}': 'VARCHAR'" for name in place.values())
    told = f"header=false, skip=1, delim='{delimiter}', quote='\"', escape='\"', nullstr='', auto_detect=false"
    return _Source(path, f"read_csv({_literal(_no_pattern(path))}, {told}, columns={{{types}}})", place, 1)


def _parquet(engine: DuckDBPyConnection, path: Path) -> _Source:
    import duckdb

    file = _literal(_no_pattern(path))
    try:
        found = engine.execute(f"select name, num_children from parquet_schema({file})").fetchall()  # noqa: S608
    except duckdb.Error:
        raise refuse(path, 0, "this is no whole Parquet file; fetch or export it again") from None
    names = [name for name, children in found[1:] if not children]
    twice = [(0, f"column {name!r} stands twice") for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise all_of(path, twice)
    return _Source(path, f"read_parquet({file})", {name: _quoted(name) for name in names}, 0)


def _no_pattern(path: Path) -> str:
    """The path with what DuckDB would read as a pattern made plain."""
    return re.sub(r"[*?\[]", lambda found: f"[{found.group()}]", str(path))


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _check_names(source: _Source, book: Codebook, many: Sequence[str]) -> None:
    line = source.before
    lacking = [name for name in book.names if name not in source.place]
    faults = [(line, f"no column {name!r}, which the codebook lists; correct one of them") for name in lacking]
    faults += [
        (0, f"no column {name!r} in the codebook may hold several answers") for name in many if name not in book.names
    ]
    if faults:
        raise all_of(source.path, faults)
    made = [part.name for each in book.columns for part in _parts(each, each.name in many)]
    if len(set(made)) < len(made):
        raise refuse(source.path, 0, "a column made of an answer has the name of another; rename it in the codebook")


def _parts(column: Column, several: bool) -> list[Column]:
    """The column itself, or a yes/no column for each of its answers."""
    if not several:
        return [column]
    return [Column(f"{column.name}:{value}", ("yes", "no"), (-1, -1), ()) for value in column.values]


def _codes(engine: DuckDBPyConnection, source: _Source, book: Codebook, many: Sequence[str]) -> Codes:
    """The codes (columns, persons), UNKNOWN never among them: it is refused with the line of its first cell."""
    import duckdb

    asked = []
    for number, column in enumerate(book.columns):
        values = ", ".join(_literal(value) for value in column.values)
        engine.execute(f"create type answers{number} as enum ({values})")
        cell = f"trim(cast({source.place[column.name]} as varchar))"
        asked += _several(number, column, cell) if column.name in many else [_single(number, cell)]
    try:
        statement = f"select {', '.join(asked)} from {source.relation}"  # noqa: S608
        found = engine.execute(statement).fetchnumpy()
    except duckdb.Error as error:
        raise _broken(source, str(error)) from None
    codes = np.stack([np.asarray(part, dtype=np.uint16) for part in found.values()])
    if (codes == UNKNOWN).any():
        raise all_of(source.path, _unknown(engine, source, book, codes, many))
    return codes


def _single(number: int, cell: str) -> str:
    known = f"cast(enum_code(try_cast({cell} as answers{number})) as usmallint) + 1::usmallint"
    filled = f"coalesce({known}, {UNKNOWN}::usmallint)"
    return f"case when coalesce({cell}, '') = '' then 0::usmallint else {filled} end as x{number}"


def _several(number: int, column: Column, cell: str) -> list[str]:
    parts = f"list_filter(list_transform(str_split(coalesce({cell}, ''), ';'), lambda p: trim(p)), lambda p: p <> '')"
    strange = f"len(list_filter({parts}, lambda p: try_cast(p as answers{number}) is null)) > 0"
    return [
        f"(case when len({parts}) = 0 then 0 when {strange} then {UNKNOWN}"
        f" when list_contains({parts}, {_literal(value)}) then {YES} else {NO} end)::usmallint as x{number}_{index}"
        for index, value in enumerate(column.values)
    ]


def _broken(source: _Source, said: str) -> Exception:
    """What DuckDB says of a file it cannot read, without the line it quotes."""
    if source.before == 0:
        return refuse(source.path, 0, "this is no whole Parquet file; fetch or export it again")
    line = re.search(r"Line: (\d+)", said)
    return refuse(
        source.path,
        int(line.group(1)) if line else 0,
        "more or fewer cells than the header has, or a quotation mark left open; correct the row",
    )


def _unknown(
    engine: DuckDBPyConnection, source: _Source, book: Codebook, codes: Codes, many: Sequence[str]
) -> list[tuple[int, str]]:
    """The first cell of each column that the codebook lacks, and how many there are."""
    faults, at = [], 0
    for column in book.columns:
        several = column.name in many
        cells = np.flatnonzero(codes[at] == UNKNOWN)
        at += len(column.values) if several else 1
        if cells.size:
            where = f"select {source.place[column.name]}::varchar from {source.relation} limit 1 offset {cells[0]}"  # noqa: S608
            first = (engine.execute(where).fetchone() or ("",))[0].strip()
            more = f" ({cells.size:,} such cells)" if cells.size > 1 else ""
            faults.append(
                (int(cells[0]) + 1 + source.before, f"column {column.name!r}: {_why(first, column, several)}{more}")
            )
    return faults


def _why(cell: str, column: Column, several: bool) -> str:
    """What kind of unknown value a cell is, and what to do about it."""
    if ";" in cell and not several:
        return f"a cell holds several answers; say so in public with --many {column.name}"
    if cell in column.groups:
        return "a cell holds a parent of the codebook; list a value below it (such as 'minor, age not known')"
    if any(finer_than_a_year(part.strip()) for part in cell.split(";")):
        return "a cell is a date finer than a year; keep the year"
    return "a value is not in the codebook; correct the cell or list the value"


def _check_codes(path: Path, book: Codebook, codes: Codes, many: Sequence[str] | None) -> None:
    """Refuses a file without people, with one, or (given `many`) with a column that nobody answered."""
    if codes.shape[1] < 2:
        said = "there is no record" if codes.shape[1] == 0 else "there is one record only"
        raise refuse(path, 0, f"{said}; figures about so few cannot be protected")
    if many is None:
        return
    filled = [bool(row.any()) for row in codes]
    faults, at = [], 0
    for column in book.columns:
        if not filled[at]:
            faults.append((0, f"column {column.name!r} is empty in every record; leave it out of the codebook"))
        at += len(column.values) if column.name in many else 1
    if faults:
        raise all_of(path, faults)


def _check_cap(cap: int | None) -> None:
    from havre.workbench.refusal import Refusal

    if cap is not None and cap < 1:
        raise Refusal(f"a record must keep at least one answer: --cap is {cap}")
