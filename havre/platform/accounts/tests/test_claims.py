"""What the database lets a session reach, with the application out of the way."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from havre.platform.accounts.claims import acting_as, hand_over


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall() if cursor.description else None


def test_without_a_token_there_is_nobody(personas):
    assert sql("select havre.actor(), havre.principals()") == [(None, [])]


def test_a_token_made_up_opens_nothing(personas):
    hand_over("f" * 64)
    assert sql("select havre.actor(), havre.principals()") == [(None, [])]


def test_a_caseworker_stands_for_herself_and_a_supervisor_for_the_house_too(personas):
    with acting_as(personas.amina):
        assert sql("select havre.principals()") == [([personas.amina.principal],)]
    with acting_as(personas.chloe):
        chloe = personas.chloe
        assert set(sql("select havre.principals()")[0][0]) == {chloe.principal, chloe.agency.principal}


def test_an_administrator_stands_for_nobody(personas):
    with acting_as(personas.ferdinand):
        assert sql("select havre.principals()") == [([],)]


def test_a_session_without_a_proof_is_refused(personas):
    with pytest.raises(DatabaseError), transaction.atomic():
        sql("select havre.begin_session(%s, %s, '', interval '1 hour', %s)", b"x" * 32, personas.chloe.pk, b"y" * 32)
