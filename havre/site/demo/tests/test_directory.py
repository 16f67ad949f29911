"""The invented directory keeps to the lists, is nobody's in the world, and is written as those who keep it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from types import SimpleNamespace

from havre.directory.models import (
    Address,
    ConfidentialPlace,
    Contact,
    Language,
    Location,
    Organisation,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    Suggestion,
)
from havre.kernel import places
from havre.kernel.vocabularies import load
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import Agency
from havre.platform.database.claims import hand_over
from havre.platform.keeping.rows import Visibility
from havre.site.demo.directory import lists, suggested, telling
from havre.site.demo.tables import table

TODAY = date(2026, 11, 26)
CODES = {
    "service_type": "services",
    "population_served": "populations",
    "exploitation_types_served": "vic_TypeOfExploitation",
    "nrm_role": "nrm_roles",
    "channels": "phone_channels",
    "org_category": "org_categories",
    "mou_status": "mou_statuses",
    "vetting_status": "vetting_statuses",
    "focal_role": "focal_roles",
    "clearance": "clearances",
    "default_tlp_max": "tlp",
    "verification_method": "verification_methods",
    "cost_to_person": "service_costs",
}


def invented():
    keepers = {code: SimpleNamespace(login=code, agency=Agency(code=code, name=code)) for code in telling.KEEPERS}
    return telling.invent(keepers, TODAY)


MADE = invented()
ROWS = [row for cards in MADE for row in cards.rows]


def of(model):
    return [row for row in ROWS if isinstance(row, model)]


def told(row):
    return {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields if not each.is_relation}


def test_there_are_thirty_countries_and_fifteen_hundred_services():
    assert len({each.countries[0] for each in of(Organisation)}) == 30
    assert len(of(Service)) == 1500 and 390 <= len(of(Organisation)) <= 420


def test_the_same_directory_is_invented_each_time():
    again = [row for cards in invented() for row in cards.rows]
    moving = {"capacity_as_of"}  # hours before now
    assert [{**told(row), **dict.fromkeys(moving)} for row in again[:3000]] == [
        {**told(row), **dict.fromkeys(moving)} for row in ROWS[:3000]
    ]


def test_each_language_has_every_word():
    wanted = {(row["kind"], row["key"]) for row in table("directory/words/fr")}
    for country in lists.countries():
        rows = table(f"directory/words/{country.language}")
        assert {(row["kind"], row["key"]) for row in rows} == wanted, country.code
        names = [row["text"] for row in rows if row["kind"] == "word"]
        assert len(names) == len(set(names)) >= 12 and len(country.towns) == 4


def test_another_script_comes_with_the_name_in_latin_letters():
    for row in of(Organisation):
        assert row.name.isascii() or re.match(r"[\W\dA-Za-zÀ-ɏḀ-ỿ]+$", row.name) or row.alternate_name, row.name


def test_french_is_set_as_french_is_set():
    texts = [cell for row in (*table("directory/words/fr"), *table("directory/own")) for cell in row.values()]
    assert [said for said in texts if set("'\"") & set(said)] == []
    assert [said for said in texts if not said.startswith("http") and re.search(r"[^\u202f](?:[!?]|; )", said)] == []


def test_every_code_is_one_of_its_list():
    for name, vocabulary in CODES.items():
        used = set()
        for row in ROWS:
            value = getattr(row, name, "") or []
            used |= {value} if isinstance(value, str) else set(value)
        assert used and used <= set(load(vocabulary)), name
    assert {code for row in of(Contact) for code in row.languages} <= set(places.languages)
    assert {row.code for row in of(Language)} <= set(places.languages)


def test_nobody_in_the_world_is_reached_by_it():
    shapes = [each.row["phone"].replace("#", "0").replace(" ", "") for each in lists.countries()]
    assert all(re.match(r"\+33199|\+\d{1,3}0{2,}", shape) for shape in shapes)
    home = re.compile(r"(https://|[\w.-]+@)[\w.-]+\.example(/[\w-]+)?")
    written = [each for row in ROWS for each in (getattr(row, "email", ""), getattr(row, "website", "")) if each]
    assert len(written) > 1000 and all(home.fullmatch(each) for each in written)
    assert all(re.match(r"\+|00 80 \d{3} 11[29]$", each.number) for each in of(Phone))


def test_some_cards_are_there_twice_and_no_number_is_by_chance():
    twice = [number for number, many in Counter(each.number for each in of(Phone)).items() if many > 1]
    assert twice == ["+33 1 99 00 20 10"] and len(table("directory/twins")) == 4


def test_what_is_said_of_a_service_holds_together():
    for row in of(Service):
        assert row.capacity_available is None or row.capacity_available <= row.capacity_total
        assert row.maximum_age is None or (row.minimum_age or 0) <= row.maximum_age
        assert row.accepts_men == ("men" in row.population_served)
    ages = [(TODAY - row.verified_on).days for row in of(Service) if row.verified_on]
    assert 0.75 < sum(1 for each in ages if each <= 180) / 1500 < 0.95 and max(ages) > 360


def test_each_service_has_hours_and_an_area_and_some_are_open_past_midnight():
    for model in (Schedule, ServiceArea):
        assert {row.service_id for row in of(model)} == {row.pk for row in of(Service)}
    assert any(row.closes_at < row.opens_at for row in of(Schedule))


def test_a_confidential_place_tells_its_country_and_region_alone():
    hidden = {row.pk for row in of(Location) if row.address_confidential}
    assert hidden == {row.location_id for row in of(ConfidentialPlace)} and len(hidden) > 60
    open_rows = [*of(Address), *of(Phone), *of(Contact)]
    assert not hidden & {row.location_id for row in open_rows}
    named = [row for row in of(ConfidentialPlace) if row.city in row.location.organisation.name]
    assert named == []  # nor does a name tell the town
    streets = {row.address for row in of(ConfidentialPlace)}
    text = "\n".join(str(told(row)) for row in ROWS if not isinstance(row, ConfidentialPlace))
    assert len(streets) > 60 and [street for street in streets if street in text] == []


def test_it_is_written_by_its_keepers_and_each_reads_as_far_as_a_card_goes(personas):
    assert telling.tell() == telling.SERVICES
    suggested.suggest()
    amina_reads_as_a_partner(personas)
    hand_over("")
    assert set(reach()) == {Visibility.PUBLIC}
    for user, name, waiting in ((personas.chloe, "Maison Balise", 3), (personas.boris, "Le Phare", 2)):
        with acting_as(user):
            assert Organisation.objects.get(tenant=user.agency).name == name
            found = ConfidentialPlace.objects.all()
            assert {each.owner_id for each in found} == {user.agency_id}
            assert all(each.address and each.city for each in found)
            assert Suggestion.objects.filter(owner=user.agency, status="").count() == waiting
    with acting_as(personas.chloe):
        taken_over = Organisation.objects.get(name="دار المينا", owner=personas.chloe.agency)
        assert taken_over.email.startswith("accueil@")


def reach():
    return Counter(Organisation.objects.values_list("visibility", flat=True))


def amina_reads_as_a_partner(personas):
    with acting_as(personas.boris):
        his = reach()
    with acting_as(personas.amina):
        hers = reach()
        assert hers[Visibility.VETTED] > his[Visibility.VETTED] > 0 and hers[Visibility.PARTNERS] > 100
        beds = Service.objects.filter(countries__contains=["TN"], service_type__contains=["SHELTER_SPEC"])
        assert beds.filter(languages__contains=["ar"], always_open=True).count() == 1
