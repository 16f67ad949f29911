"""Slows guessing and leafing through names down, without ever locking anybody out for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.http import HttpRequest
from django.utils import timezone

from havre.platform.crypto import keyring

from .models import SignInTry

KEPT = timedelta(hours=1)  # the longest window: what is older is forgotten
WINDOW = timedelta(minutes=10)


@dataclass(frozen=True)
class Limit:
    """So many acts of one kind in a window of time, counted for each person or place by a keyed hash."""

    kind: str
    most: int
    window: timedelta = WINDOW

    def _key(self, whose: str) -> bytes:
        return keyring.mac("tries", f"{self.kind}|{whose}")

    def reached(self, whose: str) -> bool:
        """True when there were as many of late as may be."""
        since = timezone.now() - self.window
        return SignInTry.objects.filter(key=self._key(whose), at__gt=since).count() >= self.most

    def count(self, whose: str) -> None:
        """Counts one, and forgets what is old."""
        SignInTry.objects.filter(at__lt=timezone.now() - KEPT).delete()
        SignInTry.objects.create(key=self._key(whose))


PER_ACCOUNT = Limit("login", 8)
PER_NETWORK = Limit("net", 150)  # thirty people in a training room behind one address, each wrong five times
NOWHERE = Limit("held", 0)  # counted in place of the others while they wait: the same work, and nobody waits longer


def _limits(login: str, request: HttpRequest) -> list[tuple[Limit, str]]:
    return [(PER_ACCOUNT, login.lower()), (PER_NETWORK, network_of(request))]


def network_of(request: HttpRequest) -> str:
    """Where a request comes from: behind the proxy of this machine, what that says last; of IPv6 what a house has."""
    near = request.META.get("REMOTE_ADDR", "")
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        far = ip_address(told) if told and ip_address(near).is_loopback else ip_address(near)
    except ValueError:
        return near
    return str(ip_network(f"{far}/64", strict=False)) if far.version == 6 else str(far)


def too_many(login: str, request: HttpRequest) -> bool:
    """True when this account or this network has failed too often of late."""
    reached = [limit.reached(whose) for limit, whose in _limits(login, request)]
    return any(reached)


def count(login: str, request: HttpRequest) -> None:
    """Counts one failure."""
    for limit, whose in _limits(login, request):
        limit.count(whose)


def count_in_vain(login: str, request: HttpRequest) -> None:
    """The work of counting, without making anybody wait longer."""
    for limit, whose in _limits(login, request):
        NOWHERE.count(f"{limit.kind}|{whose}")
