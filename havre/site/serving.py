"""The worker of gunicorn that serves Havre: what it answers by itself, before a page is asked, is as safe as a page."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from havre.platform.ui.errors import place_of
from havre.platform.ui.middleware import HEADERS

POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# In two languages: of such a request nobody knows which one is wanted.
SENTENCE = "<p>This could not be read. Go back and try once more.</p><p lang=fr>Illisible. Revenez et réessayez.</p>"
PAGE = f"<!doctype html><html lang=en><meta charset=utf-8><title>Havre</title><h1>Havre</h1>{SENTENCE}</html>"


def status_of(error: BaseException) -> str:
    """What to answer to a request that could not be read, or whose answer could not be sent."""
    if isinstance(error, LimitRequestLine):
        return "414 URI Too Long"
    if isinstance(error, LimitRequestHeaders):
        return "431 Request Header Fields Too Large"
    return "400 Bad Request" if isinstance(error, ParseException) else "500 Internal Server Error"


def bare(status: str) -> bytes:
    """The whole of such an answer."""
    body = PAGE.encode()
    kind = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), "Connection": "close"}
    headers = {**HEADERS, "Content-Security-Policy": POLICY, **kind}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Worker(ThreadWorker):
    """Neither says nor writes down what was sent: the words of its parser repeat the request."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answers, and notes the kind of fault."""
        status = status_of(exc)
        self.log.warning("%s: %s", status, place_of(exc))
        with suppress(OSError):
            write_nonblock(client, bare(status))
