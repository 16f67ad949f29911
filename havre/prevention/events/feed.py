"""The calendar as other calendars read it (RFC 5545), by `icalendar`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import icalendar


@dataclass(frozen=True)
class Entry:
    """A line of the calendar: whole days, both named."""

    number: str
    first: date
    last: date
    title: str
    kind: str
    place: str
    changed: datetime


def written(entries: Iterable[Entry], name: str) -> bytes:
    """The file. The day on which something ends is the one after its last, as the standard wants it."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Havre//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for each in entries:
        event = icalendar.Event()
        event.add("uid", f"{each.number}@havre")
        event.add("dtstamp", each.changed.astimezone(UTC))
        event.add("dtstart", each.first)
        event.add("dtend", each.last + timedelta(days=1))
        event.add("summary", each.title)
        event.add("categories", [each.kind])
        event.add("transp", "TRANSPARENT")
        if each.place:
            event.add("location", each.place)
        calendar.add_component(event)
    return calendar.to_ical()
