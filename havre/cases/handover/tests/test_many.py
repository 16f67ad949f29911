"""A whole caseload of two thousand files goes in one act, by a bounded number of statements."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from havre.cases.people.models import CaseHandover
from havre.platform.accounts.claims import acting_as

FILES = 2000
OPENED = """
    with given as (
      select gen_random_uuid() as person, gen_random_uuid() as file, 'P' || n as named, 'C' || n as ref
      from generate_series(1, %s) n)
    select havre.open_case(array_agg(person), array_agg(named), array_agg(file), array_agg(ref), array_agg('S5'::text),
      array_agg(current_date), 55, array_agg(false), array_agg(%s::uuid), array_agg('k'::bytea), array_agg('k'::bytea))
    from given"""


@pytest.fixture
def caseload(personas) -> None:
    """Two thousand files of Amina's."""
    with acting_as(personas.amina), connection.cursor() as cursor:
        cursor.execute(OPENED, [FILES, personas.amina.pk])


def test_two_thousand_files_go_in_one_act(caseload, sign_in, refusals, personas):
    chloe, to = sign_in("chloe"), [str(personas.gita.pk), str(personas.rita.pk)]
    with CaptureQueriesContext(connection) as asked:
        answer = chloe.post(f"/handover/{personas.amina.pk}/", {"to": to, "why": "leaves", "which": "all"})
    assert answer.status_code == 302 and len(asked) < 50
    with acting_as(personas.gita):
        assert CaseHandover.objects.filter(after=personas.gita).count() == FILES / 2
