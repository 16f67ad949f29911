"""One call: how to reach the person first, each try kept, what they told, and contact lost only after honest tries."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from havre.cases.followup import actions
from havre.cases.followup.models import ContactAttempt, FollowUp
from havre.cases.people import actions as people
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused
from havre.platform.audit.models import AuditEvent

TOLD = {"safe": "yes", "re_trafficking_sign": "no", "living": "own_home", "work": "employed", "words": "I sleep again."}


def page(call, *more):
    return "/".join(["", "people", call.case.reference, "follow-up", call.code, *more, ""])


def sent(call, result="reached", **more):
    return {"on": localdate().isoformat(), "means": "call", "result": result, "version": str(call.version), **more}


def row(personas, call):
    with acting_as(personas.amina):
        again = FollowUp.objects.get(pk=call.pk)
        return again.state, again.living, again.words, again.attempts.count()


def test_the_safe_way_to_reach_the_person_comes_first(sign_in, personas, called):
    with acting_as(personas.amina):
        values = {"kind": "mobile", "value": "+33000000142", "code_word": "the library", "safe": True}
        people.save_contact(called.case, by=personas.amina, contact=None, values=values)
    shown = sign_in("amina").get(page(called)).content.decode()
    order = [shown.index(part) for part in ("+33000000142", "the library", "Never leave one", "This try")]
    assert order == sorted(order)


def test_who_was_reached_is_written_down_with_what_they_told(sign_in, personas, called):
    answer = sign_in("amina").post(page(called), sent(called, **TOLD))
    assert answer.status_code == 302
    assert row(personas, called) == ("done", "own_home", "I sleep again.", 1)


def test_a_try_that_failed_is_kept_and_the_call_still_waits(sign_in, personas, called):
    sign_in("amina").post(page(called), sent(called, "no_answer", **TOLD))
    assert row(personas, called) == ("planned", "", "", 1)


def test_a_form_sent_twice_is_one_try(sign_in, personas, called):
    amina = sign_in("amina")
    token = re.search(r'name="form_token" value="([^"]+)"', amina.get(page(called)).content.decode())[1]
    for _ in range(2):
        assert amina.post(page(called), sent(called, "no_answer", form_token=token)).status_code == 302
    assert row(personas, called)[3] == 1


def test_a_new_danger_leads_to_safety(sign_in, called):
    amina = sign_in("amina")
    shown = amina.post(page(called), sent(called, **{**TOLD, "safe": "no"}), follow=True).content.decode()
    assert "New danger: see to safety first" in shown and "/step/?to=S1" in shown


def test_who_wants_no_more_contact_is_left_in_peace(sign_in, personas, called):
    with acting_as(personas.amina):
        later = actions.plan_calls(called.case, by=personas.amina, days={"M3": localdate()})[0]
    sign_in("amina").post(page(called), sent(called, "reached_stop"))
    assert (row(personas, called)[0], row(personas, later)[0]) == ("ended", "ended")
    with acting_as(personas.amina), pytest.raises(Refused, match="wish of the person"):
        attempt = actions.Try(localdate(), "call", "reached")
        actions.record_call(later, by=personas.amina, version=2, attempt=attempt, told={})


def test_three_failed_tries_on_different_days_and_means_say_so_calmly(sign_in, personas, called, tried):
    tried((1, "call"), (2, "sms"), (3, "visit"))
    amina = sign_in("amina")
    assert "You did what was agreed" in amina.get(page(called)).content.decode()
    assert amina.post(page(called, "lost")).status_code == 302
    assert row(personas, called)[0] == "lost"


@pytest.mark.parametrize(
    "some",
    [
        [(1, "call"), (2, "sms")],
        [(1, "call"), (1, "sms"), (1, "visit")],
        [(1, "call"), (2, "call"), (3, "call")],
    ],
)
def test_fewer_do_not(sign_in, personas, called, tried, some):
    call = tried(*some)
    assert "You did what was agreed" not in sign_in("amina").get(page(called)).content.decode()
    with acting_as(personas.amina), pytest.raises(Refused, match="Try again first"):
        actions.lose_contact(call, by=personas.amina)


def test_a_try_of_tomorrow_is_answered_with_a_sentence(sign_in, called):
    tomorrow = (localdate() + timedelta(1)).isoformat()
    answer = sign_in("amina").post(page(called), {**sent(called), "on": tomorrow})
    assert answer.status_code == 422 and "This day has not come yet." in answer.content.decode()


def test_of_two_who_call_the_later_sees_both(sign_in, personas, called):
    with acting_as(personas.chloe):
        attempt = actions.Try(localdate(), "visit", "reached")
        told = {**TOLD, "words": "All is well."}
        actions.record_call(called, by=personas.chloe, version=1, attempt=attempt, told=told)
    answer = sign_in("amina").post(page(called), sent(called, **TOLD))
    shown = answer.content.decode()
    assert answer.status_code == 409 and "All is well." in shown and "I sleep again." in shown and "Chloé R." in shown


def test_a_closed_file_refuses_it(sign_in, personas, called, stand, refusals):
    stand("S13")
    answer = sign_in("amina").post(page(called), sent(called))
    assert answer.status_code == 422 and refusals == ["This file is closed. Ask your supervisor to reopen it."]


@pytest.mark.parametrize("login", ["boris", "gita"])
def test_it_is_not_found_for_those_who_do_not_see_the_file(sign_in, personas, called, login):
    other = sign_in(login)
    assert (other.get(page(called)).status_code, other.post(page(called), sent(called)).status_code) == (404, 404)
    assert other.post(page(called, "lost")).status_code == 404
    with acting_as(personas.amina):
        assert not ContactAttempt.objects.exists()


def test_it_is_recorded(sign_in, personas, called):
    sign_in("amina").post(page(called), sent(called))
    with acting_as(personas.dao):
        assert AuditEvent.objects.filter(act="followup.record", user_id=personas.amina.pk).count() == 1
