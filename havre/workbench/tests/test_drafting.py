"""A draft knows lists, takes ranges, and says which list it found in the file."""

import pytest

from havre.workbench import codebook, drafting
from havre.workbench.refusal import Refusal

TEXT = """prs_Gender,Citizenship,year,form,need,id,born
Feminine,NA,2002,labour,food;bed,1,2001-02-03
Masculine,FR,2004,sexual,,2,2001-02-04
"""


@pytest.fixture
def draft(tmp_path):
    """Drafts a text, as a mapping by column."""

    def of(text=TEXT, ranges=None, lists=None):
        (tmp_path / "people.csv").write_text(text)
        found = drafting.drafts(tmp_path / "people.csv", ranges or {"year": (2002, 2005)}, lists or {})
        return {each.column: each for each in found}

    return of


def test_known_lists_come_with_labels_and_regions(draft):
    found = draft()
    assert ("Feminine", "", "Feminine", "Féminin") in found["prs_Gender"].lines
    assert ("NA", "Southern Africa", "Namibia", "Namibie") in found["Citizenship"].lines
    assert not found["prs_Gender"].from_file and not found["Citizenship"].from_file


def test_a_declared_range_is_the_list(draft):
    assert [line[0] for line in draft()["year"].lines] == ["2002", "2003", "2004", "2005"]
    assert draft(ranges={"year": (2003, 2005)})["year"].outside == 1


def test_a_range_may_have_bands_above_it_and_a_country_has_regions(draft, tmp_path):
    lines = draft("year,Citizenship\n7,NA\n", ranges={"year": (0, 22, 5, 10)})["year"].lines
    above = {value: parent for value, parent, _english, _french in lines}
    assert above["7"] == "5–9" and above["5–9"] == "0–9" and above["0–9"] == ""
    assert above["22"] == "20–22" and above["20–22"] == ""
    countries = {line[0]: line[1] for line in draft()["Citizenship"].lines}
    assert countries["Southern Africa"] == "Africa" and countries["Africa"] == ""
    drafting.write(list(draft().values()), tmp_path / "b.csv")
    assert "Africa" in codebook.read(tmp_path / "b.csv").with_parents().columns[1].values
    with pytest.raises(Refusal, match="multiple of the one before"):
        draft(ranges={"year": (0, 22, 5, 12)})


def test_what_came_from_the_file_is_marked(draft):
    found = draft()
    assert found["form"].from_file and [line[0] for line in found["form"].lines] == ["labour", "sexual"]
    assert found["need"].many and [line[0] for line in found["need"].lines] == ["bed", "food"]


def test_days_and_numbers_of_persons_get_no_list(draft):
    assert "finer than a year" in draft()["born"].problem
    long = "id,year\n" + "".join(f"P{number},2002\n" for number in range(1500))
    assert "nearly each person" in draft(long)["id"].problem


def test_a_named_list_is_taken_and_an_unknown_one_refused(draft):
    assert draft(lists={"form": "services"})["form"].origin == "Havre's list services"
    with pytest.raises(Refusal, match="no list 'servces'"):
        draft(lists={"form": "servces"})
    with pytest.raises(Refusal, match="no column 'yeer'"):
        draft(ranges={"yeer": (1, 2)})
    with pytest.raises(Refusal, match="the smaller first"):
        draft(ranges={"year": (2004, 2002)})


def test_a_name_that_points_to_a_list_of_other_words_does_not_decide(draft):
    assert draft("gender,year\nFemale,2002\nMale,2002\n")["gender"].from_file


def test_what_is_written_reads_back(draft, tmp_path):
    found = draft()
    drafting.write(list(found.values()), tmp_path / "book.csv")
    book = codebook.read(tmp_path / "book.csv")
    assert book.names == ("prs_Gender", "Citizenship", "year", "form", "need", "id")
    assert len(book.columns[1].values) > 240 and "Western Africa" in book.columns[1].groups
    assert book.label("Citizenship", "Western Africa", "fr") == "Afrique occidentale"
