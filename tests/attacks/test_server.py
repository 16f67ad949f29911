"""The server itself, as an installation runs it: what it answers to what is no request, and what it writes down."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from django.conf import settings

from havre.platform.ui.middleware import HEADERS
from havre.site.running import gunicorn
from tests import harness
from tests.laws.walk import PAGES

from .fort import Fort
from .test_answers import LINES

CANARY = "Nguyenquynhanh"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
LAST = b"Host: localhost\r\nConnection: close\r\n\r\n"
RAW = {
    "a line that is too long": b"GET /" + CANARY.encode() * 700 + b" HTTP/1.1\r\n\r\n",
    "a header that is too long": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 9_000 + b"\r\n\r\n",
    "too many headers": b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: 1\r\n" * 200 + b"\r\n",
    "no HTTP": CANARY.encode() + b"\r\n\r\n",
    "a version of the future": b"GET / HTTP/9.9\r\n\r\n",
    "a length that is none": b"POST /signin/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    "a length and parts": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n" + CHUNKED + b"\r\n0\r\n\r\n",
    "a NUL in a header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n",
    "a name with a blank": b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
    "a folded header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n",
    "parts that never end": b"POST /signin/ HTTP/1.1\r\nHost: localhost\r\n" + CHUNKED + b"\r\nZZ\r\n",
    "another host": b"GET / HTTP/1.1\r\nHost: " + CANARY.encode() + b".example\r\nConnection: close\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    "a way out of the tree": b"GET /static/../../keys/roots.json HTTP/1.1\r\n" + LAST,
    "the same, hidden": b"GET /static/..%2f..%2fkeys%2froots.json HTTP/1.1\r\n" + LAST,
}
TRACE = re.compile(rb"Traceback|\.py\b|Invalid (?:Request|HTTP|Method)|" + CANARY.encode())


@dataclass
class Served:
    """A server that runs, and the file it writes to."""

    port: int
    log: Path
    process: subprocess.Popen

    def ask(self, raw: bytes) -> bytes:
        """Everything that comes back over one connection."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as line:
            line.sendall(raw)
            answer = b""
            while part := line.recv(65536):
                answer += part
            return answer

    def get(self, path: str, cookie: str = "", method: str = "GET", body: str = "") -> bytes:
        """An answer of a page, as sent over the wire."""
        form = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n" if body else ""
        cookies = f"Cookie: {settings.SESSION_COOKIE_NAME}={cookie}\r\n" if cookie else ""
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{cookies}{form}\r\n"
        return self.ask((head + body).encode())


@pytest.fixture(scope="module")
def server(stored_fort: Fort, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """gunicorn with the settings and the role of an installation, on the register of the attacks."""
    log = tmp_path_factory.mktemp("server") / "log"
    environment = {
        **{name: value for name, value in os.environ.items() if name != "HAVRE_OWNER"},
        "DJANGO_SETTINGS_MODULE": "havre.site.settings",
        "DATABASE_URL": harness.CLUSTER.url(stored_fort.name),
        "HAVRE_HOSTS": "localhost",
    }
    collect = [*gunicorn(0)[:2], "havre.site.manage", "collectstatic", "--noinput", "-v0"]
    with closing(harness._alone()):  # one worker after the other
        subprocess.run(collect, env=environment, cwd=harness.ROOT, check=True)
    port = _free()
    with log.open("wb") as file:
        yield from _run(port, log, file, environment)


def _run(port: int, log: Path, file: IO[bytes], environment: dict[str, str]) -> Iterator[Served]:
    process = subprocess.Popen(gunicorn(port), env=environment, cwd=harness.ROOT, stdout=file, stderr=file)
    try:
        for _ in range(300):
            with closing(socket.socket()) as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield Served(port, log, process)
    finally:
        process.terminate()
        process.wait(20)


def _free() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def has_headers(answer: bytes) -> bool:
    head = answer.partition(b"\r\n\r\n")[0].decode("latin-1")
    head = head.replace("Referrer-Policy: no-referrer", f"Referrer-Policy: {HEADERS['Referrer-Policy']}")  # is stricter
    return "default-src 'none'" in head and all(f"{name}: {value}" in head for name, value in HEADERS.items())


@pytest.mark.parametrize("what", RAW)
def test_what_is_no_request_of_ours_gets_a_bare_refusal_with_every_header(server, what):
    answer = server.ask(RAW[what])
    assert re.match(rb"HTTP/1.1 4\d\d ", answer), answer[:200]
    assert has_headers(answer) and b"<h1" in answer
    assert not TRACE.search(answer)


def test_a_static_file_bears_every_header_but_may_be_kept_and_one_that_is_not_there_bears_all(server):
    page = server.get("/signin/").decode()
    name = re.search(r"/static/havre/build/havre\.[0-9a-f]+\.css", page).group()
    found, gone = server.get(name), server.get("/static/nowhere.css")
    head = found.partition(b"\r\n\r\n")[0].decode()
    assert found.startswith(b"HTTP/1.1 200") and "immutable" in head and "default-src 'none'" in head
    assert all(f"{name}: {value}" in head for name, value in HEADERS.items() if name != "Cache-Control")
    assert gone.startswith(b"HTTP/1.1 404") and has_headers(gone)


def test_nothing_that_somebody_sent_or_was_shown_is_written_down(server, stored_fort):
    """Every page is walked, names are typed into forms, nonsense is sent: the log holds kinds and places."""
    case, secret = stored_fort.places["amina"].case, stored_fort.secrets["amina"]
    walked = [stored_fort.address(LINES[page], "amina", "amina") for page in sorted(PAGES)][::5]
    for path in (*walked, f"/people/?q={CANARY}", f"/people/{CANARY}/", f"/{CANARY}%00"):
        assert has_headers(server.get(path, secret))
    for path in ("/people/new/", "/signin/", f"/people/{case.reference}/note/"):
        server.get(path, secret, "POST", f"called={CANARY}&login={CANARY}&password={CANARY}&text={CANARY}")
    for raw in RAW.values():
        server.ask(raw)
    said = server.log.read_text()
    barred = (CANARY, "canary", "Amina", "Balise", case.reference, str(case.pk), secret, "Traceback", "evil.example")
    assert [each for each in barred if each in said] == []
    assert re.search(r"400 Bad Request: \w+ at \w+\.py:\d+", said)  # yet it says that something came
