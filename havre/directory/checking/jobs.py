"""The worker's part: contacts whose check is due get a mail."""

from __future__ import annotations

from havre.platform.jobs import each_minute, job

from . import ASK, post


@each_minute
def check() -> None:
    """What became due, and what was not sent yet."""
    post.send()


@job(ASK)
def asked() -> None:
    """Of a contact whom a keeper asks now."""
    post.send()
