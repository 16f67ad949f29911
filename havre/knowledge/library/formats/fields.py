"""What each field of a record is called in BibTeX and in CSL, and each kind there."""

from __future__ import annotations

# Ours, BibTeX's, CSL's: texts that mean the same.
TEXTS = (
    ("title", "title", "title"),
    ("publisher", "publisher", "publisher"),
    ("place", "address", "publisher-place"),
    ("isbn", "isbn", "ISBN"),
    ("issn", "issn", "ISSN"),
    ("series", "series", "collection-title"),
    ("number", "number", "collection-number"),
    ("abstract", "abstract", "abstract"),
    ("link", "url", "URL"),
)
# What else is kept of a citation, by its name in BibTeX.
MORE = {
    "doi": "DOI",
    "pages": "page",
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "journal": "container-title",
    "booktitle": "container-title",
    "chapter": "chapter-number",
    "note": "note",
    "month": "month",
}
OTHER_NAMES = {
    "location": "address",
    "institution": "publisher",
    "school": "publisher",
    "organization": "publisher",
    "journaltitle": "journal",
    "langid": "language",
}
# Entry of BibTeX, type of CSL, kind of ours; the first of each kind is the one that is written.
KINDS = (
    ("book", "book", "book"),
    ("techreport", "report", "report"),
    ("series", "collection", "series"),
    ("inseries", "book", "series_item"),
    ("periodical", "periodical", "serial"),
    ("article", "article-journal", "series_item"),
    ("incollection", "chapter", "series_item"),
    ("inbook", "chapter", "series_item"),
    ("inproceedings", "paper-conference", "series_item"),
    ("article", "article-magazine", "series_item"),
    ("article", "article-newspaper", "series_item"),
    ("phdthesis", "thesis", "report"),
    ("mastersthesis", "thesis", "report"),
    ("thesis", "thesis", "report"),
    ("online", "webpage", "report"),
    ("booklet", "pamphlet", "report"),
    ("proceedings", "book", "book"),
    ("manual", "book", "book"),
    ("unpublished", "manuscript", "report"),
    ("report", "report", "report"),
    ("misc", "document", "report"),
)
OWN_ENTRIES = {"series": "misc", "inseries": "book"}  # BibTeX has no entry for these; `entrysubtype` tells them
OURS = ("book", "report", "series", "series_item", "serial")
LONGEST = {"title": 500, "publisher": 300, "place": 200, "isbn": 40, "issn": 20, "series": 500, "number": 40}
LONGEST |= {"link": 500, "abstract": 20_000, "citation": 20_000}


def entry_of(kind: str) -> str:
    """The entry of BibTeX that a kind is written as when nothing else is known of it."""
    return next(entry for entry, _type, ours in KINDS if ours == kind)


def type_of(entry: str) -> str:
    """The type of CSL for an entry."""
    return next((each for name, each, _ours in KINDS if name == entry), "document")


def by_entry(entry: str) -> tuple[str, str]:
    """Our kind for an entry of BibTeX, and the entry where it says more than the kind."""
    kind = next((ours for name, _type, ours in KINDS if name == entry), "report")
    known = any(name == entry for name, _type, _ours in KINDS)
    entry = entry if known else "misc"
    return kind, "" if entry == entry_of(kind) else entry


def by_type(csl: str) -> tuple[str, str]:
    """The same for a type of CSL."""
    return by_entry(next((name for name, each, _ours in KINDS if each == csl), "misc"))
