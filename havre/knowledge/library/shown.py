"""What the pages say of a publication: how it is cited, what its numbers lack, and what machines read of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.kernel.vocabularies import load

from .models import Publication, PublicationFile
from .numbers import isbn_fits, issn_fits
from .reading import PDF
from .wording import name_of

INSTITUTION = "citation_technical_report_institution"
NAMED = 3  # names before "et al."


@dataclass(frozen=True)
class Check:
    """One thing to look at on a record."""

    sentence: str
    twins: tuple[Publication, ...] = ()


def names(row: Publication, most: int = NAMED) -> str:
    """Who wrote it, or who edited it, shortened."""
    some = [name_of(each) for each in row.authors or row.editors]
    return "; ".join(some[:most]) + (" et al." if len(some) > most else "")


def title(row: Publication) -> str:
    """Its title in the reader's language where it has one."""
    return str(row.titles.get(get_language() or "en") or row.title)


def citation(row: Publication) -> str:
    """As it wishes to be cited, or else as its record makes it."""
    if row.citation:
        return row.citation
    who = "; ".join(_inverted(each) for each in row.authors or row.editors)
    published = ", ".join(filter(None, (row.place, row.publisher)))
    series = ", ".join(filter(None, (row.series, _("no. %(number)s") % {"number": row.number} if row.number else "")))
    numbers = [f"ISBN {row.isbn}" if row.isbn else "", f"ISSN {row.issn}" if row.issn else ""]
    year = f"({row.year})" if row.year else ""
    first = [f"{who} {year}".strip(), row.title] if who else [f"{row.title} {year}".strip()]
    parts = [*first, series, published, *numbers]
    return " ".join(each if each.endswith((".", "?", "!")) else f"{each}." for each in parts if each)


def _inverted(name: dict[str, str]) -> str:
    return name.get("literal") or ", ".join(filter(None, (name.get("family"), name.get("given"), name.get("suffix"))))


def checks(row: Publication) -> list[Check]:
    """What its numbers say against it: told, and never in the way."""
    return checks_of([row])[0][1]


def checks_of(rows: Sequence[Publication]) -> list[tuple[Publication, list[Check]]]:
    """The same of several, in one statement."""
    keys = {row.isbn_key for row in rows if row.isbn_key}
    alike: dict[str, list[Publication]] = {key: [] for key in keys}
    for each in Publication.objects.defer("titled", "words").filter(isbn_key__in=keys).order_by("title", "pk"):
        alike[each.isbn_key].append(each)
    return [(row, list(_checks(row, alike.get(row.isbn_key, [])))) for row in rows]


def _checks(row: Publication, alike: Iterable[Publication]) -> Iterator[Check]:
    if row.isbn and not isbn_fits(row.isbn):
        yield Check(_("The last figure of the ISBN %(number)s does not fit the others.") % {"number": row.isbn})
    if row.issn and not issn_fits(row.issn):
        yield Check(_("The last figure of the ISSN %(number)s does not fit the others.") % {"number": row.issn})
    if twins := tuple(each for each in alike if each.pk != row.pk):
        yield Check(_("The ISBN %(number)s stands on another record too:") % {"number": row.isbn}, twins)


def meta(row: Publication, files: Iterable[PublicationFile], request: HttpRequest) -> list[tuple[str, str]]:
    """The record as search engines and reference managers read it in the head of a page."""
    address = request.build_absolute_uri(reverse("library:publication", args=[row.code]))
    names = [("citation_author", _inverted(each)) for each in row.authors]
    topics = [("citation_keywords", load("publication_topics").label(each, "en")) for each in row.topics]
    some = [
        ("citation_title", row.title),
        *names,
        ("citation_publication_date", str(row.year or "")),
        (INSTITUTION if row.kind == "report" else "citation_publisher", row.publisher),
        ("citation_isbn", row.isbn),
        ("citation_issn", row.issn),
        ("citation_series_title", row.series),
        ("citation_technical_report_number" if row.kind == "report" else "citation_volume", row.number),
        *(("citation_language", each) for each in row.languages),
        *topics,
        *(("citation_keywords", each) for each in row.keywords),
        ("citation_doi", row.more.get("doi", "")),
        ("citation_public_url", address),
    ]
    if row.downloadable:
        some += [("citation_pdf_url", request.build_absolute_uri(download(row, each))) for each in files]
    return [(name, text) for name, text in some if text]


def download(row: Publication, file: PublicationFile) -> str:
    """Where a file of it is handed out."""
    return reverse("library:download", args=[row.code, file.pk])


def why(file: PublicationFile) -> str:
    """Why the words of a file cannot be read."""
    return str(PDF.get(file.told, PDF["died"]))
