"""One transaction around everything a request does: session, view, rendering, record."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import ProgrammingError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from havre.platform.audit.recorder import recording
from havre.platform.crypto import keyring
from havre.platform.database.claims import hand_over
from havre.platform.ui.requests import Visit

from . import claims


class RequestTransaction:
    """Hands the token over first, writes the record last; an answer of 500 and above undoes it all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        secret = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        visit = Visit.of(request)
        visit.claim = claims.token_of(secret) if secret else ""
        try:
            return self.answer(visit)
        except ProgrammingError:
            # Whoever left in another window while this page was made is told at the door, and the page is undone.
            if not secret or claims.holds(visit.claim):
                raise
            return redirect("accounts:signin")

    def answer(self, visit: Visit) -> HttpResponse:
        """The answer within its transaction, in the record."""
        with keyring.held(), recording(None) as recorder, transaction.atomic():
            visit.recorder = recorder
            hand_over(visit.claim)
            response = self.get_response(visit)
            if response.status_code >= 500:
                # Django has turned the exception into an answer: nothing rises to us, and half an act would be kept.
                transaction.set_rollback(True)
            else:
                recorder.write(missing=response.status_code in (403, 404))
        return response
