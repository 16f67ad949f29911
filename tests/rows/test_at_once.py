"""Two administrators, or two browsers, at the very same time: one comes first, and the other finds it done."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256

import psycopg
import pytest
from django.db import transaction

from havre.platform.accounts import claims
from havre.platform.accounts.models import User

from .world import enter, standing_in

DENIED = psycopg.errors.InsufficientPrivilege


@pytest.fixture
def greta(world, django_db_blocker):
    """A second administrator who has just signed in; both are as before afterwards."""
    from havre.platform.accounts.founding import found_user

    agency = world.users["ferdinand"].agency
    login = f"greta{secrets.token_hex(4)}"
    with django_db_blocker.unblock(), standing_in(world.name), transaction.atomic(using="owner"):
        user = found_user(agency, login, "Greta", "administrator", "x", using="owner")
    tokens = {}
    with django_db_blocker.unblock(), standing_in(world.name), transaction.atomic():
        for each in (user, world.users["ferdinand"]):
            tokens[each.pk] = secrets.token_hex(32)
            claims.begin_session(User.objects.get(pk=each.pk), tokens[each.pk], "{}", timedelta(hours=1))
    yield user, tokens
    with world.owner() as owner:
        owner.execute("update accounts_user set is_active = true, suspended = null where id = any(%s)", [list(tokens)])
        owner.execute(
            "delete from accounts_session where token_hash = any(%s)",
            [[sha256(each.encode()).digest() for each in tokens.values()]],
        )
        owner.execute("update accounts_membership set ends = clock_timestamp() where user_id = %s", [user.pk])
        owner.execute("update accounts_user set is_active = false where id = %s", [user.pk])
        owner.commit()


def test_two_administrators_do_not_suspend_each_other(world, greta):
    user, tokens = greta
    ferdinand = world.users["ferdinand"]
    with world.connect("havre_app") as one, world.connect("havre_app") as other, ThreadPoolExecutor(1) as beside:
        enter(one, tokens[ferdinand.pk])
        enter(other, tokens[user.pk])
        one.execute("select havre.suspend(%s, false)", [user.pk])
        waits = beside.submit(other.execute, "select havre.suspend(%s, false)", [ferdinand.pk])
        with pytest.raises(TimeoutError):
            waits.result(timeout=0.5)
        one.commit()
        with pytest.raises(DENIED):
            waits.result(timeout=10)
        other.rollback()
    with world.owner() as owner:
        assert owner.execute("select is_active from accounts_user where id = %s", [ferdinand.pk]).fetchone() == (True,)


def test_an_invitation_sent_twice_at_once_is_good_once(world, greta):
    user, tokens = greta
    invited, secret = f"juno{secrets.token_hex(4)}", secrets.token_urlsafe(32)
    call = "select havre.invite(gen_random_uuid(), %s, 'Juno', 'en', '{auditor}', null, 'k', %s)"
    with world.connect("havre_app") as asked:
        enter(asked, tokens[user.pk])
        asked.execute(call, [invited, sha256(secret.encode()).digest()])
        asked.commit()
    with world.connect("havre_app") as one, world.connect("havre_app") as other, ThreadPoolExecutor(1) as beside:
        assert one.execute("select havre.accept(%s, 'first')", [secret]).fetchone() == (True,)
        waits = beside.submit(lambda: other.execute("select havre.accept(%s, 'second')", [secret]).fetchone())
        with pytest.raises(TimeoutError):
            waits.result(timeout=0.5)
        one.commit()
        assert waits.result(timeout=10) == (False,)
        other.rollback()
    with world.owner() as owner:
        owner.execute("update accounts_user set is_active = false, ended = now() where login = %s", [invited])
        owner.commit()
