"""Start-up refuses a role that could reach past the policies, and a server that could lose what it acknowledged."""

from contextlib import contextmanager

import pytest
from django.db import connections

from havre.platform.database import guard
from havre.platform.database.guard import Unsafe, refuse_unsafe
from tests import harness


@contextmanager
def starting_as(monkeypatch, role, url=""):
    """The start-up check looks through a connection of that role."""
    from havre.platform.database.address import connection

    settings = connection(url or harness.CLUSTER.url(harness.NAME), role, harness.PASSWORDS)
    probe = connections["default"].copy(alias="probe")
    probe.settings_dict = {**connections["default"].settings_dict, **settings}
    monkeypatch.setattr(guard, "connection", probe)
    try:
        yield
    finally:
        probe.close()


@pytest.fixture
def role():
    """A role of this test, changed as it likes and gone at the end."""
    import json

    import psycopg

    from havre.platform.database.setup import write_private

    name = f"havre_guard_{harness.WORKER}"
    known = json.loads(harness.PASSWORDS.read_text())
    with psycopg.connect(harness.CLUSTER.url(harness.NAME), autocommit=True) as admin, harness._alone():
        admin.execute(f"drop role if exists {name}")
        admin.execute(f"create role {name} login password 'guard'")
        write_private(harness.PASSWORDS, json.dumps({**known, name: "guard"}))
        yield lambda statement: admin.execute(statement.format(name).encode()) and name
        write_private(harness.PASSWORDS, json.dumps(known))
        admin.execute(f"drop owned by {name}; drop role {name}")


@pytest.mark.parametrize("login", ["havre_app", "havre_worker"])
def test_the_roles_of_the_application_may_start(django_db_setup, monkeypatch, login, django_db_blocker):
    with django_db_blocker.unblock(), starting_as(monkeypatch, login):
        refuse_unsafe()


def test_the_administrator_may_not_start(django_db_setup, monkeypatch, django_db_blocker):
    with django_db_blocker.unblock(), starting_as(monkeypatch, None), pytest.raises(Unsafe, match="is a superuser"):
        refuse_unsafe()


@pytest.mark.parametrize(
    "change, words",
    [
        ("alter role {} bypassrls", "can bypass row policies"),
        ("alter role {} superuser", "is a superuser"),
        ("alter role {} createdb", "can create roles or databases"),
        ("alter role {} createrole", "can create roles or databases"),
        ("grant havre_owner to {}", "is a member of another role"),
        ("grant create on schema public to {}", "may create tables"),
        ("create table owned_by_the_guard (x int); alter table owned_by_the_guard owner to {}", "owns tables"),
    ],
)
def test_a_role_that_can_do_more_may_not_start(django_db_setup, monkeypatch, django_db_blocker, role, change, words):
    name = role(change)
    with django_db_blocker.unblock(), starting_as(monkeypatch, name), pytest.raises(Unsafe, match=words) as refusal:
        refuse_unsafe()
    assert "\n" not in str(refusal.value) and "havre setup" in str(refusal.value)


@pytest.mark.parametrize("setting", ["synchronous_commit"])
def test_a_server_that_could_lose_something_is_refused(django_db_setup, monkeypatch, django_db_blocker, role, setting):
    name = role("select '{}'")
    role("alter role {} set synchronous_commit = off")
    with django_db_blocker.unblock(), starting_as(monkeypatch, name), pytest.raises(Unsafe, match=setting):
        refuse_unsafe()
