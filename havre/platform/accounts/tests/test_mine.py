"""One's own way in: what is listed, what ends, what is taken away; nothing of somebody else's."""

import re

import pytest
from django.test import Client

from havre.platform.accounts import factors
from havre.platform.accounts.models import User
from tests.personas import PASSWORD, signed_in, with_app

NEW = "four slow ferries at anchor"


def sessions_of(client):
    return re.findall(r'name="session" value="([0-9a-f-]+)"', client.get("/me/").content.decode())


@pytest.fixture
def amina(personas):
    return signed_in("amina")


def test_ones_sessions_are_listed_and_one_or_all_others_end(amina):
    second, third = signed_in("amina"), signed_in("amina")
    there = sessions_of(third)
    assert len(there) == 2
    assert third.post("/me/end/", {"session": there[0]}).status_code == 302 and len(sessions_of(third)) == 1
    assert third.post("/me/end/").status_code == 302 and sessions_of(third) == []
    assert [each.get("/people/").status_code for each in (amina, second, third)] == [302, 302, 200]


def test_a_fourth_device_ends_the_first(personas):
    first, *others = [signed_in("amina") for _ in range(4)]
    assert [each.get("/people/").status_code for each in (first, *others)] == [302, 200, 200, 200]


def test_somebody_elses_session_does_not_end(amina, refusals):
    gita = signed_in("gita")
    another = signed_in("gita")
    (theirs,) = sessions_of(another)
    assert amina.post("/me/end/", {"session": theirs}).status_code == 302
    assert gita.get("/people/").status_code == 200
    assert amina.post("/me/end/", {"session": "x"}).status_code == 422


def test_a_new_password_ends_all_other_sessions_and_holds_from_then_on(amina):
    other = signed_in("amina")
    answer = amina.post("/me/password/", {"new": NEW, "again": NEW})
    assert answer.status_code == 302 and amina.get("/people/").status_code == 200
    assert other.get("/people/").status_code == 302
    user = User.objects.get(login="amina")
    assert user.check_password(NEW) and not user.check_password(PASSWORD)


WEAK = [
    ("short", "short", "12"),
    ("password1234", "password1234", "common"),
    (NEW, "x", "Write it once more."),
    ("", "", "Write"),
]


@pytest.mark.parametrize("new, again, sentence", WEAK)
def test_a_weak_password_is_refused_in_a_sentence(amina, new, again, sentence):
    answer = amina.post("/me/password/", {"new": new, "again": again})
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert User.objects.get(login="amina").check_password(PASSWORD)


def test_the_last_factor_stays_and_another_may_go(amina, personas, refusals):
    with_app(personas.amina)
    (app,) = factors.of(personas.amina)
    last = amina.post("/me/drop/", {"factor": str(app.id)})
    assert last.status_code == 422 and "This is your last second factor" in last.content.decode()
    factors.enrol(personas.amina, factors.PASSKEY, {"name": "x", "credential": ""})
    other = signed_in("amina")
    assert amina.post("/me/drop/", {"factor": str(app.id)}).status_code == 302
    assert [each.kind for each in factors.of(personas.amina)] == [factors.PASSKEY]
    assert other.get("/people/").status_code == 302


def test_the_factor_of_somebody_else_is_not_taken_away(amina, personas):
    with_app(personas.amina), with_app(personas.gita)
    (theirs,) = factors.of(personas.gita)
    amina.post("/me/drop/", {"factor": str(theirs.id)})
    assert factors.of(personas.gita) == [theirs]


def test_new_recovery_codes_take_the_place_of_the_old(amina, personas):
    with_app(personas.amina)
    pages = [amina.post("/me/recovery/").content.decode() for _ in "12"]
    first, second = (re.findall(r">(\w{4}-\w{4}-\w{4})<", page) for page in pages)
    assert len(first) == len(second) == 10 and not set(first) & set(second)
    assert "10 recovery codes are left." in amina.get("/me/").content.decode()


def test_the_page_names_a_browser_in_coarse_words(personas):
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/140.0 Safari/537.36 Edg/140.0")
    client.post("/signin/", {"login": "amina", "password": PASSWORD})
    app = with_app(personas.amina)
    client.post("/unlock/", {"code": app.code()})
    page = client.get("/me/").content.decode()
    assert "Edge · Windows" in page and "NT 10" not in page
