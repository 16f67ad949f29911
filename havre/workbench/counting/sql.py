"""The same tables from an SQL engine: one text, which DuckDB and Spark both understand."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from havre.workbench.counting import NO_SPARK, Set, Table, keys_of
from havre.workbench.records import Coded
from havre.workbench.refusal import Refusal


def statement(columns: Set) -> str:
    """The count of one set of columns of the relation `records`, whose columns are c0, c1, …"""
    names = ", ".join(f"c{column}" for column in columns)
    return f"select {names}, count(*) as people from records group by {names}"  # noqa: S608


def with_duckdb(coded: Coded, sets: Sequence[Set]) -> dict[Set, Table]:
    """The table of each set, counted by DuckDB."""
    import duckdb

    with duckdb.connect() as engine:
        engine.register("given", {f"c{number}": row for number, row in enumerate(coded.codes)})
        engine.execute("create table records as select * from given")

        def asked(text: str) -> Iterable[Any]:
            return engine.execute(text).fetchnumpy().values()

        return {each: _table(coded, each, asked) for each in sets}


def _table(coded: Coded, columns: Set, asked: Callable[[str], Iterable[Any]]) -> Table:
    """The rows of a statement, column by column, put in the order of their keys."""
    *codes, people = (np.asarray(part, dtype=np.int64) for part in asked(statement(columns)))
    keys = keys_of(codes, [coded.sizes[column] for column in columns])
    order = np.argsort(keys)
    return Table(keys[order], people[order])


def with_spark(coded: Coded, sets: Sequence[Set]) -> dict[Set, Table]:
    """The table of each set, counted by the Spark that is configured here (SPARK_MASTER), or by one on this machine.

    Spark reads the codes from a Parquet file in a folder that only this user can open and that is removed at the end;
    on a cluster, TMPDIR must be a folder that every node sees.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise Refusal(NO_SPARK) from None
    master = os.environ.get("SPARK_MASTER", "local[*]")
    quiet = SparkSession.builder.master(master).appName("havre").config("spark.ui.enabled", "false")
    session = quiet.config("spark.sql.shuffle.partitions", "8").getOrCreate()

    def asked(text: str) -> Iterable[Any]:
        return zip(*session.sql(text).collect(), strict=True)

    try:
        with TemporaryDirectory(prefix="havre-spark-") as folder:
            _to_parquet(coded, f"{folder}/records.parquet")
            session.read.parquet(f"file://{folder}/records.parquet").cache().createOrReplaceTempView("records")
            return {each: _table(coded, each, asked) for each in sets}
    finally:
        session.stop()


def _to_parquet(coded: Coded, file: str) -> None:
    import duckdb

    with duckdb.connect() as engine:
        engine.register("given", {f"c{number}": row.astype(np.int32) for number, row in enumerate(coded.codes)})
        engine.execute(f"copy given to '{file}' (format parquet)")
