"""A contact’s public key: read when it is written down, told by its fingerprint, asked before anything goes."""

from __future__ import annotations

from datetime import date, timedelta

import pyrage
import pytest
from django import forms
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.utils import translation
from django.utils.timezone import localdate

from havre.directory import keys
from havre.directory.models import Contact, Organisation
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused, at_work
from havre.platform.crypto.tests.keys_of_others import V4, V4_PRINT, V6, V6_PRINT

TODAY = date(2026, 11, 26)
SECRET = str(pyrage.x25519.Identity.generate())
AGE = str(pyrage.x25519.Identity.from_str(SECRET).to_public())


def contact(text=AGE, ends=None) -> Contact:
    return Contact(**keys.kept({"public_key": text, "key_expires": ends}))


@pytest.mark.parametrize(
    ("days", "state", "may"), [(None, "holds", True), (31, "holds", True), (30, "soon", True), (0, "soon", True),
                               (-1, "ended", False)],
)  # fmt: skip
def test_sensitive_things_go_to_a_key_that_holds_that_day(days, state, may):
    one = contact(ends=None if days is None else TODAY + timedelta(days=days))
    assert keys.standing(one, TODAY).state == state
    assert (keys.may_receive(one, TODAY) is None) == may


@pytest.mark.parametrize("text", ["", "nonsense", SECRET, V6[:200]], ids=["none", "nonsense", "private", "cut"])
def test_nothing_sensitive_goes_to_a_contact_without_a_key_that_can_be_used(text):
    reason = str(keys.may_receive(Contact(public_key=text), TODAY))
    assert "Ask the contact" in reason and (not text or text not in reason)


def test_the_earlier_of_two_days_counts():
    one = contact(V6, TODAY)
    assert one.key_expires == TODAY and keys.standing(one, TODAY).last_day == TODAY


def test_the_fingerprint_is_of_the_key_shown_whatever_is_written_beside_it():
    one = Contact(public_key=V4, key_fingerprint=V6_PRINT)
    assert keys.standing(one, TODAY).fingerprint == V4_PRINT
    assert keys.standing(one, TODAY).rows == [
        ["EB85", "BB5F", "A33A", "75E1"],
        ["5E94", "4E63", "F231", "550C"],
        ["4F47", "E38E"],
    ]


@pytest.mark.parametrize(("language", "says"), [("en", "private key"), ("fr", "clé privée")])
def test_a_private_key_is_refused_in_one_line_that_does_not_repeat_it(language, says):
    with translation.override(language), pytest.raises(Refused) as refusal:
        keys.kept({"public_key": f"my key: {SECRET}"})
    assert says in str(refusal.value) and SECRET not in str(refusal.value)


class KeyForm(forms.Form):
    public_key = keys.KeyField()


def test_the_page_that_comes_back_does_not_hold_a_private_key_and_holds_any_other_text():
    private, broken = KeyForm({"public_key": f" {SECRET} "}), KeyForm({"public_key": AGE[:-3]})
    assert SECRET[20:40] not in private.as_p() and "private key" in private.as_p()
    assert AGE[:-3] in broken.as_p() and "not whole" in broken.as_p()
    assert KeyForm({"public_key": ""}).is_valid()


def test_a_key_found_in_a_mail_is_kept_alone():
    form = KeyForm({"public_key": f"Here it is.\r\n{V6}\r\nSee you."})
    assert form.is_valid() and form.cleaned_data == {"public_key": V6}
    assert contact(form.cleaned_data["public_key"]).key_fingerprint == V6_PRINT


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (contact(V6), "CB18"),
        (contact(AGE, localdate() - timedelta(days=1)), "Key has ended"),
        (contact(AGE, localdate() + timedelta(days=3)), "Key ends soon"),
        (Contact(), "No public key"),
        (Contact(public_key="x"), "cannot be used"),
    ],
)
def test_the_card_says_how_the_key_stands(one, says):
    page = Template("{% load directory_keys %}{% contact_key one %}").render(Context({"one": one}))
    assert says in page


def test_the_database_keeps_no_private_key_whoever_writes_it(personas):
    with acting_as(personas.chloe), at_work():
        kept = {"owner": personas.chloe.agency, "visibility": 0}
        card = Organisation.objects.create(name="House of the Quay", **kept)
        with pytest.raises(IntegrityError), transaction.atomic():
            Contact.objects.create(organisation=card, public_key=SECRET.lower(), **kept)
