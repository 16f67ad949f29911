"""Notices on the first page, and one's own mail address."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from havre.platform import notices
from havre.platform.accounts.claims import acting_as
from havre.platform.notices.models import MailAddress, Notice

from .telling import tell

SENTENCE = "An emergency access waits for your review."


@pytest.mark.parametrize(
    "login, home", [("gita", "/"), ("dao", "/seen/"), ("ines", "/reviews/"), ("hana", "/"), ("ferdinand", "/accounts/")]
)
def test_a_notice_stands_on_the_first_page_until_it_is_opened(sign_in, personas, login, home):
    tell(getattr(personas, login))
    browser = sign_in(login)
    assert SENTENCE in browser.get(home).content.decode()
    with acting_as(getattr(personas, login)):
        (notice,) = Notice.objects.all()
    assert browser.get(f"/notices/{notice.pk}/").status_code == 405
    assert browser.post(f"/notices/{notice.pk}/").status_code == 302
    assert SENTENCE not in browser.get(home).content.decode()


def test_nobody_opens_the_notice_of_somebody_else(sign_in, personas):
    tell(personas.gita)
    with acting_as(personas.gita):
        (notice,) = Notice.objects.all()
    assert sign_in("amina").post(f"/notices/{notice.pk}/").status_code == 404
    assert sign_in("amina").post(f"/notices/{uuid.uuid4()}/").status_code == 404
    with acting_as(personas.gita):
        assert Notice.objects.get().read_at is None


def test_what_is_for_later_waits_until_then(sign_in, personas):
    tell(personas.gita, "glass.late", at=timezone.now() + timedelta(hours=1))
    assert "within twelve hours" not in sign_in("gita").get("/").content.decode()


def test_one_keeps_and_forgets_one_s_own_address(sign_in, personas):
    gita = sign_in("gita")
    assert gita.post("/me/mail/", {"address": "gita@office.example"}).status_code == 302
    assert "gita@office.example" in gita.get("/me/mail/").content.decode()
    assert "gita@office.example" not in sign_in("amina").get("/me/mail/").content.decode()
    bad = gita.post("/me/mail/", {"address": "gita at home"})
    assert bad.status_code == 422 and "gita at home" in bad.content.decode()
    gita.post("/me/mail/", {"address": ""})
    with acting_as(personas.gita):
        assert notices.address_of(personas.gita) == ""


def test_an_address_is_sealed_and_kept_by_oneself_or_an_administrator_of_the_agency(personas):
    with acting_as(personas.ferdinand):
        notices.keep_address(personas.gita, "gita@office.example")
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute("select text from notices_mailaddress")
        (sealed,) = cursor.fetchone()
        cursor.execute("set local role havre_app")
    assert b"gita" not in bytes(sealed) and b"office" not in bytes(sealed)
    for login, seen in (("gita", 1), ("ferdinand", 1), ("amina", 0), ("chloe", 0), ("ines", 0), ("boris", 0)):
        with acting_as(getattr(personas, login)):
            assert MailAddress.objects.count() == seen, login
