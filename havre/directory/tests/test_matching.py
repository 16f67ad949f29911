"""Each check as a table of truth: yes, no, or not known, and never a guess."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from havre.directory.matching import Match, Wanted, cooperation, ordered, reasons, speak_with
from havre.directory.models import Contact, Service
from havre.directory.said import said

TODAY = date(2026, 11, 26)
MAN, WOMAN = Wanted(sex="Masculine", ages=(30, 31)), Wanted(sex="Feminine", ages=(30, 31))
GIRL, BOY = Wanted(sex="Feminine", ages=(15, 16)), Wanted(sex="Masculine", ages=(15, 16))
YOUNG_MAN = Wanted(sex="Masculine", ages=(17, 18))
LISTS = ("women", "men", "girls", "boys", "transgender", "families", "foreigners")


def verdict(code, wanted, **card):
    """How one check ends; "silent" when it has nothing to say."""
    found = {each.code: each.fits for each in reasons(wanted, Service(**card), TODAY)}
    return found.get(code, "silent")


def at(day):
    return datetime(2026, 11, day, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wanted", "served", "fits"),
    [
        (MAN, ["men"], True),
        (MAN, ["women"], False),
        (MAN, ["boys"], False),
        (MAN, [], None),
        (MAN, ["families"], None),
        (MAN, ["women", "men"], True),
        (WOMAN, ["women", "girls"], True),
        (WOMAN, ["men"], False),
        (GIRL, ["girls"], True),
        (GIRL, ["women"], False),
        (BOY, ["boys", "men"], True),
        (YOUNG_MAN, ["men"], None),
        (YOUNG_MAN, ["men", "boys"], True),
        (YOUNG_MAN, ["women", "girls"], False),
        (Wanted(sex="Masculine"), ["men", "boys"], True),
        (Wanted(ages=(30, 31)), ["men"], None),
        (Wanted(ages=(30, 31)), ["men", "women"], True),
        (Wanted(sex="NonConforming", ages=(30, 31)), ["men"], None),
        (Wanted(sex="NonConforming", ages=(30, 31)), ["men", "women"], True),
        (Wanted(sex="TransgenderFeminine", ages=(30, 31)), ["women"], None),
        (Wanted(sex="TransgenderFeminine", ages=(30, 31)), ["transgender"], True),
        (Wanted(sex="TransgenderFeminine", ages=(30, 31)), ["men"], False),
        (Wanted(sex="TransgenderMasculine", ages=(30, 31)), [], None),
    ],
)
def test_for_whom(wanted, served, fits):
    assert verdict("whom", wanted, population_served=served) is fits


@pytest.mark.parametrize(
    ("wanted", "served", "accepts", "fits"),
    [
        (MAN, [], True, True),
        (MAN, [], False, False),
        (MAN, ["women"], True, True),
        (MAN, ["men"], False, None),  # the card says both
        (MAN, ["women"], False, False),
        (YOUNG_MAN, [], True, None),
        (WOMAN, ["women"], False, True),
        (WOMAN, ["men"], True, False),
        (BOY, ["boys"], False, True),
    ],
)
def test_whether_men_are_taken(wanted, served, accepts, fits):
    assert verdict("whom", wanted, population_served=served, accepts_men=accepts) is fits


@pytest.mark.parametrize(
    ("ages", "low", "high", "fits"),
    [
        ((30, 31), 18, None, True),
        ((30, 31), 18, 30, None),
        ((30, 31), None, 17, False),
        ((17, 18), 18, None, None),
        ((15, 16), 18, None, False),
        ((18, 18), 18, 18, True),
        (None, 18, None, None),
        ((30, 31), None, None, "silent"),
    ],
)
def test_the_age(ages, low, high, fits):
    assert verdict("age", Wanted(ages=ages), minimum_age=low, maximum_age=high) == fits


@pytest.mark.parametrize(
    ("wanted", "taken", "fits"),
    [(GIRL, True, True), (GIRL, False, None), (GIRL, None, None), (MAN, True, "silent"), (YOUNG_MAN, True, "silent")],
)
def test_a_child_who_may_come_alone(wanted, taken, fits):
    assert verdict("alone", wanted, accepts_unaccompanied_minors=taken) == fits


@pytest.mark.parametrize(
    ("has", "taken", "fits"),
    [(True, True, True), (True, False, False), (True, None, None), (False, False, "silent")],
)
def test_children_who_come_along(has, taken, fits):
    assert verdict("children", Wanted(children=has), accepts_children_accompanied=taken) == fits


@pytest.mark.parametrize(
    ("speaks", "spoken", "interpreter", "fits"),
    [
        ({"ar", "fr"}, ["fr"], "", True),
        ({"ar"}, ["fr"], "", False),
        ({"ar"}, ["fr"], "by phone", None),
        ({"ar"}, [], "", None),
        (set(), ["fr"], "", "silent"),
    ],
)
def test_a_language_in_common(speaks, spoken, interpreter, fits):
    card = {"languages": spoken, "interpretation_services": interpreter}
    assert verdict("languages", Wanted(languages=frozenset(speaks)), **card) == fits


@pytest.mark.parametrize(
    ("citizenships", "served", "fits"),
    [
        ({"TN"}, ["nationals"], True),
        ({"TN"}, ["foreigners"], False),
        ({"TN"}, ["irregular_migrants"], None),
        ({"TN"}, ["asylum_seekers"], False),
        ({"NG"}, ["nationals"], False),
        ({"NG"}, ["irregular_migrants"], None),
        ({"NG"}, ["foreigners"], True),
        ({"NG"}, ["asylum_seekers"], None),
        ({"NG", "TN"}, ["nationals"], True),
        (set(), ["nationals"], None),
        (set(), ["nationals", "foreigners"], True),
        ({"NG"}, ["women"], "silent"),
    ],
)
def test_nationals_and_foreigners(citizenships, served, fits):
    wanted = Wanted(country="TN", citizenships=frozenset(citizenships))
    assert verdict("nationality", wanted, countries=["TN"], population_served=served) == fits


@pytest.mark.parametrize(
    ("known", "served", "fits"),
    [
        ({"ForcedLabour"}, ["ForcedLabour", "Servitude"], True),
        ({"ForcedLabour"}, ["SexualExploitation"], False),
        (set(), ["ForcedLabour"], None),
        ({"ForcedLabour"}, [], "silent"),
    ],
)
def test_what_happened(known, served, fits):
    assert verdict("exploitation", Wanted(exploitation=frozenset(known)), exploitation_types_served=served) == fits


@pytest.mark.parametrize(
    ("free", "said_at", "fits"),
    [(2, at(20), True), (0, at(20), False), (2, at(1), None), (0, at(1), None), (2, None, None), (None, None, None)],
)
def test_free_places_hold_for_two_weeks(free, said_at, fits):
    card = {"service_type": ["SHELTER_TRANS"], "capacity_available": free, "capacity_as_of": said_at}
    assert verdict("places", MAN, **card) is fits
    assert verdict("places", MAN, service_type=["LEGAL_INFO"]) == "silent"


@pytest.mark.parametrize(
    ("check", "card", "fits"),
    [
        ("cost", {"cost_to_person": "free"}, True),
        ("cost", {"cost_to_person": "paid"}, None),
        ("cost", {}, "silent"),
        ("runs", {"status": "temporarily closed"}, False),
        ("runs", {}, "silent"),
        ("country", {"countries": ["FR"]}, False),
        ("country", {"countries": []}, None),
        ("country", {"countries": ["FR", "TN"]}, "silent"),
        ("kind", {"service_type": ["SHELTER_TRANS", "MHPSS"]}, True),
        ("kind", {"service_type": ["LEGAL_INFO"]}, False),
    ],
)
def test_what_a_card_says_of_itself(check, card, fits):
    assert verdict(check, Wanted(country="TN", kinds=("SHELTER_EMERG", "SHELTER_TRANS")), **card) == fits


@pytest.mark.parametrize(("hangs", "fits"), [(True, False), (False, True), (None, None)])
def test_whether_help_hangs_on_evidence_is_always_said(hangs, fits):
    assert cooperation(Service(conditional_on_cooperation=hangs)).fits is fits
    assert reasons(Wanted(), Service(conditional_on_cooperation=hangs), TODAY)[-1].code == "cooperation"


def matched(name, *, stale=False, wanted=MAN, **card):
    service = Service(name=name, **{"population_served": ["men"], "conditional_on_cooperation": False, **card})
    return Match(service, reasons(wanted, service, TODAY), stale)


def test_what_was_not_checked_comes_last_and_a_no_after_a_yes():
    plain = matched("plain")
    told = matched("told", minimum_age=18)
    hangs = matched("hangs", minimum_age=18, conditional_on_cooperation=True)
    women = matched("women", population_served=["women"])
    stale = matched("stale", stale=True, minimum_age=18)
    found = ordered([stale, women, hangs, plain, told])
    assert [each.service.name for each in found] == ["told", "plain", "hangs", "women", "stale"]
    assert [each.fits for each in found] == [True, True, True, False, True]


def test_of_two_alike_the_one_with_places_then_the_one_checked_later():
    some = {"service_type": ["SHELTER_TRANS"], "capacity_as_of": at(25)}
    two, one = matched("two", capacity_available=2, **some), matched("one", capacity_available=1, **some)
    later = matched("later", capacity_available=1, verified_on=TODAY, **some)
    assert [each.service.name for each in ordered([one, later, two])] == ["two", "later", "one"]


def test_whom_to_speak_with():
    here, there = UUID(int=1), UUID(int=2)
    desk = Contact(name="desk", service_id=here)
    focal = Contact(name="focal", is_focal_point=True)
    children = Contact(name="children", is_focal_point=True, focal_role="child_focal_point")
    old, other = Contact(name="old", service_id=here), Contact(name="other", service_id=there)
    every = [other, old, children, focal, desk]
    stale = lambda contact: contact.name == "old"  # noqa: E731
    adult = [each.name for each in speak_with(every, here, child=False, stale=stale)]
    child = [each.name for each in speak_with(every, here, child=True, stale=stale)]
    assert adult == ["desk", "focal", "children", "old"] and child == ["desk", "children", "focal", "old"]


cards = st.fixed_dictionaries(
    {
        "population_served": st.lists(st.sampled_from(LISTS), unique=True),
        "accepts_men": st.none() | st.booleans(),
        "minimum_age": st.none() | st.integers(0, 30),
        "maximum_age": st.none() | st.integers(31, 99),
        "languages": st.lists(st.sampled_from(["ar", "fr", "en"]), unique=True),
        "conditional_on_cooperation": st.none() | st.booleans(),
        "capacity_available": st.none() | st.integers(0, 3),
        "capacity_as_of": st.none() | st.sampled_from([at(1), at(25)]),
        "cost_to_person": st.sampled_from(["", "free", "partly", "paid"]),
        "accepts_unaccompanied_minors": st.none() | st.booleans(),
        "exploitation_types_served": st.lists(st.sampled_from(["ForcedLabour", "Servitude"]), unique=True),
        "status": st.sampled_from(["active", "defunct"]),
        "countries": st.lists(st.sampled_from(["TN", "FR"]), unique=True),
        "service_type": st.lists(st.sampled_from(["SHELTER_TRANS", "MHPSS"]), unique=True),
        "interpretation_services": st.sampled_from(["", "by phone"]),
    }
)
people = st.builds(
    Wanted,
    kinds=st.sampled_from([(), ("SHELTER_TRANS",)]),
    country=st.sampled_from(["", "TN"]),
    sex=st.sampled_from(["", "Masculine", "Feminine", "TransgenderFeminine", "NonConforming"]),
    ages=st.none() | st.sampled_from([(15, 16), (17, 18), (30, 31)]),
    languages=st.sampled_from([frozenset(), frozenset({"ar"})]),
    citizenships=st.sampled_from([frozenset(), frozenset({"TN"}), frozenset({"NG"})]),
    exploitation=st.sampled_from([frozenset(), frozenset({"Servitude"})]),
    children=st.booleans(),
)


@given(wanted=people, card=cards, language=st.sampled_from(["en", "fr"]))
def test_every_reason_is_a_sentence_and_each_check_speaks_once(wanted, card, language):
    found = reasons(wanted, Service(**card), TODAY)
    with translation.override(language):
        assert all(said(each) and "%(" not in said(each) for each in found)
    assert len({each.code for each in found}) == len(found)


@given(card=cards)
def test_of_somebody_of_whom_nothing_is_known_nothing_is_denied(card):
    denied = {each.code for each in reasons(Wanted(), Service(**card), TODAY) if each.fits is False}
    assert denied <= {"runs", "places", "cooperation"}
