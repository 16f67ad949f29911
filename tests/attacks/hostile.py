"""Requests that no page of ours sends, drawn from a seed: the same seed, the same requests."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpResponse
from django.test import Client

from tests.laws.walk import PAGES, Line, lines

from .fort import MARKS, NOBODY, Fort, told_of, undone

OFTEN = ("amina", "chloe", "boris", "gita") * 4  # those who may do most
FORM = "application/x-www-form-urlencoded"
METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "G\u00cbT")
LINES = {(line.page, line.method): line for line in lines()}
NESTED, LARGE, MANY = 10_000, 10_000_000, 1_000
UNLISTED = (
    "id", "pk", "case", "case_id", "person_id", "owner", "owner_id", "agency", "agency_id", "user", "user_id", "by",
    "by_id", "state", "restricted", "compartment", "compartments", "principal", "level", "until", "is_active", "role",
    "is_superuser", "is_staff", "version", "superseded_by", "form_token", "next", "_at", "drop", "__class__", "readers",
)  # fmt: skip
TEXTS = (
    "", " ", "\0", "a\0b", "x" * 30_000, "😀" * 400, "\u202etxt.exe", "\u200f\u2067עברית\u2069", "́" * 500, "\ufeff",
    "' or 1=1 --", "\"><script>alert(1)</script>", "{{ 7*7 }}{% debug %}", "${7*7}", "../../etc/passwd", "%00", "%ff",
    "=1+1", "\r\nSet-Cookie: a=b", "0000-00-00", "0001-01-01", "9999-12-31", "2026-02-30", "-1", "9" * 40, "1e999",
    "NaN",     "-0", "1,5", "٣", "½", "true", "null", "[]", "{}", "\ud7ff", "\uffff", "24:00", "2026-03-12T25:61",
    "Europe/Nowhere", "2026-03-12T10:00:00+99:99", "00000000-0000-0000-0000-000000000000", "not-a-uuid",
    "9223372036854775808", "-2147483649",
)  # fmt: skip
KINDS = (
    FORM, "multipart/form-data; boundary=b", "multipart/form-data", "application/json", "text/plain", "text/xml", "",
    "multipart/form-data; boundary=" + "b" * 300, "multipart/form-data; boundary=\u00e9", f"{FORM}; charset=utf-7",
    f"{FORM}; charset=nonsense", "application/x-www-form-urlencoded; charset=utf-16", "x", "a/b/c", "image/png",
)  # fmt: skip
HEADERS = (
    {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, {"HTTP_HOST": "evil.example"},
    {"HTTP_X_FORWARDED_HOST": "evil.example"}, {"HTTP_ACCEPT_LANGUAGE": "x" * 9_000},
    {"HTTP_ACCEPT_LANGUAGE": "fr;q=NaN,\0"}, {"HTTP_REFERER": "https://evil.example/\u00e9"},
    {"HTTP_X_HAVRE_FORM": "1"}, {"HTTP_ORIGIN": "null"}, {"HTTP_RANGE": "bytes=0-1"}, {"HTTP_IF_NONE_MATCH": "*"},
    {"HTTP_IF_MODIFIED_SINCE": "nonsense"}, {"HTTP_ACCEPT_ENCODING": "br;q=x, \0"}, {"HTTP_HOST": "localhost:99999"},
    {"HTTP_HOST": "[::1"}, {"HTTP_X_REQUESTED_WITH": "é" * 5_000}, {"REMOTE_ADDR": "not an address"},
    {"HTTP_CONTENT_LENGTH": "-1"}, {"CONTENT_LENGTH": "-1"}, {"HTTP_X_CSRFTOKEN": "\0" * 32},
    {"QUERY_STRING": "\u00ff=\u00fe&%zz=%"}, {"HTTP_UPGRADE": "websocket"}, {"HTTP_EXPECT": "100-continue"},
)  # fmt: skip


@dataclass(frozen=True)
class Shot:
    """One request."""

    login: str
    method: str
    address: str
    body: bytes = b""
    kind: str = FORM
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    checked: bool = False  # whether the form token is asked for; mostly the attacker has one

    def __str__(self) -> str:
        said = f"{self.kind[:40]!r} {self.body[:200]!r} ({len(self.body)})"
        return f"{self.login} {self.method} {self.address[:200]!r} {said} {self.headers} {self.cookies}"[:900]


class Gun:
    """Draws shots at every page, of everybody."""

    def __init__(self, fort: Fort, seed: str) -> None:
        self.fort, self.rng = fort, random.Random(seed)
        self.names: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self.pages = sorted(PAGES)

    def shots(self, number: int) -> Iterator[Shot]:
        """So many; every page has its turn."""
        for turn in range(number):
            yield self.shot(self.pages[turn % len(self.pages)])

    def shot(self, page: str) -> Shot:
        """One at this page."""
        rng = self.rng
        login = rng.choice((*self.fort.logins, *OFTEN))
        method = rng.choice(METHODS if rng.random() < 0.15 else self._methods(page))
        body, kind = self.body(page, login) if method not in ("GET", "HEAD") or rng.random() < 0.1 else (b"", FORM)
        return Shot(
            login, method, self.address(page, login) + self.query(), body, kind,
            dict(rng.choice(HEADERS)) if rng.random() < 0.15 else {}, self.cookies(), rng.random() < 0.05,
        )  # fmt: skip

    def _methods(self, page: str) -> tuple[str, ...]:
        """Those of the page; what is sent is worth more than what is asked."""
        return tuple(each for each in PAGES[page].methods for _ in range(4 if each == "POST" else 1))

    def address(self, page: str, login: str) -> str:
        """Of one's own file, of another agency's, of a mixture, of nothing, or of something that was never a name."""
        line = LINES.get((page, "GET")) or LINES[page, "POST"]
        mine = login if login in MARKS else "amina"
        files = (mine, self.fort.foreign(login), None)
        chosen = (mine, mine) if self.rng.random() < 0.7 else self.rng.choices(files, k=2)
        address = self.fort.address(line, *chosen)
        if told_of(line) and self.rng.random() < 0.15:
            parts = address.strip("/").split("/")
            parts[self.rng.randrange(len(parts))] = quote(self.rng.choice(TEXTS)[:200] or "x", safe="")
            address = "/" + "/".join(parts) + self.rng.choice(("/", "", "//"))
        return address

    def query(self) -> str:
        """Mostly none."""
        rng, luck = self.rng, self.rng.random()
        if luck > 0.2:
            return ""
        if luck < 0.02:
            return "?" + "&".join(f"k{number}=1" for number in range(MANY))
        if luck < 0.05:
            return "?" + rng.choice(
                ("%ff%fe=%", "&&&===", "a[]=1&a[b]=2", "after=" + "A" * 5_000, "all&seen&anew", "\u00e9")
            )
        names = (
            "after",
            "lens",
            "way",
            "to",
            "need",
            "about",
            "profile",
            "period",
            "area",
            "contact",
            "next",
            "phase",
            *UNLISTED,
        )
        return "?" + urlencode({rng.choice(names): self.value() for _ in range(3)}, errors="surrogatepass")

    def value(self) -> str:
        """Nonsense, or the number of something of another agency."""
        rng = self.rng
        place = self.fort.places[rng.choice(list(MARKS))]
        rows = [str(row.pk) for row in place.rows.values()]
        users = [value for user in self.fort.users.values() for value in (str(user.pk), str(user.principal))]
        theirs = rng.choice([rng.choice(rows), rng.choice(users), place.case.reference, str(place.case.pk)])
        return theirs if rng.random() < 0.3 else rng.choice(TEXTS)

    def cookies(self) -> dict[str, str]:
        """Mostly one's own and no other; else a forged session or overlong crumbs."""
        rng, luck = self.rng, self.rng.random()
        if luck > 0.1:
            return {}
        forged = (self.fort.secrets["boris"][:-1], "0" * 43, "x" * 9_000, "\u00e9\u00e9", "' or 1=1", "", "a" * 64)
        names = ("__Host-havre", "__Host-havre-csrf", "havre-language", "havre-theme", "havre-names", "sessionid")
        return {rng.choice(names): rng.choice(forged)}

    def body(self, page: str, login: str) -> tuple[bytes, str]:
        """A form with something wrong in it, or no form at all."""
        rng, luck = self.rng, self.rng.random()
        if luck < 0.60:
            return self.form(page, login), FORM
        if luck < 0.70:
            return self.multipart(page, login), "multipart/form-data; boundary=b"
        if luck < 0.705:
            return b'{"a":"' + b"x" * LARGE + b'"}', rng.choice(
                ("application/json", FORM, "multipart/form-data; boundary=b")
            )
        if luck < 0.73:
            return b"[" * NESTED + b"]" * NESTED, rng.choice(("application/json", FORM))
        if luck < 0.75:
            return "&".join(f"k{number}=1" for number in range(MANY + 1)).encode(), FORM
        junk = (
            b"\xff\xfe\0",
            b"%ff%fe%00=%zz",
            b"--b\r\n",
            b"a=1;b=2",
            rng.randbytes(500),
            XML,
            json.dumps({"a": [1]}).encode(),
        )
        return rng.choice(junk), rng.choice(KINDS)

    def form(self, page: str, login: str) -> bytes:
        """The fields of the very page, some with nonsense, some twice, and some that it does not have."""
        rng = self.rng
        sent = [
            (n, v if rng.random() < 0.6 else self.value()) for n, v in self.fields(page, login) if rng.random() < 0.95
        ]
        sent += [(rng.choice(UNLISTED), self.value()) for _ in range(rng.randrange(4))]
        sent += [(n, self.value()) for n, _ in sent if rng.random() < 0.05]
        rng.shuffle(sent)
        return urlencode(sent, errors="surrogatepass").encode()

    def multipart(self, page: str, login: str) -> bytes:
        """The same as parts, broken somewhere."""
        parts = [
            f'--b\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in self.fields(page, login)
        ]
        parts.append('--b\r\nContent-Disposition: form-data; name="file"; filename="../../x\0.csv"\r\n\r\n=1+1\r\n')
        parts.append(
            "--b\r\nContent-Disposition: form-data; name*=utf-7''%ff; filename*=x\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\n!\r\n"
        )
        self.rng.shuffle(parts)
        whole = ("".join(parts) + self.rng.choice(("--b--", "", "--b", "\r\n\r\n"))).encode(errors="surrogatepass")
        return whole[: self.rng.randrange(1, len(whole) + 1)] if self.rng.random() < 0.5 else whole

    def fields(self, page: str, login: str) -> list[tuple[str, str]]:
        """Names and values of what the page's form asks for, as this persona gets it of a file they may open."""
        if (page, login) not in self.names:
            self.names[page, login] = self._read(page, login)
        return self.names[page, login]

    def _read(self, page: str, login: str) -> list[tuple[str, str]]:
        line = LINES.get((page, "GET")) or _form_of(page)
        if line is None or login == NOBODY:
            return []
        mine = login if login in MARKS else "amina"
        shown = undone(self.fort.client(login), "GET", self.fort.address(line, mine, mine)).content.decode(
            errors="replace"
        )
        main = shown.partition("<main")[2]
        found = re.findall(r"<(?:input|textarea|button)\b[^>]*\bname=\"([^\"]+)\"(?:[^>]*\bvalue=\"([^\"]*)\")?", main)
        chosen = re.findall(r"<select\b[^>]*\bname=\"([^\"]+)\".*?<option value=\"([^\"]+)\"", main, flags=re.S)
        return [*found, *chosen][:200]


XML = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def _form_of(page: str) -> Line | None:
    """For a page that only takes a form: the page of the same stage that shows it."""
    stage = page.partition(":")[0]
    return next((line for (name, method), line in LINES.items() if name.startswith(stage) and method == "GET"), None)


def fire(fort: Fort, clients: dict[tuple[str, bool], Client], shot: Shot, look: Callable[[HttpResponse], None]) -> Any:
    """The answer; whatever it changed is undone after a look at it."""
    client = clients.setdefault((shot.login, shot.checked), fort.client(shot.login, enforce_csrf_checks=shot.checked))
    for name, value in shot.cookies.items():
        client.cookies[name] = value
    before = fort.secrets.get(shot.login)
    try:
        return undone(client, shot.method, shot.address, look, data=shot.body, content_type=shot.kind, **shot.headers)
    finally:
        for name in shot.cookies:
            client.cookies.pop(name, None)
        if before:
            client.cookies["__Host-havre"] = before
