"""A record file becomes codes, or one clear line that repeats no cell."""

import gzip

import duckdb
import numpy as np
import pytest

from havre.workbench import codebook, reading
from havre.workbench.refusal import Refusal
from havre.workbench.tests.shared import SHARED, needs_shared

BOOK = "column,value,parent\nland,NA,Africa\nland,FR,\nsex,f,\nsex,m,\nneed,food,\nneed,bed,\nneed,no,\n"
GOOD = "land,sex,need\nNA,f,food;bed\n,m,\nFR,,no\n"


@pytest.fixture
def read(tmp_path):
    """Reads records written as text, bytes or by a function that is given the path."""
    (tmp_path / "book.csv").write_text(BOOK)

    def of(content, name="people.csv", **asked):
        path = tmp_path / name
        if callable(content):
            content(path)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return reading.read(path, codebook.read(tmp_path / "book.csv"), **{"many": ["need"], **asked})

    return of


def parquet(statement):
    """Writes the rows of a statement as Parquet."""
    return lambda path: duckdb.sql(statement).write_parquet(str(path))


def test_cells_become_codes_and_empty_is_not_recorded(read):
    coded = read(GOOD).coded
    assert [each.name for each in coded.columns] == ["land", "sex", "need:food", "need:bed", "need:no"]
    assert coded.codes.T.tolist() == [[1, 1, 1, 1, 2], [0, 2, 0, 0, 0], [2, 0, 2, 2, 1]]
    assert coded.sizes == (3, 3, 3, 3, 3) and coded.cap == 5


def test_gzip_a_mark_semicolons_and_blanks_read_the_same(read):
    plain = read(GOOD).coded.codes
    assert (read(gzip.compress(GOOD.encode()), "people.csv.gz").coded.codes == plain).all()
    marked = "\ufeffsex;land;need\nf;NA;food\n m ;;\n;FR;no\n"
    assert (read(marked, many=[]).coded.codes[:2] == plain[:2]).all()


def test_parquet_reads_the_same(read):
    rows = "select * from (values ('NA','f','food;bed'), (null,'m',''), ('FR',null,'no')) t(land, sex, need)"
    assert (read(parquet(rows), "people.parquet").coded.codes == read(GOOD).coded.codes).all()


def test_a_name_with_signs_of_a_pattern_is_that_file(read):
    assert read(GOOD, "pe[o]ple*?.csv").coded.codes.shape == (5, 3)


def test_columns_outside_the_codebook_are_left_out_and_named(read):
    found = read("name,land,sex,need\nAda,NA,f,no\nEva,FR,m,bed\n")
    assert found.outside == ("name",) and found.coded.codes.shape == (5, 2)


def test_the_cap_is_kept_and_the_shortened_are_counted(read):
    found = read(GOOD, cap=2)
    assert (found.coded.codes != 0).sum(axis=0).tolist() == [2, 1, 2] and found.shortened == 2
    assert found.coded.cap == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("land,sex,need\nNA,f,no\nSecretland,f,no\n", "people.csv:3: column 'land': a value is not in the codebook"),
        ("land,sex,need\nNA,f,no\nAfrica,f,no\n", "people.csv:3: column 'land': a cell holds a parent"),
        ("land,sex,need\nNA,f,no\nNA,f,money\n", "people.csv:3: column 'need': a value is not"),
        ("land,sex,need\nNA;FR,f,no\nNA,f,no\n", "people.csv:2: column 'land': a cell holds several answers"),
        ("land,sex,need\n2021-05-03,f,no\nNA,f,no\n", "finer than a year"),
        ("land,land,sex,need\nNA,NA,f,no\nNA,NA,f,no\n", "people.csv:1: column 'land' stands twice"),
        ("land,sex\nNA,f\nNA,f\n", "people.csv:1: no column 'need'"),
        ("land,sex,need\nNA,f,no\nNA,f,no,Secret\n", "people.csv:3: more or fewer cells"),
        ('land,sex,need\nNA,f,no\nNA,f,"Secret\n', "quotation mark"),
        ("land,sex,need\nNA,f,no\n", "one record only"),
        ("land,sex,need\n", "no record"),
        ("land,sex,need\nNA,,no\nFR,,no\n", "column 'sex' is empty in every record"),
        ("land,sex,need\nNA,f,Café\n".encode("latin-1"), "people.csv:2: not UTF-8"),
        ("land,sex,need\nNA,f,no\n".encode("utf-16"), "UTF-16"),
        (b"", "is empty"),
        (b"land\0", "not text"),
    ],
)
def test_a_wrong_file_is_one_line_without_its_cells(read, text, said):
    with pytest.raises(Refusal) as refused:
        read(text)
    assert said in str(refused.value) and "Secret" not in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_a_hundred_thousand_distinct_values_are_one_line(read):
    text = "land,sex,need\n" + "".join(f"X{number},f,no\n" for number in range(100_000))
    with pytest.raises(Refusal, match=r"people.csv:2: .*\(100,000 such cells\)"):
        read(text)


@pytest.mark.parametrize("content", [b"PAR1 broken PAR1", b"", b"land,sex\n"])
def test_a_broken_parquet_is_one_line(read, content):
    with pytest.raises(Refusal, match="no whole Parquet"):
        read(content, "people.parquet")


def test_a_cut_parquet_and_one_with_days_are_one_line(read):
    rows = "select 'NA' land, 'f' sex, date '2021-05-03' need from range(9)"
    with pytest.raises(Refusal, match=r"column 'need': a cell is a date finer than a year"):
        read(parquet(rows), "people.parquet")

    def cut(path):
        parquet(rows)(path)
        whole = path.read_bytes()
        path.write_bytes(whole[:40] + b"\xff" * 60 + whole[100:])

    with pytest.raises(Refusal, match=r"no whole Parquet|not in the codebook"):
        read(cut, "people.parquet")


def test_another_kind_of_file_and_a_cut_archive_are_one_line(read):
    with pytest.raises(Refusal, match="Havre reads CSV"):
        read(GOOD, "people.xlsx")
    with pytest.raises(Refusal, match="cannot be read"):
        read(gzip.compress(GOOD.encode() * 99)[:-20], "people.csv.gz")


@needs_shared
def test_the_benchmark_files_are_read():
    book = codebook.read(SHARED / "bench" / "dp" / "codebook_k7.csv")
    coded = reading.read(SHARED / "data" / "ctdc" / "k_anonymised_2020_7cols.csv.gz", book).coded
    assert coded.codes.shape == (7, 48_773)
    assert np.mean(coded.codes[1] == 0) < 0.01


def test_blank_lines_are_no_records(read):
    assert (read(GOOD + "\n\n").coded.codes == read(GOOD).coded.codes).all()
