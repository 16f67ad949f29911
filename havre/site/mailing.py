"""How mail goes out, from the environment. A wrong value refuses to start: else a mail is missed weeks later."""

from __future__ import annotations

import ipaddress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from havre.platform.crypto.provider import check_private

WAYS = {"starttls": (True, False), "ssl": (False, True), "none": (False, False)}


def password(path: str) -> str:
    """The password in that file, which nobody else may read; empty without one."""
    if not path:
        return ""
    file = Path(path)
    if not file.is_file():
        raise ImproperlyConfigured(f"HAVRE_MAIL_PASSWORD_FILE: {path} is not there.")
    check_private(file)
    return file.read_text().strip()


def encryption(way: str, host: str) -> tuple[bool, bool]:
    """Whether the line turns to TLS, or begins with it. In the open only to this machine itself."""
    if way not in WAYS:
        raise ImproperlyConfigured(f"HAVRE_MAIL_TLS is {way!r}: use starttls, ssl or none.")
    if way == "none" and host and not _here(host):
        raise ImproperlyConfigured("HAVRE_MAIL_TLS is none: only for a mail server on this very machine.")
    return WAYS[way]


def _here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def sender(text: str, host: str) -> str:
    """The address mail comes from."""
    if host and not text.rpartition("@")[2].strip("> "):
        raise ImproperlyConfigured("HAVRE_MAIL_FROM is not set: name the address that mail comes from.")
    return text or "havre@localhost"
