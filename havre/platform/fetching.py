"""What is fetched from outside (SECURITY-DESIGN 8): by HTTPS, from allowed places that are public, 5 s and 5 MB whole.

A name is resolved once, what it resolves to is looked at, and the line goes to that very address; so after each
redirect. Over plain HTTP, and to this machine, only where the setting of tests and the demonstration says so.
"""

from __future__ import annotations

import io
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from http.client import HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, cast
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

SECONDS, MOST, PIECE = 5.0, 5_000_000, 1 << 16
HEADS = 300_000  # bytes that are no part of what is fetched: heads, sizes of chunks, redirects
REDIRECTS = 4
SAFE = "/:?#[]@!$&'()*+,;=~%-._"
NAT64 = IPv6Network("64:ff9b::/96")
MOVED, SAME = (301, 302, 303, 307, 308), 304
Address = IPv4Address | IPv6Address


class Fault(Exception):
    """Why nothing came, by a code: address, not_allowed, unknown, private, refused, tls, slow, large, moved, status,
    garbled; `told` is the status, or the place."""

    def __init__(self, code: str, told: str = "") -> None:
        super().__init__(code)
        self.code, self.told = code, told


@dataclass(frozen=True)
class Fetched:
    """What came: `same` when nothing is new since what `etag` and `modified` name."""

    url: str
    body: bytes
    media: str
    etag: str
    modified: str
    same: bool


def fetch(url: str, *, hosts: Iterable[str], etag: str = "", modified: str = "", accept: str = "*/*") -> Fetched:
    """What stands at that address; Fault when it may not be asked, does not answer in time, or is too large."""
    until, allowed = time.monotonic() + SECONDS, frozenset(hosts)
    heads = {"Accept": accept, "Accept-Encoding": "gzip", "User-Agent": "Havre", "Connection": "close"}
    heads |= {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value}
    for _hop in range(REDIRECTS + 1):
        with _asked(url, allowed, heads, until) as answer:
            if answer.status not in MOVED:
                return _taken(url, answer)
            url = urljoin(url, answer.getheader("Location", ""))
    raise Fault("moved")


def host_of(url: str) -> str:
    """The name of the place an address leads to, as the list of allowed places has it; empty when it leads nowhere."""
    try:
        return (urlsplit(url).hostname or "").encode("idna").decode().lower().rstrip(".")
    except ValueError:  # of text that is no name, too
        return ""


def is_allowed(host: str, hosts: Iterable[str]) -> bool:
    """Whether the list names the place, or what it is a part of."""
    return any(host == each or host.endswith(f".{each}") for each in hosts)


def is_public(address: str) -> bool:
    """Whether an address of the network is one that anybody in the world may ask."""
    found: Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        inside = found.ipv4_mapped or found.sixtofour
        if found in NAT64:
            inside = IPv4Address(int(found) & 0xFFFFFFFF)
        if inside is not None:
            found = inside
        elif found.teredo or found.is_site_local:
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def _split(url: str, allowed: frozenset[str]) -> tuple[SplitResult, str, int]:
    """The parts of an address that may be asked, its host and port."""
    try:
        parts, host = urlsplit(url), host_of(url)
        port = parts.port
    except ValueError:
        raise Fault("address") from None
    if not host or parts.username is not None or not (parts.scheme == "https" or _here(parts.scheme, host)):
        raise Fault("address")
    if _is_number(host) and not (is_public(host) or _is_here(host)):
        raise Fault("private", host)
    if not is_allowed(host, allowed):
        raise Fault("not_allowed", host)
    usual = 443 if parts.scheme == "https" else 80
    if port not in (None, usual) and not settings.HAVRE_FETCH_LOOPBACK:
        raise Fault("address")
    return parts, host, port or usual


def _is_number(host: str) -> bool:
    """Whether the host is an address of the network itself, and no name."""
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def _here(scheme: str, host: str) -> bool:
    return bool(settings.HAVRE_FETCH_LOOPBACK) and scheme == "http"


