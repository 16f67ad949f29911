"""From a plan a caseworker finds a men’s shelter in another country, in at most six clicks; axe on each page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils.timezone import localdate, now
from playwright.sync_api import expect

from havre.cases.assistance import actions
from havre.cases.assistance.models import ServiceDelivery
from havre.cases.people import actions as people
from havre.cases.people.models import Case, Person, PersonLanguage
from havre.directory.models import Contact, Location, Organisation, Phone, Service, ServiceAtLocation
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import at_work
from tests.journeys.conftest import Walker, at_both_widths
from tests.journeys.steps import go, pick, shows

MOST = 6
HOUSE, WOMEN, OLD = "دار النخيل", "Dar Al-Mina", "Foyer Sidi Amor"


def on_the_way(personas) -> str:
    """A file with a plan that was agreed, and a place to sleep that nobody found yet: the address of its plan."""
    with transaction.atomic(), acting_as(personas.amina), at_work():
        arrival = people.Arrival(on=date(2026, 3, 12), called="يوسف عبد الرحمن", in_danger="no")
        case = people.open_contact(arrival, by=personas.amina)
        Person.objects.filter(pk=case.person_id).update(gender="Masculine", birth_year=1996)
        PersonLanguage.objects.create(person=case.person, language="ar")
        goal = "A room, and nobody who knows the captain."
        actions.add_need(case, by=personas.amina, code="accommodation", urgency="now", goal=goal)
        Case.objects.filter(pk=case.pk).update(state="S6")
        actions.agree(case, by=personas.amina, on=localdate())
        return f"/people/{case.reference}/plan/"


def card(of, name: str, *, days: int, **more) -> None:
    """A house in Tunisia, whose place is kept secret, and whose contact was checked so many days ago."""
    kept = {"owner": of.agency, "visibility": 1}
    checked = {"verified_on": localdate() - timedelta(days), "next_check_due": localdate() + timedelta(180 - days)}
    house = Organisation.objects.create(name=name, countries=["TN"], **kept)
    fits = {"countries": ["TN"], "service_type": ["SHELTER_TRANS"], "languages": ["ar", "fr"]}
    fits |= {"conditional_on_cooperation": False, "capacity_available": 2, "capacity_as_of": now(), **more}
    service = Service.objects.create(organisation=house, name=f"{name}, 24/7", **fits, **kept, **checked)
    hidden = {"country": "TN", "region": "Sfax", "address_confidential": True}
    place = Location.objects.create(organisation=house, **hidden, **kept)
    ServiceAtLocation.objects.create(organisation=house, service=service, location=place, **kept)
    Contact.objects.create(organisation=house, name="Sami B.", email="sami@palmiers.example", **kept, **checked)
    Phone.objects.create(organisation=house, number="00 80 000 342", **kept)


@pytest.fixture
def directory(register) -> None:
    with transaction.atomic(), acting_as(register.boris), at_work():
        card(register.boris, HOUSE, days=9, population_served=["men"], minimum_age=18)
        card(register.boris, WOMEN, days=9, population_served=["women", "girls"])
        card(register.boris, OLD, days=240, population_served=["men"], conditional_on_cooperation=True)


def chooses(walker: Walker, name: str) -> None:
    with walker.page.expect_navigation():
        walker.click(walker.page.locator(f".hv-match:has-text('{name}') button[name='offer']"))
    walker.check()


def to_country(walker: Walker, code: str) -> None:
    pick(walker, "in", code)
    with walker.page.expect_navigation():
        walker.click(walker.page.locator("main form:has(select[name='in']) button"))
    walker.check()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), pytest.param("fr", 390, marks=pytest.mark.long)])
def test_a_shelter_for_men_abroad_in_six_clicks(walk, register, directory, language, width):
    walker = walk("amina", language=language, width=width)
    walker.page.goto(on_the_way(register))
    walker.check()
    go(walker, "main a[href$='/find/']")
    to_country(walker, "TN")
    found = walker.page.locator(".hv-match h2").all_inner_texts()
    assert [name.partition(",")[0] for name in found] == [HOUSE, OLD]
    shows(walker, "Only for: %(whom)s", "main details", whom=said_of(language))
    chooses(walker, HOUSE)
    assert walker.presses <= MOST and walker.faults == []
    expect(walker.page.locator("[name=organisation]")).to_have_value(HOUSE)
    with acting_as(register.amina), transaction.atomic():
        assert ServiceDelivery.objects.get().provider == HOUSE
        house = Organisation.objects.get(name=HOUSE).pk
    asks = "countries=TN&what=SHELTER_TRANS"
    for address in (f"find/?{asks}", f"find/map/?{asks}", "in/TN/", f"{house}/"):
        walker.page.goto(f"/directory/{address}")
        at_both_widths(walker)


def said_of(language: str) -> str:
    return {"en": "Women", "fr": "Femmes"}[language]


@pytest.mark.django_db(transaction=True, databases=["default", "refusals"])  # a refusal is written down apart
def test_one_that_was_not_checked_is_held_back_until_somebody_says_how(walk, register, directory):
    walker = walk("amina")
    walker.page.goto(on_the_way(register).replace("/plan/", "/needs/"))
    go(walker, "main a[href$='/find/']")
    to_country(walker, "TN")
    shows(
        walker,
        "Help is made to depend on giving evidence: that is against the person’s rights",
        ".hv-match:last-of-type",
    )
    chooses(walker, OLD)
    shows(walker, "This contact was not checked for long", "form .hv-notice")
    walker.click(walker.page.locator(".hv-savebar .hv-btn--go"))
    shows(walker, "Ring or write first. Then say below how you made sure.", "[role=alert]")
    walker.check()
    assert [each for each in walker.faults if "422" not in each] == []
