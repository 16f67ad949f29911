"""Addresses of tests/laws/test_faults.py: each does what no page may do, or meets what no page expects."""

from __future__ import annotations

import uuid

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from havre.platform.accounts.models import SentForm
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.site.urls import handler400, handler403, handler404, handler500
from havre.site.urls import urlpatterns as of_the_house

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

TYPED = "Nguyenquynhanh was here"


def keep(request: HttpRequest) -> None:
    SentForm.objects.create(token=uuid.uuid4(), user=request.user, location="/kept/")


@page(needs=Permission.CASE_READ, methods=("GET", "POST"))
def writes(request: HttpRequest) -> HttpResponse:
    keep(request)
    return HttpResponse("done")


@page(needs=Permission.CASE_READ)
def switches(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("set local transaction_read_only = off")
    return writes(request)


@page(needs=Permission.CASE_READ, methods=("GET", "POST"))
def breaks(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        keep(request)
    raise ValueError(TYPED)


@page(needs=Permission.CASE_READ, methods=("GET", "POST"))
def loses_its_connection(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        keep(request)
    connection.connection.close()
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("never said")


@page(needs=Permission.CASE_READ, methods=("GET", "POST"))
def finds_nothing(request: HttpRequest) -> HttpResponse:
    keep(request)
    raise Http404


@page(needs=Permission.CASE_READ, methods=("GET", "POST"))
def is_barred(request: HttpRequest) -> HttpResponse:
    keep(request)
    with connection.cursor() as cursor:
        cursor.execute("delete from people_case")
    return HttpResponse("never said")


urlpatterns = [
    path("t/finds-nothing/", finds_nothing),
    path("t/is-barred/", is_barred),
    path("t/writes/", writes),
    path("t/switches/", switches),
    path("t/breaks/", breaks),
    path("t/loses/", loses_its_connection),
    path("", include(of_the_house)),
]
