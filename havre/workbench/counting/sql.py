"""The same tables from an SQL engine: one text, which DuckDB and Spark both understand."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from havre.workbench.counting import NO_JAVA, NO_SPARK, Set, Table, keys_of
from havre.workbench.records import Coded
from havre.workbench.refusal import Refusal, stoppable

DUCKDB_SETS, SPARK_SETS = 8, 64  # sets in a statement: Spark takes long to begin each
ERRORS_ONLY = """
rootLogger.level = error
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = Spark: %m%n
"""


def statement(sets: Sequence[Set]) -> str:
    """The counts of sets of columns of the relation `records` (c0, c1, …); a column that a set has not is -1."""
    columns = sorted({column for each in sets for column in each})
    names = ", ".join(f"coalesce(c{column}, -1) as c{column}" for column in columns)
    groups = ", ".join(f"({', '.join(f'c{column}' for column in each)})" for each in sets)
    return f"select {names}, count(*) as people from records group by grouping sets ({groups})"  # noqa: S608


def with_duckdb(coded: Coded, sets: Sequence[Set]) -> dict[Set, Table]:
    """The table of each set, counted by DuckDB."""
    import duckdb

    with stoppable(), duckdb.connect() as engine:
        engine.register("given", _plain(coded))
        engine.execute("create table records as select * from given")

        def asked(text: str) -> Iterable[Any]:
            return engine.execute(text).fetchnumpy().values()

        return _tables(coded, sets, DUCKDB_SETS, asked)


def _plain(coded: Coded) -> dict[str, Any]:
    return {f"c{number}": row.astype(np.int32) for number, row in enumerate(coded.codes)}


def _tables(coded: Coded, sets: Sequence[Set], many: int, asked: Callable[[str], Iterable[Any]]) -> dict[Set, Table]:
    """The tables of all sets, so many of them in a statement."""
    found: dict[Set, Table] = {}
    for start in range(0, len(sets), many):
        found |= _answered(coded, sets[start : start + many], asked)
    return found


def _answered(coded: Coded, sets: Sequence[Set], asked: Callable[[str], Iterable[Any]]) -> dict[Set, Table]:
    """The rows of a statement, column by column, taken apart by set and put in the order of their keys."""
    columns = sorted({column for each in sets for column in each})
    *codes, people = (np.asarray(part, dtype=np.int64) for part in asked(statement(sets)))
    given = np.stack(codes) >= 0
    found = {}
    for each in sets:
        own = np.array([column in each for column in columns])
        rows = np.flatnonzero((given == own[:, None]).all(axis=0))
        keys = keys_of([codes[columns.index(column)][rows] for column in each], [coded.sizes[c] for c in each])
        order = np.argsort(keys)
        found[each] = Table(keys[order], people[rows][order])
    return found


def with_spark(coded: Coded, sets: Sequence[Set]) -> dict[Set, Table]:
    """The table of each set, counted by Spark.

    Spark reads the codes from a Parquet file in a folder that only this user can open and that is removed at the end;
    on a cluster, TMPDIR must be a folder that every node sees.
    """
    spark = session()

    def asked(text: str) -> Iterable[Any]:
        return zip(*spark.sql(text).collect(), strict=True)

    with TemporaryDirectory(prefix="havre-spark-") as folder:
        _to_parquet(coded, f"{folder}/records.parquet")
        records = spark.read.parquet(f"file://{folder}/records.parquet").cache()
        try:
            records.createOrReplaceTempView("records")
            return _tables(coded, sets, SPARK_SETS, asked)
        finally:
            records.unpersist()


@cache
def session() -> Any:
    """The Spark of SPARK_MASTER, or one on this machine, until the program ends; Refusal where there is none."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise Refusal(NO_SPARK) from None
    if not (os.environ.get("JAVA_HOME") or which("java")):
        raise Refusal(NO_JAVA)
    master = os.environ.get("SPARK_MASTER", "local[*]")
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    with TemporaryDirectory(prefix="havre-spark-") as folder:
        quiet = Path(folder) / "log4j2.properties"
        quiet.write_text(ERRORS_ONLY)
        told = {
            "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.sql.shuffle.partitions": "8",
            "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile=file:{quiet}",
        }  # fmt: skip
        try:
            found = SparkSession.builder.master(master).appName("havre").config(map=told).getOrCreate()
        except Exception as error:  # of Java or of the cluster; its text would be pages
            raise Refusal(
                f"Spark does not start at {master} ({type(error).__name__}); check Java and SPARK_MASTER"
            ) from None
    atexit.register(found.stop)
    return found


def _to_parquet(coded: Coded, file: str) -> None:
    import duckdb

    with duckdb.connect() as engine:
        engine.register("given", _plain(coded))
        engine.execute(f"copy given to '{file}' (format parquet)")
