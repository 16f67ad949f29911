"""The request as a view gets it: with a session, a recorder and, under `@page`, somebody who is signed in."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from havre.platform.accounts.models import User
from havre.platform.accounts.sessions import SessionStore
from havre.platform.audit.recorder import Recorder


class Visit(HttpRequest):
    """What `@public` hands to a view: whether somebody is signed in is still to be asked."""

    session: SessionStore
    recorder: Recorder
    claim: str

    @staticmethod
    def of(request: HttpRequest) -> Visit:
        """The request with what the middleware put on it, which Django's own type cannot know of."""
        return cast(Visit, request)


class Request(Visit):
    """What `@page` hands to a view: somebody is signed in, and what they do is recorded."""

    user: User
