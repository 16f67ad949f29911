"""The calendar as other calendars read it: with a secret what its owner may see, without one what is public."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from havre.platform.accounts.claims import acting_as
from havre.prevention.events import actions, feed
from havre.prevention.events.models import CalendarKey

from .conftest import days

LONG = "Fair recruitment across borders, and what each of eleven offices promised · التوظيف العادل عبر الحدود"
CHANGED = datetime(2026, 11, 1, 8, tzinfo=UTC)


def titles(answer):
    assert answer.status_code == 200 and not answer.cookies
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    return {str(each["summary"]) for each in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")}


@pytest.fixture
def secret(personas):
    """Boris's calendar."""
    with acting_as(personas.boris):
        return actions.make_key(personas.boris, by=personas.boris)


def read(secret):
    return Client().get(reverse("events:feed", args=[secret]))


def test_the_file_is_one_that_other_calendars_read():
    entry = feed.Entry("7f", date(2026, 12, 14), date(2026, 12, 15), LONG, "EVENT", "Hall; 2, left\\door", CHANGED)
    told = feed.written([entry], "Prevention")
    lines = told.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR" and lines[-1] == b"" and b"\n" not in told.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75 and any(line.startswith(b" ") for line in lines)
    (event,) = icalendar.Calendar.from_ical(told).walk("VEVENT")
    assert (event["summary"], event["location"], event["uid"]) == (LONG, "Hall; 2, left\\door", "7f@havre")
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 12, 14), date(2026, 12, 16))
    assert event["dtstamp"].dt == CHANGED


def test_one_row_has_the_same_number_each_time_it_is_read(told, secret):
    numbers = [
        {str(each["uid"]) for each in icalendar.Calendar.from_ical(read(secret).content).walk("VEVENT")}
        for _time in range(2)
    ]
    assert numbers[0] == numbers[1] == {f"{row.pk}@havre" for row in (told.event, told.action, told.agreement)}


def test_a_secret_reads_its_agencys_rows_and_what_partners_opened_and_nothing_else(told, secret, personas):
    for by, reach in ((personas.chloe, 3), (personas.boris, 3), (personas.chloe, 0)):
        with acting_as(by):
            values = {"title": f"{by.login} {reach}", "begins": days(1), "ends": days(1), "visibility": reach}
            actions.save_event(None, values, by=by)
    partners = {"Fair fees", "Write it into the law", "Care there and here"}
    assert titles(read(secret)) == partners | {"boris 3", "chloe 0"}
    assert titles(Client().get(reverse("events:open_feed"))) == {"chloe 0"}


def test_what_was_done_or_is_over_long_ago_is_no_longer_in_the_calendar(told, secret, personas):
    with acting_as(personas.chloe):
        actions.note(told.action, status="done", text="", by=personas.chloe)
        long_ago = {"begins": days(-500), "ends": days(-499)}
        actions.save_event(told.event, long_ago, by=personas.chloe)
    assert titles(read(secret)) == {"Care there and here"}


def test_a_wrong_secret_a_closed_one_and_one_of_before_are_not_found(told, secret, personas):
    for wrong in ("not-a-secret", "%00", "a%00b", "%FF", secret + "%00"):
        assert Client().get(f"/calendar/{wrong}.ics").status_code == 404
    with acting_as(personas.boris):
        newer = actions.make_key(personas.boris, by=personas.boris)
        assert bytes(CalendarKey.objects.get().hash) != newer.encode()
    assert read(secret).status_code == 404 and read(newer).status_code == 200
    with acting_as(personas.boris):
        actions.drop_key(personas.boris, by=personas.boris)
    assert read(newer).status_code == 404


def test_who_works_here_no_longer_reads_no_longer(told, secret, personas):
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute(
            "update accounts_membership set begins = now() - interval '2 days', ends = now() - interval '1 day'"
            " where user_id = %s",
            [personas.boris.pk],
        )
        cursor.execute("set local role havre_app")
    assert read(secret).status_code == 404


def test_the_address_is_shown_once_and_somebody_elses_is_nobodys_business(chloe, boris, told, personas):
    page = chloe.post(reverse("events:key")).content.decode()
    (secret,) = re.findall(r"/calendar/([\w-]+)\.ics", page)
    assert read(secret).status_code == 200
    assert secret not in chloe.get(reverse("events:key")).content.decode()
    with acting_as(personas.boris):
        assert not CalendarKey.objects.exists()
    assert "You have none yet" in boris.get(reverse("events:key")).content.decode()


def test_the_month_shows_what_lasts_on_each_of_its_days(chloe, told):
    month = f"{days(-39):%Y-%m}"
    page = chloe.get(reverse("events:calendar") + f"?month={month}").content.decode()
    days_in_it = sum(1 for at in (-40, -39, -38) if f"{days(at):%Y-%m}" == month)
    assert page.count("Fair fees") >= days_in_it
    assert chloe.get(reverse("events:calendar") + "?month=9999-99").status_code == 200
