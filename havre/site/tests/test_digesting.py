"""The pipe of a mail server is answered as mail servers read it."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from havre.knowledge.digest.tests.test_reading import MAIL
from havre.site.digesting import NOBODY, UNREADABLE, digest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "login, mail, code", [("chloe", b"", UNREADABLE), ("nobody", MAIL, NOBODY), ("chloe", MAIL, 0)]
)
def test_the_pipe_says_how_it_went(personas, monkeypatch, login, mail, code):
    monkeypatch.setattr("havre.site.digesting.start_django", lambda: None)
    done = CliRunner().invoke(digest, ["mail-in", "--as", login], input=mail)
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output
