"""A stranger answers by a link: once, without a name or a cookie, and reads nothing back."""

import pytest
from django.db import connection
from django.test import Client

from havre.platform.accounts.claims import acting_as
from havre.prevention.surveys import actions, codes, open_views
from havre.prevention.surveys.models import Answer

pytestmark = pytest.mark.django_db


def test_an_answer_is_kept_without_anything_that_tells_who(asked):
    gone = asked.send(code="fa-07 k")
    assert gone.status_code == 302 and "how=kept" in gone["Location"]
    (kept,) = asked.answers()
    assert (kept.wave, kept.group, kept.sex, kept.age_group) == ("pre", "exposed", "female", "18")
    assert kept.answers == {"K1": False, "A1": 1}
    assert bytes(kept.person) == codes.person(asked.survey.pk, "FA07K") and kept.link_id == asked.link.pk


def test_the_page_sets_no_cookie_and_gives_its_address_to_nobody(asked):
    browser = Client()
    for page in (browser.get(asked.way), browser.post(asked.way, asked.form()), browser.get(f"{asked.way}thanks/")):
        assert not page.cookies and page["Referrer-Policy"] == "no-referrer"


def test_the_page_tells_no_right_answer_and_no_answer_of_others(asked):
    asked.send(code="ZU31M")
    told = Client().get(asked.way).content.decode()
    assert "My employer may keep my passport." in told and "ZU31M" not in told and "checked" not in told
    with connection.cursor() as cursor:
        cursor.execute("select havre.survey_read(%s)", [codes.token(asked.link.pk)])
        assert "right" not in str(cursor.fetchone()) and "exposed" not in str(cursor)


def test_without_the_keeper_nobody_reads_answers(asked, personas):
    asked.send()
    assert not Answer.objects.exists()
    with acting_as(personas.boris):
        assert not Answer.objects.exists()


def test_the_same_form_twice_counts_once(asked):
    form = asked.form()
    assert "how=kept" in Client().post(asked.way, form)["Location"]
    assert "how=again" in Client().post(asked.way, form)["Location"]
    assert len(asked.answers()) == 1
    with acting_as(asked.by):
        asked.link.refresh_from_db()
        assert asked.link.doubles == 1


def test_the_same_code_answers_once_in_a_wave_and_again_in_the_next(asked):
    asked.send(code="FA07K")
    again = asked.send(code="fa 07k", **{"q-K2": "true"})
    assert again.status_code == 409 and b"has answered already" in again.content
    assert again.context["form"]["q-K2"].value() == "true"  # what was answered stays on the page
    with acting_as(asked.by):
        asked.link = actions.link(asked.survey, wave="post", group="exposed", note="", by=asked.by)
    assert asked.send(code="FA07K").status_code == 302
    assert [each.wave for each in asked.answers()] == ["post", "pre"]


def test_a_form_that_this_program_did_not_give_is_not_taken(asked):
    for sheet in ("", "x" * 43, codes.sheet(asked.survey.pk)):
        assert asked.send(sheet=sheet).status_code == 422
    assert not asked.answers()


@pytest.mark.parametrize("given", [{"q-K1": "", "q-A1": ""}, {"code": "x"}, {"q-K1": "9", "q-A1": "6"}])
def test_nothing_answered_and_half_a_code_are_said(asked, given):
    assert asked.send(**given).status_code == 422
    assert not asked.answers()


def test_a_draft_is_not_answered_and_a_closed_survey_says_so(asked):
    form = asked.form()
    with acting_as(asked.by):
        actions.redraft(asked.survey, by=asked.by)
    assert b"has not begun" in Client().post(asked.way, form).content
    with acting_as(asked.by):
        asked.survey.refresh_from_db()
        actions.open_(asked.survey, by=asked.by)
        asked.survey.refresh_from_db()
        actions.close(asked.survey, by=asked.by)
    closed = Client().post(asked.way, form)
    assert closed.status_code == 410 and b"is closed" in closed.content
    assert not asked.answers()


def test_an_ended_link_and_a_guessed_one_lead_nowhere(asked):
    with acting_as(asked.by):
        actions.end_link(asked.link, by=asked.by)
    assert Client().get(asked.way).status_code == 410
    assert Client().get("/survey/AAAAAAAAAAAAAAAAAAAAAA/").status_code == 404


def test_too_many_answers_wait_and_are_not_lost(asked, monkeypatch):
    monkeypatch.setattr(open_views, "PER_NETWORK", open_views.Limit("survey", 1))
    assert asked.send().status_code == 302
    late = asked.send()
    assert late.status_code == 429 and late.context["form"]["q-K1"].value() == "false"


def test_a_survey_is_read_in_the_language_of_the_browser_or_of_the_address(asked):
    assert "Travailler à l’étranger" in Client(HTTP_ACCEPT_LANGUAGE="fr").get(asked.way).content.decode()
    told = Client().get(asked.way, {"in": "fr"}).content.decode()
    assert "Je ne sais pas" in told and 'lang="fr"' in told


def test_the_database_takes_no_answer_that_is_none(asked):
    token, nonce = codes.token(asked.link.pk), b"n" * 16
    with connection.cursor() as cursor:
        for answers in ('{"K1": 3}', '{"A1": 9}', '{"Z1": true}', "[]", '{"P1": "unknown"}', "{}"):
            told = '{"sex": "", "age_group": "", "language": "", "answers": ' + answers + "}"
            cursor.execute("select havre.survey_answer(%s, %s, null, %s::jsonb)", [token, nonce, told])
            assert cursor.fetchone() == ("wrong",)
