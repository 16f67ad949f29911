"""Asking again who it is, before what one may not do with somebody else's open screen: `@confirmed` beneath `@page`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Concatenate, ParamSpec, TypeVar

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from . import asking

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
FRESH = timedelta(minutes=10)


def fresh() -> bool:
    """Whether whoever is signed in here proved within ten minutes who they are."""
    with connection.cursor() as cursor:
        cursor.execute("select havre.confirmed()")
        at = cursor.fetchone()[0]
    return at is not None and timezone.now() - at < FRESH


def confirmed(view: Callable[Concatenate[R, P], HttpResponse]) -> Callable[Concatenate[R, P], HttpResponse]:
    """The page of confirmation comes in between when the proof is older than ten minutes; what was sent goes on."""

    @functools.wraps(view)
    def entered(request: R, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, *args, **kwargs) if fresh() else ask(request)

    return entered


def ask(request: HttpRequest) -> HttpResponse:
    """The page of confirmation, which keeps what was sent."""
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
    return asking.again(request, kept, request.get_full_path())
