"""The door: one answer for every wrong key, a slow-down for guessing, and a lock that loses nothing."""

import re
import uuid
from typing import ClassVar

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from havre.platform.accounts import claims
from havre.platform.accounts.claims import token_of
from havre.platform.accounts.leaving import end
from havre.platform.accounts.models import Session, SignInTry, User
from havre.platform.accounts.sessions import SessionStore
from havre.platform.accounts.tries import PER_ACCOUNT, network_of
from havre.platform.audit.recorder import Recorder, recording
from havre.platform.crypto import keyring
from havre.platform.database.claims import hand_over
from havre.platform.ui.requests import Visit
from tests.personas import PASSWORD, signed_in, with_app

WRONG = "This login and this password do not go together."


def knock(login, password=PASSWORD, **more):
    return Client(HTTP_ACCEPT_LANGUAGE="en").post("/signin/", {"login": login, "password": password, **more})


def without_tokens(answer):
    page = re.sub(r'(csrfmiddlewaretoken" value="|data-options=")[^"]*', "", answer.content.decode())
    return re.sub(r'(name="login" value=")[^"]*', "", page)


@pytest.fixture
def inactive(personas):
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute("update accounts_user set is_active = false where login = 'gita'")
        cursor.execute("set local role havre_app")


def test_unknown_wrong_and_inactive_are_answered_alike(inactive):
    answers = [knock("nobody"), knock("amina", "a wrong password"), knock("gita")]
    assert {answer.status_code for answer in answers} == {422}
    assert len({without_tokens(answer) for answer in answers}) == 1 and WRONG in answers[0].content.decode()


def test_nothing_written_is_asked_for_in_words(personas):
    page = knock("", "").content.decode()
    assert "Write your login." in page and "Write your password." in page and not SignInTry.objects.exists()


@pytest.mark.parametrize("login", ["a" * 5000, "a\x00mina", "\u202eanima", "'; --", "😀"])
def test_a_login_that_cannot_be_is_answered_as_any_other(personas, login):
    answer = knock(login)
    assert answer.status_code == 422 and WRONG in answer.content.decode()


def test_after_too_many_tries_even_the_right_password_waits(personas):
    for _ in range(PER_ACCOUNT.most):
        knock("amina", "a wrong password")
    answer = knock("amina")
    assert answer.status_code == 422 and "Too many tries. Wait ten minutes, then try again." in answer.content.decode()
    assert knock("chloe").status_code == 423


def test_it_leads_to_where_one_was_going_and_never_to_another_site(personas):
    for given, led in (("/people/", "/people/"), ("https://example.org/", "/")):
        client, app = Client(HTTP_ACCEPT_LANGUAGE="en"), with_app(personas.amina)
        page = client.post("/signin/", {"login": "amina", "password": PASSWORD, "next": given}).content.decode()
        assert f'name="next" value="{led}"' in page
        assert client.post("/unlock/", {"code": app.code(), "next": given}).headers["Location"] == led


def test_the_demonstration_lists_its_people_with_their_password(personas, settings):
    assert "havre-demo" not in Client().get("/signin/").content.decode()
    settings.DEMO = True
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get("/signin/").content.decode()
    assert all(user.login in page for user in User.objects.all()) and "havre-demo" in page and "Caseworker" in page


def test_a_form_sent_after_the_session_ended_waits_at_the_door(personas):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    answer = client.post("/people/new/", {"called": "Noor", "needs": ["food", "shelter"]})
    page = answer.content.decode()
    assert answer.status_code == 401 and 'name="kept-called" value="Noor"' in page and page.count("kept-needs") == 4
    kept = {"kept-called": "Noor", "kept-needs": ["food", "shelter"], "next": "/people/new/"}
    app = with_app(personas.amina)
    asked = client.post("/signin/", {"login": "amina", "password": PASSWORD, **kept}).content.decode()
    assert 'name="kept-called" value="Noor"' in asked
    back = client.post("/unlock/", {"code": app.code(), **kept}).content.decode()
    assert 'action="/people/new/"' in back and 'name="called" value="Noor"' in back and "data-resume" not in back


@pytest.fixture
def app(personas):
    return with_app(personas.amina)


@pytest.fixture
def locked(app, sign_in):
    client = sign_in("amina")
    assert client.post("/lock/", {}).status_code == 302
    return client


def test_a_locked_page_asks_for_the_password_at_its_own_address(locked):
    answer = locked.get("/people/new/")
    page = answer.content.decode()
    assert answer.status_code == 423 and "Your draft is kept." in page and 'name="next" value="/people/new/"' in page
    assert "autofocus" in page


def test_password_and_code_open_it_under_a_new_session_and_the_old_one_is_gone(locked, app):
    before = locked.cookies["__Host-havre"].value
    answer = locked.post("/unlock/", {"password": PASSWORD, "code": app.code(), "next": "/people/new/#f-note"})
    assert answer.status_code == 302 and answer.headers["Location"] == "/people/new/#f-note"
    assert locked.get("/people/new/").status_code == 200 and locked.cookies["__Host-havre"].value != before
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        assert Session.objects.filter(kind="browser").count() == 1
        cursor.execute("set local role havre_app")


def test_a_wrong_password_leaves_it_locked_and_loses_nothing(locked):
    answer = locked.post("/unlock/", {"password": "wrong", "next": "/people/new/", "kept-note": "Half a sentence"})
    page = answer.content.decode()
    assert answer.status_code == 423 and WRONG in page and 'name="kept-note" value="Half a sentence"' in page
    assert locked.get("/people/new/").status_code == 423


