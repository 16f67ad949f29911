"""From a need to a service of the directory with its reasons; choosing it fills the plan and prepares a referral."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now

from havre.cases.assistance import actions
from havre.cases.assistance.models import Referral, ServiceDelivery
from havre.cases.people import actions as people
from havre.cases.people.models import Case, Person, PersonCountry, PersonLanguage
from havre.directory import missing
from havre.directory.models import Contact, Missing, Organisation, Phone, Service
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused, at_work
from havre.platform.audit.models import AuditEvent

HOUSE = "Foyer des Palmiers"


def page(case, need, where=""):
    return f"/people/{case.reference}/needs/{need.pk}/find/" + (f"?in={where}" if where else "")


@pytest.fixture
def need(personas, case):
    with acting_as(personas.amina), at_work():
        Person.objects.filter(pk=case.person_id).update(gender="Masculine", birth_year=1996)
        PersonLanguage.objects.create(person=case.person, language="ar")
        PersonCountry.objects.create(person=case.person, country="TN", kind="citizenship")
        return actions.add_need(case, by=personas.amina, code="accommodation")


@pytest.fixture
def shelter(personas):
    """A partner's shelter in Tunisia, as its card stands: `shelter("Men’s house", population_served=["women"])`."""

    def made(name="Men’s house", *, days=10, visibility=1, house=HOUSE, **more):
        kept = {"owner": personas.boris.agency, "visibility": visibility}
        checked = {"verified_on": localdate() - timedelta(days), "next_check_due": localdate() + timedelta(180 - days)}
        card = {"population_served": ["men"], "service_type": ["SHELTER_TRANS"], "countries": ["TN"]}
        card |= {"languages": ["ar", "fr"], "conditional_on_cooperation": False, "version": 3}
        with acting_as(personas.boris), at_work():
            of = Organisation.objects.create(name=house, folded=house.lower(), countries=["TN"], **kept)
            service = Service.objects.create(organisation=of, name=name, **{**card, **more}, **kept, **checked)
            who = {"name": "Sami B.", "is_focal_point": True, "email": "sami@palmiers.example"}
            Contact.objects.create(organisation=of, **who, **checked, **kept)
            Phone.objects.create(organisation=of, number="00 80 000 342", **kept)
            return service

    return made


@pytest.fixture
def agreed(personas, case):
    with acting_as(personas.amina):
        talk = people.Talk(on=localdate())
        people.record_consent(case, by=personas.amina, talk=talk, decisions=[people.Decision("share", "given", HOUSE)])


def choose(client, case, need, service):
    return client.post(page(case, need), {"offer": str(service.pk)})


def planned(personas, case):
    with acting_as(personas.amina):
        return list(ServiceDelivery.objects.filter(case=case).order_by("at"))


def test_a_service_stands_with_its_reasons(sign_in, case, need, shelter):
    shelter(capacity_available=2, capacity_as_of=now())
    shown = sign_in("amina").get(page(case, need, "TN")).content.decode()
    parts = ("Men’s house", HOUSE, "For: Men", "Speaks Arabic", "2 places free", "does not depend on giving evidence")
    assert [part for part in (*parts, "5 of 5", "Contact checked", "00 80 000 342") if part not in shown] == []


def test_what_does_not_fit_is_told_apart_with_why(sign_in, case, need, shelter):
    shelter("Women’s house", population_served=["women"])
    shelter("Paid with words", conditional_on_cooperation=True)
    shown = sign_in("amina").get(page(case, need, "TN")).content.decode()
    assert "Only for: Women" in shown and "1 service does not fit" in shown
    assert "against the person’s rights" in shown and shown.index("Paid with words") < shown.index("Women’s house")


def test_the_country_is_here_there_or_another(sign_in, case, need, shelter):
    shelter(countries=["NG"])
    amina = sign_in("amina")
    here = amina.get(page(case, need)).content.decode()
    assert "France · here" in here and "Tunisia · from there" in here and "Men’s house" not in here
    assert "Men’s house" in amina.get(page(case, need, "NG")).content.decode()
    assert "Nothing for this need" in amina.get(page(case, need, "nonsense")).content.decode()


