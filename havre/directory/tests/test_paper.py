"""A country on paper: what stands there, in the reader's language or another, and what never does."""

from __future__ import annotations

from datetime import time

import pytest
from django.utils.timezone import localdate

from havre.directory.models import ConfidentialPlace, Location, Organisation, Phone, Schedule, Service
from havre.directory.paper import hours, lines
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import at_work

from .town import town

PAPERS = ("emergency", "booklet")


@pytest.fixture
def as_amina(sign_in):
    return sign_in("amina")


@pytest.fixture
def as_boris(sign_in):
    return sign_in("boris")


@pytest.fixture
def as_chloe(sign_in):
    return sign_in("chloe")


@pytest.fixture
def tunisia(personas):
    """Twelve organisations of Chloé's agency, for everybody to see."""
    with acting_as(personas.chloe), at_work():
        town(personas.chloe.agency, localdate())
        return Organisation.objects.all()


def read(browser, kind, language="", country="TN"):
    answer = browser.get(f"/directory/in/{country}/{kind}/", {"lang": language} if language else {})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("kind", PAPERS)
@pytest.mark.parametrize(("asked", "says"), [("", "Tunisia"), ("fr", "Tunisie"), ("en", "Tunisia"), ("xx", "Tunisia")])
def test_it_is_in_the_readers_language_or_in_the_one_asked_for(as_amina, tunisia, kind, asked, says):
    page = read(as_amina, kind, asked)
    assert f'<h2 class="hv-title">{says}</h2>' in page


def test_what_answers_day_and_night_comes_first_then_what_has_hours_then_whom_to_ask(as_amina, tunisia):
    page = read(as_amina, "emergency")
    places = [page.index(each) for each in ("Day and night", "+216 00 000 000", "At their hours", "+216 00 000 001")]
    assert [*places, page.index("Whom to ask"), page.index("+216 00 100 000")] == sorted(
        [*places, page.index("Whom to ask"), page.index("+216 00 100 000")]
    )


def test_what_nobody_has_checked_for_half_a_year_stands_last_and_says_so(as_amina, personas, tunisia):
    with acting_as(personas.chloe), at_work():
        others = Service.objects.exclude(organisation__name__endswith=" 5").exclude(organisation__name__endswith=" 8")
        others.update(status="inactive")
    page = read(as_amina, "emergency").partition("At their hours")[0]
    assert page.index("+216 00 005 000") < page.index("not checked since") < page.index("+216 00 008 000")
    assert page.count("not checked since") == 1


def test_a_number_that_two_services_give_stands_once(as_amina, personas, tunisia):
    with acting_as(personas.chloe), at_work():
        first = Phone.objects.get(number="+216 00 000 000")
        Phone.objects.filter(number="+216 00 000 001").update(number="+216 (0) 0 000 000", hours_24_7=True)
        Phone.objects.filter(number="+216 (0) 0 000 000").update(number=first.number)
    assert read(as_amina, "emergency").count(first.number) == 1


@pytest.mark.parametrize("kind", PAPERS)
def test_what_is_not_for_everybody_says_so(as_amina, personas, tunisia, kind):
    assert "For those who work with us" not in read(as_amina, kind)
    with acting_as(personas.chloe), at_work():
        Organisation.objects.update(visibility=1)
    assert "For those who work with us" in read(as_amina, kind)


@pytest.mark.parametrize("kind", PAPERS)
def test_a_partner_reads_what_is_for_partners_alone(as_boris, personas, tunisia, kind):
    with acting_as(personas.chloe), at_work():
        Organisation.objects.all().update(visibility=3)
    assert "+216" not in read(as_boris, kind)


def test_a_confidential_place_leaves_no_trace(as_amina, as_chloe, personas, tunisia):
    before = [read(each, "booklet") for each in (as_amina, as_chloe)]
    with acting_as(personas.chloe), at_work():
        house = tunisia.filter(name__startswith="Quay").first()
        kept = {"owner": house.owner, "organisation": house, "visibility": 0}
        place = Location.objects.create(country="TN", region="Sfaxregion", address_confidential=True, **kept)
        ConfidentialPlace.objects.create(location=place, owner=house.owner, address="1 Hidden Quay", city="Hiddentown")
    after = [read(each, "booklet") for each in (as_amina, as_chloe)]
    assert [strip(each) for each in before] == [strip(each) for each in after]
    assert not [word for page in after for word in ("Hidden", "Sfaxregion", "onfidential") if word in page]


def strip(page):
    return page.partition("<article")[2].partition("</article>")[0]


@pytest.mark.parametrize("kind", PAPERS)
@pytest.mark.parametrize("country", ["ZZ", "tn", "x", "T", "TNX"])
def test_a_country_that_does_not_exist_is_not_found(as_amina, kind, country):
    assert as_amina.get(f"/directory/in/{country}/{kind}/").status_code == 404


@pytest.mark.parametrize(("kind", "says"), [("emergency", "No number"), ("booklet", "No organisation")])
def test_a_country_without_cards_says_so(as_amina, kind, says):
    assert says in read(as_amina, kind)


def test_the_index_leads_to_the_numbers_of_the_booklet(as_amina, tunisia):
    page = read(as_amina, "booklet")
    assert "12 organisations, 36 services." in page
    assert "<span>Emergency accommodation</span> <b>1, 5, 6, 7, 11, 12</b>" in page


def test_a_booklet_is_read_in_few_statements(as_amina, tunisia, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        read(as_amina, "booklet")


def test_whoever_has_not_signed_in_is_led_to_the_door(client, personas, tunisia):
    with acting_as(personas.chloe):
        pk = tunisia[0].contacts.get().pk
    assert client.get(f"/directory/contact/{pk}.vcf").status_code == 302


@pytest.mark.parametrize(
    ("days", "opens", "closes", "said"),
    [
        ("MO,TU,WE,TH,FR,SA,SU", time(0), time(23, 59), ["Day and night"]),
        ("SA,SU", time(0), time(0), ["Sat–Sun day and night"]),
        ("MO,TU,WE,TH,FR", time(0), time(12), ["Mon–Fri 00:00–12:00"]),
    ],
)
def test_a_whole_day_is_said_in_words(days, opens, closes, said):
    assert hours.said([Schedule(byday=days, freq="WEEKLY", opens_at=opens, closes_at=closes)]) == said


def test_of_many_numbers_those_that_were_checked_are_read(as_amina, tunisia, monkeypatch):
    monkeypatch.setattr(lines, "CAP", 3)
    page = read(as_amina, "emergency")
    assert "There are many more" in page and "not checked since" not in page.partition("At their hours")[0]
