"""Every field has a sensitivity, every sealed one never leaves, and keys between rooms point downwards."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from havre.platform.crypto.fields import SealedText
from havre.platform.database.policies import THIRD_PARTY

from .code import rank

OURS = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("havre.")]
CLASSES = ("open", "coarse", "never")
KEYS = [
    (model, each)
    for model in OURS
    for each in model._meta.concrete_fields
    if isinstance(each, models.ForeignKey) and each.related_model.__module__.startswith("havre.")
]


def label(value):
    return value._meta.label if hasattr(value, "_meta") else value.name


@pytest.mark.parametrize("model", OURS, ids=label)
def test_every_field_is_named_once(model):
    named = [name for each in CLASSES for name in getattr(model.Sensitivity, each, ())]
    assert sorted(named) == sorted(each.name for each in model._meta.concrete_fields)


@pytest.mark.parametrize("model", OURS, ids=label)
def test_what_is_sealed_never_leaves(model):
    sealed = {each.name for each in model._meta.concrete_fields if isinstance(each, SealedText)}
    assert sealed <= set(getattr(model.Sensitivity, "never", ()))


@pytest.mark.parametrize("model", OURS, ids=label)
def test_a_coarse_field_says_how_coarse(model):
    assert all(isinstance(how, str) and how for how in dict(getattr(model.Sensitivity, "coarse", {})).values())


def test_a_table_of_another_package_is_listed():
    other = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model not in OURS}
    assert other <= set(THIRD_PARTY)


@pytest.mark.parametrize("model, key", KEYS, ids=label)
def test_a_key_points_downwards(model, key):
    assert rank(model.__module__) >= rank(key.related_model.__module__)


@pytest.mark.parametrize("model, key", KEYS, ids=label)
def test_a_key_between_rooms_lets_nobody_reach_up(model, key):
    if rank(model.__module__)[0] != rank(key.related_model.__module__)[0]:
        assert key.remote_field.related_name == "+"


def test_every_row_of_a_case_has_a_random_key():
    from havre.cases.people.models.base import CaseTable

    assert all(isinstance(model._meta.pk, models.UUIDField) for model in OURS if issubclass(model, CaseTable))


@pytest.mark.parametrize("model", OURS, ids=label)
def test_no_key_has_an_index_with_which_another_begins(model):
    unique = [each for each in model._meta.constraints if isinstance(each, models.UniqueConstraint)]
    whole = [each for each in (*unique, *model._meta.indexes) if each.fields and each.condition is None]
    begun = {each.fields[0].lstrip("-") for each in whole}
    assert not [each.name for each in model._meta.concrete_fields if each.db_index and each.name in begun]
