"""The pages of things that go wrong: one calm sentence, a number to name, never a trace and never a value."""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import Sequence

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Context, Engine
from django.utils.translation import get_language

log = logging.getLogger("havre.errors")


def place_of(error: BaseException | None) -> str:
    """The kind of an error and the line it came from; its message may hold what somebody typed."""
    if error is None:
        return "unknown"
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {where}"


def broken(request: HttpRequest) -> HttpResponse:
    """500: needs no database, no session and no context."""
    code = secrets.token_hex(3).upper()
    number = f"{code[:3]}-{code[3:]}"
    view = getattr(request.resolver_match, "view_name", request.method)
    log.error("%s %s: %s", number, view, place_of(sys.exc_info()[1]))
    bare = Context({"number": number, "LANGUAGE_CODE": get_language() or "en"})
    page = Engine.get_default().get_template("500.html").render(bare)
    return HttpResponse(page, status=500)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same whether a record does not exist or belongs to somebody else."""
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "403.html", status=403)


def bad(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 for what is larger, or has more parts, than any form of ours."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def wrong_way(request: HttpRequest, methods: Sequence[str]) -> HttpResponse:
    """405: the page is there, but is not asked like that."""
    response = render(request, "405.html", status=405)
    response.headers["Allow"] = ", ".join(methods)
    return response


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our page, or from one that is too old: it can be sent again."""
    return render(request, "400.html", {"old_form": True}, status=403)
