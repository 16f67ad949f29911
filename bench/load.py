"""A register written by COPY as the owner: keys, indexes, triggers taken away before and put back exactly as they were.

What was taken away stands in a table until it is back, and each batch is written with its number in one transaction: a
load that was interrupted goes on where it stopped.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
from django.apps import apps
from django.db import connections, transaction

from bench import register
from bench.copying import Sheet

AT_ONCE = 2  # processes that make rows, and sessions that build indexes: one for each core
WORKERS_A_BATCH = 25  # workers whose people are held at a time
QUICK = (
    "set synchronous_commit = off",
    "set maintenance_work_mem = '512MB'",
    "set max_parallel_maintenance_workers = 0",
    "set max_parallel_workers_per_gather = 0",
)
# Keys, then other indexes, then references: each needs those before it. Triggers: a batch holds what they would find.
KEYS = """
    select 1, c.conrelid::regclass::text, conname,
      format('alter table %%s add constraint %%I %%s', c.conrelid::regclass, conname, pg_get_constraintdef(c.oid))
    from pg_constraint c where contype in ('p', 'u') and c.conrelid::regclass::text = any(%(tables)s)
    union all
    select 2, indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    from pg_index i where indrelid::regclass::text = any(%(tables)s)
      and not exists (select 1 from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
    union all
    select 3, c.conrelid::regclass::text, conname,
      format('alter table %%s add constraint %%I %%s', c.conrelid::regclass, conname, pg_get_constraintdef(c.oid))
    from pg_constraint c where contype = 'f'
      and (c.conrelid::regclass::text = any(%(tables)s) or c.confrelid::regclass::text = any(%(tables)s))
    union all
    select 5, tgrelid::regclass::text, tgname,
      format('alter table %%s enable trigger %%I', tgrelid::regclass, tgname)
    from pg_trigger where not tgisinternal and tgenabled = 'O' and tgrelid::regclass::text = any(%(tables)s)"""
AWAY = {
    1: 'alter table {0} drop constraint "{1}"',
    2: "drop index {1}",
    3: 'alter table {0} drop constraint "{1}"',
    5: 'alter table {0} disable trigger "{1}"',
}
LARGEST = "order by pg_relation_size(relation::regclass) desc"
Passed = Callable[[int], None]


def load(cases: int, makers: int = AT_ONCE, passed: Passed = lambda done: None) -> dict[str, Any]:
    """The whole register; gives how many rows were written and the seconds each part took."""
    took: dict[str, Any] = {}
    with _timed(took, "begin"):
        took["in_one_go"] = _begin(cases)
    with _timed(took, "write"):
        took["rows"] = _write(cases, makers, passed)
    for name, part in (("indexes", _indexes), ("references", _references), ("vacuum", _vacuum)):
        with _timed(took, name):
            part()
    _ask("drop table bench_left, bench_done")
    return took


@contextmanager
def _timed(took: dict[str, Any], name: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    took[f"{name}_s"] = round(time.monotonic() - began, 1)


def tables() -> list[str]:
    """The tables that a register fills: those of cases, keys and staff."""
    ours = ("havre.cases.", "havre.platform.crypto", "havre.platform.accounts")
    return [model._meta.db_table for model in apps.get_models() if model.__module__.startswith(ours)]


def _owner() -> psycopg.Connection[Any]:
    """The owner's connection of this process."""
    connections["owner"].ensure_connection()
    raw = connections["owner"].connection
    assert isinstance(raw, psycopg.Connection)
    return raw


def _ask(text: str, values: Any = None) -> list[Any]:
    cursor = _owner().execute(text.encode(), values)
    return cursor.fetchall() if cursor.description else []


def _begin(cases: int) -> bool:
    """Keys and indexes are gone and the staff is there, all at once; False when a load that was interrupted goes on."""
    if _ask("select to_regclass('public.bench_left')") != [(None,)]:
        return False
    with transaction.atomic(using="owner"):
        _ask("create table bench_left (kind int, relation text, name text, statement text)")
        _ask("create table bench_done (batch int primary key, lines int)")
        _ask(f"insert into bench_left {KEYS}", {"tables": tables()})
        for kind, relation, name in _ask("select kind, relation, name from bench_left order by kind desc"):
            _ask(AWAY[kind].format(relation, name))
        sheet = Sheet()
        last = register.found(sheet, cases)
        _ask("select setval('accounts_principal', %s)", [last])
        sheet.write(_owner())
    return True


def _write(cases: int, makers: int, passed: Passed) -> int:
    done = {number for (number,) in _ask("select batch from bench_done")}
    batches = register.batches(cases, WORKERS_A_BATCH)
    passed(sum(each.cases for number in done for each in batches[number]))
    connections.close_all()  # two processes cannot share one
    wanted = [(cases, number) for number in range(len(batches)) if number not in done]
    for number in _by(makers, wanted):
        passed(sum(each.cases for each in batches[number]))
    return int(_ask("select coalesce(sum(lines), 0) from bench_done")[0][0])


def _by(makers: int, wanted: list[tuple[int, int]]) -> Iterable[int]:
    """The batches as they are written, by so many processes."""
    if makers == 1:
        yield from map(_batch, wanted)
        return
    pool = multiprocessing.get_context("fork").Pool(makers, initializer=_apart)
    try:
        yield from pool.imap_unordered(_batch, wanted)
        pool.close()
    except BaseException:
        pool.terminate()
        raise
    finally:
        pool.join()


def _apart() -> None:
    """A maker ends when it is told to: it does not hold the server as its parent does."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _batch(which: tuple[int, int]) -> int:
    """Writes one batch; it is there as a whole or not at all."""
    cases, number = which
    sheet = Sheet()
    for caseload in register.batches(cases, WORKERS_A_BATCH)[number]:
        register.tell(sheet, caseload)
    with transaction.atomic(using="owner"):
        _ask(QUICK[0])
        lines = sheet.write(_owner())
        _ask("insert into bench_done values (%s, %s)", [number, lines])
    return number


def _indexes() -> None:
    """Keys and indexes, table by table, the largest first."""
    by_table: dict[str, list[str]] = defaultdict(list)
    for relation, statement in _ask(f"select relation, statement from bench_left where kind < 3 {LARGEST}, kind"):
        by_table[relation].append(statement)
    _together([(*statements, _gone(relation, 1, 2)) for relation, statements in by_table.items()])


def _gone(relation: str, *kinds: int) -> str:
    return f"delete from bench_left where relation = '{relation}' and kind in ({', '.join(map(str, kinds))})"


def _references() -> None:
    """Triggers, and references unchecked, come back at once; references are then checked side by side."""
    with transaction.atomic(using="owner"):
        for kind, statement in _ask("select kind, statement from bench_left where kind in (3, 5)"):
            _ask(statement if kind == 5 else f"{statement} not valid")
        _ask("delete from bench_left where kind = 5")
        _ask("update bench_left set kind = 4 where kind = 3")
    waiting = _ask(f"select relation, name from bench_left where kind = 4 {LARGEST}")
    _together(
        [
            (
                f'alter table {relation} validate constraint "{name}"',
                f"delete from bench_left where kind = 4 and relation = '{relation}' and name = '{name}'",
            )
            for relation, name in waiting
        ]
    )


def _vacuum() -> None:
    _together([(f"vacuum (freeze, analyze) {table}",) for table in tables()])


def _together(tasks: list[tuple[str, ...]]) -> None:
    """Runs the tasks in as many sessions as there are cores; the statements of a task one after the other."""
    settings = connections["owner"].get_connection_params()
    settings.pop("context", None)

    def run(task: tuple[str, ...]) -> None:
        with psycopg.connect(**settings, autocommit=True) as session:
            for statement in (*QUICK, *task):
                session.execute(statement.encode())

    with ThreadPoolExecutor(AT_ONCE) as sessions:
        for _done in sessions.map(run, tasks):
            pass