def _resolved(host: str, port: int, until: float) -> list[str]:
    """The addresses of a name, asked once and not waited for longer than may be; Fault when one of them is private."""
    found: list[str] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(each[4][0]) for each in answers))

    asking = threading.Thread(target=ask, daemon=True)  # the system's own question knows no end
    asking.start()
    asking.join(max(0.0, until - time.monotonic()))
    if asking.is_alive():
        raise Fault("slow")
    if not found:
        raise Fault("unknown", host)
    if not all(is_public(each) or _is_here(each) for each in found):
        raise Fault("private", host)
    return found


def _is_here(address: str) -> bool:
    return bool(settings.HAVRE_FETCH_LOOPBACK) and ip_address(address.partition("%")[0]).is_loopback


@contextmanager
def _asked(url: str, allowed: frozenset[str], heads: dict[str, str], until: float) -> Iterator[HTTPResponse]:
    """The answer of the place, while the line is open; every fault on the way is one of ours."""
    parts, host, port = _split(url, allowed)
    try:
        with _line(_resolved(host, port, until), host, port, parts.scheme == "https", until) as line:
            line.settimeout(_left(until))
            line.sendall(_question(parts, heads))
            answer = HTTPResponse(cast(socket.socket, _Timed(line, until)), method="GET")
            answer.begin()
            yield answer
    except TimeoutError:
        raise Fault("slow") from None
    except ssl.SSLError:
        raise Fault("tls") from None
    except OSError:
        raise Fault("refused") from None
    except (HTTPException, ValueError):
        raise Fault("garbled") from None


def _question(parts: SplitResult, heads: dict[str, str]) -> bytes:
    path = quote(parts.path or "/", safe=SAFE) + (f"?{quote(parts.query, safe=SAFE)}" if parts.query else "")
    where = parts.netloc.rpartition("@")[2].encode("idna").decode()
    lines = [f"GET {path} HTTP/1.1", f"Host: {where}", *(f"{name}: {value}" for name, value in heads.items()), "", ""]
    if any(sign in line for line in lines for sign in "\r\n"):
        raise Fault("address")
    return "\r\n".join(lines).encode("latin-1", "replace")


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _line(addresses: list[str], host: str, port: int, secure: bool, until: float) -> socket.socket:
    """An open line to the first of the addresses that takes it; the certificate must be of the name."""
    for place in addresses[:3]:
        try:
            line = socket.create_connection((place, port), timeout=_left(until))
        except OSError as error:
            fault = error
            continue
        try:
            return _context().wrap_socket(line, server_hostname=host) if secure else line
        except BaseException:
            line.close()
            raise
    raise fault


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


class _Pieces(io.RawIOBase):
    """What comes over a line, none of it later or more than may be."""

    def __init__(self, line: socket.socket, until: float) -> None:
        self.line, self.until, self.came = line, until, 0

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        self.line.settimeout(_left(self.until))
        read = self.line.recv_into(into)
        self.came += read
        if self.came > MOST + HEADS:
            raise Fault("large")
        return read


class _Timed:
    """The line as the reader of answers wants it."""

    def __init__(self, line: socket.socket, until: float) -> None:
        self.pieces = _Pieces(line, until)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What is read from."""
        return io.BufferedReader(self.pieces, PIECE)


def _taken(url: str, answer: HTTPResponse) -> Fetched:
    if answer.status != 200 and answer.status != SAME:
        raise Fault("status", str(answer.status))
    body = b"" if answer.status == SAME else _body(answer)
    told = {name: answer.getheader(name, "") for name in ("Content-Type", "ETag", "Last-Modified")}
    return Fetched(
        url, body, told["Content-Type"][:200], told["ETag"][:300], told["Last-Modified"][:100], answer.status == SAME
    )


def _body(answer: HTTPResponse) -> bytes:
    """What was sent, unpacked, and no more of it than may be."""
    way = answer.getheader("Content-Encoding", "identity").strip().lower()
    if way not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise Fault("garbled")
    unpack = None if way in ("identity", "") else zlib.decompressobj(zlib.MAX_WBITS | 32)
    parts, size = [], 0
    while piece := answer.read(PIECE):
        try:
            part = unpack.decompress(piece, MOST - size + 1) if unpack else piece
        except zlib.error:
            raise Fault("garbled") from None
        size += len(part)
        if size > MOST:
            raise Fault("large")
        parts.append(part)
    if answer.length or (unpack and not unpack.eof):
        raise Fault("garbled")  # it was broken off
    return b"".join(parts)
