"""The pages of emergency access: what whoever asks, whoever looks after the file and whoever reviews meet there."""

import html
import re

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from havre.cases.people import actions as people
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.models import AuditEvent, AuditSubject
from tests.laws.walk import PAGES

ASKED = {"reason": "danger", "parts": ["2", "4"], "words": "She rang, somebody stands at the door."}


@pytest.fixture
def theirs(personas):
    """A file of Gita's, whom Amina does not reach."""
    with acting_as(personas.gita):
        arrival = people.Arrival(on=timezone.localdate(), called="Ngozi Adeyemi", in_danger="no")
        return people.open_contact(arrival, by=personas.gita)


@pytest.fixture
def foreign(personas):
    with acting_as(personas.boris):
        return people.open_contact(people.Arrival(on=timezone.localdate(), called="Ikram"), by=personas.boris)


def ask(browser, reference, /, **more):
    return browser.post("/emergency/", {**ASKED, "reference": reference} | more)


def text(answer):
    return html.unescape(answer.content.decode())


def notice(browser, words):
    """Opens the notice with these words and gives the page it leads to."""
    shown = text(browser.get("/", follow=True))
    found = re.search(rf"<p>{re.escape(words)}</p><form method=\"post\" action=\"([^\"]+)\"", shown)
    assert found, shown
    return browser.post(found[1], follow=True)


