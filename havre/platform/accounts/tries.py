"""Slows guessing down, per account and per network, without ever locking anybody out for good."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from havre.platform.crypto import keyring

from .models import SignInTry

WINDOW = timedelta(minutes=10)
PER_ACCOUNT = 8
PER_NETWORK = 60  # a training room sits behind one address


def _keys(login: str, request: HttpRequest) -> list[tuple[bytes, int]]:
    network = request.META.get("REMOTE_ADDR", "")
    return [(keyring.mac("tries", f"login|{login.lower()}"), PER_ACCOUNT), (keyring.mac("tries", f"net|{network}"), PER_NETWORK)]


def too_many(login: str, request: HttpRequest) -> bool:
    """True when this account or this network has failed too often of late."""
    recent = SignInTry.objects.filter(at__gt=timezone.now() - WINDOW)
    return any(recent.filter(key=key).count() >= limit for key, limit in _keys(login, request))


def count(login: str, request: HttpRequest) -> None:
    """Counts one failure and forgets old ones."""
    SignInTry.objects.filter(at__lt=timezone.now() - WINDOW).delete()
    SignInTry.objects.bulk_create(SignInTry(key=key) for key, _ in _keys(login, request))
