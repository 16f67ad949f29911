"""Cards are chosen, checked, shown, agreed to and written, or their faults are shown; and taken out once."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from havre.exchange.hsds.register import bring
from havre.exchange.tests.page import Office, count, staged, text_of, work
from havre.platform.keeping.rows import Visibility
from tests.personas import make_personas

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "refusals"])
KEY = "9f2b1c1e-6d0a-4c55-8b0e-3f6f1f1c2a77"
QUAY = {
    "id": KEY,
    "name": "دار المينا",
    "description": "Beds",
    "services": [{"id": KEY[:-1] + "8", "name": "Beds for men", "status": "active"}],
}
BAD = {**QUAY, "email": "Zubizarreta", "phones": [{"id": KEY[:-1] + "6", "number": "x"}]}


@dataclass
class Desk(Office):
    """A browser of one persona on these pages."""

    def choose(self, *found, visibility=0, whole="yes", **more):
        """Sends organizations as the form does."""
        sent = SimpleUploadedFile("directory.json", json.dumps(found).encode()) if found else ""
        answer = self.client.post(
            "/directory/import/", {"file": sent, "whole": whole, "visibility": visibility, **more}
        )
        self.at = answer.headers.get("Location", "")
        return answer

    def ask(self, **what):
        """Wants a file."""
        answer = self.client.post("/directory/export/", {"profile": "hsds", "kind": "json", "country": "", **what})
        self.at = answer.headers.get("Location", "")
        return answer


@pytest.fixture
def house(transactional_db, settings, tmp_path):
    """The personas, stored for good, and a folder for what waits."""
    settings.HAVRE_STAGED = tmp_path
    with transaction.atomic():
        return make_personas()


def cards():
    return count("select count(*) from directory_organisation")


def test_cards_are_shown_before_they_come_in_and_then_they_are_there(house):
    chloe = Desk("chloe")
    assert chloe.choose(QUAY).status_code == 302 and "Waits for its turn" in chloe.page()
    work()
    shown = chloe.page()
    assert "1 card, and no fault" in shown and "Services 1" in shown and cards() == 0
    assert Desk("amina").client.get(chloe.at).status_code == 403
    assert Desk("boris").client.get(chloe.at).status_code == 404
    chloe.press("agree")
    work()
    assert "1 card came in" in chloe.page() and cards() == 1 and staged() == []


def test_faults_are_told_by_file_row_and_field_and_nothing_is_written(house):
    chloe = Desk("chloe")
    assert "Choose the file with the cards first" in text_of(chloe.choose())
    chloe.choose(QUAY, BAD)
    work()
    shown = chloe.page()
    assert "organization.email" in shown and "organizations[1].phones[0]" in shown and "Zubi" not in shown
    told = chloe.client.get(f"{chloe.at}faults.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(told)))
    assert rows[0] == ["Part of the file", "Row", "Field", "What to do"] and cards() == 0
    assert ["organizations[1]", "2", "organization.email"] in [row[:3] for row in rows]


def test_cards_that_are_given_up_are_not_taken_up_and_one_file_goes_at_a_time(house):
    chloe = Desk("chloe", "fr")
    chloe.choose(QUAY)
    at = chloe.at
    assert chloe.choose(QUAY).status_code == 422 and chloe.client.get("/directory/import/").headers["Location"] == at
    assert chloe.client.post(f"{at}cancel/").status_code == 302 and staged() == []
    work()
    assert chloe.client.post(f"{at}agree/").status_code == 422 and cards() == 0


def test_whoever_reads_takes_out_what_they_may_read_once(house):
    for name, visibility in (("Quay", Visibility.PUBLIC), ("Hidden", Visibility.OWNER_ONLY)):
        one = {**QUAY, "name": name, "services": [], "id": KEY[:-1] + str(int(visibility))}
        bring(io.BytesIO(json.dumps([one]).encode()), "chloe", visibility=visibility)
    found = {}
    for login, profile in (("amina", "full"), ("amina", "hsds"), ("boris", "full")):
        reader = Desk(login)
        assert reader.ask(profile=profile).status_code == 302
        work()
        assert "The file is ready" in reader.page()
        told = json.loads(reader.client.post(f"{reader.at}file/").content)
        assert reader.client.post(f"{reader.at}file/").status_code == 422 and staged() == []
        found[login, profile] = {each["name"] for each in told["organizations"]}
    assert found == {("amina", "full"): {"Quay", "Hidden"}, ("amina", "hsds"): {"Quay"}, ("boris", "full"): {"Quay"}}
