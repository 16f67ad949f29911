"""Stories told before this stage had tables of its own are there after the move, sealed words included."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from havre.cases.story import actions
from havre.cases.story.models import Leg
from havre.platform.accounts.claims import acting_as

BEFORE = [("story", None), ("screening", "0001_initial")]


def migrate(*targets):
    """As the owner of the tables, in the transaction of the test."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set local role havre_owner")
        executor = MigrationExecutor(connection)
        executor.migrate(list(targets) or executor.loader.graph.leaf_nodes())
        cursor.execute("set local role havre_app")


@pytest.fixture
def told(personas, case):
    with acting_as(personas.amina):
        actions.add_legs(case, by=personas.amina, legs=[{"stage": "transit", "country": "TR", "place": "Istanbul"}])
    return case


@pytest.mark.long
def test_rows_and_their_sealed_words_survive_the_move(personas, told):
    migrate(*BEFORE)
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute("select count(*) from screening_leg")
        assert cursor.fetchone() == (1,)
    migrate()
    with acting_as(personas.amina):
        assert [(leg.country, leg.place) for leg in Leg.objects.filter(case=told)] == [("TR", "Istanbul")]
