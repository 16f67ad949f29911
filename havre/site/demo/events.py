"""Invented events, action plans and agreements of both agencies: past and to come, done and overdue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate, make_aware

from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.prevention.events import actions
from havre.prevention.events.models import Action, Conclusion, Event, Note, Plan
from havre.site.demo.tables import Row, table

OF_EVENT = ("kind", "level", "place", "country", "host", "title", "aims")
OF_ACTION = ("currency", "responsible", "partners", "what", "indicator")
OF_AGREEMENT = ("kind", "country", "state", "title", "partner", "note")


def tell(users: Mapping[str, User]) -> None:
    """Four events, two plans, four agreements, each written by whoever keeps it."""
    events: dict[str, Event] = {}
    for row, by in _each("events", users):
        events[row["code"]] = _event(row, by)
    for row, by in _each("event_plans", users):
        _plan(row, events[row["code"]], by)
    for row, by in _each("event_agreements", users):
        _agreement(row, by)


def _each(name: str, users: Mapping[str, User]) -> Iterator[tuple[Row, User]]:
    for row in table(name):
        with acting_as(users[row["by"]]):
            yield row, users[row["by"]]


def _event(row: Row, by: User) -> Event:
    values: dict[str, Any] = {name: row[name] for name in OF_EVENT}
    values |= {"begins": _day(row["begins"]), "ends": _day(row["ends"]), "agenda": _lines(row["agenda"])}
    event = actions.save_event(None, values | {"visibility": int(row["visibility"])}, by=by)
    for part in (each for each in table("event_parts") if each["event"] == row["code"]):
        if part["kind"] == "came":
            cells = (each.split(" ") for each in part["note"].split(";"))
            actions.count(event, part["title"], {cell: int(many) for cell, many in cells}, by=by)
        elif part["kind"] == "paper":
            actions.give(event, {"title": part["title"], "author": part["note"]}, None, by=by)
        else:
            actions.conclude(event, part["title"], by=by)
    return event


def _plan(row: Row, event: Event, by: User) -> None:
    values: dict[str, Any] = {name: row[name] for name in ("country", "title", "objective")}
    values |= {"begins": _day(row["begins"]), "ends": _day(row["ends"]), "visibility": int(row["visibility"])}
    plan = actions.save_plan(None, values | {"event": event}, by=by)
    concluded = {str(each.number): each for each in Conclusion.objects.filter(event=event)}
    for line in (each for each in table("event_actions") if each["plan"] == row["code"]):
        _action(line, plan, concluded[line["conclusion"]], by)


def _action(line: Row, plan: Plan, conclusion: Conclusion, by: User) -> None:
    values: dict[str, Any] = {name: line[name] for name in OF_ACTION}
    values |= {"due": _day(line["due"]), "budget": Decimal(line["budget"]) if line["budget"] else None}
    row = actions.save_action(None, plan, values | {"conclusion": conclusion}, by=by)
    said_on = _day(line["said_on"])
    if said_on:
        note = actions.note(row, status=line["status"], text=line["said"], by=by)
        QuerySet[Any](Note).filter(pk=note.pk).update(at=make_aware(datetime.combine(said_on, time(10))))
        QuerySet[Any](Action).filter(pk=row.pk, ended_on__isnull=False).update(ended_on=said_on)


def _agreement(row: Row, by: User) -> None:
    values: dict[str, Any] = {name: row[name] for name in OF_AGREEMENT}
    values |= {"areas": row["areas"].split(";"), "focal_points": _lines(row["focal_points"])}
    values |= {"signed_on": _day(row["signed_on"]), "until": _day(row["renewed"] or row["until"])}
    made = actions.save_partnership(None, values | {"visibility": int(row["visibility"])}, by=by)
    renewed = _day(row["renewed"])
    if renewed:
        actions.renew(made, signed_on=renewed - timedelta(days=8), until=_day(row["until"]), by=by)


def _day(text: str) -> date | None:
    """A day told from today: -30 is a month ago."""
    return localdate() + timedelta(days=int(text)) if text else None


def _lines(text: str) -> str:
    return text.replace("|", "\n")
