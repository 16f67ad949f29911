"""A contact as a vCard 4.0: read back by another library, folded and escaped as RFC 6350 says."""

from __future__ import annotations

import re
from datetime import date

import pytest
import vobject
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from havre.directory.models import Address, Contact, Location, Organisation, Phone
from havre.directory.paper import vcard
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import at_work
from havre.platform.crypto.tests.keys_of_others import V6

NAMES = [
    "Amal Ben Sâlem, night; desk\\",
    "دار الميناء – مكتب الليل",
    "บ้านท่าเรือ " * 12,
    "የወደብ ቤት",
    "a\nb",
    "👩🏽‍💼 desk",
]


@pytest.fixture
def desk(personas):
    """A contact with all that a card may hold, at a place with an address."""
    with acting_as(personas.chloe), at_work():
        kept = {"owner": personas.chloe.agency, "visibility": 0}
        house = Organisation.objects.create(name="House; of the, Quay", website="https://quay.example/a;b", **kept)
        place = Location.objects.create(organisation=house, country="TN", city="تونس", **kept)
        Address.objects.create(
            organisation=house, location=place, address_1="1, Quay; north", city="تونس", country="TN", **kept
        )
        contact = Contact.objects.create(
            organisation=house, location=place, name="Amal, “night”; desk\\", title="Officer", department="Night",
            email="desk@quay.example", languages=["ar", "fr"], focal_role="duty_officer", public_key=V6,
            default_tlp_max="TLP:AMBER", verified_on=date(2026, 3, 3), **kept,
        )  # fmt: skip
        for number, e164, channels in (
            ("+216 00 000 342", "+21600000342", ["voice", "sms"]),
            ("00 80 000 112", "", []),
        ):
            Phone.objects.create(
                organisation=house, contact=contact, number=number, e164=e164, channels=channels, **kept
            )
        yield contact


def read(text: str):
    return vobject.readOne(text)


def test_another_library_reads_what_was_written(desk):
    said = read(vcard.card(desk, "en"))
    assert (said.version.value, said.uid.value, said.kind.value) == ("4.0", f"urn:uuid:{desk.pk}", "individual")
    assert said.fn.value == "Amal, “night”; desk\\"
    assert said.org.value == ["House; of the, Quay", "Night"]
    assert (said.title.value, said.email.value, said.url.value) == ("Officer", desk.email, "https://quay.example/a;b")
    assert (said.adr.value.street, said.adr.value.city, said.adr.value.country) == ("1, Quay; north", "تونس", "TN")
    assert [each.value for each in said.lang_list] == ["ar", "fr"]


def test_numbers_are_dialled_as_they_are(desk):
    said = read(vcard.card(desk, "en"))
    told = {each.value: (each.params["VALUE"], each.params["TYPE"]) for each in said.tel_list}
    assert told == {
        "tel:+21600000342": (["uri"], ["work,voice,text"]),
        "00 80 000 112": (["text"], ["work,voice"]),
    }


def test_the_key_goes_along(desk):
    assert read(vcard.card(desk, "en")).key.value == V6


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "Send nothing above TLP:AMBER. Checked on 3 March 2026."),
        ("fr", "N’envoyez rien au-delà de TLP:AMBER. Vérifié le 3 mars 2026."),
    ],
)
def test_the_note_is_in_the_language_of_whoever_reads(desk, language, says):
    with translation.override(language):
        assert read(vcard.card(desk, language)).note.value == says


@pytest.mark.parametrize("name", NAMES)
def test_any_script_comes_through_in_lines_of_75_octets(desk, name):
    desk.name = name
    text = vcard.card(desk, "en")
    assert read(text).fn.value == name
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_no_value_begins_a_line_of_its_own(value):
    line = vcard.folded(f"FN:{vcard.text(value)}")
    assert not re.search(r"[\r\n](?![\n ])", line) and not re.search(r"(?<!\\)(?:\\\\)*[,;]", line.replace("\r\n ", ""))


def test_a_desk_without_a_name_is_listed_under_its_title(desk):
    desk.name = ""
    said = read(vcard.card(desk, "en"))
    assert (said.kind.value, said.fn.value) == ("org", "Officer")
