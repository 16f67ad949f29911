"""Requests of everybody at once on few pooled connections, some of which break in the midst of their transaction."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import clear_url_caches, include, path

from havre.cases.people.models import Case
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.site.urls import handler400, handler403, handler404, handler500
from havre.site.urls import urlpatterns as of_the_house

from .fort import NOBODY, Fort

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
LOGINS = ("amina", "boris", "chloe", "gita", "hana", "sami", "dao", NOBODY)
ADDRESSES = ("/", "/people/", "/people/{}/", "/people/{}/consent/", "/people/{}/needs/", "/people/{}/reach/", "/seen/")
BREAKING = ("/t/breaks/", "/t/fails/", "/t/loses/", "/t/wanders/")


@page(needs=Permission.CASE_READ)
def breaks(request: HttpRequest) -> HttpResponse:
    """Has read rows, and raises."""
    raise ValueError([each.reference for each in Case.objects.all()])


@page(needs=Permission.CASE_READ)
def fails(request: HttpRequest) -> HttpResponse:
    """The database refuses, and the transaction is spoilt."""
    list(Case.objects.all())
    with connections["default"].cursor() as cursor:
        cursor.execute("select 1 / 0")
    return HttpResponse("never said")


@page(needs=Permission.CASE_READ)
def loses(request: HttpRequest) -> HttpResponse:
    """The connection is cut."""
    list(Case.objects.all())
    connections["default"].connection.close()
    with connections["default"].cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("never said")


@page(needs=Permission.CASE_READ)
def wanders(request: HttpRequest) -> HttpResponse:
    """A careless page: it names no file of anybody and shows whatever there is."""
    return HttpResponse(" ".join(each.reference for each in Case.objects.all()))


urlpatterns = [
    path("t/breaks/", breaks),
    path("t/fails/", fails),
    path("t/loses/", loses),
    path("t/wanders/", wanders),
    path("", include(of_the_house)),
]


@dataclass
class Told:
    """What came of it."""

    asked: int = 0
    broken: int = 0
    connections: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    foreign: list[str] = field(default_factory=list)


def crowd(fort: Fort, *, requests: int, threads: int, seed: str = "a crowd") -> Told:
    """So many requests, by so many threads, on a pool of four connections."""
    told, lock, backends = Told(), threading.Lock(), set()

    def ask(number: int) -> None:
        rng = random.Random(f"{seed} {number}")
        login = rng.choice(LOGINS)
        breaking = rng.random() < 0.25
        reference = rng.choice([place.case.reference for place in fort.places.values()])
        address = rng.choice(BREAKING if breaking else ADDRESSES).format(reference)
        answer = fort.client(login).get(address)
        connections.close_all()  # as a server does after each request: back into the pool
        said = answer.content.replace(address.encode(), b"")
        leaks = fort.leaks(login, said)
        with lock:
            told.asked += 1
            told.broken += answer.status_code >= 500
            told.statuses[answer.status_code] += 1
            told.foreign += [f"{login} {address} shows {each}" for each in leaks]
            backends.update(_backends())

    with _pooled(4), override_settings(ROOT_URLCONF=__name__):
        clear_url_caches()
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(ask, range(requests)))
    clear_url_caches()
    told.connections = max(backends, default=0)
    return told


def _backends() -> Iterator[int]:
    pool = connections["default"].pool
    yield pool.get_stats().get("pool_size", 0) if pool else 0


@contextmanager
def _pooled(size: int) -> Iterator[None]:
    """Django's connections of the application come from a pool of that size, given back after each request."""
    before = {}
    for name in ("default", "refusals"):
        one = connections[name]
        one.close()
        before[name] = (one.settings_dict["CONN_MAX_AGE"], dict(one.settings_dict["OPTIONS"]))
        one.settings_dict["CONN_MAX_AGE"] = 0
        one.settings_dict["OPTIONS"]["pool"] = {"min_size": size, "max_size": size, "timeout": 20}
    try:
        yield
    finally:
        for name, (age, options) in before.items():
            connections[name].close_pool()
            connections[name].close()
            connections[name].settings_dict["CONN_MAX_AGE"] = age
            connections[name].settings_dict["OPTIONS"] = options
