"""Why somebody sees a file, and why a colleague does not, told from the rows of access."""

import re
import uuid

import pytest
from django.db import connection
from django.urls import reverse

from havre.cases.people.models.case import ENDED
from havre.cases.sharing.why import WORDS

from .conftest import text, url


@pytest.fixture
def why_not(sign_in, case, personas):
    """What Chloé is told of a colleague."""

    def told(login):
        sent = {"colleague": str(getattr(personas, login).pk)}
        return text(sign_in("chloe").post(url("explain", case), sent))

    return told


def bring_in(sign_in, case, user, purpose="health"):
    sent = {"colleague": str(user.pk), "purpose": purpose, "form_token": str(uuid.uuid4())}
    assert sign_in("amina").post(reverse("people:circle", args=[case.reference]), sent).status_code == 302


def own(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute(statement, values)
        cursor.execute("set local role havre_app")


def test_the_owner_and_the_supervisor_are_told(sign_in, case):
    assert "You look after this person." in text(sign_in("amina").get(case.get_absolute_url()))
    assert "as a supervisor" in text(sign_in("chloe").get(case.get_absolute_url()))


def test_a_colleague_is_told_who_brought_them_in_and_what_for(sign_in, case, personas):
    bring_in(sign_in, case, personas.hana)
    shown = text(sign_in("hana").get(url("explain", case)))
    assert "Amina D. brought you in: Looks after health." in shown
    assert "You see the course of things, names, health." in shown and "Why can’t my colleague?" not in shown


def test_nobody_let_them_in(why_not):
    assert "Nobody has let them in." in why_not("gita")
    assert "Their role does not reach this part" in why_not("hana")


def test_what_ended_is_told_with_its_day(sign_in, case, personas, why_not):
    bring_in(sign_in, case, personas.hana)
    assert "Health" in why_not("hana") and "Nobody has let them in." not in why_not("hana")
    out = reverse("people:circle_out", args=[case.reference, personas.hana.principal])
    sign_in("amina").post(out, {"form_token": str(uuid.uuid4())})
    assert "They were let in; somebody ended that on" in why_not("hana")


def test_what_ran_out_a_suspension_and_a_role_that_ended(sign_in, case, personas, why_not):
    bring_in(sign_in, case, personas.gita, "cover")
    own("update people_caseaccess set until = now() where principal = %s", personas.gita.principal)
    assert "They were let in until" in why_not("gita")
    own("update accounts_membership set ends = clock_timestamp() where user_id = %s", personas.gita.pk)
    assert "They hold no role today" in why_not("gita")
    own("update accounts_user set is_active = false where id = %s", personas.gita.pk)
    assert "Their account is suspended." in why_not("gita")


def test_other_work_and_a_file_that_was_handed_over_are_told(sign_in, case, personas, why_not):
    bring_in(sign_in, case, personas.gita, "cover")
    ferdinand = sign_in("ferdinand")
    for role in ("auditor", "caseworker"):
        ferdinand.post(f"/accounts/{personas.gita.pk}/roles/", {"roles": [role]})
    chloe = sign_in("chloe")
    (asked,) = set(re.findall(r"/agreements/[0-9a-f-]{36}/", chloe.get("/agreements/").content.decode()))
    chloe.post(f"{asked}answer/", {"answer": "yes"})
    assert "when their role changed" in why_not("gita")
    given = {"to": [str(personas.gita.pk)], "why": "leaves", "which": "all"}
    sign_in("chloe").post(f"/handover/{personas.amina.pk}/", given)
    assert "when it was handed over" in why_not("amina") and "when their role changed" not in why_not("gita")


def test_a_restricted_file_says_so(sign_in, case, personas, why_not):
    sign_in("chloe").post(url("restrict", case), {"stay": "1", "form_token": str(uuid.uuid4())})
    assert "kept to named people, and they are not one of them" in why_not("gita")


def test_only_colleagues_can_be_asked_about_and_only_by_a_supervisor(sign_in, case, personas):
    assert sign_in("chloe").post(url("explain", case), {"colleague": str(personas.boris.pk)}).status_code == 422
    assert "Why can’t my colleague?" not in text(sign_in("amina").get(url("explain", case)))


def test_each_way_in_which_access_ends_has_words():
    assert set(ENDED) <= set(WORDS)
