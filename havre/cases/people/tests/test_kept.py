"""What came with a register and has no place of its own is on the file, for those who may read that part."""

from __future__ import annotations

from django.db import connection

from havre.cases.people.models import Case, KeptCell
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import at_work
from havre.platform.permissions import Compartment

from .conftest import text


def kept(personas, case):
    """Six cells of the facts and one of the whereabouts."""
    with acting_as(personas.amina), at_work():
        Case.objects.filter(pk=case.pk).update(imported=True)
        for number in range(6):
            KeptCell(case=case, name=f"Shelf {number}", value=f"<b>{number}</b>").save()
        KeptCell(case=case, compartment=int(Compartment.WHEREABOUTS), name="Bed", value="By the window").save()


def test_the_file_shows_what_came_with_the_register(personas, case, amina):
    kept(personas, case)
    shown = amina.get(case.get_absolute_url())
    assert "Came with the register" in text(shown) and "Imported" in text(shown)
    assert "&lt;b&gt;5&lt;/b&gt;" in shown.content.decode() and "By the window" in text(shown)


def test_a_reader_of_the_facts_sees_those_of_the_facts(personas, case, sign_in):
    kept(personas, case)
    with acting_as(personas.amina), connection.cursor() as cursor:
        given = [case.pk, personas.gita.principal, int(Compartment.FACTS), "read", "cover", None, None]
        cursor.execute('select havre."grant"(%s, %s, %s, %s, %s, %s, %s)', given)
    shown = text(sign_in("gita").get(case.get_absolute_url()))
    assert "Shelf 5" in shown and "By the window" not in shown


def test_a_file_that_did_not_come_with_one_says_nothing(case, amina):
    assert "Came with the register" not in text(amina.get(case.get_absolute_url()))
