"""The demonstration register is written whole, as its workers, and each of them sees their own."""

from __future__ import annotations

import pytest
from django.utils.timezone import localdate

from havre.cases.assessment.models import IndicatorMark, IndicatorResult, PlaceFactor, Vulnerability
from havre.cases.assistance.models import LegalStatus, Need, Plan, PlanLine, Referral, Risk, ServiceDelivery
from havre.cases.casefile.homes import day_of
from havre.cases.children.models import BestInterest, Circumstances, Guardian
from havre.cases.followup.models import ContactAttempt, FollowUp
from havre.cases.health.models import CareTopic, Fitness, HealthRecord, RestrictedResult
from havre.cases.people.models import Case, CaseGroup, CaseMove, CaseNote, Consent, PersonLink, PersonName, Task
from havre.cases.screening.models import Answer, Finding, Interview
from havre.cases.sharing import shown
from havre.cases.story.models import EpisodeCode
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.models import AuditEvent
from havre.platform.audit.unusual import findings
from havre.site.demo import seed

FILLED = (
    CaseGroup,
    PersonLink,
    Need,
    ServiceDelivery,
    *(Plan, PlanLine, Risk, LegalStatus, Referral),
    FollowUp,
    ContactAttempt,
    CaseMove,
    CaseNote,
    Consent,
    Task,
    Answer,
    Finding,
    *(IndicatorMark, IndicatorResult, Vulnerability, PlaceFactor),
    Interview,
)

CHILD = (Circumstances, Guardian, BestInterest)


@pytest.fixture
def register(personas):
    """A small register."""
    seed.seed(90)
    return personas


def test_each_sees_their_own_and_the_supervisor_the_house(register):
    seen = {}
    for login in ("amina", "gita", "chloe", "boris", "dao", "ferdinand"):
        with acting_as(getattr(register, login)):
            seen[login] = Case.objects.count()
    assert seen["amina"] == 29 and seen["dao"] == seen["ferdinand"] == 0
    assert seen["chloe"] + seen["boris"] > 80 and seen["gita"] > 0


def test_the_two_agencies_share_and_a_consent_taken_back_ended_one(register):
    with acting_as(register.boris):
        assert len(shown.shared_with_me(register.boris)["now"]) == 2
        assert len(shown.shared_with_me(register.boris)["before"]) == 1
    with acting_as(register.chloe):
        assert len(shown.shared_with_me(register.chloe)["now"]) == 1


def test_every_stage_is_filled(register):
    with acting_as(register.chloe):
        assert [model.__name__ for model in (*FILLED, EpisodeCode) if not model.objects.exists()] == []
        assert Case.objects.filter(imported=True).exists()
        findings = Finding.objects.filter(imported=False)
        assert findings.filter(second_reader=register.chloe).exists() and findings.filter(second_reader=None).exists()


def test_aminas_first_page_shows_four_people_today_and_two_things_late(register):
    with acting_as(register.amina):
        shown = day_of(register.amina, localdate(), hidden=False)
        assert (len(shown.today), len(shown.late), len(shown.quiet), shown.people) == (4, 2, 3, 23)
        assert {"سلام حدّاد", "Олена Ткаченко"} <= {row.called for row in shown.today}


def test_the_nurse_and_the_child_specialist_have_people_to_look_after(register):
    for user, kept in ((register.hana, (HealthRecord, CareTopic, RestrictedResult)), (register.noor, CHILD)):
        with acting_as(user):
            assert [model.__name__ for model in (*kept, Case) if not model.objects.exists()] == []
    with acting_as(register.chloe):
        assert not HealthRecord.objects.exists() and Fitness.objects.exists()


def test_who_refused_has_no_name(register):
    for user in (register.chloe, register.boris):
        with acting_as(user):
            unnamed = Case.objects.filter(anonymous=True).values("person_id")
            assert not PersonName.objects.filter(person_id__in=unnamed).exists()


def test_the_auditor_reads_what_was_done(register):
    with acting_as(register.dao):
        acts = set(AuditEvent.objects.values_list("act", flat=True))
        assert {"case.open", "consent.record", "finding.decide", "finding.confirm", "register.import"} <= acts


def test_a_seeding_that_is_interrupted_leaves_nothing(personas):
    def stop(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        seed.seed(90, stop)
    with acting_as(personas.chloe):
        assert not Case.objects.exists()


def test_the_auditor_has_something_to_look_into(register):
    with acting_as(register.dao):
        found, _whole = findings(register.dao.agency.audit_principal)
    assert {each.rule.code for each in found} == {"many", "outside", "night", "colleague", "refused", "door", "taken"}
    assert [each.opened for each in found if each.rule.code == "colleague"] == [1]
