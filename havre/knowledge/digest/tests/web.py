"""Twelve feeds on this machine: good ones of every make, and all the ways in which a feed can be bad."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

NOW = format_datetime(datetime.now(UTC))


def rss(*stories: tuple[str, str], head: str = "", encoding: str = "utf-8") -> bytes:
    """An RSS feed of titles and links."""
    items = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link><pubDate>{NOW}</pubDate>"
        f"<description>&lt;p&gt;What &lt;b&gt;{escape(title)}&lt;/b&gt; is about.&lt;/p&gt;</description></item>"
        for title, link in stories
    )
    text = f'<?xml version="1.0" encoding="{encoding}"?>{head}<rss version="2.0"><channel>{items}</channel></rss>'
    return text.encode(encoding)


def atom(title: str, link: str) -> bytes:
    """An Atom feed of one entry."""
    day = datetime.now(UTC).isoformat()
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>{escape(title)}</title><id>{link}</id>'
        f'<link href="{link}"/><updated>{day}</updated><summary>About it.</summary></entry></feed>'
    ).encode()


def laughs() -> bytes:
    """A billion of them."""
    lines = [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10)]
    return rss(("x", "https://x.example/"), head=f"<!DOCTYPE lolz [{''.join(lines)}]>").replace(b">x<", b">&l9;<")


@cache
def bomb() -> bytes:
    """Much, packed small."""
    return gzip.compress(b"\0" * 20_000_000, 1)


@dataclass
class Web:
    """The server, what it was asked, and until when it holds back what it holds back."""

    port: int = 0
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str) -> str:
        """Where that is."""
        return f"http://127.0.0.1:{self.port}/{path}"


class Answers(BaseHTTPRequestHandler):
    """One answer for each path."""

    web: Web
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.web.asked.append((self.path, dict(self.headers)))
        answer: Callable[[], None] | None = getattr(self, "at_" + self.path.strip("/").partition("?")[0], None)
        self.close_connection = True
        try:
            self.send(b"", 404) if answer is None else answer()
        except OSError:
            return  # who asked has gone

    def log_message(self, *_args: object) -> None:
        """Nothing."""

    def send(self, body: bytes, status: int = 200, **heads: str) -> None:
        self.send_response(status)
        told = {name.replace("_", "-"): value for name, value in heads.items()}
        for name, value in {"Content-Length": str(len(body)), **told}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def at_ministry(self) -> None:
        """Well, and it knows what was fetched before."""
        if self.headers.get("If-None-Match") == '"one"':
            self.send(b"", 304)
        else:
            self.send(rss(("Ministry publishes the list of recruiters", "https://m.example/1")), ETag='"one"')

    def at_paper(self) -> None:
        """The same story in nearly the same words, and packed."""
        link = "https://paper.example/recruiters?utm_source=rss"
        body = rss(("Ministry publishes list of the recruiters", link), ("A ship is held", "https://paper.example/2"))
        self.send(gzip.compress(body), Content_Encoding="gzip")

    def at_atom(self) -> None:
        self.send(atom("Réunion à Dakar", "https://réseau.example/1"))

    def at_latin(self) -> None:
        self.send(rss(("Été : les visites", "https://latin.example/1"), encoding="iso-8859-1"))

    def at_dead(self) -> None:
        self.send(b"gone", 503)

    def at_drip(self) -> None:
        """A sign now and then, for ever."""
        self.send_response(200)
        self.end_headers()
        while not self.web.over.wait(0.05):
            self.wfile.write(b" ")
            self.wfile.flush()

    def at_silent(self) -> None:
        """Heads without an end."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not self.web.over.wait(0.05):
            self.wfile.write(b"X")
            self.wfile.flush()

    def at_huge(self) -> None:
        """A gigabyte."""
        self.send_response(200)
        self.send_header("Content-Length", "1000000000")
        self.end_headers()
        for _each in range(1000):
            self.wfile.write(b"x" * 1_000_000)

    def at_bomb(self) -> None:
        """Twenty megabytes of nothing, packed into few bytes."""
        self.send(bomb(), Content_Encoding="gzip")

    def at_laughs(self) -> None:
        self.send(laughs())

    def at_private(self) -> None:
        self.send(b"", 302, Location="http://169.254.169.254/latest/meta-data/")

    def at_loop(self) -> None:
        self.send(b"", 302, Location="/loop")

    def at_page(self) -> None:
        self.send(b"<!doctype html><title>Not found</title><p>No feed here.")

    def at_broken(self) -> None:
        self.send(b"<rss><channel><item><title>", 200)

    def at_cut(self) -> None:
        self.send(rss(("x", "https://x.example/")), Content_Length="100000")

    def at_moved(self) -> None:
        self.send(b"", 301, Location="/atom")

    def at_garbled(self) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")


GOOD = ("ministry", "paper", "atom", "latin")
# Of twelve feeds, what each says on the sources page.
BAD = {
    "dead": "status 503",
    "drip": "slow",
    "huge": "large",
    "laughs": "entities",
    "private": "private",
    "page": "no_feed",
    "broken": "malformed",
    "cut": "garbled",
}


@contextmanager
def served() -> Iterator[Web]:
    """The web, on a port that is free."""
    web = Web()
    handler = type("Handler", (Answers,), {"web": web})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    web.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        web.over.set()
        server.shutdown()
        server.server_close()