def owned(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute(statement, values)
        cursor.execute("set local role havre_app")


def test_from_the_call_to_the_review(sign_in, theirs, personas):
    amina, gita, ines = sign_in("amina"), sign_in("gita"), sign_in("ines")
    page = ask(amina, theirs.reference.lower().replace("-", " "))
    assert page.status_code == 302 and page["Location"] == theirs.get_absolute_url()
    shown = text(amina.get(page["Location"]))
    assert "Emergency access, open until" in shown and "Ngozi Adeyemi" in shown and "Write a note" not in shown
    told = text(notice(gita, "A colleague opened a file of yours in an emergency."))
    assert "Amina D." in told and ASKED["words"] in told and theirs.reference in told
    read = text(notice(ines, "An emergency access waits for your review."))
    assert ASKED["words"] in read and "still open" in read
    assert theirs.reference not in read and "Ngozi" not in read
    end = re.search(r'action="(/emergency/[^"]+/end/)"', shown)[1]
    assert amina.post(end).status_code == 302
    assert amina.get(theirs.get_absolute_url()).status_code == 404
    answer = {"verdict": "not_justified", "sentence": "Gita was at her desk."}
    assert ines.post(end.replace("emergency", "reviews").removesuffix("end/"), answer).status_code == 302
    assert "It was not justified" in text(notice(amina, "Your emergency access was reviewed."))
    assert "not justified" in text(ines.get("/reviews/")) and "No review waits." in text(ines.get("/reviews/"))


OF_A_FILE = sorted(
    name for name, each in PAGES.items() if each.arguments == {"reference"} and "GET" in (each.methods or ())
)


def test_the_banner_stands_on_each_page_of_that_file_and_on_no_other(sign_in, theirs, case, refusals):
    amina = sign_in("amina")
    ask(amina, theirs.reference, parts=["2", "4", "16", "32"])
    answers = {name: amina.get(reverse(name, args=[theirs.reference])) for name in OF_A_FILE}
    assert {name: each.status_code for name, each in answers.items() if each.status_code >= 500} == {}
    shown = {name for name, each in answers.items() if each.status_code == 200}
    assert len(shown) > 20 and {name for name in shown if "hv-glass" not in text(answers[name])} == set()
    assert "hv-glass" not in text(amina.get(case.get_absolute_url()))
    assert "Open in an emergency" in text(amina.get("/"))


def test_nothing_can_be_written_in_it(sign_in, theirs, refusals):
    amina = sign_in("amina")
    ask(amina, theirs.reference, parts=["2", "4", "16", "32"])
    amina.post(f"{theirs.get_absolute_url()}note/", {"text": "I was here."})
    amina.post(f"{theirs.get_absolute_url()}task/", {"text": "Ring her."})
    with acting_as(theirs.owner):
        assert theirs.notes.count() == 0 and theirs.tasks.count() == 0


def test_it_is_in_no_list(sign_in, theirs, case):
    amina = sign_in("amina")
    ask(amina, theirs.reference)
    shown = text(amina.get("/people/"))
    assert case.reference in shown and theirs.reference not in shown and "1 file" in shown


def test_a_search_by_name_finds_it_while_it_is_open(sign_in, theirs):
    amina = sign_in("amina")
    ask(amina, theirs.reference)
    assert theirs.reference in text(amina.post("/people/", {"q": "Ngozi Adeyemi"}))
    owned("update people_caseaccess set until = now() where purpose = 'break_glass'")
    assert theirs.reference not in text(amina.post("/people/", {"q": "Ngozi Adeyemi"}))


def test_absent_foreign_and_restricted_files_get_one_answer(sign_in, theirs, foreign, refusals):
    owned("update people_case set restricted = true where id = %s", theirs.pk)
    amina = sign_in("amina")
    answers = []
    for reference in ("ZZZ-ZZZ", foreign.reference, theirs.reference):
        answer = ask(amina, reference)
        plain = re.sub(r'name="(csrfmiddlewaretoken|form_token)" value="[^"]+"', "", text(answer))
        answers.append((answer.status_code, plain.replace(reference, "")))
    assert answers[0] == answers[1] == answers[2] and answers[0][0] == 422
    assert len(set(refusals)) == 1 and "can be opened with this reference" in refusals[0]
    assert ASKED["words"] in answers[0][1]  # nothing is lost


def test_asking_at_random_ends_soon(sign_in, theirs, refusals):
    amina = sign_in("amina")
    for _each in range(5):
        assert "Check each sign" in text(ask(amina, "ZZZ-ZZZ"))
    assert "Wait ten minutes" in text(ask(amina, theirs.reference))


def test_it_asks_again_who_it_is_and_keeps_what_was_typed(sign_in, theirs, personas):
    amina = sign_in("amina")
    owned("update accounts_session set confirmed = now() - interval '11 minutes'")
    assert amina.get("/emergency/").status_code == 200
    answer = ask(amina, theirs.reference)
    assert answer.status_code == 428 and ASKED["words"] in text(answer)
    assert amina.get(theirs.get_absolute_url()).status_code == 404


def test_a_second_one_waits_for_the_review(sign_in, theirs, refusals):
    amina = sign_in("amina")
    ask(amina, theirs.reference)
    owned("update people_caseaccess set until = now() where purpose = 'break_glass'")
    assert "waits for its review" in text(amina.get("/emergency/"))
    assert "must be reviewed before the next" in text(ask(amina, theirs.reference))


def test_a_review_that_is_late_says_so(sign_in, theirs, personas):
    ask(sign_in("amina"), theirs.reference)
    owned("update glass_breakglass set begun = begun - interval '75 hours', until = until - interval '75 hours'")
    assert "3 h<small>late</small>" in text(sign_in("ines").get("/reviews/"))


def test_one_s_own_file_is_simply_shown(sign_in, case):
    assert ask(sign_in("amina"), case.reference)["Location"] == case.get_absolute_url()


@pytest.mark.parametrize("missing", ["reference", "reason", "words"])
def test_nothing_opens_without_a_reason(sign_in, theirs, missing):
    answer = ask(sign_in("amina"), theirs.reference, **{missing: ""})
    assert answer.status_code == 422 and sign_in("amina").get(theirs.get_absolute_url()).status_code == 404


def test_parts_a_role_does_not_reach_are_not_offered(sign_in, theirs):
    assert ask(sign_in("hana"), theirs.reference, parts=["4"]).status_code == 422
    assert ask(sign_in("hana"), theirs.reference, parts=["8"]).status_code == 302


def test_the_record_names_the_act_and_the_file(sign_in, theirs, personas):
    ask(sign_in("amina"), theirs.reference)
    with acting_as(personas.dao):
        event = AuditEvent.objects.get(act="glass.open")
        assert event.user_id == personas.amina.pk
        assert AuditSubject.objects.filter(event_id=event.pk, case_id=theirs.pk).exists()
