"""The pages of the directory: read by whoever works here, changed by the agency that keeps the card."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from havre.directory.actions import save_contact, save_location, save_organisation, save_phone, save_service
from havre.directory.models import (
    Address,
    ConfidentialPlace,
    Detail,
    Location,
    Organisation,
    Phone,
    Program,
    Schedule,
    Service,
)
from havre.directory.standing import version_of
from havre.platform.accounts.claims import acting_as
from havre.platform.audit import recorder
from havre.platform.audit.actions import at_work
from havre.platform.keeping.rows import Visibility
from tests.personas import signed_in

TODAY = localdate()
HIDDEN = "17 Quay of Nowhere"


@pytest.fixture
def house(personas):
    """A shelter in Tunisia with a confidential place, as Chloé keeps it."""
    chloe = personas.chloe
    with acting_as(chloe):
        card = save_organisation(
            None, {"name": "Dar Al-Mina", "countries": ["TN"], "visibility": 1, "nrm_role": ["shelter"]}, by=chloe
        )
        of = {"organisation": card, "by": chloe}
        hidden = {"country": "TN", "address": HIDDEN, "city": "Halq", "address_confidential": True}
        place = save_location(None, hidden, **of)
        beds = {"name": "A bed", "service_type": ["SHELTER_EMERG"], "population_served": ["women"], "minimum_age": 16}
        service = save_service(None, {**beds, "capacity_available": 2, "places": [place.pk]}, **of)
        save_phone(None, {"number": "00 80 000 112", "hours_24_7": True, "service": service.pk}, **of)
        save_contact(None, {"name": "Mouna G.", "is_focal_point": True}, **of)
    return card


@pytest.fixture
def chloe(house):
    return signed_in("chloe")


@pytest.fixture
def boris(house):
    return signed_in("boris")


PARTS = "Maison du Port"


def page(client, name, *args, **query):
    answer = client.get(reverse(f"directory:{name}", args=args), query)
    return answer.status_code, answer.content.decode()


def sent(client, where, *args, **values):
    return client.post(reverse(f"directory:{where}", args=args), values)


def only(model):
    return model.objects.get()


def as_chloe(personas, ask):
    with acting_as(personas.chloe):
        return ask()


def test_the_page_of_a_country_says_who_is_there_and_what_answers_at_night(boris):
    status, told = page(boris, "country", "TN")
    assert status == 200
    for each in ("One agency offers one service.", "تونس", "Dar Al-Mina", "Emergency accommodation", "00 80 000 112"):
        assert each in told
    assert "from 16" in told and "place confidential" in told and "never checked" in told
    assert "<b>One contact has not been checked for six months</b>" in told
    assert "Shelter addresses stay hidden" in told and HIDDEN not in told and "Halq" not in told


def test_a_country_without_a_card_says_so_and_one_that_is_none_is_not_found(boris):
    status, told = page(boris, "country", "IS")
    assert status == 200 and "No card names this country yet." in told
    assert page(boris, "country", "XX")[0] == 404
    assert page(boris, "country", "TN", page="9" * 30)[0] == 200


def test_the_list_of_countries_leads_to_each_and_to_ones_own_card(chloe):
    _status, told = page(chloe, "countries")
    assert "One organisation in one country." in told and reverse("directory:country", args=["TN"]) in told
    assert "Your agency has no card yet" in told


@pytest.mark.parametrize("by, words", [("service", "Emergency accommodation"), ("town", "Tunis")])
def test_a_country_is_read_by_service_and_by_town(personas, house, boris, by, words):
    as_chloe(
        personas, lambda: save_location(None, {"country": "TN", "city": "Tunis"}, organisation=house, by=personas.chloe)
    )
    assert words in page(boris, "country", "TN", by=by)[1]


def test_a_card_kept_to_itself_is_not_found_by_others(personas, house, boris):
    as_chloe(personas, lambda: save_organisation(house, {"visibility": Visibility.OWNER_ONLY}, by=personas.chloe))
    assert page(boris, "card", house.pk)[0] == 404
    assert "Dar Al-Mina" not in page(boris, "country", "TN")[1]


def test_a_card_tells_what_when_and_whom_and_hides_where(house, boris):
    status, told = page(boris, "card", house.pk)
    assert status == 200
    for each in ("Dar Al-Mina", "A bed", "Mouna G.", "00 80 000 112", "Confidential place", "Kept by"):
        assert each in told
    assert HIDDEN not in told and "Halq" not in told and "Change the card" not in told


def test_a_card_that_was_checked_says_when(personas, house, boris):
    day = TODAY - timedelta(days=200)
    with acting_as(personas.chloe):
        Organisation.objects.filter(pk=house.pk).update(verified_on=day, next_check_due=day + timedelta(days=180))
    assert "to check again" in page(boris, "card", house.pk)[1]


def test_where_a_confidential_place_is_stands_on_one_page_for_few(personas, house, chloe, boris, monkeypatch):
    monkeypatch.setattr(recorder, "REFUSALS", "default")
    place = as_chloe(personas, lambda: only(Location))
    assert HIDDEN in page(chloe, "place", house.pk, place.pk)[1]
    assert page(boris, "place", house.pk, place.pk)[0] == 404
    assert page(signed_in("amina"), "place", house.pk, place.pk)[0] == 403


def test_its_keeper_adds_a_card_and_goes_on_to_it(personas, chloe):
    answer = sent(chloe, "new", name="Association Jasmin", countries_0="TN", countries_1="TN", visibility="0")
    made = as_chloe(personas, lambda: Organisation.objects.get(name="Association Jasmin"))
    assert answer.headers["Location"] == reverse("directory:card", args=[made.pk])
    assert (made.countries, made.visibility, made.owner_id) == (["TN"], 0, personas.chloe.agency_id)


@pytest.mark.parametrize(
    "values, sentence",
    [
        ({"name": ""}, "A card needs a name."),
        ({"name": "<b>Dar</b>"}, "code of a web page"),
        ({"name": "Dar", "email": "nobody"}, "no mail address"),
        ({"name": "Dar", "website": "javascript:alert(1)"}, "no address on the web"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_lost(chloe, values, sentence):
    answer = sent(chloe, "new", description="Thirty beds by the sea", **values)
    told = answer.content.decode()
    assert answer.status_code == 422 and sentence in told and "Thirty beds by the sea" in told


def test_ones_own_card_is_linked_to_the_agency(personas, chloe):
    address = reverse("directory:new") + "?own=1"
    assert personas.chloe.agency.name in chloe.get(address).content.decode()
    chloe.post(address, {"name": "Maison Balise", "countries_0": "FR", "visibility": "0"})
    own = as_chloe(personas, lambda: Organisation.objects.get(tenant=personas.chloe.agency))
    assert "Maison Balise" in page(chloe, "countries")[1]
    assert reverse("directory:part", args=[own.pk, "trust", own.pk]) not in page(chloe, "card", own.pk)[1]


def test_each_part_of_a_card_is_added_and_shown(personas, house, chloe):
    for part, values, words in (
        ("service", {"name": "Papers", "service_type": "DOCS", "languages_0": "ar"}, "Papers"),
        ("phone", {"number": "+216 00 000 342", "channels": "voice"}, "+216 00 000 342"),
        ("contact", {"title": "Night desk"}, "Night desk"),
        ("hours", {"days": ["MO", "SA"], "opens_at": "22:00", "closes_at": "06:00", "zone": "Africa/Tunis"}, "Sat"),
        ("place", {"country": "TN", "city": "Sfax", "address": "3 Quay of Sand"}, "3 Quay of Sand"),
    ):
        answer = sent(chloe, "add", house.pk, part, **values)
        assert answer.status_code == 302, answer.content.decode()
        assert words in page(chloe, "card", house.pk)[1]
    assert as_chloe(personas, lambda: only(Schedule).byday) == "MO,SA"


@pytest.mark.parametrize(
    "part, values, sentence",
    [
        ("phone", {"number": "call us"}, "cannot be dialled"),
        ("contact", {"clearance": "none"}, "Write whom to ask for"),
        ("hours", {"opens_at": "25:00", "closes_at": "06:00"}, "This is no time of the day"),
        ("place", {"country": "TN", "latitude": "95", "longitude": "1"}, "This lies on no map"),
        ("place", {"country": "TN", "latitude": "36.8"}, "needs both figures"),
        ("service", {"name": "Beds", "areas_0": "XX"}, "no longer in the list"),
    ],
)
def test_a_part_that_cannot_be_kept_says_why(house, chloe, part, values, sentence):
    answer = sent(chloe, "add", house.pk, part, **values)
    assert answer.status_code == 422 and sentence in answer.content.decode()


def test_a_service_is_changed_subject_by_subject(personas, house, chloe):
    beds = as_chloe(personas, lambda: only(Service))
    for part, values in (
        ("service-who", {"population_served": ["men", "boys"], "minimum_age": "15", "accepts_men": "yes"}),
        ("service-room", {"capacity_total": "12", "capacity_available": "4", "cost_to_person": "free"}),
        ("service-way", {"referral_procedure": "Call first."}),
    ):
        stands = as_chloe(personas, lambda: only(Service))
        assert page(chloe, "part", house.pk, part, beds.pk)[0] == 200
        answer = sent(chloe, "part", house.pk, part, beds.pk, version=stands.version, **values)
        assert answer.status_code == 302, answer.content.decode()
    beds = as_chloe(personas, lambda: only(Service))
    assert (beds.population_served, beds.accepts_men, beds.capacity_available) == (["men", "boys"], True, 4)
    assert (beds.name, beds.referral_procedure, beds.capacity_as_of is None) == ("A bed", "Call first.", False)


def test_ages_and_places_that_cannot_be_are_refused(personas, house, chloe):
    beds = as_chloe(personas, lambda: only(Service))
    wrong = {"version": beds.version, "minimum_age": "18", "maximum_age": "12"}
    assert "below the age" in sent(chloe, "part", house.pk, "service-who", beds.pk, **wrong).content.decode()
    wrong = {"version": beds.version, "capacity_total": "2", "capacity_available": "9"}
    assert "not so many places" in sent(chloe, "part", house.pk, "service-room", beds.pk, **wrong).content.decode()


def test_of_two_who_change_a_number_the_later_sees_both(personas, house, chloe):
    phone = as_chloe(personas, lambda: only(Phone))
    opened = as_chloe(personas, lambda: version_of(phone))
    sent(chloe, "part", house.pk, "phone", phone.pk, version=opened, number="00 80 000 113")
    answer = sent(chloe, "part", house.pk, "phone", phone.pk, version=opened, number="00 80 000 114")
    told = answer.content.decode()
    assert answer.status_code == 409 and "00 80 000 113" in told and "00 80 000 114" in told


def test_a_place_is_sealed_from_its_form(personas, house, chloe):
    sent(chloe, "add", house.pk, "place", country="TN", city="Sfax", address="3 Quay of Sand")
    place = as_chloe(personas, lambda: Location.objects.get(city="Sfax"))
    told = page(chloe, "part", house.pk, "place", place.pk)[1]
    assert "3 Quay of Sand" in told
    values = {"country": "TN", "city": "Sfax", "address": "3 Quay of Sand", "address_confidential": "on"}
    answer = sent(chloe, "part", house.pk, "place", place.pk, version=place.version, **values)
    assert answer.status_code == 302
    with acting_as(personas.chloe):
        assert not Address.objects.exists() and ConfidentialPlace.objects.count() == 2
    assert "Sand" not in page(chloe, "card", house.pk)[1] and "Sand" not in page(chloe, "history", house.pk)[1]


def test_another_agency_finds_no_form(personas, house, boris):
    beds = as_chloe(personas, lambda: only(Service))
    assert page(boris, "edit", house.pk)[0] == 404
    assert page(boris, "add", house.pk, "phone")[0] == 404
    assert page(boris, "part", house.pk, "service", beds.pk)[0] == 404
    assert sent(boris, "remove", house.pk, "service", beds.pk).status_code == 404


def test_something_is_taken_off_after_one_question(personas, house, chloe):
    beds = as_chloe(personas, lambda: only(Service))
    assert "Take this off for good?" in page(chloe, "remove", house.pk, "service", beds.pk)[1]
    assert as_chloe(personas, Service.objects.exists)
    assert sent(chloe, "remove", house.pk, "service", beds.pk).status_code == 302
    assert not as_chloe(personas, Service.objects.exists) and as_chloe(personas, Organisation.objects.exists)
    sent(chloe, "remove", house.pk, "card", house.pk)
    assert not as_chloe(personas, Organisation.objects.exists)


def test_the_history_of_a_card_is_its_keepers(house, chloe, boris):
    told = page(chloe, "history", house.pk)[1]
    assert "A number: written down" in told and "00 80 000 112" in told and HIDDEN not in told
    assert page(boris, "history", house.pk)[0] == 404


def test_in_french(house):
    gita = signed_in("gita", language="fr")
    assert "Un organisme offre un service." in page(gita, "country", "TN")[1]
    assert "Les joindre" in page(gita, "card", house.pk)[1]


def test_a_programme_holds_services(chloe, house, personas):
    assert sent(chloe, "add", house.pk, "program", name="Sorties du port").status_code == 302
    (one, service) = as_chloe(personas, lambda: (only(Program), only(Service)))
    shown = page(chloe, "part", house.pk, "service", service.pk)[1]
    assert "Under which programme" in shown
    values = {"name": "A bed", "program": one.pk, "version": service.version}
    assert sent(chloe, "part", house.pk, "service", service.pk, **values).status_code == 302
    assert "Part of the programme <bdi>Sorties du port</bdi>" in page(chloe, "card", house.pk)[1]


def test_the_house_it_is_part_of_is_named_or_pasted_and_its_logo_never_loaded(chloe, house, personas, refusals):
    above = as_chloe(personas, lambda: save_organisation(None, {"name": PARTS}, by=personas.chloe))
    version = as_chloe(personas, lambda: version_of(only_named("Dar Al-Mina")))
    logo = "https://quay.example/logo.png"
    for text, answer in (("Nobody", 422), ("Dar Al-Mina", 422), ("maison du port", 302)):
        values = {"parent_organisation": text, "logo": logo, "version": version}
        assert sent(chloe, "part", house.pk, "role", house.pk, **values).status_code == answer
    shown = page(chloe, "card", house.pk)[1]
    assert f"<bdi>{PARTS}</bdi>" in shown and logo in shown and f'src="{logo}' not in shown
    assert f"<bdi>{PARTS}</bdi>" in page(chloe, "history", house.pk)[1]
    assert f'value="{PARTS}"' in page(chloe, "part", house.pk, "role", house.pk)[1]
    values = {"parent_organisation": f"https://havre.example/directory/{house.pk}/", "version": above.version}
    assert sent(chloe, "part", above.pk, "role", above.pk, **values).status_code == 422


def only_named(name):
    return Organisation.objects.get(name=name)


def test_what_came_with_a_file_is_shown_and_may_be_taken_off(chloe, boris, house, personas):
    with acting_as(personas.chloe), at_work():
        kept = {"owner_id": house.owner_id, "visibility": house.visibility, "organisation": house}
        one = Detail.objects.create(entity="funding", fields={"source": "<b>A fund</b>", "id": ""}, **kept)
    for reader in (chloe, boris):
        shown = page(reader, "card", house.pk)[1]
        assert "Funding" in shown and "&lt;b&gt;A fund&lt;/b&gt;" in shown
    assert sent(boris, "remove", house.pk, "detail", one.pk).status_code == 404
    assert sent(chloe, "part", house.pk, "detail", one.pk).status_code == 404
    assert sent(chloe, "remove", house.pk, "detail", one.pk).status_code == 302
    assert "A fund" not in page(chloe, "card", house.pk)[1]
