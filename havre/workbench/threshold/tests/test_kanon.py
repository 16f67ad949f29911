"""Everybody in the file has k - 1 others alike, detail is lost before cells, and l and t are what they say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.workbench import codebook, reading
from havre.workbench.records import Coded, Column
from havre.workbench.refusal import Refusal
from havre.workbench.tests.shared import SHARED, needs_shared
from havre.workbench.threshold.kanon import measures, protect
from havre.workbench.threshold.notes import of_kanon

LAND = Column("land", ("FR", "DE", "NA", "ZA"), (0, 0, 1, 1), ("Europe", "Africa"))
SEX = Column("sex", ("f", "m"), (-1, -1), ())
FORM = Column("form", ("labour", "sexual"), (-1, -1), ())


def coded(rows):
    return Coded((LAND, SEX, FORM), np.array(rows, dtype=np.uint16).reshape(-1, 3).T, 3)


def sizes(records, places):
    """How many records have each combination, by counting."""
    rows = list(map(tuple, records.codes[places].T.tolist()))
    return {row: rows.count(row) for row in rows}


files = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2), st.integers(0, 2)), min_size=3, max_size=40).map(coded)


@given(files, st.integers(2, 3), st.integers(1, 2))
@settings(max_examples=150, deadline=None)
def test_each_group_has_k_records_and_l_answers(records, k, diversity):
    try:
        found = protect(records, ["land", "sex"], k, sensitive=["form"], diversity=diversity)
    except Refusal:
        return
    final = found.coded
    assert min(sizes(final, [0, 1]).values()) == found.measures.k >= k
    for group in sizes(final, [0, 1]):
        assert len({row for row in sizes(final, [0, 1, 2]) if row[:2] == group}) >= diversity
    assert final.codes.shape[1] + found.removed == records.codes.shape[1]


@given(files)
@settings(max_examples=50, deadline=None)
def test_what_is_not_recoded_is_the_same_or_empty(records):
    try:
        found = protect(records, ["land", "sex"], 2, most_emptied=1.0)
    except Refusal:
        return
    assert found.recoded == {"land": "as it is", "sex": "as it is"}
    if not found.removed:
        final, was = found.coded.codes, records.codes
        assert ((final == was) | (final == 0)).all() and (final[2] == was[2]).all()
        assert found.emptied == ((final == 0) & (was != 0)).sum()


def test_a_level_up_comes_before_emptied_columns_and_cells():
    records = coded([(1, 1, 1), (2, 1, 1), (3, 2, 1), (4, 2, 2)] * 2)
    found = protect(records, ["land", "sex"], 3)
    assert found.recoded == {"land": "one level up", "sex": "as it is"}
    assert found.coded.columns[0].values == ("Europe", "Africa") and found.emptied == 0 == found.removed


def test_where_a_level_is_not_enough_the_next_is_taken_and_the_notes_say_so():
    """Eight lands of two people each, in four regions of two continents."""
    lands, regions = tuple("abcdefgh"), ("r", "s", "t", "u")
    land = Column("land", lands, (0, 0, 1, 1, 2, 2, 3, 3), regions)
    above = {("land", each): "north" if each in "rs" else "south" for each in regions}
    records = Coded((land, FORM), np.array([[1, 2, 3, 4, 5, 6, 7, 8] * 2, [1, 2] * 8], dtype=np.uint16), 2)
    found = protect(records, ["land"], 8, above=above, sensitive=["form"])
    assert found.recoded == {"land": "two levels up"} and found.coded.columns[0].values == ("north", "south")
    assert found.measures.k == 8 and found.measures.diversity == {"form": 2} and found.emptied == 0 == found.removed
    assert protect(records, ["land"], 4, above=above).recoded == {"land": "one level up"}
    assert protect(records, ["land"], 8).recoded == {"land": "emptied"}
    assert "land two levels up" in of_kanon(found, ["land"], 16, 16) and "deux niveaux" in of_kanon(
        found, ["land"], 16, 16
    )


def test_a_file_that_is_k_anonymous_stays():
    records = coded([(1, 1, 1), (1, 1, 2)] * 5)
    found = protect(records, ["land", "sex"], 10)
    assert (found.coded.codes == records.codes).all() and found.measures.k == 10


def test_one_rare_person_loses_a_cell_and_no_column():
    records = coded([(1, 1, 1)] * 30 + [(0, 1, 1)] * 10 + [(4, 1, 1)])
    found = protect(records, ["land", "sex"], 5)
    assert found.recoded["land"] == "as it is" and found.emptied == 1 and found.removed == 0


def test_l_and_t_are_those_of_a_table_by_hand():
    records = coded([(1, 1, 1)] * 4 + [(2, 1, 1)] * 2 + [(2, 1, 2)] * 2)
    told = measures(records.codes[:2], {"form": records.codes[2]})
    assert told.k == 4 and told.diversity == {"form": 1}
    assert told.closeness["form"] == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"k": 1}, "protect nobody"),
        ({"k": 50}, "fewer than 50 records"),
        ({"k": 2, "diversity": 2}, "needs a sensitive column"),
        ({"k": 2, "sensitive": ["sex"]}, "choose one"),
        ({"k": 2, "sensitive": ["colour"]}, "no column 'colour'"),
        ({"k": 3, "sensitive": ["form"], "diversity": 3}, "no group of 3 alike"),
    ],
)
def test_what_cannot_be_had_is_one_line(asked, said):
    with pytest.raises(Refusal, match=said):
        protect(coded([(1, 1, 1)] * 5), ["land", "sex"], **asked)


@needs_shared
def test_the_official_k_anonymous_file_has_its_published_figures():
    book = codebook.read(SHARED / "bench" / "dp" / "codebook_k7.csv")
    records = reading.read(SHARED / "data" / "ctdc" / "k_anonymised_2020_7cols.csv.gz", book).coded
    names = [column.name for column in records.columns]
    sensitive = [names.index("isForcedLabour"), names.index("isSexualExploit")]
    quasi = [place for place in range(7) if place not in sensitive]
    told = measures(records.codes[quasi], {names[place]: records.codes[place] for place in sensitive})
    assert measures(records.codes, {}).k == 11
    assert min(told.diversity.values()) == 1 and max(told.closeness.values()) == pytest.approx(0.84, abs=0.02)
