"""HSDS JSON comes in and goes out, and says the same."""

from __future__ import annotations

import io
import json

import pytest
from django.db import transaction

from havre.directory.models import Organisation, Phone, Service
from havre.directory.rows import Visibility
from havre.exchange.actions import Faulty
from havre.exchange.hsds import documents, mapping
from havre.exchange.hsds.register import bring, take_out
from havre.exchange.hsds.schema import ENTITIES
from havre.platform.accounts.claims import acting_as

from .full import rows


def document(found) -> io.BytesIO:
    out = io.BytesIO()
    free = {entity: found.pop(entity, []) for entity in mapping.FREE}
    documents.write([found], free, out)
    out.seek(0)
    return out


def flat(data: bytes):
    """The rows of a document by entity and id, as the reader finds them."""
    from havre.exchange.hsds.sandbox.nested import rows as read

    found = {entity: {} for entity in ENTITIES}
    for _part, _number, entity, values, wrong in read(io.BytesIO(data)):
        assert not wrong
        found[entity][values["id"]] = values
    return found


def brought(file, login="chloe", **how):
    try:
        return bring(file, login, visibility=Visibility.PUBLIC, **how)
    except Faulty as faulty:
        raise AssertionError([each.at("x") for each in faulty.faults]) from None


def taken(kind="json", profile="full", login="chloe") -> bytes:
    out = io.BytesIO()
    take_out(out, login, kind, profile)
    return out.getvalue()


@pytest.mark.django_db
def test_every_field_comes_in_and_goes_out_again(personas):
    brought(document(rows()))
    told, sent = flat(taken()), rows()
    for entity in ENTITIES:
        ours = {each["id"]: each for each in sent[entity]}
        assert {pk: told[entity].get(pk) for pk in ours} == ours, entity


@pytest.mark.django_db
def test_what_went_out_comes_in_as_the_same(personas):
    with transaction.atomic():
        brought(document(rows()))
        first = taken()
        with acting_as(personas.chloe):
            assert Organisation.objects.count() == 2 and Service.objects.get().accepts_men is True
            assert {each.e164 for each in Phone.objects.all()} == {"+33480000342"}
        transaction.set_rollback(True)
    assert not json.loads(taken())["organizations"]
    brought(io.BytesIO(first))
    assert json.loads(taken()) == json.loads(first)
