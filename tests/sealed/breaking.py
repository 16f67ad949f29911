"""The addresses of the house, and one that breaks on whatever is sent to it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.site.urls import handler400, handler403, handler404, handler500
from havre.site.urls import urlpatterns as of_the_house

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@page(needs=Permission.CASE_READ, methods=("POST",))
def breaks(request: HttpRequest) -> HttpResponse:
    raise ValueError(request.POST["text"])


urlpatterns = [path("breaks/", breaks), path("", include(of_the_house))]
