"""A register comes in: the people are there for their worker and supervisor, and for nobody else; or nothing is."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from havre.cases.assistance.models import Referral
from havre.cases.assistance.standing import to_recall
from havre.cases.people.models import (
    Case,
    CaseMove,
    Consent,
    KeptCell,
    Person,
    PersonContact,
    PersonCountry,
    PersonIdentity,
    PersonName,
)
from havre.cases.screening.models import Finding
from havre.cases.story.models import Episode, EpisodeCode, Leg, PerpetratorRole
from havre.exchange import register
from havre.exchange.actions import Cancelled, Faulty
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused
from havre.platform.audit.models import AuditEvent, AuditSubject
from havre.platform.permissions import Compartment

TODAY = date(2026, 3, 12)
ROWS = [
    {
        "reference": "R-1",
        "prs_FirstName": "Ndapewa",
        "prs_SecondName": "!Gaeb",
        "prs_Birthdate": "1998",
        "prs_Gender": "Feminine",
        "prs_Citizenship": "NA;XK",
        "prs_PrimaryLanguage": "kua",
        "prs_MobilePhone": "+264 81 555 0101",
        "prs_MailingCountry": "NAM",
        "prs_Title": "Director",
        "vic_TraffickingStatus": "ActualVictimOfTrafficking",
        "vic_TraffickingStatusDecisionMakingOrg": "Police",
        "vic_MethodsOfControl": "DebtBondage ;UsesChildren;RestrictsMovement",
        "vic_RelationshipToTrafficker": "Unaquainted",
        "vic_AgeWhenTrafficked": "17",
        "vic_LocationOfRecruitment": "Oshakati",
        "vic_LocationOfExploitation": "Дубай",
        "cas_IncomingReferralDate": "2025-11-18",
        "con_Consent": "true",
    },
    {
        "reference": "R-2",
        "prs_FirstName": "فاطمة",
        "cas_Status": "ClosedReferred",
        "cas_ReasonForCaseClosure": "Went to the house in Marseille.",
        "cas_OutgoingReferralDate": "2025-12-01",
        "cas_IncomingReferralDate": "2025-11-20",
        "vic_TraffickingStatusDecisionMakingOrg": "NGO",
        "con_Consent": "false",
    },
    {"reference": "", "prs_FirstName": "", "vic_TraffickingStatus": "", "cas_Status": "FollowUp"},
]


@pytest.fixture
def brought(personas, tmp_path):
    """Brings rows in as Amina, or as whoever is named."""

    def bring(rows=ROWS, login="amina", agency="balise", **more):
        path = tmp_path / "register.csv"
        names = list(dict.fromkeys(name for row in rows for name in row))
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(rows)
        with path.open("rb") as file:
            return register.bring(file, agency, login, TODAY, **more)

    return bring


def seen(user):
    with acting_as(user):
        return Case.objects.count()


def test_the_worker_and_the_supervisor_see_them_and_nobody_else(personas, brought):
    brought()
    logins = ("amina", "gita", "chloe", "boris", "dao", "ferdinand")
    assert {each: seen(getattr(personas, each)) for each in logins} == {
        "amina": 3, "gita": 0, "chloe": 3, "boris": 0, "dao": 0, "ferdinand": 0,
    }  # fmt: skip


def test_the_record_has_one_entry_that_names_each_case(personas, brought):
    brought()
    with acting_as(personas.dao):
        event = AuditEvent.objects.get()
        assert (event.act, event.user_id, event.refused) == ("register.import", personas.amina.pk, False)
        assert AuditSubject.objects.filter(event_id=event.pk).count() == 3


def test_a_person_is_read_into_their_tables(personas, brought):
    brought()
    with acting_as(personas.amina):
        person = Person.objects.get(outside_reference="R-1")
        assert (person.gender, person.birth_year, person.birth_precision) == ("Feminine", 1998, "year")
        name = PersonName.objects.get(person=person)
        assert (name.full, name.given, name.family) == ("Ndapewa !Gaeb", "Ndapewa", "!Gaeb")
        assert PersonIdentity.objects.get(person=person).born_on == "1998"
        assert {each.country for each in PersonCountry.objects.filter(person=person)} == {"NA", "XK"}
        assert PersonContact.objects.get(person=person).value == "+264815550101"
        assert person.languages.get().language == "kj"
        assert person.places.get().country == "NA"


def test_the_story_is_read_into_codes_and_places(personas, brought):
    brought()
    with acting_as(personas.amina):
        case = Case.objects.get(person__outside_reference="R-1")
        assert Episode.objects.get(case=case).age_at_start == 17
        controls = EpisodeCode.objects.filter(case=case, list="vic_MethodsOfControl", answer="yes")
        assert {each.code for each in controls} == {"DebtBondage", "ThreatensChildrenFamily", "RestrictsMovement"}
        assert EpisodeCode.objects.get(case=case, list="vic_RelationshipToTrafficker").code == "Unaquainted"
        legs = Leg.objects.filter(case=case).order_by("seq")
        assert [(leg.stage, leg.place) for leg in legs] == [("recruitment", "Oshakati"), ("exploitation", "Дубай")]
        finding = Finding.objects.get(case=case)
        assert (finding.result, finding.body, finding.imported) == ("ActualVictimOfTrafficking", "Police", True)


def test_each_case_stands_where_its_status_says(personas, brought):
    brought()
    with acting_as(personas.amina):
        first, second = (Case.objects.get(person__outside_reference=each) for each in ("R-1", "R-2"))
        third = Case.objects.get(person__outside_reference="")
        assert (first.state, first.opened_on, first.imported) == ("S5", date(2025, 11, 18), True)
        assert (second.state, second.closed_on, second.closure_reason) == ("S13", date(2025, 12, 1), "referred_out")
        assert (third.state, third.opened_on) == ("S12", TODAY)
        closing = CaseMove.objects.get(case=second, to_state="S13")
        assert closing.reason == "Went to the house in Marseille."


def test_consent_comes_from_the_consent_column_alone(personas, brought):
    brought([*ROWS, {"reference": "R-4", "vic_AgreementToManagePersonalData": "true"}])
    with acting_as(personas.amina):
        kept = Consent.objects.values_list("person__outside_reference", "scope", "decision")
        assert set(kept) == {("R-1", "data", "given"), ("R-2", "data", "refused")}


def test_what_has_no_place_is_kept_as_a_cell_and_counted(personas, brought):
    row = {
        "reference": "R-4",
        "vic_AgreementToManagePersonalData": "true",
        "prs_MailingLatitude": "45.764",
        "org_Name": "Foyer Sud",
        "spl_Objectives": "To sleep; then to work.",
        "Colour of the folder": "green",
    }
    kept = brought([*ROWS, row]).kept
    assert kept == {
        "vic_TraffickingStatusDecisionMakingOrg": 1,
        **{name: 1 for name in row if name != "reference"},
    }
    with acting_as(personas.amina):
        cells = KeptCell.objects.filter(case__person__outside_reference="R-4")
        assert {(each.name, each.value, each.compartment) for each in cells} == {
            ("vic_AgreementToManagePersonalData", "true", Compartment.FACTS),
            ("prs_MailingLatitude", "45.764", Compartment.WHEREABOUTS),
            ("org_Name", "Foyer Sud", Compartment.IDENTITY),
            ("spl_Objectives", "To sleep; then to work.", Compartment.FACTS),
            ("Colour of the folder", "green", Compartment.WHEREABOUTS),
        }


REFERRED = {
    "reference": "R-5",
    "cas_ReferringOrganisation": "Police; Marseille",
    "cas_ReasonForIncomingReferral": "AdditionalServicesRequired",
    "cas_ReferredOrganisation": "Foyer Sud;;Legal Aid",
    "cas_OutgoingReferralDate": "2025-12-01;2025-12-01",
    "cas_OutgoingReferralDetails": "By train; with an escort.",
}


def test_referrals_stand_in_their_places_and_ask_nothing_back(personas, brought):
    brought([REFERRED])
    with acting_as(personas.amina):
        case = Case.objects.get()
        (received,) = Referral.objects.filter(direction="in")
        assert (received.organisation, received.state, received.sent_on) == ("Police; Marseille", "accepted", None)
        sent = {(each.organisation, each.sent_on, each.details) for each in Referral.objects.filter(direction="out")}
        day, told = date(2025, 12, 1), "By train; with an escort."
        assert sent == {("Foyer Sud", day, told), ("", day, ""), ("Legal Aid", None, "")}
        assert to_recall(case) == []


def test_an_event_is_a_leg_and_a_perpetrator_has_roles(personas, brought):
    event = {"hte_Type": "Transit", "hte_City": "Belgrade", "hte_Date": "2025-02-03", "hte_Description": "By lorry."}
    brought([{"reference": "R-6", **event, "per_RoleInProcess": "Smuggler;Exploiter", "hte_Street": "Nikole Tesle 1"}])
    with acting_as(personas.amina):
        leg = Leg.objects.get()
        assert (leg.stage, leg.place, leg.note, str(leg.departs)) == ("transit", "Belgrade", "By lorry.", "2025-02-03")
        assert set(PerpetratorRole.objects.values_list("code", flat=True)) == {"Smuggler", "Exploiter"}
        assert KeptCell.objects.get().name == "hte_Street"


NAMED = [{"reference": "R-7", "cas_CaseOwner": "gita"}, {"reference": "R-8", "cas_CaseOwner": "Somebody Else"}]


def test_a_supervisor_brings_in_for_the_colleague_who_is_named(personas, brought):
    assert brought(NAMED, login="chloe").owners == {"gita": 1}
    with acting_as(personas.gita):
        case = Case.objects.get()
        assert (case.owner_id, case.person.outside_reference) == (personas.gita.pk, "R-7")
    with acting_as(personas.chloe):
        assert Case.objects.count() == 2
        assert KeptCell.objects.get().value == "Somebody Else"


def test_a_caseworker_brings_in_for_themselves_and_the_name_is_kept(personas, brought):
    assert brought(NAMED).owners == {}
    assert (seen(personas.amina), seen(personas.gita)) == (2, 0)
    with acting_as(personas.amina):
        assert {each.value for each in KeptCell.objects.all()} == {"gita", "Somebody Else"}


def test_a_file_that_is_given_up_half_way_leaves_nothing(personas, brought):
    with pytest.raises(Cancelled):
        brought(cancelled=lambda: True)
    assert seen(personas.amina) == 0


def test_a_fault_leaves_nothing_and_the_rest_is_looked_through(personas, brought):
    brought(ROWS[1:2], login="gita")
    with pytest.raises(Faulty) as faulty:
        brought([{"reference": "R-9"}, {"reference": "R-10", "prs_Gender": "Nobody"}, {"reference": "R-2"}])
    assert [(each.row, each.column) for each in faulty.value.faults] == [(3, "prs_Gender"), (4, "reference")]
    assert seen(personas.amina) == 0


def test_a_rehearsal_writes_nothing(personas, brought):
    assert brought(dry_run=True).persons == 3
    assert seen(personas.chloe) == 0
    with acting_as(personas.dao):
        assert not AuditEvent.objects.exists()


def test_a_reference_the_agency_holds_is_named_even_when_it_is_a_colleagues(personas, brought):
    brought(ROWS[1:2], login="gita")
    with pytest.raises(Faulty) as held:
        brought()
    assert [fault.row for fault in held.value.faults] == [3]
    assert seen(personas.amina) == 0


def test_another_agency_may_hold_the_same_reference(personas, brought):
    brought()
    brought(login="boris", agency="phare")
    assert (seen(personas.amina), seen(personas.boris)) == (3, 3)


@pytest.mark.parametrize(
    "login, agency, words",
    [
        ("amina", "phare", "does not work for"),
        ("amina", "nowhere", "does not work for"),
        ("dao", "balise", "Your role"),
    ],
)
def test_who_may_not_is_refused_in_a_line_and_on_record(personas, brought, login, agency, words):
    with pytest.raises(Refused, match=words):
        brought(login=login, agency=agency)
    assert seen(personas.chloe) == 0
    with acting_as(personas.dao):
        assert AuditEvent.objects.get().refused


def test_a_login_that_nobody_has_is_refused(brought):
    with pytest.raises(Refused, match="eve"):
        brought(login="eve")


def test_a_reference_drawn_twice_is_drawn_again(personas, brought, monkeypatch):
    from havre.kernel import references

    drawn = iter(["AAA-AAA", "BBB-BBB"] * 3)
    real = references.new
    monkeypatch.setattr(references, "new", lambda: next(drawn, None) or real())
    brought()
    assert seen(personas.amina) == 3
