"""People from a spreadsheet: what is a list is read, what is none is refused in a sentence."""

from __future__ import annotations

from io import BytesIO

import pytest

from havre.platform.audit.actions import Refused
from havre.prevention.training import reading


def read(text: bytes):
    return reading.people(BytesIO(text))


def test_columns_are_known_in_both_languages_and_what_cannot_be_read_is_said():
    found = read("Nom;Courriel;Fonction;Sexe;Âge;Pays\nÈve R.;eve@quay.example;Police;F;31;Tunisie\n"
                 "'=1+1;not a mail;Pirate;M;;XX\n;x;;;;\n".encode())  # fmt: skip
    eve, odd = found.people
    assert eve == {"name": "Ève R.", "body": "", "mail": "eve@quay.example", "role": "police", "sex": "female"} | {
        "age": "25_34",
        "country": "TN",
    }
    assert (odd["name"], odd["mail"], odd["role"]) == ("=1+1", "", "")
    assert [row for row, _note in found.notes] == [3, 3, 3, 4]


@pytest.mark.parametrize(
    "file", [b"", b"%PDF-1.7", b"Town,Hour\nTunis,9\n", b"Name\n\xff\xfe\x00", b"PK\x03\x04 cut off"]
)
def test_what_is_no_list_of_people_is_refused_in_a_sentence(file):
    with pytest.raises(Refused, match=r"\.$"):
        read(file)