def test_the_country_somebody_returns_to_is_offered(sign_in, personas, case, need, monkeypatch):
    monkeypatch.setattr("havre.cases.assistance.wanted.RETURNS", [lambda case: "SN"])
    assert "Senegal · return" in sign_in("amina").get(page(case, need)).content.decode()


def test_what_was_not_checked_for_long_comes_last_with_its_badge(sign_in, case, need, shelter):
    shelter("Old house", days=200)
    shelter("New house", languages=[])
    shown = sign_in("amina").get(page(case, need, "TN")).content.decode()
    assert shown.index("New house") < shown.index("Old house") and "Contact not checked since" in shown


@pytest.mark.parametrize("visibility", [2, 3])
def test_a_card_that_is_not_for_this_agency_is_not_found(sign_in, case, need, shelter, visibility):
    hidden = shelter(visibility=visibility)
    amina = sign_in("amina")
    assert "Men’s house" not in amina.get(page(case, need, "TN")).content.decode()
    assert choose(amina, case, need, hidden).status_code == 404


def test_choosing_fills_the_plan_and_leads_to_the_referral(sign_in, personas, case, need, shelter):
    service, amina = shelter(), sign_in("amina")
    answer = choose(amina, case, need, service)
    (row,) = planned(personas, case)
    assert (row.code, row.provider, row.status, row.need_id) == ("SHELTER_TRANS", HOUSE, "proposed", need.pk)
    assert (row.offer_id, row.offer_version, row.conditional) == (service.pk, 3, False)
    assert answer.status_code == 302 and answer.url == f"/people/{case.reference}/referrals/send/?service={row.pk}"
    shown = amina.get(answer.url).content.decode()
    assert f'value="{HOUSE}"' in shown and "Sami B., sami@palmiers.example" in shown
    assert re.search(r'value="MigrationOrChangeOfLocation"[^>]* checked', shown)


def test_the_service_that_was_planned_and_nobody_gives_is_the_one_filled(sign_in, personas, case, need, shelter):
    with acting_as(personas.amina):
        values = {"code": "SHELTER_SPEC", "status": "proposed", "need": need}
        kept = actions.add_service(case, by=personas.amina, values=values)
    service = shelter(service_type=["MHPSS", "SHELTER_TRANS", "SHELTER_SPEC"])
    choose(sign_in("amina"), case, need, service)
    (row,) = planned(personas, case)
    assert (row.pk, row.code, row.provider, row.version) == (kept.pk, "SHELTER_SPEC", HOUSE, 2)


def test_help_that_hangs_on_evidence_is_warned_about_in_the_plan(sign_in, personas, case, need, shelter):
    amina = sign_in("amina")
    choose(amina, case, need, shelter(conditional_on_cooperation=True))
    assert planned(personas, case)[0].conditional is True
    needs = amina.get(f"/people/{case.reference}/needs/").content.decode()
    assert "Some help was made to depend on giving evidence" in needs


@pytest.mark.parametrize("change", ["renamed", "gone", "hidden"])
def test_what_was_chosen_stays_when_the_card_changes(sign_in, personas, case, need, shelter, change):
    service, amina = shelter(), sign_in("amina")
    choose(amina, case, need, service)
    key = service.pk
    with acting_as(personas.boris), at_work():
        if change == "gone":
            service.delete()
        elif change == "hidden":
            Organisation.objects.filter(pk=service.organisation_id).update(visibility=3)
        else:
            Service.objects.filter(pk=service.pk).update(name="Another house", version=4)
    (row,) = planned(personas, case)
    assert (row.provider, row.offer_id) == (HOUSE, key)
    shown = amina.get(f"/people/{case.reference}/service/{row.pk}/").content.decode()
    assert ("changed since you chose it" if change == "renamed" else "no longer in the directory") in shown
    assert amina.get(f"/people/{case.reference}/referrals/send/?service={row.pk}").status_code == 200


