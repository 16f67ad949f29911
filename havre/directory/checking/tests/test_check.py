"""A contact whose check is due gets one mail; its link shows what the card says of them, and is answered once."""

from __future__ import annotations

import re
from datetime import timedelta

import psycopg
import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from havre.directory.checking import actions, post
from havre.directory.checking.linked import SHAPE
from havre.directory.finding import is_stale
from havre.directory.models import Change, Contact, Organisation, Phone, Service, Suggestion, Verification
from havre.directory.tests.test_rows import card, hangs
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused
from havre.platform.keeping.rows import Visibility
from havre.platform.notices.models import Notice
from havre.platform.notices.tests.post import office
from tests import harness
from tests.personas import make_personas
from tests.working import under_the_role_of_the_worker

pytestmark = pytest.mark.django_db(transaction=True)
URL = "https://havre.example"
TODAY = timezone.localdate


@pytest.fixture
def people():
    with transaction.atomic():
        return make_personas()


@pytest.fixture
def mailbox(settings):
    with office() as there:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", there.port, False
        settings.HAVRE_URL = URL
        yield there


def contact(people, due=3, visibility=Visibility.PUBLIC, **more):
    """A focal point of a card of Chloé's, due in so many days."""
    with acting_as(people.chloe):
        house = card(people.chloe, visibility, website="https://quay.example")
        hangs(Service, house, name="Beds for men")
        told = {"name": "Ada Lune", "email": "ada@quay.example", "is_focal_point": True, "clearance": "top-rank"}
        day = TODAY() + timedelta(days=due)
        ada = hangs(Contact, house, **{**told, "next_check_due": day, **more})
        hangs(Phone, house, contact=ada, number="00 80 000 342")
    return ada


def posted():
    with under_the_role_of_the_worker():
        post.send()


def link(mailbox):
    text = mailbox.mails()[-1].get_payload(decode=True).decode()
    (address,) = re.findall(rf"{URL}(/\S+)", text)
    return address


def asked(people, mailbox, **more):
    ada = contact(people, **more)
    posted()
    return ada, link(mailbox)


def stands(people, model=Contact):
    with acting_as(people.chloe):
        return model.objects.order_by("pk").first()


def test_who_is_due_within_two_weeks_is_asked_once(people, mailbox):
    contact(people)
    contact(people, due=15)
    contact(people, email="")
    contact(people, due=-31)
    posted()
    posted()
    (mail,) = mailbox.mails()
    text = mail.get_payload(decode=True).decode()
    assert mail["To"] == "ada@quay.example" and "House of the Quay" in text and "Maison Balise, Lyon" in text
    assert not [each for each in ("Beds", "top-rank", "00 80", "Chloé") if each in text]


def test_whom_nobody_ever_checked_is_asked_once_a_few_each_day(people, mailbox, settings):
    settings.HAVRE_FIRST_CHECKS_A_DAY = 2
    for focal in (False, True, True):
        contact(people, next_check_due=None, is_focal_point=focal, email=f"{'focal' if focal else 'desk'}@quay.example")
    posted()
    posted()
    assert [mail["To"] for mail in mailbox.mails()] == ["focal@quay.example"] * 2
    with psycopg.connect(harness.CLUSTER.url(harness.NAME)) as owner:
        owner.execute("update directory_verification set at = at - interval '1 day'")
    posted()
    posted()
    assert [mail["To"] for mail in mailbox.mails()][2:] == ["desk@quay.example"]


def test_who_is_kept_for_oneself_is_never_asked(people, mailbox):
    contact(people, visibility=Visibility.OWNER_ONLY)
    posted()
    assert mailbox.came == []


@pytest.mark.parametrize("languages, said", [(["fr"], "Bonjour"), (["en", "fr"], "Hello"), ([], "Bonjour")])
def test_the_mail_speaks_as_its_reader_does(people, mailbox, languages, said):
    contact(people, languages=languages)
    posted()
    assert said in mailbox.mails()[0].get_payload(decode=True).decode()


