"""Services are found by what they say, by those who may see them, and by nothing that goes less far."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havre.directory import facets, finding, opening
from havre.directory.models import Language, Location, Phone, Schedule, ServiceArea, ServiceAtLocation
from havre.platform.accounts.claims import acting_as
from havre.platform.database.claims import hand_over
from havre.platform.keeping.rows import Visibility

from .cards import card, hangs, service
from .test_opening import rules

WEEKLY = {"freq": "WEEKLY", "zone": "Europe/Paris", "opens_at": time(9), "closes_at": time(17)}
THURSDAY = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


@pytest.fixture
def house(personas):
    with acting_as(personas.chloe):
        yield card(personas.chloe, "Maison de l’Étoile", countries=["FR"], nrm_role=["shelter"])


def found(**asked):
    page = finding.find(finding.Query(**asked))
    assert page.total == len(page.services)
    return [each.name for each in page.services]


def refreshed(*rows):
    facets.refresh(services=[each.pk for each in rows])


MANY = {
    "service_type": ["SHELTER_EMERG"],
    "population_served": ["men", "boys"],
    "minimum_age": 15,
    "accepts_children_accompanied": True,
    "accepts_unaccompanied_minors": True,
    "accepts_with_pets_or_dependants": True,
    "conditional_on_cooperation": False,
    "capacity_total": 4,
    "capacity_available": 2,
    "cost_to_person": "free",
    "description": "Un lit la même nuit",
}


@pytest.mark.parametrize(
    "asked",
    [
        {"countries": ["FR"]},
        {"service_types": ["SHELTER_EMERG", "LEGAL_INFO"]},
        {"needs": ["accommodation"]},
        {"populations": ["men"]},
        {"languages": ["ar"]},
        {"age": 15},
        {"age": 60},
        {"costs": ["free"]},
        {"nrm_roles": ["shelter"]},
        {"text": "étoile"},
        {"text": "ETOILE meme"},
        {"text": "hébergement"},
        {"area": "lyon"},
        {"area": "rhone"},
        *({"marks": [mark]} for mark in finding.MARKS if mark != "open_now"),
        {"marks": ["open_now"], "at": THURSDAY},
        {"countries": ["FR"], "populations": ["men"], "languages": ["ar"], "age": 20, "text": "lit", "area": "lyon"},
    ],
)
def test_it_is_found_by_what_it_says(house, asked):
    beds = service(house, "Beds", **MANY)
    place = hangs(Location, house, country="FR", city="Lyon", region="Rhône")
    hangs(ServiceAtLocation, house, service=beds, location=place)
    number = hangs(Phone, house, number="00 80 000 342", service=beds, hours_24_7=True)
    hangs(Language, house, phone=number, code="ar")
    refreshed(beds)
    assert found(**asked) == ["Beds"]


@pytest.mark.parametrize(
    "asked",
    [
        {"countries": ["TN"]},
        {"service_types": ["LEGAL_INFO"]},
        {"needs": ["legal"]},
        {"needs": ["unheard_of"]},
        {"populations": ["women"]},
        {"languages": ["am"]},
        {"age": 14},
        {"costs": ["paid"]},
        {"nrm_roles": ["health"]},
        {"text": "lune"},
        {"text": "!!"},
        {"text": "lyon", "area": "maison"},
        *({"marks": [mark]} for mark in finding.MARKS),
    ],
)
def test_it_is_not_found_by_what_it_does_not_say(house, asked):
    bare = {"service_type": ["SHELTER_EMERG"], "population_served": ["men"], "minimum_age": 15}
    refreshed(service(house, "Beds", **bare, capacity_available=0, conditional_on_cooperation=True))
    assert found(**asked) == []
    assert found(service_types=["SHELTER_EMERG"]) == ["Beds"]


def test_a_service_that_has_ended_is_not_found(house):
    refreshed(*(service(house, state, status=state) for state in ("active", "inactive", "defunct")))
    assert found(countries=["FR"]) == ["active"]


def test_those_checked_last_come_first_and_the_page_after_holds_the_others(house):
    days = [date(2026, 3, 1), None, date(2026, 11, 1), date(2025, 1, 1)]
    refreshed(*(service(house, str(day), verified_on=day) for day in days))
    pages = [finding.find(finding.Query(countries=["FR"]), page, size=2) for page in (1, 2, 3)]
    assert [[each.name for each in page.services] for page in pages] == [
        ["2026-11-01", "2026-03-01"],
        ["2025-01-01", "None"],
        [],
    ]
    assert (pages[0].total, pages[0].pages) == (4, 2)


def test_a_name_comes_before_a_word_of_the_description(house):
    told = service(house, "Beds", description="near the harbour", verified_on=date(2026, 11, 1))
    refreshed(told, service(house, "Harbour desk"))
    assert found(text="harbour") == ["Harbour desk", "Beds"]


def test_it_is_found_by_those_who_may_see_it_and_counted_for_nobody_else(personas, house):
    with acting_as(personas.chloe):
        for reach in Visibility:
            of = card(personas.chloe, reach.name, reach, countries=["XK"])
            refreshed(service(of, reach.name))
        assert len(found(countries=["XK"])) == 4
    with acting_as(personas.boris):
        assert set(found(countries=["XK"])) == {"PUBLIC", "PARTNERS"}
    hand_over("")
    assert found(countries=["XK"]) == ["PUBLIC"]


def test_no_row_that_goes_less_far_tells_of_itself(personas):
    with acting_as(personas.chloe):
        house = card(personas.chloe, visibility=Visibility.PUBLIC, countries=["FR"])
        beds = service(house)
        hidden = {"visibility": Visibility.OWNER_ONLY}
        place = hangs(Location, house, country="TN", city="Sfax", **hidden)
        hangs(ServiceAtLocation, house, service=beds, location=place, **hidden)
        hangs(ServiceArea, house, service=beds, country="MA", name="Rif", **hidden)
        hangs(Language, house, service=beds, code="ar", **hidden)
        hangs(Phone, house, service=beds, number="00 80 000 342", hours_24_7=True, **hidden)
        refreshed(beds)
        beds.refresh_from_db()
        assert (beds.countries, beds.languages, beds.always_open) == (["FR"], [], False)
        assert found(text="sfax") == found(text="rif") == []
        hangs(Schedule, house, service=beds, **WEEKLY, byday="TH", **hidden)
        refreshed(beds)
        assert found(marks=["open_now"], at=THURSDAY) == []


def test_a_confidential_place_is_found_by_its_country_alone(house):
    beds = service(house)
    place = hangs(Location, house, country="TN", region="Sahel", address_confidential=True)
    hangs(ServiceAtLocation, house, service=beds, location=place)
    refreshed(beds)
    assert found(countries=["TN"]) == found(area="sahel") == ["Beds"]


@pytest.mark.parametrize(
    ("on", "own", "names"),
    [
        ("service", "", ["Beds"]),
        ("service_at_location", "", ["Beds"]),
        ("location", "", ["Beds"]),
        ("location", "MO", []),
    ],
)
def test_it_is_open_by_its_own_hours_or_else_by_those_of_its_place(house, on, own, names):
    beds = service(house)
    place = hangs(Location, house, country="FR")
    offer = hangs(ServiceAtLocation, house, service=beds, location=place)
    of = {"service": beds, "service_at_location": offer, "location": place}[on]
    hangs(Schedule, house, **WEEKLY, byday="TH", **{on: of})
    if own:
        hangs(Schedule, house, **WEEKLY, byday=own, service=beds)
    refreshed(beds)
    assert found(marks=["open_now"], at=THURSDAY) == names
    (only,) = finding.find(finding.Query(countries=["FR"])).services
    assert opening.is_open(finding.hours_of([only])[only.pk], THURSDAY) is bool(names)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(rules())
def test_the_database_reads_the_rules_of_hours_as_python_does(db, rule):
    days = [date.fromordinal(rule.dtstart.toordinal() + each) for each in range(0, 800, 1)]
    rule.last_on = opening.last_day(rule) if rule.count else None
    asked = "select havre.falls_on(%s, d) from unnest(%s::date[]) d"
    assert as_owner(asked, rule, days) == [opening.falls_on(rule, day) for day in days]


ZONES = st.sampled_from(
    ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kolkata"]
)
NEAR = st.sampled_from(
    ["2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01", "2026-04-05", "2026-02-15", "2026-07-01"]
)
CLOCK = st.times(time(0), time(23, 59)).map(lambda clock: clock.replace(second=0, microsecond=0))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(ZONES, NEAR, CLOCK, CLOCK)
def test_the_database_knows_the_changes_of_clock_as_python_does(db, zone, day, opens, closes):
    rule = Schedule(freq="WEEKLY", byday="SU,WE", zone=zone, opens_at=opens, closes_at=closes)
    begin = datetime.fromisoformat(day).replace(tzinfo=UTC) - timedelta(hours=30)
    moments = [begin + timedelta(minutes=13 * each) for each in range(350)]
    asked = "select havre.open_at(%s, m, z::jsonb) from unnest(%s::timestamp[], %s::text[]) a (m, z)"
    zones = {each: json.dumps({zone: json.loads(opening.zones(each))[zone]}) for each in {m.date() for m in moments}}
    said = as_owner(
        asked, rule, [each.replace(tzinfo=None) for each in moments], [zones[each.date()] for each in moments]
    )
    assert said == [opening.is_open([rule], each) for each in moments]


def as_owner(asked, rule, *values):
    """What the owner's function says of a rule, which may not be called by anybody else."""
    body = {each.column: each.get_prep_value(getattr(rule, each.attname)) for each in Schedule._meta.concrete_fields}
    row = "jsonb_populate_record(null::directory_schedule, %s::jsonb)"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute(asked.replace("%s", row, 1), [json.dumps(body, default=str), *values])
        said = [row[0] for row in cursor.fetchall()]
        cursor.execute("set local role havre_app")
    return said


def test_an_address_that_says_it_wrongly_asks_less():
    address = QueryDict("age=old&marks=open_now&marks=bribe&countries=FR&countries=&text=%00%20&area=" + "x" * 900)
    asked = finding.Query.read(address)
    assert asked == finding.Query(countries=("FR",), marks=("open_now",), area="x" * 200)
    assert not finding.Query.read(QueryDict("age=-1&text=%20")).asks


def test_what_nobody_checked_for_half_a_year_is_stale():
    row = Schedule()
    for checked, due, stale in (
        (date(2026, 5, 30), None, False),
        (date(2026, 5, 29), None, True),
        (date(2026, 11, 1), date(2026, 11, 25), True),
        (None, None, True),
    ):
        row.verified_on, row.next_check_due = checked, due
        assert finding.is_stale(row, date(2026, 11, 26)) is stale
