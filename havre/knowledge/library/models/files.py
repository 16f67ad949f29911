"""The files of a publication, and the words that were read in them."""

from __future__ import annotations

from django.contrib.postgres.search import SearchVectorField
from django.db import models

from havre.platform.keeping.models import OF_KEPT, Kept, StoredFile, word
from havre.platform.keeping.rows import KeptRows

from .publications import Publication


class PublicationFile(Kept):
    """A file of a publication, and how far its words are read."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="files")
    stored = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    language = word(8)
    state = models.CharField(max_length=20, default="waiting")  # waiting, reading, read, refused
    told = word(20)  # why it could not be read
    pages = models.IntegerField(null=True)
    done = models.IntegerField(default=0)  # pages that are read
    words = SearchVectorField(null=True)

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | {"publication", "stored", "language", "state", "told", "pages", "done", "words"}


class PublicationPage(Kept):
    """The words of one page, as they stand there."""

    file = models.ForeignKey(PublicationFile, models.CASCADE, related_name="texts", db_index=False)
    number = models.IntegerField()
    text = models.TextField()
    words = SearchVectorField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="a_page_is_read_once")]

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | {"file", "number", "text", "words"}
