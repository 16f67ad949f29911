"""A publication as its record tells it (SPEC 13.5)."""

from __future__ import annotations

import secrets

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from havre.kernel.references import ALPHABET
from havre.platform.keeping.models import OF_EDITED, Edited, codes, word, words
from havre.platform.keeping.rows import KeptRows

LENGTH = 10


def new_code() -> str:
    """A short name without meaning, for an address that stays; unlike a reference of a file, in small letters."""
    return "".join(secrets.choice(ALPHABET.lower()) for _each in range(LENGTH))


class Publication(Edited):
    """A book, a report, a series, an item of one, or a serial."""

    code = models.CharField(max_length=LENGTH, unique=True, default=new_code)  # in its address, for good
    kind = models.CharField(max_length=20, default="report")
    title = models.CharField(max_length=500)
    title_language = word(8)
    titles = models.JSONField(default=dict)  # in other languages: code of the language, title
    authors = models.JSONField(default=list)  # as CSL has names: family and given, or literal for a body
    editors = models.JSONField(default=list)
    year = models.SmallIntegerField(null=True)
    publisher = word(300)
    place = word(200)
    isbn = word(40)  # as it is printed, right or wrong
    isbn_key = word(13)  # its thirteen figures, to find it twice; empty where it has no such form
    issn = word(20)
    series = word(500)  # the title of the series or serial it is part of
    number = word(40)
    languages = codes()
    countries = codes()
    topics = codes()
    keywords = ArrayField(models.CharField(max_length=100), default=list)
    abstract = words()
    citation = words()  # as it wishes to be cited; made of the rest where it is empty
    link = word(500)
    downloadable = models.BooleanField(default=False)
    more = models.JSONField(default=dict)  # further fields of a citation, under their names in BibTeX
    source = word(300)  # where the record is from
    titled = SearchVectorField(null=True)  # what its titles are found by
    words = SearchVectorField(null=True)  # and all of it, with the words of its files

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_publication_has_a_title"),
            models.CheckConstraint(
                condition=Q(kind__in=["book", "report", "series", "series_item", "serial"]),
                name="a_publication_is_of_a_kind",
            ),
        ]
        indexes = [
            models.Index(Coalesce("year", 0), "id", name="publication_newest"),
            models.Index(fields=["isbn_key"], condition=~Q(isbn_key=""), name="publication_isbn"),
            models.Index(fields=["series"], condition=~Q(series=""), name="publication_series"),
            GinIndex(fields=["titled"], name="publication_titled", fastupdate=False),
            GinIndex(fields=["words"], name="publication_words", fastupdate=False),
            GinIndex(fields=["countries"], name="publication_countries", fastupdate=False),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_EDITED | {"code", "kind", "title", "title_language", "titles", "authors", "editors", "year"}
        open |= {"publisher", "place", "isbn", "isbn_key", "issn", "series", "number", "languages", "countries"}
        open |= {"topics", "keywords", "abstract", "citation", "link", "downloadable", "more", "source"}
        open |= {"titled", "words"}

    def __str__(self) -> str:
        return self.title
