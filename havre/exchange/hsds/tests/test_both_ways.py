"""A directory comes in and goes out in each form, and says the same: every entity, every field."""

from __future__ import annotations

import io

import pytest
from django.db import transaction

from havre.directory import facets
from havre.directory.models import Organisation, Phone, Service
from havre.platform.accounts.claims import acting_as

from .files import KINDS, brought, file, read, taken, texts
from .full import rows

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_comes_in_and_goes_out_again(personas, kind):
    brought(file(rows(), kind))
    told, sent = read(taken(kind)), texts(rows())
    for entity, ours in sent.items():
        assert {pk: told[entity].get(pk) for pk in ours} == ours, entity


@pytest.mark.parametrize("kind", KINDS)
def test_what_went_out_comes_in_as_the_same(personas, kind):
    with transaction.atomic():
        brought(file(rows()))
        first = taken(kind)
        transaction.set_rollback(True)
    assert not Organisation.objects.exists()
    brought(io.BytesIO(first))
    assert read(taken(kind)) == read(first)
    with acting_as(personas.chloe):
        assert Organisation.objects.count() == 2 and Service.objects.get().accepts_men is True
        assert {each.e164 for each in Phone.objects.all()} == {"+33480000342"}


@pytest.mark.parametrize("kind", KINDS)
def test_what_came_in_is_found_by_what_it_says(personas, kind):
    found = rows()
    for entity, said in (("schedule", {"opens_at": "00:00", "closes_at": "24:00", "byday": "MO,TU,WE,TH,FR,SA,SU"}),):
        for each in found[entity]:
            each.update(said, interval=1)
            for name in ("count", "until", "valid_from", "valid_to", "byweekno", "bymonthday", "byyearday"):
                each.pop(name)
    brought(file(found, kind))
    names = ("pk", "countries", "languages", "always_open", "hours", "folded")
    with acting_as(personas.chloe):
        told = list(Service.objects.values_list(*names)), sorted(Organisation.objects.values_list("pk", "folded"))
        (service,) = told[0]
        assert service[1:4] == (["MD"], ["ro"], True) and service[4]
        Service.objects.update(countries=[], languages=[], hours=[], always_open=False, folded=None)
        Organisation.objects.update(folded="")
        facets.refresh(organisations=[pk for pk, _folded in told[1]])
        again = list(Service.objects.values_list(*names)), sorted(Organisation.objects.values_list("pk", "folded"))
    assert again == told
