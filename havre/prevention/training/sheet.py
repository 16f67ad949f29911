"""The attendance list as a workbook: to be printed and signed, or to be kept. Nothing in it runs."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.kernel.guards import guarded
from havre.kernel.vocabularies import load

from .models import Session, Trainee

WIDE = 34, 30, 20  # of name, organisation and role, in digits


def attendance(session: Session, people: Iterable[Trainee]) -> bytes:
    """The list of a session, with a column for each day and one to sign in."""
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet(_("Attendance")[:31])
        bold, cell = book.add_format({"bold": True, "border": 1}), book.add_format({"border": 1})
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0, 2)
        page.write_string(0, 0, guarded(session.course.title), book.add_format({"bold": True, "font_size": 14}))
        page.write_string(1, 0, guarded(session.place))
        for place, wide in enumerate((*WIDE, *(12 for _day in session.days), 24)):
            page.set_column(place, place, wide)
        for number, row in enumerate(rows(session, people), 2):
            for place, text in enumerate(row):
                page.write_string(number, place, guarded(text), bold if number == 2 else cell)
    return out.getvalue()


def rows(session: Session, people: Iterable[Trainee]) -> list[list[str]]:
    """A header, and a line for each person."""
    roles, language = load("trainee_roles"), get_language() or "en"
    days = [date_format(day, "SHORT_DATE_FORMAT") for day in session.days]
    found = [[_("Name"), _("Organisation"), _("Role"), *days, _("Signature")]]
    for each in people:
        role = roles.label(each.role, language) if each.role else ""
        there = [_("yes") if day in each.attended else "" for day in session.days]
        found.append([each.name, each.body, role, *there, ""])
    return found
