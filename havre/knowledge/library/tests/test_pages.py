"""The pages: for everybody without a cookie, and for those who keep the library."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from havre.knowledge.library import jobs
from havre.knowledge.library.models import Publication, PublicationFile
from havre.platform.accounts.claims import acting_as
from tests.papers import pdf

WORDS = {
    "title": "Crossing at night",
    "titles": "fr: Passer la nuit\nArabic: عبور",
    "authors": "Haddad, Salam\nUN Women",
}
SENT = {**WORDS, "kind": "book", "year": "1999", "isbn": "92-9068-060-X", "languages_0": "en", "visibility": "0"}


def told(answer):
    return answer.content.decode()


def test_the_page_of_a_publication_is_for_everybody_and_sets_no_cookie(keep, attach, personas):
    names = [{"family": "Haddad", "given": "Salam"}, {"literal": "UN Women"}]
    row = keep("Night boats", authors=names, year=1999, downloadable=True, issn="1607-338X", titles={"fr": "Barques"})
    file = attach(row, pdf(["A harbour at dawn."]))
    anybody = Client(HTTP_ACCEPT_LANGUAGE="en")
    answer = anybody.get(f"/library/{row.code}/")
    page = told(answer)
    for line in (
        '<meta name="citation_title" content="Night boats">',
        '<meta name="citation_author" content="Haddad, Salam">',
        '<meta name="citation_publication_date" content="1999">',
        f'content="http://testserver/library/{row.code}/file/{file.pk}/"',
    ):
        assert line in page
    assert "Barques" in told(anybody.get(f"/library/{row.code}/?in=fr"))
    assert (
        "citation_title" not in told(anybody.get("/library/?text=night")) and answer["Referrer-Policy"] == "no-referrer"
    )
    assert anybody.get(f"/library/{row.code}/file/{file.pk}/").content.startswith(b"%PDF-")
    assert b"@book" not in anybody.get(f"/library/{row.code}.bib").content
    assert json.loads(anybody.get(f"/library/{row.code}.json").content)[0]["title"] == "Night boats"
    assert not anybody.cookies


def test_what_goes_less_far_has_no_page_for_everybody(keep, attach, sign_in):
    row = keep("For us alone", visibility=3, downloadable=True)
    file = attach(row, pdf(["x"]))
    shut = keep("Not to be downloaded")
    kept = attach(shut, pdf(["y"]))
    for browser in (Client(), sign_in("chloe")):
        assert browser.get(f"/library/{row.code}/").status_code == 404
        assert browser.get(f"/library/{row.code}/file/{file.pk}/").status_code == 404
        assert browser.get(f"/library/{shut.code}/file/{kept.pk}/").status_code == 404
        assert "For us alone" not in told(browser.get("/library/"))
    assert sign_in("boris").get(f"/knowledge/library/{row.code}/").status_code == 404
    assert "For us alone" in told(sign_in("amina").get("/knowledge/library/"))


def test_a_record_is_kept_and_its_wrong_number_told(sign_in, personas):
    chloe = sign_in("chloe")
    answer = chloe.post("/knowledge/library/new/", SENT, follow=True)
    assert "92-9068-060-X does not fit" in told(answer)
    with acting_as(personas.chloe):
        row = Publication.objects.get()
        assert (row.titles, row.year) == ({"fr": "Passer la nuit", "ar": "عبور"}, 1999)
        assert row.authors == [{"family": "Haddad", "given": "Salam"}, {"literal": "UN Women"}]
    changed = {**SENT, "title": "Crossing by day", "version": "1"}
    chloe.post(f"/knowledge/library/{row.code}/change/", changed)
    late = chloe.post(f"/knowledge/library/{row.code}/change/", {**changed, "title": "Crossing at noon"})
    assert late.status_code == 409 and "Crossing by day" in told(late) and "Crossing at noon" in told(late)
    chloe.post(f"/knowledge/library/{row.code}/remove/")
    assert chloe.get(f"/knowledge/library/{row.code}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("title", "", "A record needs a title."),
        ("title", "<script>alert(1)</script>", "There is code of a web page"),
        ("year", "soon", "Write the year in four figures."),
        ("titles", "Passer la nuit", "Begin each line with the language"),
        ("link", "javascript:alert(1)", "This is no address on the web"),
    ],
)
def test_bad_input_is_told_and_loses_nothing(sign_in, name, value, sentence):
    answer = sign_in("chloe").post("/knowledge/library/new/", {**SENT, name: value})
    assert answer.status_code == 422 and sentence in told(answer) and "92-9068-060-X" in told(answer)


def test_a_pdf_is_added_read_and_taken_away(keep, sign_in, personas, refusals):
    row, chloe = keep("Night boats"), sign_in("chloe")
    address = f"/knowledge/library/{row.code}/file/"
    for sent in ({}, {"file": SimpleUploadedFile("a.pdf", b"no PDF at all")}):
        assert chloe.post(address, sent).status_code == 422
    answer = chloe.post(address, {"file": SimpleUploadedFile("boats.pdf", pdf(["A harbour."]))}, follow=True)
    assert "Its words wait to be read" in told(answer)
    with acting_as(personas.chloe):
        file = PublicationFile.objects.get()
    jobs.read(file.pk, personas.chloe.pk)
    assert "1 page, found by its words" in told(chloe.get(f"/knowledge/library/{row.code}/"))
    assert "<mark>harbour</mark>" in told(sign_in("boris").get("/knowledge/library/?text=harbours"))
    assert sign_in("boris").post(f"{address}{file.pk}/change/", {"gone": "1"}).status_code == 404
    chloe.post(f"{address}{file.pk}/change/", {"gone": "1"})
    assert "No file is kept here" in told(chloe.get(f"/knowledge/library/{row.code}/"))


def test_a_list_comes_in_whole_or_not_at_all_and_goes_out(sign_in, refusals):
    chloe = sign_in("chloe")
    wrong = SimpleUploadedFile("list.bib", b"@book{a, title={One}}\n@book{b, year={1999}}")
    answer = chloe.post("/knowledge/library/bring/", {"file": wrong, "visibility": "0"})
    assert answer.status_code == 422 and "It has no title." in told(answer)
    assert "The library is empty" in told(chloe.get("/knowledge/library/"))
    text = b"@book{a, title={Caf{\\'e}}, isbn={92-9068-113-6}}\n@book{b, title={Two}, isbn={9290681136}}"
    answer = chloe.post("/knowledge/library/bring/", {"file": SimpleUploadedFile("list.bib", text)}, follow=True)
    assert "2 publications came in." in told(answer) and "stands on another record too" in told(answer)
    assert "title = {Café}" in told(chloe.get("/knowledge/library/out/library.bib?text=cafe"))
    assert len(json.loads(chloe.get("/knowledge/library/out/library.json").content)) == 2
