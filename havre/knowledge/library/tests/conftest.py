"""A library of Chloé's agency, whose records everybody sees unless they say otherwise."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from havre.knowledge.library import actions
from havre.knowledge.library.models import Publication, PublicationFile
from havre.platform.accounts.claims import acting_as


@pytest.fixture
def keep(personas) -> Callable[..., Publication]:
    """Keeps a record: `keep("Title", year=2001)`, or `keep("Title", of=row)`."""

    def kept(title: str, of: Publication | None = None, **more: object) -> Publication:
        with acting_as(personas.chloe):
            visible = {"visibility": 0} if of is None else {}
            return actions.save(of, {"title": title, **visible, **more}, by=personas.chloe)

    return kept


@pytest.fixture
def attach(personas) -> Callable[..., PublicationFile]:
    """Keeps a file with a record."""

    def added(row: Publication, body: bytes, name: str = "paper.pdf") -> PublicationFile:
        with acting_as(personas.chloe):
            return actions.add_file(row, SimpleUploadedFile(name, body), by=personas.chloe, language="en")

    return added
