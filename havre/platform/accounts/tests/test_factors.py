"""The second factor: set up before anything else, shown at each sign-in, each code and each touch good once."""

import base64
import re
import time

import pytest
from django.db import connection
from django.test import Client

from havre.platform.accounts import codes, factors, passkeys
from havre.platform.accounts.models import Session, User
from havre.platform.crypto import codes as steps
from tests.personas import PASSWORD, signed_in, with_app

from .soft import PRESENT, SoftKey, asked

WRONG_CODE = "This code is not right, or it was used before."
NOT_SHOWN = "The passkey was not recognised, or the page had waited too long."


def browser():
    return Client(HTTP_ACCEPT_LANGUAGE="en", HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")


def knock(client, login="amina", **more):
    return client.post("/signin/", {"login": login, "password": PASSWORD, **more})


def with_passkey(login):
    """A passkey of that user, and a browser in which they are signed in."""
    client, key = signed_in(login), SoftKey()
    assert client.post("/enrol/", {"passkey": key.make(asked(client.get("/me/add/")))}).status_code == 200
    return client, key


@pytest.fixture
def app(personas):
    return with_app(personas.amina)


def test_whoever_has_no_factor_sets_one_up_and_does_nothing_else_before(personas):
    client = browser()
    page = knock(client)
    assert page.status_code == 423 and "Your password needs a second key" in page.content.decode()
    for address in ("/", "/people/", "/me/", "/people/new/"):
        assert "Your password needs a second key" in client.get(address).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("select havre.actor()")
        assert cursor.fetchone() == (None,)


def test_an_app_is_set_up_and_ten_codes_are_shown_once(personas):
    client = browser()
    page = knock(client, next="/people/").content.decode()
    secret = re.search(r'hv-qr__key">([^<]*)', page)[1].replace(" ", "")
    wrong = client.post("/enrol/", {"code": "000000", "next": "/people/"})
    assert wrong.status_code == 422 and "This code does not fit." in wrong.content.decode()
    assert secret in wrong.content.decode().replace(" ", "")
    code = steps.code(base64.b32decode(secret), steps.step_at(time.time()))
    shown = client.post("/enrol/", {"code": code, "next": "/people/"})
    found = re.findall(r"<li class=\"hv-ref\">([\w-]{14})</li>", shown.content.decode())
    assert shown.status_code == 200 and len(set(found)) == 10 and 'href="/people/"' in shown.content.decode()
    assert client.get("/people/").status_code == 200 and found[0] not in client.get("/me/").content.decode()


def test_a_code_of_the_app_signs_in_and_counts_once(app):
    first, second = browser(), browser()
    page = knock(first, next="/people/")
    assert page.status_code == 423 and "One more step" in page.content.decode()
    code = app.code()
    answer = first.post("/unlock/", {"code": f"{code[:3]} {code[3:]}", "next": "/people/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/people/")
    assert first.get("/people/").status_code == 200
    knock(second)
    again = second.post("/unlock/", {"code": code})
    assert again.status_code == 423 and WRONG_CODE in again.content.decode()
    assert second.get("/people/").status_code == 423


def test_a_recovery_code_counts_once(app, personas):
    code = codes.renewed(personas.amina, factors.of(personas.amina))[0]
    for expected in (302, 423):
        client = browser()
        knock(client)
        answer = client.post("/unlock/", {"code": code.lower()})
        assert answer.status_code == expected
    assert WRONG_CODE in answer.content.decode()
    assert sum(each.kind == factors.RECOVERY for each in factors.of(personas.amina)) == 9


def test_recovery_codes_of_another_open_nothing(app, personas):
    theirs = codes.renewed(personas.gita, [])[0]
    client = browser()
    knock(client)
    assert client.post("/unlock/", {"code": theirs}).status_code == 423


def test_after_ten_wrong_codes_even_the_right_one_waits(app):
    client = browser()
    knock(client)
    for _ in range(codes.PER_ACCOUNT.most):
        client.post("/unlock/", {"code": "000000"})
    answer = client.post("/unlock/", {"code": app.code()})
    assert answer.status_code == 423 and "Too many wrong codes." in answer.content.decode()


def test_a_passkey_signs_in_by_itself_and_its_answer_counts_once(personas):
    _, key = with_passkey("amina")
    client = browser()
    said = key.show(asked(client.get("/signin/")))
    assert client.post("/passkey/", {"passkey": said, "next": "/people/"}).headers["Location"] == "/people/"
    assert client.get("/people/").status_code == 200
    replayed = browser().post("/passkey/", {"passkey": said})
    assert replayed.status_code == 422 and NOT_SHOWN in replayed.content.decode()


@pytest.mark.parametrize(
    "forged",
    [SoftKey(origin="https://havre.example"), SoftKey(flags=PRESENT), SoftKey(id=b"another")],
    ids=["elsewhere", "not verified", "unknown"],
)
def test_what_is_not_the_users_passkey_here_opens_nothing(personas, forged):
    _, key = with_passkey("amina")
    forged.user, forged.uses = key.user, 5
    if forged.id == key.id:
        forged.key = key.key
    client = browser()
    assert client.post("/passkey/", {"passkey": forged.show(asked(client.get("/signin/")))}).status_code == 422
    assert client.get("/people/").status_code == 302


def test_a_passkey_that_keeps_no_count_signs_in_again_and_a_copied_one_does_not(personas):
    _, key = with_passkey("amina")
    key.counts = False
    for _ in range(2):
        client = browser()
        assert client.post("/passkey/", {"passkey": key.show(asked(client.get("/signin/")))}).status_code == 302
    key.uses = 7
    assert client.post("/passkey/", {"passkey": key.show(asked(client.get("/signin/")))}).status_code == 302
    key.uses = 6
    assert client.post("/passkey/", {"passkey": key.show(asked(client.get("/signin/")))}).status_code == 422


NONSENSE = ["", "{", "[]", "null", "1e999", '{"id": 5}', "[" * 15_000, '{"response": {}}', "é" * 30_000]


@pytest.mark.parametrize("text", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_in_place_of_a_passkey_is_a_sentence(personas, text):
    answer = browser().post("/passkey/", {"passkey": text})
    assert answer.status_code == 422 and NOT_SHOWN in answer.content.decode()


def test_a_challenge_is_of_its_own_session_and_act_and_of_five_minutes(personas, monkeypatch):
    client, key = with_passkey("amina")
    other = browser()
    knock(other)
    assert other.post("/unlock/", {"passkey": key.show(asked(client.get("/signin/")))}).status_code == 423
    page = other.get("/people/")
    old = key.show(asked(page))
    monkeypatch.setattr(passkeys, "LASTS", -1)
    assert other.post("/unlock/", {"passkey": old}).status_code == 423
    monkeypatch.setattr(passkeys, "LASTS", 300)
    assert other.post("/unlock/", {"passkey": key.show(asked(page))}).status_code == 302


def test_a_factor_is_enrolled_for_nobody_else(personas):
    client, key = signed_in("amina"), SoftKey()
    theirs = asked(signed_in("gita").get("/me/add/"))
    assert client.post("/enrol/", {"passkey": key.make(theirs)}).status_code == 422
    assert browser().post("/enrol/", {"passkey": key.make(theirs)}).status_code == 302
    told = {**asked(client.get("/me/add/"))}
    said = key.make(told)
    assert client.post("/enrol/", {"passkey": said, "user": str(personas.gita.pk)}).status_code == 200
    assert client.post("/enrol/", {"passkey": said}).status_code == 422  # the very same once more
    assert not factors.of(personas.gita) and factors.enough(factors.of(personas.amina))


def test_whoever_waits_with_the_password_alone_enrols_no_second_one(app, personas):
    client = browser()
    knock(client)
    answer = client.post("/enrol/", {"passkey": "{}"})
    assert answer.status_code == 302 and client.get("/").status_code == 423
    assert len(factors.of(personas.amina)) == 1


def test_the_wait_ends_after_ten_minutes_and_with_signing_out(app):
    client = browser()
    knock(client)
    old = client.cookies["__Host-havre"].value
    client.post("/unlock/", {"code": app.code()})
    replay = browser()
    replay.cookies["__Host-havre"] = old
    assert replay.get("/people/").headers["Location"].startswith("/signin/")
    late = browser()
    knock(late)
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        Session.objects.filter(kind="door").update(expires="2026-01-01T00:00Z")
        cursor.execute("set local role havre_app")
    assert late.post("/unlock/", {"code": app.code()}).headers["Location"].startswith("/signin/")


def test_a_stolen_database_shows_no_secret(app, personas):
    codes.renewed(personas.amina, [])
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute("select sealed from accounts_factor")
        kept = b"".join(bytes(row[0]) for row in cursor.fetchall())
        cursor.execute("set local role havre_app")
    assert app.secret not in kept and b"secret" not in kept and b"hash" not in kept


def test_signing_out_by_get_does_nothing(personas):
    client = signed_in("amina")
    assert client.get("/signout/").status_code == 405 and client.get("/people/").status_code == 200


def test_in_the_demonstration_a_click_is_enough_and_elsewhere_there_is_no_such_page(personas, settings):
    client = browser()
    assert client.post("/persona/", {"login": "amina"}).status_code == 404
    settings.DEMO = True
    assert client.post("/persona/", {"login": "nobody"}).status_code == 404
    assert client.post("/persona/", {"login": "amina", "next": "/people/"}).headers["Location"] == "/people/"
    assert "Demonstration" in client.get("/people/").content.decode()
    client.post("/lock/")
    assert client.get("/people/").status_code == 423 and client.post("/unlock/").status_code == 302
    assert User.objects.filter(login="amina").exists() and client.get("/people/").status_code == 200
