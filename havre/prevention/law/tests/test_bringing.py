"""A spreadsheet of treaties and laws comes in whole, or tells what is wrong with each row and changes nothing."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from havre.platform.accounts.claims import acting_as
from havre.prevention.law.models import LawPoint, NationalLaw, TreatyStatus
from havre.prevention.law.reading import COLUMNS
from tests.personas import signed_in

LONG = "penalty_max_years,aggravating,consent_irrelevant,palermo_elements_covered,source_url,checked_on"
GOOD = f"""country,instrument_code,status,status_date,national_law_title,law_stage,{LONG}
MDA,PALERMO,ratified,2005-09-16,,,,,,,https://treaties.example,2026-01-10
NA,,,,Act against trafficking,in_force,12,child;official,partly,A1;A2;P7,,
"""
TITLES = "country,instrument_code,status,status_date,national_law_title"
BAD = f"""{TITLES},penalty_min_years,penalty_max_years,consent_irrelevant
Moldova,PALERMO,ratified,,,,,
MD,PALERMO,friendly,,,,,
MD,CRC,signed,2999-01-01,,,,
MD,,,,A law,9,3,maybe
MD,,,,,,,
TN,CRC,signed,,,,,
TN,CRC,signed,,,,,
"""


@pytest.fixture
def chloe(personas, refusals):
    return signed_in("chloe")


def sent(client, body, name="laws.csv"):
    file = SimpleUploadedFile(name, body if isinstance(body, bytes) else body.encode())
    answer = client.post(reverse("law:bring_in"), {"file": file, "visibility": "1"})
    return answer.status_code, answer.content.decode()


def test_a_good_file_comes_in_whole_and_once(chloe, personas):
    assert sent(chloe, GOOD)[0] == 302
    with acting_as(personas.chloe):
        status, law = TreatyStatus.objects.get(), NationalLaw.objects.get()
        points = dict(LawPoint.objects.values_list("point", "answer"))
    assert (status.country, status.standing, law.country, law.standing) == ("MD", "checked", "NA", "recalled")
    assert points == {"A1": "yes", "A2": "yes", "P7": "yes", "CONSENT": "partly"}
    code, page = sent(chloe, GOOD)
    assert code == 422 and page.count("This is here already.") == 2


def test_each_row_says_what_is_wrong_and_nothing_comes_in(chloe, personas):
    code, page = sent(chloe, BAD)
    assert code == 422
    for said in ("code, such as MD", "Write one of: none", "it lies in the past", "above the highest"):
        assert said in page
    assert "yes, no, partly" in page and "here already" in page
    with acting_as(personas.chloe):
        assert not TreatyStatus.objects.exists() and not NationalLaw.objects.exists()


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7 no table", b"a,b\n1,2\n", b"country,status\n", b"PK\x03\x04broken"])
def test_what_is_no_such_table_is_refused_with_a_sentence(chloe, body):
    code, page = sent(chloe, body)
    assert code == 422 and "hv-err" in page


def test_the_empty_sheet_has_the_columns_and_nobody_else_sends_one(chloe, personas):
    titles = chloe.get(reverse("law:sheet")).content.decode().lstrip("\ufeff").strip()
    assert titles.split(",") == list(COLUMNS)
    assert sent(signed_in("amina"), GOOD)[0] == 403
