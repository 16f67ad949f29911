"""Surveys are built in drafts, frozen once they are asked, and kept by one agency."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused, at_work
from havre.prevention.surveys import actions, rules
from havre.prevention.surveys.models import Item, Survey

from .conftest import built

pytestmark = pytest.mark.django_db


def test_a_survey_is_built_on_its_pages(sign_in):
    browser = sign_in("chloe")
    frame = {"first": "en", "second": "ar", "title-en": "Work abroad", "visibility": "1"}
    one = browser.post("/prevention/surveys/new/", frame)["Location"]
    assert browser.post(f"{one}items/knowledge/", {"text-en": "It is free."}).status_code == 302
    told = browser.get(one).content.decode()
    assert (
        "It is free." in told and "A question is missing in a language" in told and "What is right is not said" in told
    )
    assert browser.post(f"{one}do/", {"act": "open"}).status_code == 422
    survey, item = Survey.objects.get(), Item.objects.get()
    whole = {"text-en": "It is free.", "text-ar": "إنه مجاني.", "right": "true"}
    browser.post(f"/prevention/surveys/items/{item.pk}/", whole)
    titles = {"first": "en", "second": "ar", "title-en": "Work abroad", "title-ar": "العمل في الخارج", "version": "1"}
    browser.post(f"{one}edit/", titles)
    assert browser.post(f"{one}do/", {"act": "open"}).status_code == 302
    survey.refresh_from_db()
    assert (survey.status, survey.languages) == ("open", ["en", "ar"])


def test_what_somebody_else_saved_is_shown_beside_what_was_typed(asked, sign_in):
    browser = sign_in("chloe")
    told = {"first": "en", "second": "fr", "title-en": "Mine", "title-fr": "À moi", "version": "1"}
    page = browser.post(f"/prevention/surveys/{asked.survey.pk}/edit/", told)
    assert page.status_code == 409 and "Work abroad" in page.content.decode() and "Mine" in page.content.decode()


def test_questions_that_are_asked_stay_as_they_are(asked, personas):
    with acting_as(personas.chloe):
        item = asked.survey.items.first()
        with pytest.raises(Refused):
            actions.save_item(asked.survey, {"kind": "knowledge"}, item=item, by=personas.chloe)
        with pytest.raises(IntegrityError), transaction.atomic(), at_work():
            Item.objects.filter(pk=item.pk).update(right=True)
    asked.send()
    with acting_as(personas.chloe):
        with pytest.raises(Refused, match="new edition"):
            actions.redraft(asked.survey, by=personas.chloe)
        with pytest.raises(IntegrityError), transaction.atomic():
            Survey.objects.filter(pk=asked.survey.pk).update(status="draft")


def test_a_new_edition_begins_with_the_same_questions(asked, personas):
    with acting_as(personas.chloe):
        made = actions.renew(asked.survey, by=personas.chloe)
        assert (made.status, made.edition, made.succeeds_id) == ("draft", 2, asked.survey.pk)
        assert [each.code for each in made.items.all()] == ["K1", "K2", "A1", "P1"]


def test_a_partner_sees_the_questions_and_may_copy_them_but_nothing_else(asked, sign_in, personas):
    asked.send()
    browser, one = sign_in("boris"), f"/prevention/surveys/{asked.survey.pk}/"
    assert b"My employer may keep my passport." in browser.get(one).content
    for page in ("edit/", "share/", "answers/", "results/", "evaluation/", "load/"):
        assert browser.get(one + page).status_code == 404
    assert browser.post(f"{one}do/", {"act": "close"}).status_code == 404
    copied = browser.post(f"{one}do/", {"act": "renew"})["Location"]
    with acting_as(personas.boris):
        assert Survey.objects.get(pk=copied.split("/")[-2]).owner_id == personas.boris.agency_id


def test_what_the_agency_keeps_to_itself_is_not_there_for_others(personas, sign_in):
    with acting_as(personas.chloe):
        survey = built(personas.chloe, visibility=1)
        actions.save(survey, {"visibility": 3, "languages": ["en", "fr"]}, by=personas.chloe)
    assert sign_in("boris").get(f"/prevention/surveys/{survey.pk}/").status_code == 404
    with acting_as(personas.boris):
        assert not Item.objects.exists()


def test_nobody_hangs_a_question_on_another_agencys_survey(personas):
    with acting_as(personas.chloe):
        draft = built(personas.chloe)
    with acting_as(personas.boris), pytest.raises(ProgrammingError, match="keeper"), transaction.atomic(), at_work():
        Item.objects.create(survey=draft, owner_id=personas.boris.agency_id, code="K9")


def test_questions_are_moved_and_taken_out(personas):
    with acting_as(personas.chloe):
        survey = built(personas.chloe)
        first, second = survey.items.all()[:2]
        actions.move_item(first, up=False, by=personas.chloe)
        assert [each.code for each in survey.items.all()] == ["K2", "K1", "A1", "P1"]
        actions.drop_item(second, by=personas.chloe)
        assert [each.code for each in survey.items.all()] == ["K1", "A1", "P1"]


def test_codes_of_questions_are_not_used_twice():
    assert rules.next_code("knowledge", ["K1", "K3", "A2"]) == "K4"
    assert rules.next_code("practice", []) == "P1"


def test_pairs_count_when_there_are_enough():
    assert rules.pairs_well(10, 20, 30) and not rules.pairs_well(9, 9, 9) and not rules.pairs_well(10, 21, 30)
