"""The request as a page gets it: somebody is signed in, and what they do is recorded."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict

from havre.platform.accounts.models import User
from havre.platform.accounts.sessions import SessionStore
from havre.platform.audit.recorder import Recorder


class Request(HttpRequest):
    """What `@page` hands to a view."""

    user: User
    session: SessionStore
    recorder: Recorder
    claim: str
    POST: QueryDict
