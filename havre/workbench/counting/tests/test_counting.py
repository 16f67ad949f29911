"""Every engine counts the same, and what it counts is what a person with a pencil would."""

import sys
from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.workbench.counting import codes_of, engine, fast, keys_of
from havre.workbench.records import Coded, Column
from havre.workbench.refusal import Refusal


def coded(sizes, rows):
    """Records of columns with so many codes each."""
    columns = tuple(
        Column(f"x{number}", tuple(map(str, range(1, size))), (-1,) * (size - 1), ())
        for number, size in enumerate(sizes)
    )
    return Coded(columns, np.array(rows, dtype=np.uint16).reshape(-1, len(sizes)).T, len(sizes))


@st.composite
def files(draw):
    sizes = draw(st.lists(st.integers(1, 5), min_size=3, max_size=6))
    rows = draw(st.lists(st.tuples(*(st.integers(0, size - 1) for size in sizes)), min_size=1, max_size=30))
    return coded(sizes, rows)


def sets_of(records):
    return [each for k in (1, 2, 3) for each in combinations(range(len(records.columns)), k)]


def by_hand(records, columns):
    return Counter(map(tuple, records.codes[list(columns)].T.tolist()))


@given(files())
@settings(max_examples=25, deadline=None)
def test_all_engines_agree_with_counting_by_hand(records):
    fast_tables, sql_tables = (engine(name)(records, sets_of(records)) for name in ("codes", "duckdb"))
    for columns in sets_of(records):
        sizes = [records.sizes[column] for column in columns]
        wanted = by_hand(records, columns)
        for table in (fast_tables[columns], sql_tables[columns]):
            told = dict(zip(map(tuple, codes_of(table.keys, sizes).T.tolist()), table.counts.tolist(), strict=True))
            assert told == wanted and (np.diff(table.keys) > 0).all()
            assert table.dense(sizes).sum() == records.codes.shape[1]


@given(files(), st.integers(1, 60), st.integers(1, 60))
@settings(max_examples=50, deadline=None)
def test_blocks_joint_tables_and_sorting_change_nothing(records, joint, whole):
    wanted = engine("codes")(records, sets_of(records))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast, "BLOCK", 4)
        patch.setattr(fast, "JOINT", joint)
        patch.setattr(fast, "DENSE", whole)
        found = engine("codes")(records, sets_of(records))
    for columns, table in wanted.items():
        assert (table.keys == found[columns].keys).all() and (table.counts == found[columns].counts).all()


@given(files())
def test_keys_and_codes_are_each_others_inverse(records):
    assert (codes_of(keys_of(list(records.codes), records.sizes), records.sizes) == records.codes).all()


def test_spark_counts_the_same():
    """In local mode, where pyspark is installed (an extra: it is in no lock)."""
    pytest.importorskip("pyspark")
    random = np.random.default_rng(3)
    records = coded([4, 3, 5, 2], random.integers(0, [4, 3, 5, 2], (500, 4)))
    wanted, found = (engine(name)(records, sets_of(records)) for name in ("codes", "spark"))
    for columns, table in wanted.items():
        assert (table.keys == found[columns].keys).all() and (table.counts == found[columns].counts).all()


def test_spark_that_is_not_installed_is_one_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(Refusal, match="Spark is not installed"):
        engine("spark")(coded([2], [(1,)]), [(0,)])


def test_a_set_with_too_many_combinations_is_a_mistake():
    records = coded([10_000] * 5, [(1, 2, 3, 4, 5)])
    with pytest.raises(ValueError, match="64 bits"):
        engine("codes")(records, [(0, 1, 2, 3, 4)])
    assert engine("codes")(records, [(0, 1, 2)])[0, 1, 2].counts.tolist() == [1]


def test_an_engine_that_is_not_there_is_one_line():
    with pytest.raises(Refusal, match="no engine 'abacus'"):
        engine("abacus")
