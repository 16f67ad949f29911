"""A newsletter comes to the desk by mail: once, and as text."""

from __future__ import annotations

import pytest

from havre.knowledge.digest.incoming import take_in
from havre.knowledge.digest.models import Story
from havre.knowledge.digest.reading import Unreadable
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused

from .test_reading import MAIL

pytestmark = pytest.mark.django_db


def test_a_mail_is_a_story_on_the_desk_and_comes_once(personas):
    with acting_as(personas.chloe):
        take_in(MAIL, by=personas.chloe)
        with pytest.raises(Refused, match="already"):
            take_in(MAIL, by=personas.chloe)
        (one,) = Story.objects.all()
    assert (one.came, one.title, one.link, one.source_name) == ("mail", "Été", "https://news.example/1", "quay.example")


def test_who_may_not_write_takes_no_mail_in(personas):
    with acting_as(personas.amina), pytest.raises(Refused):
        take_in(MAIL, by=personas.amina)


def test_a_mail_that_is_too_large_is_not_read(personas):
    with acting_as(personas.chloe), pytest.raises(Unreadable):
        take_in(b"x" * 1_000_001, by=personas.chloe)
