"""Addresses of the pages of a file, made from one that was looked up once: Django would look for each one anew."""

from functools import cache

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

ANY = "AAA-AAA"


def onward(sent: str, otherwise: str) -> str:
    """Where a request asks to be led on to: an address of ours, never one of another site nor the name of a page."""
    return sent if sent.startswith("/") and url_has_allowed_host_and_scheme(sent, None) else otherwise


@cache
def around(page: str) -> tuple[str, str]:
    """The address of that page of any file, before and after the reference, which needs no quoting."""
    before, _reference, after = reverse(page, args=[ANY]).partition(ANY)
    return before, after


def way(page: str, reference: str) -> str:
    """The address of that page of the file with this reference."""
    return reference.join(around(page))
