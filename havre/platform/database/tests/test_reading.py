"""What a prepared question answers, and what it refuses to be."""

from __future__ import annotations

import uuid

import pytest

from havre.platform.accounts.models import Agency, User
from havre.platform.database.reading import Prepared, PreparedForMany, ahead

pytestmark = pytest.mark.django_db


def test_it_answers_like_the_question_it_was_made_from(personas):
    colleagues = Prepared(lambda agency: User.objects.filter(agency_id=agency).order_by("-login")[:2])
    assert colleagues(personas.amina.agency_id) == [personas.sami, personas.rita]
    assert colleagues(uuid.uuid4()) == []


def test_its_sql_is_made_once(personas):
    made = []
    house = Prepared(lambda key: made.append(key) or Agency.objects.filter(pk=key))
    assert house(personas.amina.agency_id) == house(personas.amina.agency_id) == [personas.amina.agency]
    assert len(made) == 1


def test_what_it_joins_is_read_along(personas, django_assert_num_queries):
    house = Prepared(lambda agency: User.objects.filter(agency_id=agency).select_related("agency").order_by("login"))
    with django_assert_num_queries(1):
        assert house.first(personas.amina.agency_id).agency == personas.amina.agency


def test_one_question_about_many_has_one_sql_whatever_their_number(personas, django_assert_num_queries):
    people = PreparedForMany(lambda keys: User.objects.filter(pk__in=keys).order_by("login"))
    assert people([personas.boris.pk, personas.amina.pk]) == [personas.amina, personas.boris]
    assert people({personas.chloe.pk}) == [personas.chloe]
    with django_assert_num_queries(0):
        assert people([]) == []


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda key: User.objects.filter(login="amina"), id="it asks about somebody else"),
        pytest.param(lambda key: User.objects.filter(agency_id=key, login="amina"), id="it takes two values"),
        pytest.param(lambda key: User.objects.all(), id="it asks about everybody"),
        pytest.param(lambda key: User.objects.filter(agency_id=key).only("login"), id="it reads half a row"),
    ],
)
def test_a_question_it_would_answer_wrongly_is_refused(ask):
    with pytest.raises(TypeError):
        Prepared(ask)(uuid.uuid4())


def test_questions_sent_ahead_are_answered_from_what_came_back_once(personas, django_assert_num_queries):
    house = Prepared(lambda agency: Agency.objects.filter(pk=agency))
    other, key = Prepared(lambda user: User.objects.filter(pk=user)), personas.amina.agency_id
    with ahead([(house, key), (other, personas.amina.pk)]):
        with django_assert_num_queries(0):
            assert (house(key), other(personas.amina.pk)) == ([personas.amina.agency], [personas.amina])
        with django_assert_num_queries(1):
            assert house(key) == [personas.amina.agency]
    with django_assert_num_queries(1):
        assert house(key) == [personas.amina.agency]
