"""What an office brings in comes out again, cell by cell, and comes in elsewhere as the same records (SPEC 2.9)."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import date

import pytest

from bench import office
from havre.cases.people.models import Case, Person
from havre.exchange import register
from havre.exchange.formats.htcds import REFERENCE, Reading, fields, texts, write
from havre.exchange.htcds_records import TABLES
from havre.exchange.mapping import OWNER
from havre.kernel.vocabularies import load
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.recorder import recording
from havre.platform.crypto import keyring

TODAY = date(2026, 3, 12)
ROWS = 60
OWN = {
    "id",
    "at",
    "by_id",
    "case_id",
    "person_id",
    "episode_id",
    "perpetrator_id",
    "agency_id",
    "owner_id",
    "reference",
}


def file_of(rows, titles, kind):
    out = io.BytesIO()
    write(rows, titles, out, kind)
    return out.getvalue()


def bring(content, login, agency):
    return register.bring(io.BytesIO(content), agency, login, TODAY)


def take(login, kind="csv", **more):
    out = io.BytesIO()
    many = register.take_out(out, login, kind, **more)
    assert many
    return out.getvalue()


def read(content):
    """The cells of a register in text, by reference."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return {row[REFERENCE]: row for row in rows}


def canonical(row):
    """What these cells mean: as they are read."""
    record = next(iter(Reading(io.BytesIO(file_of([row], list(row), "csv")), TODAY)))
    return {**texts(record), **record.outside}


@pytest.fixture
def rows():
    return list(office.people(ROWS))


def stands(user, unlike):
    """Every row of the agency of that user, as values without keys, by the office's own number."""
    found = defaultdict(list)
    with acting_as(user), recording(user):
        cases = {case.pk: case for case in Case.objects.select_related("person")}
        people = {case.person_id: case.person for case in cases.values()}
        keyring.load([*cases, *people])
        numbers = {**{pk: each.outside_reference for pk, each in people.items()}}
        numbers |= {case.pk: case.person.outside_reference for case in cases.values()}
        for model in (Person, Case, *TABLES):
            for row in model.objects.all():
                if getattr(row, "name", "") in unlike:
                    continue
                own = {Person: "pk", Case: "pk"}.get(model) or ("case_id" if hasattr(row, "case_id") else "person_id")
                names = [each.attname for each in row._meta.concrete_fields if each.attname not in OWN]
                values = tuple(sorted((name, str(getattr(row, name))) for name in names))
                found[numbers[getattr(row, own)], model.__name__].append(values)
    return {key: sorted(values) for key, values in found.items()}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_filled_cell_of_an_office_comes_out_equal(personas, rows, kind):
    summary = bring(file_of(rows, office.columns(), kind), "amina", "balise")
    assert summary.persons == ROWS
    out = read(take("chloe"))
    # Deprecated fields are read and kept, not written (SPEC 2.5).
    never = {each.name for each in fields().values() if each.deprecated}
    for row in rows:
        # Cells are compared by what they mean: a code of another version comes out by its name now.
        meant = {name: cell for name, cell in canonical(row).items() if name not in never}
        assert meant == {name: out[row[REFERENCE]][name] for name in meant}
    assert never.isdisjoint(next(iter(out.values())))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_export_comes_in_elsewhere_as_equal_records(personas, rows, kind):
    bring(file_of(rows, office.columns(), kind), "amina", "balise")
    bring(take("chloe", kind), "boris", "phare")
    assert take("chloe") == take("boris")
    # Deprecated fields do not go out. The owner here has no account there: the name becomes a cell.
    unlike = {OWNER, *(each.name for each in fields().values() if each.deprecated)}
    assert stands(personas.chloe, unlike) == stands(personas.boris, unlike)


def test_every_code_of_every_list_and_every_field_occurs(rows):
    filled = {name for row in rows for name, cell in row.items() if cell}
    assert filled >= {REFERENCE, *fields()}
    for name in office._coded():
        assert {code for row in rows for code in row.get(name, "").split(";")} >= set(load(name).codes)
    assert {"NA", "XK"} <= {code for row in rows for code in row.get("prs_Citizenship", "").split(";")}
