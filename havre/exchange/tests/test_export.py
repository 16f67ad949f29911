"""A register goes out: who may, which people, and which of several rows the one cell gets."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import connection

from havre.cases.assistance.models import Referral
from havre.cases.people.actions.opening import open_case
from havre.cases.people.models import Case, CaseNote, Consent, PersonContact, PersonName, PersonPlace
from havre.cases.story.models import Episode, EpisodeCode, Leg
from havre.exchange import register
from havre.exchange.formats.htcds import fields
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused, at_work
from havre.platform.audit.models import AuditEvent, AuditSubject
from havre.platform.crypto import keyring
from havre.platform.permissions import Compartment

DAY = date(2026, 3, 12)


def taken(login="chloe", **more):
    """The rows of the export, in their order."""
    out = io.BytesIO()
    register.take_out(out, login, "csv", **more)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


@pytest.fixture
def opened(personas):
    """Opens a case and writes rows of it."""

    def open_(*rows, login="amina", restricted=False, **case_values):
        user = getattr(personas, login)
        with acting_as(user), at_work():
            case = open_case(by=user, on=DAY, state="S6", restricted=restricted)
            Case.objects.filter(pk=case.pk).update(**case_values)
            for model, values in rows:
                whose = {"case_id": case.pk} if hasattr(model, "case_id") else {"person_id": case.person_id}
                more = {"by": user} if hasattr(model, "by_id") else {}
                if model is Consent:
                    more["person_id"] = case.person_id
                model(**whose, **more, **values).save(force_insert=True)
        return case

    return open_


@pytest.mark.parametrize("login", ["amina", "dao", "ferdinand", "hana"])
def test_only_a_supervisor_takes_the_register_out(personas, opened, login):
    opened()
    with pytest.raises(Refused):
        taken(login)
    with acting_as(personas.dao):
        event = AuditEvent.objects.get(act="register.export")
        assert event.refused and not AuditSubject.objects.filter(event_id=event.pk).exists()


def test_the_people_of_the_agency_go_out_and_each_is_named_in_one_entry(personas, opened):
    mine, hidden, theirs = opened(), opened(restricted=True), opened(login="boris")
    assert [row["reference"] for row in taken(why="we move house")] == [mine.person.reference]
    with acting_as(personas.dao):
        event = AuditEvent.objects.get(act="register.export")
        assert event.reason == "we move house" and event.user_id == personas.chloe.pk
        named = set(AuditSubject.objects.filter(event_id=event.pk).values_list("case_id", flat=True))
        assert named == {mine.pk} and not named & {hidden.pk, theirs.pk}


def test_all_of_the_core_stands_in_the_order_of_the_standard(opened):
    opened((PersonName, {"full": "Ana", "given": "Ana", "middle": "Maria"}))
    (row,) = taken()
    core = [each.name for each in fields().values() if each.core and not each.deprecated]
    assert len(core) == 38
    assert list(row) == ["reference", *(name for name in fields() if name in {*core, "prs_MiddleName"})]


def test_a_second_case_of_a_person_is_a_row_of_its_own_that_says_whose(personas, opened):
    first = opened()
    second = opened()
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        for table, key in (("people_case", "id"), ("people_caseaccess", "case_id")):
            cursor.execute(f"update {table} set person_id = %s where {key} = %s", [first.person_id, second.pk])
        cursor.execute("set local role havre_app")
    number = first.person.reference
    assert [row["reference"] for row in taken()] == [number, f"{number}/2"]


def test_a_second_episode_goes_out_with_the_first(opened):
    case = opened((Episode, {"number": 1, "age_at_start": 15}), (Episode, {"number": 2, "age_at_start": 19}))
    with acting_as(case.owner), at_work():
        for number, code in ((2, "DebtBondage"), (1, "Other"), (1, "PhysicalAbuse")):
            episode = Episode.objects.get(case=case, number=number)
            EpisodeCode(case=case, episode=episode, list="vic_MethodsOfControl", code=code).save()
            Leg(case=case, episode=episode, seq=EpisodeCode.objects.count(), stage="exploitation", place=code).save()
    (row,) = taken()
    assert row["vic_MethodsOfControl"] == "DebtBondage;PhysicalAbuse;Other"
    assert (row["vic_AgeWhenTrafficked"], row["vic_LocationOfExploitation"]) == ("15", "Other")


def test_the_consent_that_stands_goes_out(personas, opened):
    given = {"scope": "data", "decision": "given", "decided_on": DAY}
    case = opened((Consent, given))
    assert taken()[0]["con_Consent"] == "true"
    with acting_as(personas.amina), at_work():
        before = Consent.objects.get(case=case)
        withdrawn = {**given, "decision": "withdrawn"}
        Consent(case=case, person=case.person, by=personas.amina, supersedes=before, **withdrawn).save()
    assert taken()[0]["con_Consent"] == "false"


def test_several_referrals_and_notes_share_their_cells(opened):
    sent = {"direction": "out", "imported": True}
    opened(
        (Referral, {**sent, "organisation": "Police; Sud", "sent_on": DAY}),
        (Referral, {**sent, "organisation": "Legal Aid", "reason": "Other", "details": "Soon."}),
        (CaseNote, {"text": "One."}),
        (CaseNote, {"text": "Two."}),
        (CaseNote, {"text": "Of the child.", "compartment": int(Compartment.CHILD)}),
    )
    (row,) = taken()
    assert row["cas_ReferredOrganisation"] == "Police\\; Sud;Legal Aid"
    assert (row["cas_OutgoingReferralDate"], row["cas_ReasonForOutgoingReferral"]) == ("2026-03-12;", ";Other")
    assert row["cas_OutgoingReferralDetails"] == ";Soon."
    assert "One." in row["cco_CaseComment"] and "Two." in row["cco_CaseComment"]
    assert "child" not in row["cco_CaseComment"]


def test_an_anonymous_file_and_an_unsafe_number_name_nobody(opened):
    who = (
        (PersonName, {"full": "Ana", "given": "Ana"}),
        (PersonContact, {"kind": "mobile", "value": "+33612345678", "safe": False}),
        (PersonPlace, {"kind": "home", "city": "Lyon"}),
    )
    opened(*who, anonymous=True)
    opened(*who)
    shown = sorted((row["prs_FirstName"], row["prs_MobilePhone"], row["prs_MailingCity"]) for row in taken())
    assert shown == [("", "", ""), ("Ana", "", "Lyon")]


def test_what_was_erased_is_an_empty_cell(personas, opened):
    case = opened((PersonName, {"full": "Ana", "given": "Ana"}))
    with acting_as(personas.amina):
        keyring.destroy(case.person_id)
    (row,) = taken()
    assert row["prs_FirstName"] == "" and row["reference"] == case.person.reference


def test_strict_readers_get_the_standard_and_nothing_else(personas, opened):
    case = opened((Episode, {}))
    with acting_as(personas.amina), at_work():
        episode = Episode.objects.get(case=case)
        for code in ("RestrictsMovement", "Other"):
            EpisodeCode(case=case, episode=episode, list="vic_MethodsOfControl", code=code).save()
    assert taken()[0]["vic_MethodsOfControl"] == "RestrictsMovement;Other"
    assert taken(strict=True)[0]["vic_MethodsOfControl"] == "Other"
