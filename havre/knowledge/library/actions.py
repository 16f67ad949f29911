"""All that writes in the library: records, their files, whole lists that come in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.db.models import ProtectedError, QuerySet
from django.utils.translation import gettext as _

from havre.platform import jobs
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.keeping import editing, files
from havre.platform.keeping.models import StoredFile
from havre.platform.permissions import Permission

from . import wording
from .models import Publication, PublicationFile, PublicationPage
from .numbers import isbn_key

WRITE = Permission.KNOWLEDGE_WRITE
READ_JOB = "library.read"
AT_ONCE = 500


@action("publication.save", needs=WRITE)
def save(row: Publication | None, values: Mapping[str, Any], *, by: User, version: int | None = None) -> Publication:
    """The record with these values; what hangs on it follows, as the database sees to."""
    row = row or Publication()
    told = {**values, "isbn_key": isbn_key(values.get("isbn", row.isbn))}
    saved = editing.saved(row, told, by=by, version=version)
    found_by([saved])
    return saved


@action("publication.remove", needs=WRITE)
def remove(row: Publication, *, by: User) -> None:
    """Takes a record away with its files."""
    editing.keeps(row, by)
    stored = [each.stored for each in row.files.select_related("stored")]
    row.delete()
    _forget(stored)


@action("publication.bring", needs=WRITE)
def bring(records: Sequence[Mapping[str, Any]], *, by: User, visibility: int, source: str) -> list[Publication]:
    """All of these records, new."""
    rows: list[Publication] = []
    for each in records:
        told = {**each, "isbn_key": isbn_key(each.get("isbn", "")), "visibility": visibility, "source": source}
        row = Publication(owner=by.agency, made_by=by, changed_by=by, **told)
        row.titled, row.words = wording.vector(wording.titles_of(row)), wording.vector(wording.texts_of(row))
        rows.append(row)
    return QuerySet[Any](Publication).bulk_create(rows, batch_size=AT_ONCE)


@action("publication.add_file", needs=WRITE)
def add_file(row: Publication, upload: UploadedFile, *, by: User, language: str) -> PublicationFile:
    """The file, kept with the record; a job reads its words."""
    editing.keeps(row, by)
    stored = files.keep(upload, visibility=row.visibility, by=by, kinds=(files.PDF,))
    if row.files.filter(stored__digest=stored.digest).exists():
        raise Refused(_("This very file is kept here already."))
    kept = {"owner_id": row.owner_id, "visibility": row.visibility, "language": language}
    file = PublicationFile.objects.create(publication=row, stored=stored, **kept)
    jobs.ask(READ_JOB, file=file.pk, user=by.pk)
    return file


@action("publication.remove_file", needs=WRITE)
def remove_file(file: PublicationFile, *, by: User) -> None:
    """Takes a file away from its record."""
    editing.keeps(file, by)
    row, stored = file.publication, file.stored
    file.delete()
    _forget([stored])
    found_by([row])


@action("publication.read_again", needs=WRITE)
def read_again(file: PublicationFile, *, by: User) -> None:
    """Asks for its words once more, after a reading that ended early."""
    editing.keeps(file, by)
    file.state, file.told, file.done = "waiting", "", 0
    file.save(update_fields=["state", "told", "done"])
    jobs.ask(READ_JOB, file=file.pk, user=by.pk)


@action("publication.read_file", needs=WRITE)
def settle(file: PublicationFile, texts: Iterable[tuple[int, str]], *, by: User, pages: int) -> None:
    """What was read in a file: its pages, and that its record is found by them."""
    kept = {"owner_id": file.owner_id, "visibility": file.visibility, "file": file}
    QuerySet(PublicationPage).filter(file=file).delete()
    rows = [PublicationPage(number=number, text=text, words=wording.bare(text), **kept) for number, text in texts]
    QuerySet[Any](PublicationPage).bulk_create(rows, batch_size=50)
    file.state, file.told, file.pages, file.done = "read", "", pages, pages
    file.save(update_fields=["state", "told", "pages", "done"])
    with connection.cursor() as cursor:
        cursor.execute("update library_publicationfile set words = havre.library_read(id) where id = %s", [file.pk])
    found_by([file.publication])


@action("publication.cannot_read_file", needs=WRITE)
def give_up(file: PublicationFile, *, by: User, why: str) -> None:
    """Says why the words of a file cannot be read; the file itself stays."""
    file.state, file.told = "refused", why
    file.save(update_fields=["state", "told"])


def _forget(some: Iterable[StoredFile]) -> None:
    """Takes files away that nothing else names."""
    for each in some:
        try:
            each.delete()
        except ProtectedError:
            continue


def found_by(rows: Iterable[Publication]) -> None:
    """Writes down anew what these are found by."""
    for row in rows:
        told = {"titled": wording.vector(wording.titles_of(row)), "words": wording.vector(wording.texts_of(row))}
        QuerySet(Publication).filter(pk=row.pk).update(**told)
        if row.files.exists():
            _with_body(row.pk)


def _with_body(key: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update library_publication set words = words || havre.library_body(id) where id = %s", [key])
