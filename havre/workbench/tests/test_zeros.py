"""Structural zeros: read with their source, looked up record by record, and never measured nor published."""

from itertools import product

import numpy as np
import pytest

from havre.workbench import zeros
from havre.workbench.privacy.noise import Seeded
from havre.workbench.protect.estimate import estimate
from havre.workbench.protect.measure import measure, weighted
from havre.workbench.protect.plan import Plan
from havre.workbench.records import Coded, Column, Zero
from havre.workbench.refusal import Refusal

AGE = Column("age", ("0-8", "9-17", "18+"), (0, 0, 1), ("minor", "adult"))
MAJORITY = Column("majority", ("minor", "adult"), (-1, -1), ())
SEX = Column("sex", ("f", "m"), (-1, -1), ())
HEAD = "column,value,other_column,other_value,source\n"
ZEROS = (
    Zero("age", "minor", "majority", "adult", "the definition"),
    Zero("sex", "m", "age", "18+", "invented"),
)


def read(tmp_path, text):
    (tmp_path / "zeros.csv").write_text(text)
    return zeros.read(tmp_path / "zeros.csv", (AGE, MAJORITY))


def test_a_pair_is_read_with_its_source_and_a_parent_stands_for_its_values(tmp_path):
    declared = read(tmp_path, HEAD + "age,minor,majority,adult,the definition\n")
    assert declared == ZEROS[:1]
    table = zeros.impossible((AGE, MAJORITY), declared)[0, 1]
    assert np.argwhere(table).tolist() == [[1, 2], [2, 2]]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("age,old,majority,adult,x", ":2: the codebook lists no value 'old' for 'age'"),
        ("years,9,majority,adult,x", ":2: the codebook has no column 'years'"),
        ("age,0-8,age,9-17,x", ":2: both values are of one column"),
        ("age,0-8,majority,adult,", ":2: no source"),
        ("age,0-8,majority,adult", ":2: 4 cells where the header has 5"),
        ("age,0-8,majority,adult,x\nage,0-8,majority,adult,x", ":3: the same as line 2"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path, row, said):
    with pytest.raises(Refusal, match=said):
        read(tmp_path, HEAD + row + "\n")
    with pytest.raises(Refusal, match="the header must be"):
        read(tmp_path, "column,value\n" + row + "\n")


@pytest.mark.parametrize("narrow", [9, 0])
@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_record_that_breaks_a_zero_changes_no_count_by_more_than_the_stated_sensitivity(monkeypatch, narrow, length):
    monkeypatch.setattr("havre.workbench.protect.plan.NARROW", narrow)
    columns, plan = (AGE, MAJORITY, SEX), Plan(3, 3)
    pairs, sizes = zeros.impossible(columns, ZEROS), [each.size for each in columns]

    def vector(people):
        codes, _broken = zeros.without(np.array(people, dtype=np.uint16).reshape(-1, 3).T, pairs)
        tables = weighted(codes, sizes, length, plan)
        return np.concatenate([tables[each].ravel() for each in plan.sets(length)])

    others = [(1, 1, 1), (1, 2, 0), (3, 0, 2)]
    for record in product(*map(range, sizes)):
        far = np.linalg.norm(vector([*others, record]) - vector(others))
        assert far <= plan.sensitivity(length) * (1 + 1e-12)


def test_what_becomes_of_a_record_is_its_own_matter():
    pairs = zeros.impossible((AGE, MAJORITY, SEX), ZEROS)
    every = np.array(list(product(range(4), range(3), range(3))), dtype=np.uint16).T
    together, broken = zeros.without(every, pairs)
    alone = np.column_stack([zeros.without(every[:, [each]], pairs)[0] for each in range(every.shape[1])])
    assert np.array_equal(together, alone) and 0 < broken.sum() < every.shape[1]
    assert not zeros.without(together, pairs)[1].any() and np.all((together == every) | (together == 0))


@pytest.mark.parametrize("narrow", [9, 0])
def test_no_record_nor_table_has_what_cannot_be_and_no_noise_is_drawn_for_it(monkeypatch, narrow):
    monkeypatch.setattr("havre.workbench.protect.plan.NARROW", narrow)
    random = np.random.default_rng(1)
    columns = (AGE, MAJORITY, SEX)
    codes = np.stack([random.integers(0, each.size, 4000) for each in columns]).astype(np.uint16)
    codes[0, codes[0] == 1] = random.choice([1, 2], (codes[0] == 1).sum(), p=[0.01, 0.99])  # one value goes up
    register, plan = Coded(columns, codes, 3, ZEROS), Plan(3, 3, fixed=True)
    measures = measure(register, 0.05, Seeded(3), plan)
    pairs = measures.zeros
    assert any(each.size > each.leaves + 1 for each in measures.rolled)
    assert all(not measures.tables[each].known[table].any() for each, table in pairs.items())
    assert sum(int((~each.known).sum()) for each in measures.tables.values() if each.noisy.ndim == 3) > 0
    made = estimate(register, 0.05, Seeded(3), plan)
    assert len(made.records) > 3000
    for (first, second), table in pairs.items():
        assert not table[made.records[:, first], made.records[:, second]].any()
        assert not table[tuple(made.cells[first, second].keys)].any()
