"""What goes out is HSDS 3.0 field by field: required, types, formats, enumerations; whatever a card says."""

from __future__ import annotations

import csv
import io
import json
import re
import uuid
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from havre.exchange.hsds import leaving, schema, told
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import at_work

from . import files
from .files import brought, file, taken
from .full import key, rows

OWN = Path(schema.__file__).with_name("hsds_fields.csv")
SHARED = Path(__file__).parents[5] / "shared" / "domain" / "hsds_fields.csv"
FORMATS = {"email": r"[^@\s]+@[^@\s]+\.[^@\s]+", "uri": r"[a-z]+:\S+", "%Y": r"\d{4}"}


def wanted():
    """The fields by entity, as the list says, which stands beside the checkout or in the package."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    with (SHARED if SHARED.exists() else OWN).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["entity"], {})[row["field"]] = row
    found["organization"]["services"] = dict(found["organization"]["programs"], relation_many="service.json")
    return found


WANTED = wanted()


def wrong(entity, row, where=""):
    """What is wrong with a row of a document and with all beneath it."""
    known = WANTED[entity]
    yield from (f"{where}.{name}: none of HSDS" for name in row if name not in known)
    for name, field in known.items():
        value = row.get(name)
        if value is None:
            if field["required"] == "true":
                yield f"{where}.{name}: missing"
        elif field["relation_many"]:
            for each in value:
                yield from wrong(field["relation_many"].removesuffix(".json"), each, f"{where}.{name}")
        elif field["relation_one"]:
            yield from wrong(field["relation_one"].removesuffix(".json"), value, f"{where}.{name}")
        else:
            yield from wrong_value(field, value, f"{where}.{name}")


def wrong_value(field, value, where):
    kinds = {"number": (int, float), "string": str, "": (str, int, float)}
    if not isinstance(value, kinds[field["type"]]) or isinstance(value, bool):
        yield f"{where}: {type(value).__name__}"
    if field["enum"] and value not in field["enum"].split(","):
        yield f"{where}: not in the list"
    if field["format"] and not re.fullmatch(FORMATS[field["format"]], str(value)):
        yield f"{where}: no {field['format']}"
    if field["field"] == "id" and str(uuid.UUID(value)) != value:
        yield f"{where}: no UUID"


def wrong_in(data: bytes):
    """What is wrong with a document."""
    whole = json.loads(data)
    for name, entity in schema.LISTS.items():
        for each in whole.get(name, ()):
            yield from wrong(entity, each, entity)


def test_our_list_is_the_one_of_the_standard():
    if SHARED.exists():
        assert OWN.read_text() == SHARED.read_text()
    assert set(schema.ENTITIES) == set(WANTED)


@pytest.mark.django_db
@pytest.mark.parametrize("profile", ["hsds", "full"])
def test_every_field_that_goes_out_is_as_the_standard_says(personas, profile):
    brought(file(rows()))
    data = taken(profile=profile)
    assert list(wrong_in(data)) == []
    for each in json.loads(data)["organizations"]:
        assert each["services"] if each["id"] == key("organization") else "services" not in each


@pytest.mark.django_db
@pytest.mark.parametrize("profile", ["hsds", "full"])
def test_the_tables_are_as_their_description_and_the_standard_say(personas, profile):
    brought(file(rows()))
    with zipfile.ZipFile(io.BytesIO(taken("tabular", profile))) as parts:
        described = json.loads(parts.read("datapackage.json"))
        for resource in described["resources"]:
            entity, fields = resource["name"], resource["schema"]["fields"]
            table = list(csv.DictReader(io.StringIO(parts.read(resource["path"]).decode())))
            assert [each["name"] for each in fields] == list(table[0])
            for row in table:
                cells = {name: cell for name, cell in row.items() if cell}
                numbers = {name: json.loads(cells[name]) for name in cells if WANTED[entity][name]["type"] == "number"}
                assert list(wrong(entity, cells | numbers)) == []


@pytest.mark.django_db
def test_a_card_that_says_little_is_valid_all_the_same(personas):
    from havre.directory.models import Address, Location, Organisation, Phone, Schedule

    with acting_as(personas.chloe), at_work():
        kept = {"owner": personas.chloe.agency, "visibility": 0}
        house = Organisation.objects.create(name="Quay", email="none", website="quay.example", **kept)
        place = Location.objects.create(organisation=house, **kept)
        Address.objects.create(organisation=house, location=place, city="Lyon", **kept)
        Phone.objects.create(organisation=house, number="112", **kept)
        Schedule.objects.create(organisation=house, location=place, bymonthday="1,15", zone="Europe/Paris", **kept)
    data = taken(profile="hsds")
    assert list(wrong_in(data)) == []
    (card,) = json.loads(data)["organizations"]
    assert card["website"] == "https://quay.example" and "email" not in card and card["description"] == "-"


TEXTS = some.text(some.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip)


@some.composite
def directories(draw):
    """The full example with texts of every script, and fields left out that need not be there."""
    found = rows()
    for entity, each in ((entity, each) for entity, some_rows in found.items() for each in some_rows):
        for name, field in schema.values(entity).items():
            free = field.type == "string" and not (field.format or field.enum) and not name.endswith("_id")
            ours = each.get("taxonomy_term_id") in OURS or name in ("id", "link_entity", "resource_type")
            if name in each and not field.required and not name.endswith("_id") and not ours and draw(some.booleans()):
                del each[name]
            elif name in each and free and not ours and isinstance(each[name], str) and each[name].startswith(entity):
                each[name] = draw(TEXTS).strip()
    return found


OURS = set(told.mapping.ours())


@given(directories())
@settings(max_examples=25)
def test_whatever_it_says_is_read_as_it_was_written(found):
    sent = files.texts(found)
    for kind in ("json", "tabular"):
        assert files.read(file(found, kind).getvalue()) == sent


def test_nesting_loses_no_row():
    found = {entity: some_rows for entity, some_rows in rows().items() if entity not in told.mapping.FREE}
    many = sum(map(len, found.values()))
    assert json.dumps(leaving.nested(found)).count('"id": ') == many