def test_the_secret_is_kept_as_a_hash_and_stands_in_no_record(people, mailbox):
    _ada, address = asked(people, mailbox)
    secret = address.split("/")[3]
    assert SHAPE.fullmatch(secret)
    Client().get(address)
    Client().post(address, {"right": "1"})
    with psycopg.connect(harness.CLUSTER.url(harness.NAME)) as owner:
        for table in ("directory_verification", "audit_auditevent", "directory_change"):
            rows = owner.execute(f"select t::text from {table} t").fetchall()
            assert rows and not [row for row in rows if secret in str(row)], table


def test_one_press_confirms_what_was_shown(people, mailbox):
    _ada, address = asked(people, mailbox)
    page = Client().get(address)
    text = page.content.decode()
    assert page.headers["Referrer-Policy"] == "no-referrer" and page.status_code == 200
    assert [
        each for each in ("Ada Lune", "00 80 000 342", "Beds for men", "https://quay.example") if each not in text
    ] == []
    assert "top-rank" not in text
    done = Client().post(address, {"right": "1"}, follow=True)
    assert done.status_code == 200
    for model in (Contact, Organisation, Service):
        row = stands(people, model)
        assert (row.verified_on, row.verification_method) == (TODAY(), "email"), model
        assert row.next_check_due == TODAY() + timedelta(days=180) and row.verified_by == "Ada Lune"
    with acting_as(people.chloe):
        assert Verification.objects.get().answer == "confirmed" and Change.objects.get().how == "checked"


def test_a_contact_of_a_card_for_partners_sees_and_confirms_their_own_entry_alone(people, mailbox):
    _ada, address = asked(people, mailbox, visibility=Visibility.PARTNERS)
    text = Client().get(address).content.decode()
    assert "00 80 000 342" in text and "Beds for men" not in text and "quay.example</bdi>" in text
    Client().post(address, {"right": "1"})
    assert stands(people).verified_on == TODAY() and stands(people, Organisation).verified_on is None


def test_a_correction_waits_for_the_keeper(people, mailbox):
    ada, address = asked(people, mailbox)
    phone = stands(people, Phone)
    given = {
        "contact-name": "Ada Lune",
        "contact-email": "ada@quay.example",
        "organisation-website": "https://quay.example",
    }
    given |= {f"phone-{phone.pk}": "00 80 000 343", "why": "We moved to the other bank."}
    assert Client().post(address, given).status_code == 302
    assert stands(people, Phone).number == "00 80 000 342" and stands(people).verified_on is None
    with acting_as(people.chloe):
        about_me, about_phone = Suggestion.objects.order_by("entity")
        assert (about_phone.before, about_phone.after) == ({"number": "00 80 000 342"}, {"number": "00 80 000 343"})
        assert about_me.why == "We moved to the other bank." and about_me.row_id == ada.pk
        assert {each.kind for each in Notice.objects.filter(user=people.chloe)} == {"suggestion.new"}
    with acting_as(people.boris):
        assert not Suggestion.objects.exists()


def worthless(address):
    page = Client().get(address)
    return page.status_code, re.sub(rb'value="\w{64}"', b"", page.content), page.headers["Referrer-Policy"]


def test_wrong_used_and_old_links_get_the_same_answer(people, mailbox):
    _ada, address = asked(people, mailbox)
    secret = address.split("/")[3]
    wrong = worthless(address.replace(secret, "A" * 43))
    assert wrong[0] == 404 and "n’est plus valable" in wrong[1].decode()
    no_secret = worthless("/directory/check/%00/?in=fr")
    assert no_secret == worthless("/directory/check/x/?in=fr")
    Client().post(address, {"right": "1"})
    assert worthless(address) == wrong == worthless(address.replace(secret, "B" * 43))
    assert Client().post(address, {"right": "1"}).status_code == 404


