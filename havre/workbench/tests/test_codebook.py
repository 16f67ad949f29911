"""A codebook says what is wrong with it, line by line, and reads back what it lists."""

import pytest

from havre.workbench import codebook
from havre.workbench.refusal import Refusal
from havre.workbench.tests.shared import SHARED, needs_shared


@pytest.fixture
def read(tmp_path):
    """Reads a codebook written as text or bytes."""

    def reading(text):
        path = tmp_path / "book.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return codebook.read(path)

    return reading


def test_it_reads_values_parents_and_labels(read):
    book = read("column,value,parent,label_en,label_fr\nland,NA,Africa,Namibia,Namibie\nland,FR,,,\nsex,f,,,\n")
    land, sex = book.columns
    assert (land.values, land.parents, land.groups) == (("NA", "FR"), (0, -1), ("Africa",))
    assert sex.values == ("f",) and sex.size == 2
    assert book.label("land", "NA", "fr") == "Namibie" and book.label("land", "FR", "fr") == "FR"


def test_a_listed_parent_is_a_group_and_no_value(read):
    book = read("column,value,parent\nage,0-8,minor\nage,9-17,minor\nage,minor,all\nage,all,\n")
    assert book.columns[0].values == ("0-8", "9-17") and book.columns[0].groups == ("minor",)
    assert book.above["age", "minor"] == "all"


def test_a_mark_at_the_start_and_semicolons_are_read(read):
    assert read(b"\xef\xbb\xbfcolumn;value\nsex;f\n").columns[0].values == ("f",)


def test_a_row_without_value_is_set_aside_and_said(read):
    book = read("column,value\nsex,f\nsex,\n")
    assert book.columns[0].values == ("f",)
    assert len(book.notes) == 1 and ":3: " in book.notes[0]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("column,value,value\nsex,f,f\n", 1, "'value' stands twice in the header"),
        ("column,value,colour\nsex,f,red\n", 1, "unknown column 'colour'"),
        ("column\nsex\n", 1, "no column 'value'"),
        ("column,value\nsex,f\nsex,m\nsex,f\n", 4, "'f' stands twice for 'sex' (first on line 2)"),
        ("column,value,parent\na,x,y\na,y,x\n", 2, "among its own parents"),
        ("column,value,parent\na,x,x\n", 2, "among its own parents"),
        ("column,value\n,f\n", 2, "names no column"),
        ("column,value\nsex,f,m\n", 2, "3 cells where the header has 2"),
        ("column,value\nday,2021-03-04\n", 2, "finer than a year"),
        ("column,value\nday,03/2021\n", 2, "finer than a year"),
        ("column,value\nneed,a;b\n", 2, "semicolon"),
        ("column,value\nneed,=1+1\n", 2, "like a formula"),
        ('column,value\nneed,"a\n', 2, "quotation marks"),
        ("column,value\nland,Côte\n".encode("latin-1"), 2, "Latin-1"),
    ],
)
def test_a_fault_is_named_with_its_line(read, text, line, said):
    with pytest.raises(Refusal) as refused:
        read(text)
    assert f"book.csv:{line}: " in str(refused.value) and said in str(refused.value)


@pytest.mark.parametrize("text", [b"", b"\xef\xbb\xbf", b"column,value\n", b"PK\x03\x04..", b"\xff\xfec\0"])
def test_a_file_that_is_no_codebook_is_one_line(read, text):
    with pytest.raises(Refusal) as refused:
        read(text)
    assert len(str(refused.value).splitlines()) == 1


def test_every_fault_is_said_at_once(read):
    with pytest.raises(Refusal) as refused:
        read("column,value\nsex,f\nsex,f\n,x\nday,2020-01-01\n")
    assert [line.split(":")[1] for line in str(refused.value).splitlines()] == ["3", "4", "5"]


def test_a_column_with_a_hundred_thousand_values_is_refused(read):
    with pytest.raises(Refusal, match="more than 10,000 values"):
        read("column,value\n" + "".join(f"id,{number}\n" for number in range(100_000)))


@pytest.mark.parametrize("value", ["09--17", "18-20", "61+ (5+ yrs)", "2020", "2002-2010", "May", "0--8", "NA"])
def test_bands_and_years_are_no_dates(read, value):
    assert read(f"column,value\nx,{value}\n").columns[0].values == (value,)


@needs_shared
@pytest.mark.parametrize(("name", "columns"), [("codebook_k7.csv", 7), ("codebook_a14.csv", 14)])
def test_the_benchmark_codebooks_are_read(name, columns):
    book = codebook.read(SHARED / "bench" / "dp" / name)
    assert len(book.columns) == columns
    assert {"minor", "adult"} == set(book.columns[2].groups)