def test_another_provider_is_not_of_the_directory(personas, case, need, shelter):
    service = shelter()
    with acting_as(personas.amina):
        row = actions.choose(need, by=personas.amina, offer=Service.objects.get(pk=service.pk))
        same = actions.save_service(row, by=personas.amina, version=1, values={"status": "accepted"})
        assert same.offer_id == service.pk
        actions.save_service(row, by=personas.amina, version=2, values={"provider": "Le Port"})
        row.refresh_from_db()
        assert (row.offer_id, row.offer_version) == (None, None)


SENT = {"organisation": HOUSE, "sent_on": "2026-03-20", "services": "SHELTER_TRANS"}


def refer(client, case, row, **more):
    return client.post(f"/people/{case.reference}/referrals/send/?service={row.pk}", {**SENT, **more})


@pytest.fixture
def chosen(sign_in, personas, case, need, shelter):
    def made(**card):
        choose(sign_in("amina"), case, need, shelter(**card))
        return planned(personas, case)[-1]

    return made


def test_consent_comes_first_as_ever_and_what_was_chosen_waits(sign_in, personas, case, chosen, refusals):
    row, amina = chosen(), sign_in("amina")
    answer = refer(amina, case, row, details="A bed from Saturday.")
    assert answer.status_code == 422 and f"not agreed to share with “{HOUSE}”" in answer.content.decode()
    waits = amina.get(f"/people/{case.reference}/referrals/").content.decode()
    assert "Chosen, not asked yet" in waits and f"?service={row.pk}" in waits
    assert HOUSE in amina.get(f"/people/{case.reference}/consent/").content.decode()
    again = amina.get(f"/people/{case.reference}/referrals/send/?service={row.pk}").content.decode()
    assert "A bed from Saturday." in again


def test_with_consent_the_referral_goes_out_and_says_where_it_was_found(sign_in, personas, case, chosen, agreed):
    row, amina = chosen(), sign_in("amina")
    assert refer(amina, case, row).status_code == 302
    with acting_as(personas.amina):
        one = Referral.objects.get(case=case)
        assert (one.offer_id, one.services, one.checked) == (row.offer_id, "SHELTER_TRANS", "")
    assert "Chosen, not asked yet" not in amina.get(f"/people/{case.reference}/referrals/").content.decode()


def test_a_contact_not_checked_for_long_is_held_back(sign_in, personas, case, chosen, agreed, refusals):
    row, amina = chosen(days=200), sign_in("amina")
    shown = amina.get(f"/people/{case.reference}/referrals/send/?service={row.pk}").content.decode()
    assert "held back from sharing" in shown
    answer = refer(amina, case, row, details="Kept.", checked="  ")
    said = answer.content.decode()
    assert answer.status_code == 422 and "was not checked for long" in said and "Kept." in said
    with acting_as(personas.amina):
        assert not Referral.objects.exists()
    assert refer(amina, case, row, checked="Rang Sami on 20 March.").status_code == 302
    with acting_as(personas.amina):
        one = Referral.objects.get(case=case)
    assert "Rang Sami on 20 March." in amina.get(f"/people/{case.reference}/referrals/{one.pk}/").content.decode()


def test_the_act_itself_refuses_it_too(personas, case, shelter, agreed):
    service, on = shelter(days=200), date(2026, 3, 20)
    with acting_as(personas.amina), pytest.raises(Refused, match="Nobody checked this contact"):
        actions.send_referral(case, by=personas.amina, organisation=HOUSE, on=on, offer=service)


