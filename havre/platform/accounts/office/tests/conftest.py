"""What an administrator sends, and where an invitation leads."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from havre.platform.accounts.models import User

NEW = {"name": "Junó P.", "login": "juno", "roles": ["caseworker"], "language": "fr", "address": ""}


@pytest.fixture
def office(sign_in, refusals) -> Client:
    """Ferdinand's browser."""
    return sign_in("ferdinand")


@pytest.fixture
def invite(office) -> Callable[..., str]:
    """Invites somebody and gives the secret of the link."""

    def send(**changed) -> str:
        answer = office.post("/accounts/invite/", NEW | changed)
        assert answer.status_code == 200, answer.content.decode()
        return re.search(r"/welcome/#([\w-]{43})\"", answer.content.decode())[1]

    return send


@pytest.fixture
def choose() -> Callable[..., object]:
    """Chooses a password with an invitation, in a browser of its own."""

    def send(secret: str, password: str = "a lantern on the pier", again: str | None = None):
        given = {"invitation": secret, "password": password, "again": password if again is None else again}
        return Client(HTTP_ACCEPT_LANGUAGE="en").post("/welcome/", given)

    return send


@pytest.fixture
def agree(sign_in) -> Callable[..., object]:
    """A second person answers the one question there is."""

    def send(login: str = "chloe", answer: str = "yes"):
        browser = sign_in(login)
        (address,) = set(re.findall(r"/agreements/[0-9a-f-]{36}/", browser.get("/agreements/").content.decode()))
        return browser.post(f"{address}answer/", {"answer": answer})

    return send


def named(login: str) -> User:
    """The account of that login."""
    return User.objects.get(login=login)
