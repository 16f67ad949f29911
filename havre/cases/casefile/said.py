"""The first sentences of the day, as a colleague would say them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import words
from .rows import Row

MANY = 50  # as many of one kind as a day reads


def sentences(
    late: Sequence[Row], expected: Sequence[Row], waiting: int, danger: int, today: date
) -> list[tuple[str, str]]:
    """What a colleague would say, each sentence with the place it leads to."""
    people = len({row.case.pk for row in expected})
    young = len({row.case.pk for row in late if words.child(row.case.person, today)})
    said = [
        (_in_danger(danger), "#today") if danger else None,
        (_expected(people), ""),
        (_late(len(late)), "#late") if late else None,
        (_young(young), "") if young else None,
        (_answers(waiting), "#waiting") if waiting else None,
    ]
    return [each for each in said if each]


def _in_danger(number: int) -> str:
    said = ngettext("%(n)s person is in danger now.", "%(n)s people are in danger now.", number)
    return said % {"n": words.spelled(number, first=True)}


def _expected(number: int) -> str:
    if not number:
        return _("Nobody expects you today.")
    if number >= MANY:
        return _("Fifty people or more expect you today.")
    said = ngettext("%(n)s person expects you today.", "%(n)s people expect you today.", number)
    return said % {"n": words.spelled(number, first=True)}


def _late(number: int) -> str:
    if number >= MANY:
        return _("Fifty things or more are late.")
    said = ngettext("%(n)s thing is late.", "%(n)s things are late.", number)
    return said % {"n": words.spelled(number, first=True)}


def _young(number: int) -> str:
    said = ngettext("%(n)s of them is about a child.", "%(n)s of them are about children.", number)
    return said % {"n": words.spelled(number, first=True)}


def _answers(number: int) -> str:
    said = ngettext("%(n)s decision waits for your answer.", "%(n)s decisions wait for your answer.", number)
    return said % {"n": words.spelled(number, first=True)}
