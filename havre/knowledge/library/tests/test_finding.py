"""Publications are found by their words in two languages, whatever the accents, page after page."""

from __future__ import annotations

import pytest

from havre.knowledge.library import actions, finding, jobs, seed
from havre.knowledge.library.finding import Query
from havre.knowledge.library.models import Publication, PublicationFile, PublicationPage
from havre.platform.accounts.claims import acting_as
from havre.platform.keeping.models import StoredFile
from tests.papers import pdf


def found(text="", **more):
    return [each.row.title for each in finding.find(Query(text, **more)).found]


@pytest.mark.parametrize(
    "text",
    [
        "enfants",
        "ENFANT",
        "l’enfant exploité",
        "les enfants",
        "exploitation des enfants",
        "summers",
        "children exploited",
        "ete",
        "été",
        "دمشق",
        "Мария",
        "mariya",
        "人口",
        "9789290680901",
        "92-9068-090-3",
        "ISBN 92 9068 090 3",
        "1607338x",
        "thaïlande",
        "Thailand",
        "2001",
    ],
)
def test_it_is_found_by_any_of_its_words(keep, text):
    told = {"titles": {"en": "Exploited children of the summer"}, "abstract": "دمشق · 人口贩运", "countries": ["TH"]}
    told |= {"isbn": "92-9068-090-3", "issn": "1607-338X"}
    keep("Les enfants exploités de l’été", authors=[{"family": "Ким", "given": "Мария"}], year=2001, **told)
    assert found(text) == ["Les enfants exploités de l’été"]
    assert found(text + " zebra") == []


def test_titles_come_first_and_the_newest_first_page_after_page(keep):
    for year in range(1990, 2000):
        keep(f"Borders {year}", year=year)
        keep(f"Roads {year}", year=year, abstract="Of border guards.")
    keep("Borders without a year")
    pages, after = [], ""
    for _turn in range(6):
        page = finding.find(Query("border"), after, size=4)
        pages += [each.row.title for each in page.found]
        after = page.later
    assert after == ""
    borders = [f"Borders {year}" for year in range(1999, 1989, -1)]
    assert pages == [*borders, "Borders without a year", *(each.replace("Borders", "Roads") for each in borders)]
    assert finding.find(Query("border"), size=4).total == 21


def test_each_filter_holds(keep):
    keep("A", kind="book", countries=["TH", "KH"], topics=["law"], languages=["fr"], year=1999)
    keep("B", kind="report", countries=["NA"], topics=["children"], languages=["en"])
    for asked in ({"kinds": ("book",)}, {"countries": ("KH",)}, {"topics": ("law",)}, {"languages": ("fr",)}):
        assert found(**asked) == ["A"]
    assert found(since=1999) == found(until=2000) == ["A"]
    assert found(since=2000) == found(with_file=True) == []
    assert [each.title for each in finding.of_country("NA")] == ["B"]


def test_nobody_finds_what_goes_less_far(keep, personas):
    keep("For all of us", visibility=1)
    keep("For us alone", visibility=3)
    keep("For everybody")
    assert found() == ["For everybody"]
    with acting_as(personas.chloe):
        assert len(found()) == 3
    with acting_as(personas.boris):
        assert sorted(found()) == ["For all of us", "For everybody"]


def test_the_words_of_a_file_are_found_with_their_page(keep, attach, personas):
    row = keep("Night boats")
    file = attach(row, pdf(["A harbour at dawn.", "Trois pêcheurs (exploités) témoignent.", ""]))
    jobs.read(file.pk, personas.chloe.pk)
    (each,) = finding.find(Query("pecheur")).found
    assert (each.row, each.page) == (row, 2)
    assert str(each.snippet) == "Trois <mark>pêcheurs</mark> (exploités) témoignent."
    keep("Night ferries", of=row)  # the words of its file stay with it
    assert found("harbours") == ["Night ferries"] and found("boats") == []


def test_what_hangs_on_a_record_goes_as_far_as_it(keep, attach, personas):
    row = keep("Night boats")
    file = attach(row, pdf(["A harbour at dawn."]))
    jobs.read(file.pk, personas.chloe.pk)
    assert found("harbour") == ["Night boats"]
    keep("Night boats", of=row, visibility=3)
    with acting_as(personas.boris):
        assert not PublicationPage.objects.exists() and not StoredFile.objects.exists() and found("harbour") == []
    with acting_as(personas.chloe):
        assert found("harbour") == ["Night boats"]
        actions.remove_file(PublicationFile.objects.get(), by=personas.chloe)
        assert found("harbour") == [] and not StoredFile.objects.exists()


def test_the_brochure_comes_in_whole(personas):
    with acting_as(personas.chloe):
        actions.bring(seed.brochure(), by=personas.chloe, visibility=0, source=seed.SOURCE)
    assert Publication.objects.count() == 31
    (series,) = Publication.objects.filter(kind="series")
    assert [each.number for each in finding.parts_of(series)] == ["1", "2", "7", "9", "11"]
    assert len(found("trafficked woman in the balkan")) == 1