def test_what_was_sent_to_a_locked_page_is_kept_through_the_unlocking(locked, app):
    sent = {"called": "Noor", "needs": ["food", "shelter"], "next": "mine", "form_token": str(uuid.uuid4())}
    asked = locked.post("/people/new/", sent)
    kept = re.findall(r'<input type="hidden" name="(kept-[^"]*)" value="([^"]*)"', asked.content.decode())
    assert asked.status_code == 423 and ("kept-called", "Noor") in kept and ("kept-next", "mine") in kept
    fields = {name: [value for each, value in kept if each == name] for name, _ in kept}
    given = {"password": PASSWORD, "code": app.code(), "next": "/people/new/"}
    back = locked.post("/unlock/", {**given, **fields}).content.decode()
    again = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', back.split('action="/people/new/"')[1])
    names = {name: [value for each, value in again if each == name] for name, _ in again}
    assert names["needs"] == ["food", "shelter"] and names["next"] == ["mine"] and "data-resume" in back
    assert locked.post("/people/new/", names).status_code == 302


def test_a_draft_of_a_locked_page_is_refused_and_shows_nothing(locked, personas):
    assert locked.post(f"/draft/note/{personas.amina.pk}/", {"text": "x"}).status_code == 423


def test_unlocking_keeps_the_forms_of_other_windows_valid(personas):
    client, app = signed_in("amina"), with_app(personas.amina)
    client.handler.enforce_csrf_checks = True
    old = re.search(r'csrfmiddlewaretoken" value="([^"]*)', client.get("/people/new/").content.decode()).group(1)
    client.post("/lock/", {"csrfmiddlewaretoken": old})
    client.post("/unlock/", {"password": PASSWORD, "code": app.code(), "csrfmiddlewaretoken": old})
    assert client.post("/people/new/", {"csrfmiddlewaretoken": old}).status_code == 302


def test_after_a_wrong_password_the_cursor_stands_in_the_password(client, db):
    fresh, again = client.get("/signin/"), client.post("/signin/", {"login": "amina", "password": "not this"})
    passwords = [each.context["form"].fields["password"] for each in (fresh, again)]
    assert [each.widget.attrs.get("autofocus") for each in passwords] == [None, True]


class Counting(MD5PasswordHasher):
    """Counts how often a password is hashed."""

    hashed: ClassVar[list[str]] = []

    def encode(self, password, salt):
        self.hashed.append(salt)
        return super().encode(password, salt)


def work_of(login, password):
    """Passwords hashed and statements sent for one answer at the door."""
    Counting.hashed.clear()
    with CaptureQueriesContext(connection) as sent:
        knock(login, password)
    statements = [query["sql"].split()[0] for query in sent.captured_queries]
    return len(Counting.hashed), [each for each in statements if each not in ("SAVEPOINT", "RELEASE")]


def test_unknown_wrong_inactive_and_held_back_cost_the_same_work(inactive, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    for _ in range(PER_ACCOUNT.most):
        PER_ACCOUNT.count("chloe")
    asked = [("nobody", "x"), ("amina", "a wrong password"), ("gita", PASSWORD), ("chloe", PASSWORD)]
    hashed, statements = zip(*(work_of(*each) for each in asked), strict=True)
    assert set(hashed) == {1} and len({tuple(each) for each in statements}) == 1


def test_thirty_people_behind_one_address_come_in_after_three_wrong_tries_each(personas):
    for each in range(30):
        for _ in range(3):
            knock(f"somebody{each}", "a wrong password")
    assert knock("amina").status_code == 423


@pytest.mark.parametrize(
    "near, told, network",
    [
        ("127.0.0.1", "203.0.113.7, 198.51.100.9", "198.51.100.9"),
        ("203.0.113.7", "198.51.100.9", "203.0.113.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_the_network_is_what_the_proxy_of_this_machine_says_last(near, told, network):
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=near, headers={"X-Forwarded-For": told})) == network


def end_elsewhere():
    with connection.cursor() as cursor:
        cursor.execute('select havre."end"()')


def test_a_page_whose_session_ended_while_it_was_made_leads_to_the_door(sign_in, monkeypatch):
    client, write = sign_in("amina"), Recorder.write

    def late(recorder, **more):
        end_elsewhere()  # in a transaction that is undone, where the real one was another's
        write(recorder, **more)

    monkeypatch.setattr(Recorder, "write", late)
    monkeypatch.setattr(claims, "holds", lambda token: False)
    answer = client.get("/people/")
    assert answer.status_code == 302 and answer.headers["Location"] == "/signin/"


def test_a_token_is_held_until_its_session_ends(sign_in):
    with keyring.held():
        token = token_of(sign_in("amina").cookies["__Host-havre"].value)
        assert claims.holds(token)
        end_elsewhere()
        assert not claims.holds(token)


def test_of_two_that_leave_at_once_the_later_ends_nothing(personas, sign_in):
    """The browser sends its leaving and the next page together."""
    secret = sign_in("amina").cookies["__Host-havre"].value
    with recording(None) as recorder, keyring.held():
        request = Visit.of(RequestFactory().get("/weather/"))
        request.user, request.session, request.recorder = personas.amina, SessionStore(secret), recorder
        hand_over(token_of(secret))
        assert not request.session.locked
        end_elsewhere()
        end(request)
    assert not recorder.acts and not recorder.written
