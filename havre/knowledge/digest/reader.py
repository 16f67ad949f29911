"""The process that reads a feed or a mail and can do nothing else: a line that says what comes, then the thing itself.

Out go lines of JSON: each story in plain words, `{"end": true}` or `{"refused": code}` last.
"""

from __future__ import annotations

import codecs
import io
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from time import struct_time
from typing import Any, BinaryIO

from havre.platform.sandbox import limits
from havre.platform.sandbox.refused import Refused

MOST = 200  # stories of a feed: the first of them, which are the newest
TITLE, TEXT, LINK = 300, 2000, 1000
LARGEST = 5_000_001
CHARSETS = "ascii utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 latin-1 iso8859-2 iso8859-5 iso8859-6 iso8859-15 "
CHARSETS += "cp1250 cp1251 cp1252 cp1254 cp1256 koi8-r big5 gb18030 gbk gb2312 euc-jp shift_jis euc-kr base64 quopri "
CHARSETS += "idna punycode"
ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
FIRST_LINK = re.compile(r"https?://[^\s<>\"'\]\)]+")
WARM = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>&lt;b&gt;x&lt;/b&gt;</title><item>
<title>a &amp;eacute;</title><link>http://x.example/</link><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate>
<description><![CDATA[<p>b <a href="y">c</a><script>d</script></p>]]></description></item></channel></rss>"""
WARM_ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title type="html">a</title>
<link href="https://\xc3\xa9t\xc3\xa9.example/a?b=\xc3\xa9"/><updated>2026-11-02T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">b</div></content>
</entry></feed>"""
WARM_LOOSE = b"<rss><channel><title>x & y<item><title>a<br></title></channel>"


def main(file: BinaryIO, out: BinaryIO) -> None:
    """Reads it to its end, or says in a last line why not."""
    limits.grow_no_further()
    last: dict[str, Any] = {"end": True}
    try:
        told = json.loads(file.readline(10_000))
        read = {"feed": _feed, "mail": _mail}[told["kind"]]
        for each in read(file, told):
            out.write(_line(each))
    except Refused as refused:
        last = {"refused": refused.code}
    except MemoryError:
        last = {"refused": "memory"}
    except Exception:  # what it says could repeat what was read
        last = {"refused": "malformed"}
    out.write(_line(last))
    out.flush()


def _line(each: Any) -> bytes:
    return json.dumps(each, separators=(",", ":")).encode() + b"\n"


def _feed(file: BinaryIO, told: dict[str, str]) -> Iterator[dict[str, str]]:
    import feedparser

    for each in CHARSETS.split():
        codecs.lookup(each)
    for sample in (WARM, WARM_ATOM, WARM_LOOSE):
        feedparser.parse(io.BytesIO(sample))  # imports what it will need: nothing can be opened later
    datetime.strptime("2026", "%Y")
    limits.lock("feed")
    body = file.read(LARGEST)
    if ENTITY.search(body.replace(b"\0", b"")):
        raise Refused("entities")
    heads = {"content-type": told.get("media") or "application/xml", "content-location": told.get("url", "")}
    found = feedparser.parse(io.BytesIO(body), response_headers=heads)
    if not found.get("version") and not found.entries:
        raise Refused("no_feed")
    stories = [story for story in map(_story, found.entries[:MOST]) if story["title"]]
    if not stories and found.get("bozo"):
        raise Refused("malformed")
    yield from stories


def _story(entry: Any) -> dict[str, str]:
    summary = entry.get("summary", "") or next((each.get("value", "") for each in entry.get("content", [])), "")
    return {
        "title": plain(entry.get("title", ""), TITLE),
        "link": web(entry.get("link", "")),
        "guid": str(entry.get("id", ""))[:LINK],
        "summary": plain(summary, TEXT),
        "day": _day(entry.get("published_parsed") or entry.get("updated_parsed")),
    }


def _day(when: struct_time | None) -> str:
    return f"{when.tm_year:04}-{when.tm_mon:02}-{when.tm_mday:02}" if when and 1990 <= when.tm_year <= 2100 else ""


def _mail(file: BinaryIO, told: dict[str, str]) -> Iterator[dict[str, str]]:
    from email import message_from_bytes, policy
    from email.message import EmailMessage
    from email.utils import parsedate_to_datetime

    for each in CHARSETS.split():
        codecs.lookup(each)
    warm = message_from_bytes(b"Subject: =?utf-8?q?=C3=A9?=\nFrom: A <a@b.example>\n\nx", policy=policy.default)
    assert isinstance(warm, EmailMessage)
    _ = warm["Subject"], warm["From"], warm.get_body(("plain",)), warm.get_content()
    limits.lock("mail")
    mail = message_from_bytes(file.read(LARGEST), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    text = _words(mail)
    title = plain(str(mail["Subject"] or ""), TITLE)
    if not title and not text:
        raise Refused("no_text")
    link = FIRST_LINK.search(text)
    try:
        day = parsedate_to_datetime(str(mail["Date"])).astimezone(UTC).date().isoformat()
    except (ValueError, TypeError, OverflowError):
        day = ""
    sender = re.search(r"@([\w.-]+)", str(mail["From"] or ""))
    yield {
        "title": title or text[:80],
        "link": web(link.group().rstrip(".,;:!?") if link else ""),
        "guid": str(mail["Message-ID"] or "")[:LINK],
        "summary": text,
        "day": day,
        "sender": sender.group(1)[:200] if sender else "",
    }


def _words(mail: Any) -> str:
    """The text of a mail; of one that has only a page, the words of that. What is attached is not looked at."""
    body = mail.get_body(("plain",)) or mail.get_body(("html",))
    if body is None or body.get_content_maintype() != "text":
        raise Refused("no_text")
    said = body.get_content()
    return plain(said, TEXT) if body.get_content_subtype() == "html" else tidy(said, TEXT)


class _Words(HTMLParser):
    """What a reader of the page would read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("script", "style")
        if tag in ("p", "br", "div", "li", "tr", "h1", "h2", "h3", "td"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= bool(self.hidden) and tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def plain(text: str, most: int) -> str:
    """The words of a piece of a page, on one line."""
    if "<" in text or "&" in text:
        words = _Words()
        words.feed(text[: most * 20])
        words.close()
        text = "".join(words.parts)
    return tidy(text, most)


def tidy(text: str, most: int) -> str:
    """Text without signs that nobody sees, on one line."""
    seen = re.sub(r"[\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]", " ", text)
    return " ".join(seen.split())[:most].strip()


def web(link: str) -> str:
    """The link, when it leads to the web; else nothing."""
    link = tidy(str(link), LINK + 1).replace(" ", "%20")
    return link if re.match(r"https?://[^/\s]", link, re.IGNORECASE) and len(link) <= LINK else ""


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
