"""Signs of new trafficking open a second story and set the file at safety, together with the call or not at all."""

import pytest
from django.utils.timezone import localdate

from havre.cases.followup import actions
from havre.cases.followup.models import ContactAttempt, FollowUp
from havre.cases.people.models import Case, CaseMove
from havre.cases.story.models import Episode
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.models import AuditEvent

from .test_call import TOLD, page, sent

AGAIN = {**TOLD, "re_trafficking_sign": "yes"}


@pytest.fixture
def waiting(stand, called):
    """The call of a file that stands at follow-up."""
    stand("S12")
    return called


def stands(personas, call):
    with acting_as(personas.amina):
        case = Case.objects.get(pk=call.case_id)
        return case.state, case.before_safety, Episode.objects.filter(case=case).count()


def test_it_is_done_at_once_and_the_page_says_what_was_done(sign_in, personas, waiting):
    shown = sign_in("amina").post(page(waiting), sent(waiting, **AGAIN), follow=True).content.decode()
    assert stands(personas, waiting) == ("S1", "S12", 1)
    assert "see to safety first" in shown and "a new story is open" in shown and "speak freely now" in shown
    with acting_as(personas.amina):
        assert CaseMove.objects.get(case=waiting.case_id, kind="safety").reason.startswith("A follow-up call told of")
    with acting_as(personas.dao):  # one event a request: the act that was finished first names it, the others follow
        event = AuditEvent.objects.get(act="episode.open", user_id=personas.amina.pk)
        assert event.reason.split() == ["case.move", "followup.record"]


@pytest.mark.parametrize("sign", ["no", "unknown", ""])
def test_nothing_moves_without_a_clear_yes(sign_in, personas, waiting, sign):
    sign_in("amina").post(page(waiting), sent(waiting, **{**TOLD, "re_trafficking_sign": sign}))
    assert stands(personas, waiting) == ("S12", "", 0)


def test_nor_when_the_person_was_not_reached(sign_in, personas, waiting):
    sign_in("amina").post(page(waiting), sent(waiting, "no_answer", **AGAIN))
    assert stands(personas, waiting) == ("S12", "", 0)


def test_it_is_all_or_nothing(personas, waiting, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the power went")

    monkeypatch.setattr(actions, "move", broken)
    with acting_as(personas.amina), pytest.raises(RuntimeError):
        attempt = actions.Try(localdate(), "call", "reached")
        actions.record_call(waiting, by=personas.amina, version=waiting.version, attempt=attempt, told=AGAIN)
    with acting_as(personas.amina):
        assert FollowUp.objects.get(pk=waiting.pk).state == "planned" and not ContactAttempt.objects.exists()
    assert stands(personas, waiting) == ("S12", "", 0)


def test_said_again_of_the_same_call_it_opens_no_third(personas, waiting):
    with acting_as(personas.amina):
        for _time in range(2):
            call = FollowUp.objects.get(pk=waiting.pk)
            attempt = actions.Try(localdate(), "call", "reached")
            actions.record_call(call, by=personas.amina, version=call.version, attempt=attempt, told=AGAIN)
    assert stands(personas, waiting) == ("S1", "S12", 1)
