"""Nothing goes out without a yes that stands now for that very body; once it is taken back, it is asked back."""

import re
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from havre.cases.assistance import actions
from havre.cases.assistance.models import Referral
from havre.cases.assistance.rules import referral as rules
from havre.cases.assistance.standing import finding_brought, may_share_with, received_handover, to_recall
from havre.cases.people import actions as people
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused, Stale

BODY = "Me C. Okoye"
SENT = {"organisation": BODY, "sent_on": "2026-03-20", "details": "She wants to be paid.", "services": "LEGAL_COUNSEL"}


def page(case, *more):
    return "/".join(["", "people", case.reference, "referrals", *map(str, more), ""])


@pytest.fixture
def decide(personas, case):
    """What the person decides about sharing with a body."""

    def decided(decision: str, body: str = BODY) -> None:
        with acting_as(personas.amina):
            talk = people.Talk(on=localdate())
            taken = [people.Decision("share", decision, body)]
            people.record_consent(case, by=personas.amina, talk=talk, decisions=taken)

    return decided


@pytest.fixture
def sent(personas, case, decide):
    decide("given")
    with acting_as(personas.amina):
        return actions.send_referral(case, by=personas.amina, organisation=BODY, on=date(2026, 3, 20))


def test_without_consent_it_says_what_is_missing_and_loses_nothing(sign_in, personas, case, refusals):
    answer = sign_in("amina").post(page(case, "send"), SENT)
    shown = answer.content.decode()
    assert answer.status_code == 422 and "She wants to be paid." in shown
    assert f"not agreed to share with “{BODY}”" in shown and f"/people/{case.reference}/consent/" in shown
    with acting_as(personas.amina):
        assert not Referral.objects.exists()


def test_what_was_written_waits_while_consent_is_asked_for(sign_in, case, refusals):
    amina = sign_in("amina")
    amina.post(page(case, "send"), SENT)
    shown = amina.get(page(case, "send")).content.decode()
    assert "She wants to be paid." in shown and "is here again" in shown


def test_with_it_the_referral_goes_out(sign_in, personas, case, decide):
    decide("given")
    amina = sign_in("amina")
    (to,) = re.findall(r'href="(\?to=[^"]+)"', amina.get(page(case, "send")).content.decode())
    assert "Okoye" not in to and f'value="{BODY}"' in amina.get(page(case, "send") + to).content.decode()
    assert amina.post(page(case, "send"), {**SENT, "organisation": "me  c. okoye"}).status_code == 302
    with acting_as(personas.amina):
        (one,) = Referral.objects.filter(case=case)
        assert (one.direction, one.state, one.services) == ("out", "in_progress", "LEGAL_COUNSEL")
        assert one.consent_id is not None
    assert "Waits for an answer" in amina.get(page(case)).content.decode()


@pytest.mark.parametrize("decision", ["refused", "given"])
def test_a_yes_for_one_body_is_none_for_another(personas, case, decide, decision):
    decide(decision, "Le Relais des Docks")
    with acting_as(personas.amina):
        assert not may_share_with(case, BODY) and not may_share_with(case, "")


def test_it_is_asked_for_each_time(personas, case, decide):
    decide("given")
    with acting_as(personas.amina):
        assert may_share_with(case, BODY)
    decide("withdrawn")
    with acting_as(personas.amina):
        assert not may_share_with(case, BODY)
        with pytest.raises(Refused, match="not agreed"):
            actions.send_referral(case, by=personas.amina, organisation=BODY, on=localdate())


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (None, True)])
def test_a_consent_that_ran_out_is_none(days, holds):
    expires = None if days is None else localdate() + timedelta(days)
    assert rules.holds("given", expires, localdate()) is holds


def test_a_withdrawal_stops_what_waits_and_lists_it(sign_in, personas, case, sent, decide, refusals):
    decide("withdrawn")
    amina = sign_in("amina")
    assert "Consent is gone: ask for these back" in amina.get(page(case)).content.decode()
    told = {"state": "accepted", "answered_on": "2026-03-21", "version": "1"}
    answer = amina.post(page(case, sent.pk), told)
    assert answer.status_code == 422 and "took back the consent" in answer.content.decode()
    assert amina.post(page(case, sent.pk, "recall")).status_code == 302
    with acting_as(personas.amina):
        sent.refresh_from_db()
        assert sent.state == "revoked" and sent.recalled_on == localdate() and to_recall(case) == []


def test_an_answer_is_written_down(sign_in, personas, case, sent):
    told = {"state": "accepted", "answered_on": "2026-03-22", "answer": "From Monday.", "version": "1"}
    amina = sign_in("amina")
    assert amina.post(page(case, sent.pk), told).status_code == 302
    shown = amina.get(page(case, sent.pk)).content.decode()
    assert "From Monday." in shown and "Accepted" in shown


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"state": "in_progress"}, "list"),
        ({"state": ""}, "Choose one."),
        ({"answered_on": "2026-03-19"}, "before the day the referral was sent"),
        ({"answered_on": "nonsense"}, "day"),
    ],
)
def test_a_bad_answer_loses_nothing(sign_in, case, sent, told, said, refusals):
    good = {"state": "accepted", "answered_on": "2026-03-22", "answer": "From Monday.", "version": "1"}
    answer = sign_in("amina").post(page(case, sent.pk), {**good, **told})
    shown = answer.content.decode()
    assert answer.status_code == 422 and said in shown and "From Monday." in shown


def test_of_two_answers_the_later_sees_both(personas, case, sent):
    with acting_as(personas.amina):
        actions.answer_referral(sent, by=personas.amina, version=1, state="accepted", on=date(2026, 3, 22))
        with pytest.raises(Stale):
            actions.answer_referral(sent, by=personas.amina, version=1, state="rejected", on=date(2026, 3, 23))


def test_one_that_came_in_is_kept_with_what_it_brought(sign_in, personas, case):
    more = {"handover": "on", "finding": "ActualVictimOfTrafficking", "reason": "MigrationOrChangeOfLocation"}
    amina = sign_in("amina")
    assert amina.post(page(case, "receive"), {**SENT, **more}).status_code == 302
    assert "She wants to be paid." in amina.get(page(case, _only(personas, case).pk)).content.decode()
    with acting_as(personas.amina):
        assert received_handover(case) and finding_brought(case) == "ActualVictimOfTrafficking"
        assert to_recall(case) == []


def _only(personas, case):
    with acting_as(personas.amina):
        return Referral.objects.get(case=case)


def test_without_one_nothing_was_handed_over(personas, case, sent):
    with acting_as(personas.amina):
        assert not received_handover(case) and finding_brought(case) == ""


def test_a_closed_file_sends_nothing(sign_in, stand, case, decide, refusals):
    decide("given")
    stand("S13")
    assert sign_in("amina").post(page(case, "send"), SENT).status_code == 422


@pytest.mark.parametrize("login", ["boris", "gita"])
def test_it_is_not_found_for_those_who_do_not_see_the_file(sign_in, case, sent, login):
    other = sign_in(login)
    for at in (page(case), page(case, "send"), page(case, "receive"), page(case, sent.pk)):
        assert other.get(at).status_code == 404
    assert other.post(page(case, sent.pk, "recall")).status_code == 404
