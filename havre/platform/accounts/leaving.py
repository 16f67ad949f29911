"""Leaving: a session ends, and the quick exit holds though the line was cut when somebody left."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from havre.platform.ui.requests import Visit

from . import claims

LEFT = "__Host-havre-left"  # set by exit.js at the moment of leaving; it opens nothing, and may only end a session


def end(request: Visit) -> None:
    """Ends the session of this request, and records it in the user's name, once.

    Whoever leaves sends two requests at the same moment, and each may be the first.
    """
    if request.user.is_authenticated and claims.leaving():
        request.recorder.user = request.user
        request.recorder.acted("session.end")
        request.recorder.write()
        request.recorder.go_on()
    logout(request)


class Left:
    """Whoever has left is out: if the server did not hear of it then, it does at the next request of that browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        left = LEFT in request.COOKIES
        if left:
            end(Visit.of(request))
        response = self.get_response(request)
        if left and response.status_code < 500:  # else the end was undone, and is still to come
            response.delete_cookie(LEFT, samesite="Strict")
        return response