def test_an_old_link_opens_nothing(people, mailbox):
    _ada, address = asked(people, mailbox)
    with psycopg.connect(harness.CLUSTER.url(harness.NAME)) as owner:
        owner.execute("update directory_verification set ends = now()")
    assert worthless(address)[0] == 404


def test_a_link_that_went_to_another_mailbox_opens_nothing(people, mailbox):
    _ada, address = asked(people, mailbox)
    with acting_as(people.chloe):
        Contact.objects.update(title="Night desk")
    assert Client().get(address).status_code == 200
    with acting_as(people.chloe):
        Contact.objects.update(email="leila@quay.example")
    assert worthless(address)[0] == 404


def test_who_is_no_longer_the_one_to_ask_is_held_back_at_once(people, mailbox):
    _ada, address = asked(people, mailbox)
    Client().post(address, {"contact-name": "Ada Lune", "gone": "on"})
    assert is_stale(stands(people), TODAY())
    with acting_as(people.chloe):
        assert [each.kind for each in Suggestion.objects.all()] == ["gone"]
        actions.approve(Suggestion.objects.get(kind="gone"), by=people.chloe)
        assert not Contact.objects.exists() and not Verification.objects.exists()


def test_a_keeper_asks_now_and_not_twice_a_day(people, mailbox):
    ada = contact(people, due=90)
    with acting_as(people.chloe):
        actions.ask(ada, by=people.chloe)
        with pytest.raises(Refused):
            actions.ask(ada, by=people.chloe)
    posted()
    assert Client().get(link(mailbox)).status_code == 200


@pytest.mark.parametrize("more", [{"email": ""}, {"visibility": Visibility.OWNER_ONLY}])
def test_who_cannot_or_should_not_be_asked_is_not(people, mailbox, more):
    ada = contact(people, due=90, **more)
    with acting_as(people.chloe), pytest.raises(Refused):
        actions.ask(ada, by=people.chloe)


def test_who_tries_links_from_one_place_waits(people, mailbox):
    _ada, address = asked(people, mailbox)
    for _each in range(60):
        Client().get("/directory/check/x/")
    assert worthless(address)[0] == 404
    assert Client(REMOTE_ADDR="198.51.100.7").get(address).status_code == 200


def test_what_is_sent_beside_the_form_touches_no_other_row(people, mailbox):
    contact(people, due=90)
    other = stands(people, Phone)
    _ada, address = asked(people, mailbox)
    Client().post(address, {f"phone-{other.pk}": "00 80 666", "organisation-name": "Ours", "contact-clearance": "none"})
    with acting_as(people.chloe):
        told = [each.after for each in Suggestion.objects.all()]
    assert "666" not in str(told) and "Ours" not in str(told) and "clearance" not in str(told)


def test_the_record_says_what_was_done_and_by_nobody(people, mailbox):
    _ada, address = asked(people, mailbox)
    Client().post(address, {"right": "1"})
    Client().post(address, {"right": "1"})
    with psycopg.connect(harness.CLUSTER.url(harness.NAME)) as owner:
        acts = owner.execute("select act, refused, user_id from audit_auditevent order by at").fetchall()
    assert acts == [("check.confirm", False, None), ("check.refused", True, None)]


def test_a_mail_that_was_refused_goes_later_with_another_secret(people, mailbox):
    mailbox.answers = ["451 not now"]
    contact(people)
    posted()
    assert mailbox.came == []
    with psycopg.connect(harness.CLUSTER.url(harness.NAME)) as owner:
        owner.execute("update directory_verification set next_try = now()")
    posted()
    assert Client().get(link(mailbox)).status_code == 200


def test_without_an_address_of_this_installation_nobody_is_asked(people, mailbox, settings):
    settings.HAVRE_URL = ""
    contact(people)
    posted()
    assert mailbox.came == [] and stands(people, Verification) is None
