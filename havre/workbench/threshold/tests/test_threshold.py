"""No small count follows from what is shown, by trying every table that would look the same."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.workbench.records import Coded, Column
from havre.workbench.refusal import Refusal
from havre.workbench.threshold import released
from havre.workbench.threshold.suppression import derivable, hidden
from havre.workbench.threshold.tables import cells_of, count_of, lines_of, rolled_up, rounded

K = 3
SEX = Column("sex", ("f", "m"), (-1, -1), ())
LAND = Column("land", ("FR", "NA", "ZA", "XX"), (0, 1, 1, -1), ("Europe", "Africa"))
FORM = Column("form", ("labour", "sexual"), (-1, -1), ())


def coded(rows, columns=(LAND, SEX)):
    return Coded(columns, np.array(rows, dtype=np.uint16).reshape(-1, len(columns)).T, len(columns))


def table(counts):
    """Records of a table of land by sex: a list of counts for each land, from 'not recorded' on."""
    return coded([(land, sex) for land, row in enumerate(counts) for sex, many in enumerate(row) for _ in range(many)])


def shown(cells, hide):
    return {cell: count for cell, count in cells.items() if cell not in hide}


def hidden_or_all(cells, lines):
    """What is hidden; everything where the table is too small for its totals and is refused."""
    try:
        return hidden(cells, lines, K)
    except Refusal:
        assert cells[()] < 4 * K
        return set(cells)


small_tables = st.lists(st.lists(st.integers(0, 5), min_size=2, max_size=3), min_size=2, max_size=3).filter(
    lambda rows: len({len(row) for row in rows}) == 1 and sum(map(sum, rows)) >= K
)


@given(small_tables)
@settings(max_examples=80, deadline=None)
def test_each_hidden_small_count_could_be_k_or_more(counts):
    """By brute force: some table with the same shown cells, no hidden one empty, has it at k or more."""
    records = table(counts)
    cells = cells_of(records, ["land", "sex"])
    lines = lines_of(cells)
    hide = hidden_or_all(cells, lines)
    inner = [cell for cell in hide if len(cell) == 2]
    if len(inner) > 4:
        return
    possible = {cell: set() for cell in hide}
    for guess in product(range(1, 9), repeat=len(inner)):
        world = dict(cells) | dict(zip(inner, guess, strict=True))
        for length in (1, 0):
            for cell in (each for each in hide if len(each) == length):
                line = next(each for each in lines if each.parent == cell)
                world[cell] = sum(world[child] for child in line.children)
        if all(world[line.parent] == sum(world[child] for child in line.children) for line in lines):
            for cell in hide:
                possible[cell].add(world[cell])
    assert hide == set(cells) or all(max(possible[cell]) >= K for cell in hide if cells[cell] < K)


@given(small_tables)
@settings(deadline=None)
def test_a_difference_of_shown_counts_is_nobody_or_k_people(counts):
    cells = cells_of(table(counts), ["land", "sex"])
    hide = hidden_or_all(cells, lines_of(cells))
    for line in lines_of(cells):
        rest = cells[line.parent] - sum(cells[child] for child in line.children if child not in hide)
        assert line.parent in hide or rest == 0 or rest >= K
    assert all(count >= K for count in shown(cells, hide).values())


def test_hiding_only_the_small_counts_would_be_noticed():
    cells = cells_of(table([[0, 9, 9], [0, 9, 1]]), ["land", "sex"])
    small = {cell for cell, count in cells.items() if count < K}
    assert derivable(cells, lines_of(cells), small, small, K) == sorted(small)


def test_a_three_way_table_is_hidden_too():
    random = np.random.default_rng(2)
    records = coded(random.integers(0, [5, 3, 3], (300, 3)), (LAND, SEX, FORM))
    cells = cells_of(records, ["land", "sex", "form"])
    hide = hidden(cells, lines_of(cells), 11)
    small = {cell for cell, count in cells.items() if count < 11}
    assert small < hide and derivable(cells, lines_of(cells), hide, small, 11) == []


def test_totals_add_up_with_those_not_recorded():
    cells = cells_of(table([[1, 2, 3], [4, 5, 6]]), ["sex", "land"])
    assert cells[()] == 21 and cells[(("sex", ""),)] == 5 and cells[("land", "FR"), ("sex", "f")] == 5
    assert all(cells[line.parent] == sum(cells[child] for child in line.children) for line in lines_of(cells))


def test_rounding_rounds_each_total_apart():
    assert rounded({(): 24, (("sex", "f"),): 4, (("sex", "m"),): 15, (("sex", ""),): 5}, 10) == {
        (): 20, (("sex", "m"),): 20, (("sex", ""),): 10
    }  # fmt: skip
    with pytest.raises(Refusal, match="hides nobody"):
        rounded({(): 24}, 1)


def test_a_level_up_gathers_children_and_keeps_the_parentless():
    up = rolled_up(table([[1, 1], [2, 0], [3, 0], [0, 1], [5, 0]]), ["land"])
    cells = cells_of(up, ["land"])
    assert {cell[0][1]: count for cell, count in cells.items() if cell} == {"": 2, "Europe": 2, "Africa": 4, "XX": 5}
    assert count_of(table([[1, 1], [2, 0], [3, 0], [0, 1]]), (("land", "Africa"),)) == 4
    with pytest.raises(Refusal, match="no parents"):
        rolled_up(table([[1, 1]]), ["sex"])


@pytest.mark.parametrize(("names", "said"), [(["lnd"], "no column 'lnd'"), ([], "none"), (["sex", "sex"], "different")])
def test_columns_that_make_no_table_are_refused(names, said):
    with pytest.raises(Refusal, match=said):
        cells_of(table([[1, 1]]), names)


def test_a_file_below_the_threshold_shows_nothing():
    cells = cells_of(table([[1, 1]]), ["sex"])
    with pytest.raises(Refusal, match="fewer than 11 records"):
        hidden(cells, lines_of(cells), 11)
    with pytest.raises(Refusal, match="hides nobody"):
        hidden(cells, lines_of(cells), 1)


def publish(path, records, names, k=K):
    cells = cells_of(records, names)
    hide = hidden(cells, lines_of(cells), k)
    released.write(path, cells, hide)
    return cells, hide


def test_a_table_reads_back(tmp_path):
    cells, hide = publish(tmp_path / "t.csv", table([[0, 9, 9], [0, 9, 1]]), ["land", "sex"])
    back = released.read(tmp_path / "t.csv")
    assert back.shown == shown(cells, hide) and back.hidden == hide and not back.rounded


def test_one_person_more_since_the_last_table_is_refused(tmp_path):
    publish(tmp_path / "t.csv", table([[0, 9, 9], [0, 9, 9]]), ["sex"])
    now = table([[0, 9, 9], [0, 9, 10]])
    cells = cells_of(now, ["sex"])
    with pytest.raises(Refusal, match="differs by fewer than 3"):
        released.check(now, cells, set(), [released.read(tmp_path / "t.csv")], K)


def test_a_second_table_may_not_open_what_the_first_hides(tmp_path):
    records = table([[0, 9, 9], [0, 9, 1], [0, 9, 5]])
    _cells, hide = publish(tmp_path / "t.csv", records, ["land", "sex"])
    other = shown(cells_of(records, ["land", "sex"]), {(("land", "FR"), ("sex", "m"))})
    opens = next(cell for cell in hide if len(cell) == 2 and other.get(cell, 0) >= K)
    with pytest.raises(Refusal, match="would show 1 counts below 3"):
        released.check(records, {opens: other[opens]}, set(), [released.read(tmp_path / "t.csv")], K)
    released.check(records, cells_of(records, ["sex"]), set(), [released.read(tmp_path / "t.csv")], K)


def test_a_level_up_may_not_open_what_the_level_below_hides(tmp_path):
    """Europe less France would be Germany."""
    land = Column("land", ("FR", "DE", "NA", "ZA"), (0, 0, 1, 1), ("Europe", "Africa"))
    records = coded([(1, 1)] * 30 + [(2, 1)] * 2 + [(3, 1)] * 12 + [(4, 1)] * 40, (land, SEX))
    _cells, hide = publish(tmp_path / "t.csv", records, ["land"])
    assert hide == {(("land", "DE"),), (("land", "NA"),)}
    up = cells_of(rolled_up(records, ["land"]), ["land"])
    with pytest.raises(Refusal, match="would show 1 counts below 3"):
        released.check(records, up, set(), [released.read(tmp_path / "t.csv")], K)
    hidden_up = {(("land", "Europe"),), (("land", "Africa"),)}
    released.check(records, up, hidden_up, [released.read(tmp_path / "t.csv")], K)


def test_rounded_tables_and_foreign_files_are_refused(tmp_path):
    records = table([[0, 9, 9], [0, 9, 9]])
    released.write(tmp_path / "r.csv", rounded(cells_of(records, ["sex"]), 10), (), released.ROUNDED)
    with pytest.raises(Refusal, match="all rounded or all"):
        released.check(records, cells_of(records, ["sex"]), set(), [released.read(tmp_path / "r.csv")], K)
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(Refusal, match=r"x\.csv:1: a released table"):
        released.read(tmp_path / "x.csv")
    (tmp_path / "y.csv").write_text("selection,count,status\nsex=f,many,published\n")
    with pytest.raises(Refusal, match=r"y\.csv:2: "):
        released.read(tmp_path / "y.csv")
