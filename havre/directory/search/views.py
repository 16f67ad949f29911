"""The page on which services are found, and the map of their places."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from havre.directory import finding
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import asked, places, shown

READ = Permission.DIRECTORY_READ


@page(needs=READ)
def find(request: Request) -> HttpResponse:
    """The filters, and a page of what fits."""
    form, now = asked.read(request.GET), timezone.now()
    at = max(1, min(_number(request.GET.get("page", "")), finding.MOST // finding.PAGE))
    some = finding.find(form.query, at) if form.query.asks else None
    context: dict[str, Any] = {"form": form, "page": some, "address": asked.address(form.query)}
    if some:
        context["found"] = [shown.found(each, now) for each in some.services]
        context["earlier"] = asked.address(form.query, at - 1) if at > 1 else ""
        context["later"] = asked.address(form.query, at + 1) if at < some.pages else ""
        context["less"] = asked.less(form.query) if not some.services and at == 1 else []
    return render(request, "directory/search/find.html", context)


@page(needs=READ)
def find_map(request: Request) -> HttpResponse:
    """The places of what fits, on a map and as a list."""
    form = asked.read(request.GET)
    keys, total = finding.find_keys(form.query, 0, finding.MOST) if form.query.asks else ([], 0)
    context = {"form": form, "total": total, "most": finding.MOST, "address": asked.address(form.query)}
    return render(request, "directory/search/map.html", {**context, "map": places.drawn(keys)})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
