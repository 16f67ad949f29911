"""`@page` and `@public`: who may enter, a GET that only reads, a form that is acted upon once, and what is recorded."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.middleware import get_user
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from psycopg.errors import InsufficientPrivilege

from havre.platform.accounts import asking
from havre.platform.accounts.forms import SignInForm
from havre.platform.accounts.models import SentForm, User
from havre.platform.audit.actions import Refused
from havre.platform.permissions import Permission

from .errors import place_of, wrong_way
from .requests import Request, Visit

log = logging.getLogger("havre.errors")
BARRED = _("You may see this, but not change it, or it is no longer here. Nothing was saved.")
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]  # as Django calls it
PublicView = Callable[Concatenate[Visit, P], HttpResponse]
PageView = Callable[Concatenate[Request, P], HttpResponse]


def public(*, methods: tuple[str, ...] = ("GET",)) -> Callable[[PublicView[P]], View[P]]:
    """A page for everybody, signed in or not."""

    allowed = _with_head(methods)

    def decorate(view: PublicView[P]) -> View[P]:
        @functools.wraps(view)
        def entered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in allowed:
                return wrong_way(request, methods)
            return view(Visit.of(request), *args, **kwargs)

        vars(entered).update(page_needs=None, page_methods=methods)
        return entered

    return decorate


def page(*, needs: Permission | None, methods: tuple[str, ...] = ("GET",)) -> Callable[[PageView[P]], View[P]]:
    """A page for those who hold the permission, or, with None, for everybody who is signed in.

    Its GET cannot write, its POST is done once, and both are recorded.
    """

    allowed = _with_head(methods)

    def decorate(view: PageView[P]) -> View[P]:
        @functools.wraps(view)
        def entered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in allowed:
                return wrong_way(request, methods)
            if "\0" in request.path:
                raise Http404  # no row can be called so, and the database refuses to look
            if not request.user.is_authenticated:
                return shut(request)
            if Visit.of(request).session.locked:
                return locked(request)
            asked = cast(Request, request)  # somebody is signed in: what a Request adds to a Visit
            asked.user = cast(User, get_user(request))  # not Django's stand-in, through which each look costs twice
            asked.recorder.user = asked.user
            asked.recorder.page = f"page.{asked.resolver_match.view_name}" if asked.resolver_match else ""
            asked.recorder.of_one = "reference" in kwargs
            if needs and not asked.user.may(needs):
                asked.recorder.refused(asked.recorder.page, f"needs {needs}", asked.claim)
                asked.recorder.page = ""
                return render(asked, "403.html", status=403)
            shown = functools.partial(view, asked, *args, **kwargs)
            return _acted(asked, shown) if asked.method == "POST" else _read(shown)

        vars(entered).update(page_needs=needs, page_methods=methods)
        return entered

    return decorate


def _with_head(methods: tuple[str, ...]) -> tuple[str, ...]:
    """HEAD where a GET may be: on a page that acts it would act, and no form token stands before it."""
    return (*methods, "HEAD") if "GET" in methods else methods


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent with a form, for the page that asks for the way in to hold."""
    return [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]


def locked(request: HttpRequest) -> HttpResponse:
    """Asks for the way in on the very page; what was sent with a form is kept in it and sent on."""
    return asking.locked(request, _kept(request), request.get_full_path())


def shut(request: HttpRequest) -> HttpResponse:
    """Leads to the door; a form that was sent after the session ended waits there."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    return asking.door(request, SignInForm(request), _kept(request), request.get_full_path(), status=401)


def _read(view: Callable[[], HttpResponse]) -> HttpResponse:
    """Runs the view in a savepoint in which the database itself refuses to write."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set local transaction_read_only = on")
        return view()


def _acted(request: Request, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Runs the view once for each form token, and answers a repeat as the first time."""
    token = _token(request)
    if token is not None:
        earlier = _sent_before(request, token)
        if earlier is not None:
            return _go_on(request, redirect(earlier.location or request.path))
    try:
        with transaction.atomic():
            response = view()
    except Refused as refusal:
        request.recorder.refused(request.recorder.page, str(refusal), request.claim)
        response = render(request, "refused.html", {"sentence": str(refusal), "back": request.path}, status=422)
    except (ObjectDoesNotExist, DatabaseError) as error:
        if not _barred(error):
            raise
        log.warning("%s: barred by the rows, %s", request.recorder.page, place_of(error))
        request.recorder.refused(request.recorder.page, "barred by the rows", request.claim)
        request.recorder.page = ""  # it stands in the record already
        response = render(request, "refused.html", {"sentence": BARRED, "back": request.path}, status=403)
    except (Http404, PermissionDenied, SuspiciousOperation):
        _forget(token)
        raise
    if token is not None:
        _answered(token, response)
    return _go_on(request, response)


def _barred(error: Exception) -> bool:
    """Whether the database let nothing be changed: a row that is read but not written is not there for an update."""
    refused = isinstance(error.__cause__, InsufficientPrivilege)
    return refused or isinstance(error, ObjectDoesNotExist) or str(error).endswith("did not affect any rows.")


def _answered(token: UUID, response: HttpResponse) -> None:
    """Remembers where a form led; one that led nowhere may be sent again."""
    with connection.cursor() as cursor:
        if 300 <= response.status_code < 400:
            where = response.headers["Location"]
            cursor.execute("update accounts_sentform set location = %s where token = %s", [where, token])
            return
    _forget(token)


def _forget(token: UUID | None) -> None:
    """The form with this token was not acted upon."""
    if token is not None:
        with connection.cursor() as cursor:
            cursor.execute("delete from accounts_sentform where token = %s", [token])


def _go_on(request: Request, response: HttpResponse) -> HttpResponse:
    """A redirect as our script wants it: followed by `fetch`, the next page would be read, and recorded, twice."""
    if request.headers.get("X-Havre-Form") and 300 <= response.status_code < 400:
        return HttpResponse(status=204, headers={"X-Havre-Go": response.headers["Location"]})
    return response


def _token(request: Request) -> UUID | None:
    try:
        return UUID(request.POST.get("form_token", ""))
    except ValueError:
        return None


def _sent_before(request: Request, token: UUID) -> SentForm | None:
    """None for a form that comes for the first time; the same form still at work elsewhere is waited for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into accounts_sentform (token, user_id, location, at) values (%s, %s, '', now())"
            " on conflict (token) do nothing returning token",
            [token, request.user.pk],
        )
        if cursor.fetchone():
            return None
    return SentForm.objects.filter(token=token).first() or SentForm(location=request.path)
