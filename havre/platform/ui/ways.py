"""Addresses of the pages of a file, made from one that was looked up once: Django would look for each one anew."""

from functools import cache

from django.urls import reverse

ANY = "AAA-AAA"


@cache
def around(page: str) -> tuple[str, str]:
    """The address of that page of any file, before and after the reference, which needs no quoting."""
    before, _reference, after = reverse(page, args=[ANY]).partition(ANY)
    return before, after


def way(page: str, reference: str) -> str:
    """The address of that page of the file with this reference."""
    return reference.join(around(page))