def test_a_body_typed_by_its_name_is_held_back_too(sign_in, personas, case, shelter, agreed, refusals):
    shelter(days=200)
    amina, to = sign_in("amina"), f"/people/{case.reference}/referrals/send/"
    sent = {"organisation": "foyer des  PALMIERS", "sent_on": "2026-03-20", "details": "Kept."}
    answer = amina.post(to, sent)
    said = answer.content.decode()
    assert answer.status_code == 422 and "was not checked for long" in said and 'name="checked"' in said
    assert amina.post(to, {**sent, "checked": "Rang Sami on 20 March."}).status_code == 302
    with acting_as(personas.amina), pytest.raises(Refused, match="Nobody checked this contact"):
        actions.send_referral(case, by=personas.amina, organisation=HOUSE, on=date(2026, 3, 20))


def test_a_referral_to_another_body_leaves_the_card_behind(sign_in, personas, case, chosen, agreed):
    row = chosen(days=200, house="Elsewhere")
    assert refer(sign_in("amina"), case, row).status_code == 302
    with acting_as(personas.amina):
        assert Referral.objects.get(case=case).offer_id is None


def test_a_service_for_something_else_is_refused(sign_in, personas, case, need, shelter, refusals):
    answer = choose(sign_in("amina"), case, need, shelter(service_type=["LEGAL_INFO"]))
    assert answer.status_code == 422 and "not for this need" in answer.content.decode()
    assert planned(personas, case) == []


@pytest.mark.parametrize("sent", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_nothing_is_chosen_by_a_card_that_is_not_there(sign_in, personas, case, need, sent):
    assert sign_in("amina").post(page(case, need), {"offer": sent}).status_code == 404
    assert planned(personas, case) == []


def test_a_closed_file_chooses_nothing(sign_in, stand, personas, case, need, shelter, refusals):
    service = shelter()
    stand("S13")
    amina = sign_in("amina")
    assert choose(amina, case, need, service).status_code == 422
    assert 'name="offer"' not in amina.get(page(case, need, "TN")).content.decode()


@pytest.mark.parametrize("login", ["boris", "gita"])
def test_it_is_not_found_for_those_who_do_not_see_the_file(sign_in, case, need, shelter, login):
    other = sign_in(login)
    assert (other.get(page(case, need)).status_code, choose(other, case, need, shelter()).status_code) == (404, 404)


def test_the_directory_is_never_told_who_asks(sign_in, personas, case, need, shelter):
    service = shelter()
    choose(sign_in("amina"), case, need, service)
    with acting_as(personas.boris):
        assert not Case.objects.exists() and not ServiceDelivery.objects.exists()
        assert not AuditEvent.objects.filter(act="service.choose").exists()
    with acting_as(personas.dao):
        assert AuditEvent.objects.filter(act="service.choose", user_id=personas.amina.pk).count() == 1


def test_what_nobody_offers_is_counted_once_and_tells_of_nobody(sign_in, personas, case, need):
    amina = sign_in("amina")
    shown = amina.get(page(case, need, "SN")).content.decode()
    assert "Count it as missing" in shown
    for _again in range(2):
        assert amina.post(page(case, need), {"lacking": "SN"}).url == page(case, need, "SN")
    assert "It is counted" in amina.get(page(case, need, "SN")).content.decode()
    with acting_as(personas.boris):
        counted = Missing.objects.values_list("country", "need", "month", "count")
        assert list(counted) == [("SN", "accommodation", localdate().replace(day=1), 1)]
        assert missing.of("SN") == [missing.Lack("accommodation", None)] and missing.of("TN") == []


def test_where_something_fits_nothing_is_missing(sign_in, case, need, shelter):
    shelter()
    assert "Count it as missing" not in sign_in("amina").get(page(case, need, "TN")).content.decode()


def test_a_page_of_many_asks_no_more_than_a_page_of_one(sign_in, case, need, shelter):
    amina, counted = sign_in("amina"), []
    for many in (1, 5):
        for number in range(many):
            shelter(f"House {many} {number}")
        with CaptureQueriesContext(connection) as asked:
            amina.get(page(case, need, "TN"))
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 30, counted
