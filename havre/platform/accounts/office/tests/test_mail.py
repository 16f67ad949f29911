"""An invitation goes out by a real mail server on this machine, and names nobody."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from havre.platform.notices.tests.post import Post
from havre.platform.notices.tests.post import office as post_office

from .conftest import NEW, named

WHO = "someone@example.org"


@pytest.fixture
def post(settings) -> Post:
    """The mail server, set up."""
    with post_office() as post:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", post.port, False
        settings.DEFAULT_FROM_EMAIL = "havre@example.org"
        yield post


def test_the_mail_says_that_an_account_waits_and_nothing_else(office, post, choose):
    page = office.post("/accounts/invite/", NEW | {"address": WHO}).content.decode()
    (mail,) = post.mails()
    assert "It was mailed as well." in page and mail["To"] == WHO and mail["Subject"] == "Un compte vous attend"
    text = mail.get_payload(decode=True).decode()
    secret = re.search(r"/welcome/#([\w-]{43})\s", text)[1]
    assert not [each for each in ("Junó", "juno", "Balise", "Ferdinand", "caseworker") if each in mail.as_string()]
    assert choose(secret).status_code == 200


def test_a_mail_that_is_not_taken_is_said_and_the_link_is_still_there(office, post):
    post.answers = ["550 no"]
    page = office.post("/accounts/invite/", NEW | {"address": WHO}).content.decode()
    assert "did not take the mail" in page and "/welcome/#" in page and post.came == []


def test_a_mail_server_that_is_away_holds_nobody_up(office, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    page = office.post("/accounts/invite/", NEW | {"address": WHO}).content.decode()
    assert "did not take the mail" in page and named("juno")


def test_the_address_is_kept_and_a_new_link_goes_there_too(office, post, personas):
    office.post("/accounts/invite/", NEW | {"address": WHO})
    office.post(f"/accounts/{named('juno').pk}/invitation/")
    assert [mail["To"] for mail in post.mails()] == [WHO, WHO]
    assert len({re.search(r"#([\w-]{43})", mail.get_payload(decode=True).decode())[1] for mail in post.mails()}) == 2


def test_the_address_of_a_colleague_is_changed_and_stands_in_no_table_as_it_is_written(office, personas):
    where = f"/accounts/{personas.gita.pk}/address/"
    assert office.post(where, {"address": "no address"}).status_code == 422
    assert office.post(where, {"address": WHO}).status_code == 302 and WHO in office.get(where).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from notices_mailaddress m where m::text like %s", [f"%{WHO}%"])
        assert cursor.fetchone() == (0,)
    office.post(where, {"address": ""})
    assert WHO not in office.get(where).content.decode()
    assert office.get(f"/accounts/{personas.boris.pk}/address/").status_code == 404


def test_without_a_mail_server_the_link_is_shown_alone(office, settings):
    settings.EMAIL_HOST = ""
    page = office.post("/accounts/invite/", NEW | {"address": WHO}).content.decode()
    assert "/welcome/#" in page and "mail" not in re.sub(r"Mail address|<[^>]*>", "", page.partition("<main")[2])
