"""A feed or a mail is read by a process that can do nothing else, and comes back as plain words or as a fault."""

from __future__ import annotations

from datetime import date

import pytest

from havre.knowledge.digest.reading import Unreadable, read

from .web import atom, laughs, rss

MAIL = (
    b"Subject: =?utf-8?q?=C3=89t=C3=A9?=\r\nFrom: Ada <ada@quay.example>\r\nMessage-ID: <1@quay.example>\r\n"
    b"Date: Mon, 02 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee (https://news.example/1). It says so.\r\n"
    b"--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--b--\r\n"
)


def fault(kind, body):
    with pytest.raises(Unreadable) as found:
        read(kind, body)
    return found.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_rss_of_any_encoding_is_plain_words(encoding):
    (told,) = read("feed", rss(("Été & <b>après</b>", "https://a.example/1"), encoding=encoding))
    assert (told.title, told.link, told.summary) == (
        "Été & après",
        "https://a.example/1",
        "What Été & après is about.",
    )


def test_atom_and_a_link_that_is_half_said():
    (told,) = read("feed", atom("Réunion", "/1"), url="https://a.example/feed")
    assert (told.title, told.link) == ("Réunion", "https://a.example/1")


def test_script_and_signs_that_nobody_sees_are_left_out():
    body = rss(("a<script>alert(1)</script>\u202eb\u200b", "javascript:alert(1)"))
    (told,) = read("feed", body)
    assert told.title == "a b" and told.link == ""


BAD = {
    "laughs": (laughs(), "entities"),
    "laughs in other signs": (laughs().decode().encode("utf-16"), "entities"),
    "nothing": (b"", "no_feed"),
    "a page": (b"<!doctype html><p>x", "no_feed"),
    "noise": (b"\0\xff" * 9000, "no_feed"),
    "half": (b"<rss><channel><item><title>", "malformed"),
}


@pytest.mark.parametrize("body, code", BAD.values(), ids=BAD)
def test_what_is_no_feed_or_an_attack_is_refused(body, code):
    assert fault("feed", body) == code


def test_a_mail_is_its_text_and_nothing_that_is_attached():
    (told,) = read("mail", MAIL)
    assert (told.title, told.link, told.sender) == ("Été", "https://news.example/1", "quay.example")
    assert told.summary == "See (https://news.example/1). It says so." and told.day == date(2026, 11, 2)


@pytest.mark.parametrize("body", [b"Subject: a\r\nContent-Type: image/png\r\n\r\nx", b""])
def test_a_mail_without_text_is_refused(body):
    assert fault("mail", body) == "no_text"
