"""Slows guessing and leafing through names down, without ever locking anybody out for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from havre.platform.crypto import keyring

from .models import SignInTry

KEPT = timedelta(minutes=10)  # the longest window: what is older is forgotten


@dataclass(frozen=True)
class Limit:
    """So many acts of one kind in a window of time, counted for each person or place by a keyed hash."""

    kind: str
    most: int
    window: timedelta = KEPT

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
PER_NETWORK = Limit("net", 60)  # a training room sits behind one address


def _limits(login: str, request: HttpRequest) -> list[tuple[Limit, str]]:
    return [(PER_ACCOUNT, login.lower()), (PER_NETWORK, request.META.get("REMOTE_ADDR", ""))]


def too_many(login: str, request: HttpRequest) -> bool:
    """True when this account or this network has failed too often of late."""
    return any(limit.reached(whose) for limit, whose in _limits(login, request))


def count(login: str, request: HttpRequest) -> None:
    """Counts one failure."""
    for limit, whose in _limits(login, request):
        limit.count(whose)
