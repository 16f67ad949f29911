"""The worker's part: invitations go out by mail."""

from __future__ import annotations

from havre.platform.jobs import each_minute, job

from . import INVITE, post


@each_minute
def invitations() -> None:
    """What was not sent yet."""
    post.send()


@job(INVITE)
def invited() -> None:
    """Of people who are asked now."""
    post.send()
