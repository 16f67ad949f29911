"""What strangers send: each fault one line with file, row and field, no value repeated, and nothing written."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
import xlsxwriter

from havre.directory.models import Detail, Location, Organisation, Phone, Schedule
from havre.exchange.hsds import loading
from havre.exchange.hsds.sandbox import __main__ as sandbox
from havre.platform.accounts.claims import acting_as

from .files import brought, faults, file, taken
from .full import key, row, rows

pytestmark = pytest.mark.django_db
SECRET = "Zubizarreta"


def organization(**more):
    return {"id": key("organization"), "name": "Quay", "description": "Beds", **more}


def service(number=0, **more):
    return {"id": key("service", number), "name": "Beds", "status": "active", **more}


def location(**more):
    return {"id": key("location"), "location_type": "physical", **more}


def address(**more):
    told = {"id": key("address"), "address_1": "1 Quay", "city": "Lyon", "state_province": "Rhône"}
    return {**told, "postal_code": "69001", "country": "FR", "address_type": "physical", **more}


def document(*organizations, **more):
    return io.BytesIO(json.dumps({"organizations": organizations, **more}).encode())


def archive(**tables):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, text in tables.items():
            parts.writestr(f"{name}.csv", text)
    out.seek(0)
    return out


ORGANIZATIONS = f"id,name,description\n{key('organization')},Quay,Beds\n"
BAD = {
    "a required field is missing": (organization(name=""), "organizations[0]: organization.name: HSDS 3.0 wants it"),
    "a status that is none": (
        organization(services=[service(status=SECRET)]),
        "organizations[0].services[0]: service.status: not one of active, inactive, defunct, temporarily closed",
    ),
    "HTML in a name": (organization(name=f"<b>{SECRET}</b>"), "organization.name: holds HTML"),
    "no UUID": (organization(id=SECRET), "organization.id: no UUID"),
    "times like 25:00": (
        organization(services=[service(schedules=[{"id": key("schedule"), "opens_at": "25:00"}])]),
        "organizations[0].services[0].schedules[0]: schedule.opens_at: no time of the day",
    ),
    "a latitude beyond the pole": (
        organization(locations=[location(latitude=145.7, longitude=4.8)]),
        "locations[0]: location.latitude: not a latitude from -90 to 90",
    ),
    "coordinates that are swapped for sure": (
        organization(locations=[location(latitude=4.83, longitude=45.76, addresss=[address()])]),
        "locations[0].addresss[0]: address.location_id: latitude and longitude stand in each other",
    ),
    "half a point": (organization(locations=[location(latitude=4.8)]), "location.longitude: latitude and longitude go"),
    "a country that is none": (
        organization(locations=[location(addresss=[address(country=SECRET)])]),
        "address.country: no country of ISO 3166-1",
    ),
    "an email that is none": (organization(email=SECRET), "organization.email: no complete email address"),
    "a link that runs": (organization(website=f"javascript:{SECRET}"), "organization.website: no address of the web"),
    "ages the wrong way round": (
        organization(services=[service(minimum_age=18, maximum_age=12)]),
        "service.maximum_age: less than minimum_age",
    ),
    "a field that is none": (organization(nmae=SECRET), "organization.nmae: no field of HSDS 3.0; is it name?"),
    "a list where a value is due": (organization(email=[SECRET]), "organization.email: a single value is due"),
    "a value where a list is due": (organization(phones=SECRET), "organization.phones: a list is due"),
    "no object": (SECRET, "organizations[0]: organization: an object is due"),
    "the same id twice": (
        organization(services=[service(), service(name="Others")]),
        "organizations[0].services[1]: service.id: this id stands twice",
    ),
    "a link that leads nowhere": (
        organization(services=[service(program_id=key("program"))]),
        "services[0]: service.program_id: no such row in this file",
    ),
    "a day that is none": (organization(services=[service(assured_date="2026-02-30")]), "assured_date: not a day"),
    "a language that is none": (
        organization(locations=[location(languages=[{"id": key("language"), "code": SECRET}])]),
        "language.code: no language of ISO 639",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_fault_is_a_line_that_says_where_and_repeats_nothing(personas, name):
    told, said = BAD[name]
    lines = faults(document(told), name="dir.json")
    assert len(lines) <= 2 and said in lines[0] and lines[0].startswith("dir.json: organizations[0]"), lines
    assert not any(SECRET in line for line in lines)
    with acting_as(personas.chloe):
        assert not Organisation.objects.exists() and not Detail.objects.exists()


def test_faults_of_tables_name_the_table_its_row_and_the_field(personas):
    services = f"id,organization_id,name,status\n{key('service')},{key('organization', 7)},Beds,active\n"
    phones = f"id,organization_id,number\n\n{key('phone')},{key('organization')},{SECRET}\n"
    assert faults(archive(organization=ORGANIZATIONS, service=services, phone=phones), name="x.zip") == [
        "x.zip/service.csv:2: service.organization_id: no such row in this file",
        "x.zip/phone.csv:3: phone.number: no telephone number; write its digits",
    ]


def test_circles_of_organizations_and_terms_are_found(personas):
    one, two = organization(parent_organization_id=key("organization", 1)), organization(id=key("organization", 1))
    lines = faults(document(one, {**two, "parent_organization_id": one["id"]}))
    assert [line.partition(": leads")[0] for line in lines] == [
        f"x: organizations[{at}]: organization.parent_organization_id" for at in (0, 1)
    ]
    terms = [{**row("taxonomy_term"), "taxonomy_id": None, "parent_id": key("taxonomy_term")}]
    assert "taxonomy_term.parent_id: leads in a circle" in faults(document(organization(), taxonomy_terms=terms))[0]


def test_cards_of_another_keeper_and_cards_that_are_here_stay_as_they_are(personas):
    brought(document(organization()))
    assert "another agency keeps" in faults(document(organization(name="Ours now")), login="boris")[0]
    assert "on a card that is here already" in faults(document(organization(name="Again")))[0]
    with acting_as(personas.chloe):
        assert Organisation.objects.get().name == "Quay"


def test_what_hangs_on_rows_of_two_organizations_is_refused(personas):
    other = organization(id=key("organization", 1), locations=[location()])
    mine = organization(services=[service(service_at_locations=[{"id": key("x"), "location_id": key("location")}])])
    assert "belongs to another organisation" in faults(document(other, mine))[0]


def test_a_confidential_place_with_an_address_is_refused_in_each_form(personas):
    found = rows()
    hides = {"id": key("a"), "link_id": key("location"), "link_entity": "location", "link_type": "address_confidential"}
    found["attribute"].append({**hides, "taxonomy_term_id": loading.mapping.term("location", hides["link_type"])})
    found["attribute"][-1]["value"] = "true"
    for kind in ("json", "tabular"):
        assert any("a confidential place tells its country" in line for line in faults(file(found, kind)))
    with acting_as(personas.chloe):
        assert not Location.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"[" + b"[" * 100_000, "nested too deeply"),
        (b'{"organizations": [{"id": "1"', "the JSON ends before it is complete"),
        (b'{"organizations": [{"id": nope}]}', "not JSON from this line on"),
        (b'{"organisations": []}', "no list of organisations"),
        (b"[]", "no organisation stands in the file"),
        ('[{"name": "Foyer d\u2019été"}]'.encode("cp1252"), "not UTF-8"),
        ('[{"name": "x"}]'.encode("utf-16"), "the text is UTF-16"),
        (b"id,name\n1,Quay\n", "neither HSDS JSON"),
        (b"%PDF-1.7", "this is a PDF"),
        (b"PK\x03\x04 cut off", "the workbook is damaged"),
    ],
)
def test_a_file_that_is_none_is_one_line(personas, data, said):
    (line,) = faults(io.BytesIO(data))
    assert said in line


def test_archives_that_unpack_to_far_more_or_hold_no_table_are_refused(personas):
    assert "unpacks to far more" in faults(archive(organization=ORGANIZATIONS + " " * 30_000_000))[0]
    assert "no table of HSDS 3.0" in faults(archive(people="id\n1\n"))[0]
    assert "not UTF-8" in faults(archive(organization=ORGANIZATIONS.encode() + b"\xe9"))[0]
    assert "quotation mark" in faults(archive(organization=ORGANIZATIONS + '"Quay'))[0]


def test_more_rows_than_a_directory_has_are_refused_while_they_are_read(monkeypatch):
    monkeypatch.setattr(sandbox, "MOST", 1000)
    monkeypatch.setattr(sandbox.limits, "grow_no_further", lambda: None)
    monkeypatch.setattr(sandbox.limits, "lock", lambda kind: None)
    out = io.BytesIO()
    sandbox.main(document(*(organization() for _each in range(2000))), out)
    assert json.loads(out.getvalue().splitlines()[-1])["refused"][1:3] == ["rows", {"most": 1000}]


def test_merged_cells_and_formulas_of_a_workbook_are_named(personas):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Organization")
        sheet.write_row(0, 0, ["Our directory"])
        sheet.write_row(2, 0, ["id", "name", "description"])
        sheet.write_row(3, 0, [key("organization"), "Quay", "Beds"])
        sheet.merge_range(4, 1, 4, 2, "Merged")
        sheet.write_string(4, 0, key("organization", 1))
        sheet.write_row(5, 0, [key("organization", 2), "=1+1", "Beds"])
    out.seek(0)
    assert {line.partition(";")[0] for line in faults(out, name="x.xlsx")} == {
        "x.xlsx/Organization:5: organization.name: cells are merged here",
        "x.xlsx/Organization:5: organization.description: HSDS 3.0 wants it",
        "x.xlsx/Organization:6: organization.name: a formula",
    }


def test_what_can_be_understood_is_understood(personas):
    phones = [{"id": key("phone"), "number": "0041 22 555 01 10"}]
    hours = [{"id": key("schedule"), "opens_at": "9:00+02:00", "closes_at": "24:00", "byday": "mo, tu"}]
    told = organization(website="quay.example", phones=phones, services=[service(status="Active", schedules=hours)])
    brought(document(told))
    with acting_as(personas.chloe):
        assert Phone.objects.get().e164 == "+41225550110" and Phone.objects.get().number == "0041 22 555 01 10"
        assert Organisation.objects.get().website == "https://quay.example"
        schedule = Schedule.objects.get()
    assert (f"{schedule.opens_at:%H:%M}", f"{schedule.closes_at:%H:%M}") == ("09:00", "00:00")
    assert (schedule.timezone, schedule.byday) == (2, "MO,TU")


def test_a_dry_run_finds_the_same_and_writes_nothing(personas):
    brought(document(organization()), dry_run=True)
    assert faults(document(organization(name="")), dry_run=True)
    assert json.loads(taken())["organizations"] == []
