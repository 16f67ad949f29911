"""A register comes in: the people are there for their worker and supervisor, and for nobody else; or nothing is."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from havre.cases.people.models import (
    Case,
    CaseMove,
    Consent,
    Person,
    PersonContact,
    PersonCountry,
    PersonIdentity,
    PersonName,
)
from havre.cases.screening.models import Finding
from havre.cases.story.models import Episode, EpisodeCode, Leg
from havre.exchange import register
from havre.exchange.actions import AlreadyHeld
from havre.exchange.formats.htcds import Reading
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused
from havre.platform.audit.models import AuditEvent, AuditSubject

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
            records = len(list(Reading(file, TODAY)))
        assert records == len(rows)
        return register.bring(path, records, agency, login, TODAY, **more)

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


def test_what_has_no_table_is_counted(brought):
    left = brought([*ROWS, {"reference": "R-4", "vic_AgreementToManagePersonalData": "true"}]).left
    assert left == {
        "prs_Title": 1,
        "cas_OutgoingReferralDate": 1,
        "vic_TraffickingStatusDecisionMakingOrg (no trafficking status in the row)": 1,
        "vic_AgreementToManagePersonalData (deprecated)": 1,
    }


def test_a_rehearsal_writes_nothing(personas, brought):
    assert brought(dry_run=True).persons == 3
    assert seen(personas.chloe) == 0
    with acting_as(personas.dao):
        assert not AuditEvent.objects.exists()


def test_a_reference_the_agency_holds_is_named_even_when_it_is_a_colleagues(personas, brought):
    brought(ROWS[1:2], login="gita")
    with pytest.raises(AlreadyHeld) as held:
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
