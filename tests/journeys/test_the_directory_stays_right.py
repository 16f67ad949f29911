"""A focal point confirms a card from the mail, without an account; a partner corrects a number, its keeper agrees."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from havre.directory.models import Contact, Organisation, Phone, Service
from havre.directory.tests.test_rows import card, hangs
from havre.platform.accounts.claims import acting_as
from havre.platform.keeping.rows import Visibility
from havre.platform.notices.tests.post import office
from tests.working import start

from .conftest import Walker, at_both_widths

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("language, width", [("en", 1280), ("fr", 390)])


@pytest.fixture
def quay(register):
    """A public card of Chloé's with a focal point whose check is due."""
    with acting_as(register.chloe):
        house = card(register.chloe, Visibility.PUBLIC, website="https://quay.example")
        hangs(Service, house, name="Beds for men · أسرّة للرجال")
        due = {"next_check_due": timezone.localdate() + timedelta(days=5), "email": "ada@quay.example"}
        ada = hangs(Contact, house, name="Ada Lune", title="Night desk", is_focal_point=True, **due)
        hangs(Phone, house, contact=ada, number="+33 6 39 98 00 01")
    return house


@pytest.fixture
def post(monkeypatch, live_server):
    with office() as there:
        told = {"HOST": "127.0.0.1", "PORT": str(there.port), "FROM": "Havre <havre@office.example>", "TLS": "none"}
        for name, value in told.items():
            monkeypatch.setenv(f"HAVRE_MAIL_{name}", value)
        monkeypatch.setenv("HAVRE_URL", live_server.url.replace("127.0.0.1", "localhost"))
        yield there


def mailed(post, register, language):
    """The link in the mail that a worker sends."""
    with acting_as(register.chloe):
        Contact.objects.update(languages=[language])
    assert start("--once").wait(60) == 0
    (mail,) = post.mails()
    (address,) = re.findall(r"http://\S+", mail.get_payload(decode=True).decode())
    return address


@BOTH
def test_a_focal_point_confirms_a_card_from_the_mail(walk, register, quay, post, language, width):
    address = mailed(post, register, language)
    ada = walk("", language=language, width=width, script=True)
    ada.page.goto(address)
    at_both_widths(ada)
    expect(ada.page.get_by_text("+33 6 39 98 00 01").first).to_be_visible()
    ada.click(ada.page.locator(".hv-btn--go"))
    ada.page.wait_for_url("**/thanks/**")
    ada.check()
    assert ada.faults == [] and ada.presses == 1
    ada.page.goto(address)  # a second time it is worth nothing
    ada.check()
    with acting_as(register.chloe):
        for model in (Contact, Organisation, Service):
            assert model.objects.get().verified_on == timezone.localdate()


def test_without_script_and_on_a_telephone_the_contact_corrects_what_is_wrong(walk, register, quay, post):
    address = mailed(post, register, "fr")
    ada = walk("", language="fr", width=390, script=False)
    ada.page.goto(address)
    assert ada.page.evaluate("document.documentElement.scrollWidth") <= 390
    ada.page.locator("summary").click()
    ada.page.locator("[name^=phone-]").fill("+33 6 39 98 00 09")
    ada.page.locator("details button").click()
    ada.page.wait_for_url("**/thanks/**")
    chloe = decided(walk, "chloe", "en", 1280)
    assert chloe.faults == []
    with acting_as(register.chloe):
        assert Phone.objects.get().number == "+33 6 39 98 00 09"
        assert Contact.objects.get().verified_on == timezone.localdate()


def decided(walk, login, language, width) -> Walker:
    """The keeper opens the notice on the first page, compares, and approves."""
    keeper = walk(login, language=language, width=width)
    keeper.check()
    keeper.click(keeper.page.locator("#notices button").first)
    keeper.page.wait_for_url("**/directory/suggestions/*/")
    keeper.check()
    keeper.click(keeper.page.locator("[name=approve]"))
    keeper.page.wait_for_url("**/directory/suggestions/")
    keeper.check()
    return keeper


@BOTH
def test_a_partner_corrects_a_number_and_its_keeper_approves(walk, register, quay, language, width):
    with acting_as(register.chloe):
        phone = Phone.objects.get()
    boris = walk("boris", language=language, width=width)
    boris.page.goto(f"/directory/{quay.pk}/")
    boris.click(boris.page.locator(f"a[href='/directory/suggest/phone/{phone.pk}/']"))
    boris.check()
    boris.fill(boris.page.locator("[name=number]"), "+33 6 39 98 00 07")
    boris.fill(boris.page.locator("[name=why]"), "I rang: this one answers at night.")
    boris.click(boris.page.locator(".hv-savebar .hv-btn--go"))
    boris.page.wait_for_url("**/directory/suggestions/*/")
    boris.check()
    decided(walk, "chloe", language, width)
    with acting_as(register.chloe):
        assert Phone.objects.get().number == "+33 6 39 98 00 07"
    boris.page.goto("/")
    boris.click(boris.page.locator("#notices button").first)
    boris.page.wait_for_url("**/directory/suggestions/*/")
    boris.check()
    assert boris.faults == []
