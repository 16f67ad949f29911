"""A PDF that cannot be read is kept, and one sentence says why; what is no PDF is not taken."""

from __future__ import annotations

import pytest

from havre.knowledge.library import actions, jobs, shown
from havre.knowledge.library.models import PublicationFile
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused
from tests.papers import bomb, locked, pdf


def many_pages(count):
    return pdf(["x"] * count)


@pytest.mark.parametrize(
    ("body", "code", "sentence"),
    [
        (locked, "locked", "locked with a password"),
        (bomb, "bomb", "grows without end"),
        (lambda: many_pages(2001), "pages", "more than 2,000 pages"),
        (lambda: b"%PDF-1.7\n" + b"\xff" * 500, "broken", "damaged"),
        (lambda: pdf(["", ""]), "empty", "pictures of pages"),
    ],
    ids=["locked", "bomb", "pages", "broken", "empty"],
)
def test_one_sentence_says_why_it_cannot_be_read(keep, attach, personas, body, code, sentence):
    given = body()
    file = attach(keep("A paper"), given)
    jobs.read(file.pk, personas.chloe.pk)
    read = PublicationFile.objects.select_related("stored").get()
    assert (read.state, read.told) == ("refused", code) and sentence in shown.why(read)
    assert bytes(read.stored.body) == given


def test_what_is_no_pdf_is_not_taken(keep, attach):
    row = keep("A paper")
    for body in (b"", b"Dear colleague", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n"):
        with pytest.raises(Refused, match="PDF"):
            attach(row, body)
    attach(row, pdf(["x"]))
    with pytest.raises(Refused, match="already"):
        attach(row, pdf(["x"]), "again.pdf")


def test_a_reading_that_ended_early_is_asked_for_again(keep, attach, personas):
    file = attach(keep("A paper"), pdf(["x", "y"]))
    with acting_as(personas.chloe):
        PublicationFile.objects.update(state="reading", done=1)
    jobs.read(file.pk, personas.chloe.pk)  # somebody else reads it
    assert PublicationFile.objects.get().state == "reading"
    with acting_as(personas.chloe):
        actions.read_again(file, by=personas.chloe)
    jobs.read(file.pk, personas.chloe.pk)
    assert (PublicationFile.objects.get().state, PublicationFile.objects.get().done) == ("read", 2)
