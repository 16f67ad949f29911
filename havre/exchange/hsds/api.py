"""The read API of HSDS 3.0 for what is public: the same for everybody, signed in or not, and without a cookie."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse

from havre.directory import folding
from havre.directory.models import Location, Organisation, Service
from havre.platform.accounts.tries import network_of
from havre.platform.keeping.rows import Visibility
from havre.platform.ui.pages import public
from havre.platform.ui.requests import Visit

from . import leaving, told
from .told import Told

USUAL, MOST, DEEPEST = 25, 100, 100_000  # of a page: its size, its largest size, and the last number asked for
A_MINUTE, WINDOW, NETWORKS = 120, 60, 10_000  # questions of one network in so many seconds; networks kept in mind
LONGEST = 100  # signs that are searched for
asked: dict[str, tuple[float, int]] = {}


class Wrong(Exception):
    """The question is not understood: a sentence for whoever programs it."""


def too_often(network: str, now: float | None = None) -> bool:
    """Counts a question; True when this network asked more of this process in a minute than it may."""
    now = time.monotonic() if now is None else now
    began, many = asked.get(network, (now, 0))
    if now - began > WINDOW:
        began, many = now, 0
    if network not in asked and len(asked) >= NETWORKS:
        asked.clear()
    asked[network] = (began, many + 1)
    return many >= A_MINUTE


def answers(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """A view of the API: JSON, errors too, and not too often."""

    def answered(request: Visit, *args: Any, **kwargs: Any) -> HttpResponse:
        if too_often(network_of(request)):
            return _error(429, "too many questions; ask again in a minute", {"Retry-After": str(WINDOW)})
        try:
            found = view(request, *args, **kwargs)
        except Wrong as wrong:
            return _error(400, str(wrong))
        return _error(404, "not found") if found is None else _json(found)

    entered = public(methods=("GET",))(answered)

    @functools.wraps(entered)
    def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return _error(405, "this address is read with GET", {"Allow": "GET"})
        return entered(request, *args, **kwargs)

    return spoken


def _json(value: Any, status: int = 200) -> HttpResponse:
    return JsonResponse(value, status=status, json_dumps_params={"ensure_ascii": False})


def _error(status: int, sentence: str, headers: dict[str, str] | None = None) -> HttpResponse:
    answer = _json({"error": sentence}, status)
    for name, value in (headers or {}).items():
        answer.headers[name] = value
    return answer


def _public(model: Any) -> QuerySet[Any]:
    """What is for everybody, and nothing more for somebody who is signed in."""
    return model.objects.filter(visibility=Visibility.PUBLIC).order_by("pk")


def _key(raw: str) -> UUID | None:
    try:
        return UUID(raw)
    except ValueError:
        return None


def _number(request: HttpRequest, name: str, usual: int, most: int) -> int:
    raw = request.GET.get(name, "")
    if not raw:
        return usual
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 9 and int(raw) >= 1):
        raise Wrong(f"{name} is a whole number from 1")
    return min(int(raw), most)


def _truth(request: HttpRequest, name: str) -> bool:
    raw = request.GET.get(name, "false").lower()
    if raw not in ("true", "false"):
        raise Wrong(f"{name} is true or false")
    return raw == "true"


def _page(request: HttpRequest, rows: QuerySet[Any], one: Callable[[Iterable[Any]], list[Told]]) -> Told:
    """A page of a list, with what HSDS says at its head."""
    size, number = _number(request, "per_page", USUAL, MOST), _number(request, "page", 1, DEEPEST)
    total = rows.count()
    pages = -(-total // size)
    some = list(rows[(number - 1) * size : number * size])
    told_of = _minimal if _truth(request, "minimal") else one
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(some),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not some,
        "contents": told_of(some),
    }


def _minimal(rows: Iterable[Any]) -> list[Told]:
    return [{"id": str(each.pk)} for each in rows]


def _of_organization(request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    raw = request.GET.get("organization_id", "")
    if not raw:
        return rows
    if (key := _key(raw)) is None:
        raise Wrong("organization_id is a UUID")
    return rows.filter(organisation=key)


def _searched(request: HttpRequest) -> str:
    raw = request.GET.get("search", "")
    if len(raw) > LONGEST or "\0" in raw:
        raise Wrong(f"search is a text of {LONGEST} signs at most")
    return raw


@answers
def organizations(request: Visit) -> Told:
    """Organizations, page by page."""
    rows = _public(Organisation)
    if search := folding.fold(_searched(request)):
        rows = rows.filter(folded__contains=search)
    return _page(request, rows, lambda some: [told.row("organization", each) for each in some])


@answers
def organization(request: Visit, pk: str) -> Told | None:
    """An organization with everything beneath it."""
    return _nested(_public(Organisation).filter(pk=_key(pk)).first())


@answers
def services(request: Visit) -> Told:
    """Services, page by page, with their organization."""
    rows = _of_organization(request, _public(Service)).select_related("organisation").defer("folded")
    if words := folding.words(_searched(request)):
        quoted = " & ".join("'" + each.replace("\\", "").replace("'", "''") + "'" for each in words)
        rows = rows.filter(folded=SearchQuery(quoted, config="simple", search_type="raw"))
    full = _truth(request, "full")
    return _page(request, rows, lambda some: [one for each in some if (one := _service(each, full=full))])


@answers
def service(request: Visit, pk: str) -> Told | None:
    """A service with everything beneath it, its organization and its places."""
    found = _public(Service).filter(pk=_key(pk)).select_related("organisation").first()
    return _service(found, full=True) if found else None


def _service(found: Service, *, full: bool) -> Told | None:
    if not full:
        return {**told.row("service", found), "organization": told.row("organization", found.organisation)}
    card = _nested(found.organisation)
    if card is None:
        return None
    of_card = {name: value for name, value in card.items() if name not in ("services", "locations")}
    places = {each["id"]: each for each in card.get("locations", ())}
    node: Told = next(each for each in card["services"] if each["id"] == str(found.pk))
    for each in node.get("service_at_locations", ()):
        if each.get("location_id") in places:
            each["location"] = places[each["location_id"]]
    programs = {each["id"]: each for each in card.get("programs", ())}
    if node.get("program_id") in programs:
        node["program"] = programs[node["program_id"]]
    return {**node, "organization": of_card}


@answers
def locations(request: Visit) -> Told:
    """Places, page by page; of a confidential one its kind alone."""
    rows = _of_organization(request, _public(Location))
    return _page(request, rows, lambda some: [told.row("location", each) for each in some])


@answers
def location(request: Visit, pk: str) -> Told | None:
    """A place with everything beneath it; of a confidential one its country and region."""
    found = _public(Location).filter(pk=_key(pk)).select_related("organisation").first()
    card = (_nested(found.organisation) if found else None) or {}
    return next((each for each in card.get("locations", ()) if each["id"] == str(_key(pk))), None)


def _nested(card: Organisation | None) -> Told | None:
    """The card as a document has it, without what leads to rows that are not for everybody."""
    if card is None or card.visibility != Visibility.PUBLIC:
        return None
    parent = _public(Organisation).filter(pk=card.parent_organisation_id).values_list("pk", flat=True)
    (found,) = leaving.nested(leaving.rows_of([card], "hsds", [card.pk, *parent]))
    return found
