"""What the person says of each service is kept, and what they said before stays behind it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from havre.cases.assistance import actions as assistance
from havre.cases.followup import said
from havre.cases.followup.models import Satisfaction
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused, at_work

DAY = date(2026, 6, 4)


@pytest.fixture
def service(personas, called):
    with acting_as(personas.amina):
        values = {"code": "RI_COUNSEL", "status": "done", "provider": "Le Port"}
        return assistance.add_service(called.case, by=personas.amina, values=values)


def page(call):
    return f"/people/{call.case.reference}/follow-up/{call.code}/satisfaction/"


def sent(service, score, words="", version=0):
    given = {f"score_{service.pk}": score, f"words_{service.pk}": words}
    return {"on": "2026-06-04", "version": str(version), **given}


def kept(personas):
    with acting_as(personas.amina):
        return [(row.score, row.words, row.supersedes_id is None) for row in Satisfaction.objects.order_by("at")]


def test_a_word_is_kept_and_shown_beside_how_life_goes(sign_in, personas, called, service):
    amina = sign_in("amina")
    assert amina.post(page(called), sent(service, "3", "Far away by bus.")).status_code == 302
    assert kept(personas) == [(3, "Far away by bus.", True)]
    shown = amina.get(f"/people/{called.case.reference}/reintegration/").content.decode()
    assert "3 of 5" in shown and "Far away by bus." in shown


def test_a_later_word_stands_before_the_earlier_one(sign_in, personas, called, service):
    amina = sign_in("amina")
    amina.post(page(called), sent(service, "3", "Far away by bus."))
    amina.post(page(called), sent(service, "5", "They come here now.", version=1))
    amina.post(page(called), sent(service, "5", "They come here now.", version=2))
    assert kept(personas) == [(3, "Far away by bus.", True), (5, "They come here now.", False)]


def test_nobody_has_to_say_anything(sign_in, personas, called, service):
    assert sign_in("amina").post(page(called), sent(service, "")).status_code == 302
    assert kept(personas) == []


def test_words_ask_for_a_figure(sign_in, personas, called, service):
    answer = sign_in("amina").post(page(called), sent(service, "", "Far away by bus."))
    assert answer.status_code == 422 and "Far away by bus." in answer.content.decode()


@pytest.mark.parametrize("score", ["0", "6", "best"])
def test_a_figure_that_is_not_listed_is_refused(sign_in, personas, called, service, score):
    assert sign_in("amina").post(page(called), sent(service, score)).status_code == 422
    assert kept(personas) == []


def test_and_by_the_database(personas, called, service):
    with acting_as(personas.amina), at_work(), pytest.raises(IntegrityError), transaction.atomic():
        Satisfaction(case=called.case, by=personas.amina, service=service, score=6, on=DAY).save()


def test_of_two_who_write_the_later_sees_both(sign_in, personas, called, service):
    with acting_as(personas.chloe):
        word = {service.pk: said.Word(2, "Nobody came.")}
        said.record_satisfaction(called.case, by=personas.chloe, contact="M1", on=DAY, version=0, said=word)
    answer = sign_in("amina").post(page(called), sent(service, "4"))
    assert answer.status_code == 409 and "Nobody came." in answer.content.decode()


def test_a_service_that_was_only_proposed_is_not_judged(personas, called):
    with acting_as(personas.amina):
        values = {"code": "RI_VOC", "status": "proposed"}
        never = assistance.add_service(called.case, by=personas.amina, values=values)
        with pytest.raises(Refused, match="never given"):
            word = {never.pk: said.Word(2)}
            said.record_satisfaction(called.case, by=personas.amina, contact="M1", on=DAY, version=0, said=word)


def test_a_closed_file_refuses_it(sign_in, personas, stand, called, service, refusals):
    stand("S13")
    assert sign_in("amina").post(page(called), sent(service, "4")).status_code == 422 and kept(personas) == []


@pytest.mark.parametrize("login", ["boris", "gita"])
def test_it_is_not_found_for_those_who_do_not_see_the_file(sign_in, called, service, login):
    other = sign_in(login)
    assert (other.get(page(called)).status_code, other.post(page(called), sent(service, "4")).status_code) == (404, 404)


def test_the_contacts_that_ask_for_it_lead_there(sign_in, personas, called, service):
    from havre.cases.followup import actions

    with acting_as(personas.amina):
        actions.plan_calls(called.case, by=personas.amina, days={"M6": date(2026, 12, 1)})
    amina = sign_in("amina")
    first = amina.get(f"/people/{called.case.reference}/follow-up/M1/").content.decode()
    sixth = amina.get(f"/people/{called.case.reference}/follow-up/M6/").content.decode()
    assert "/satisfaction/" not in first and "/satisfaction/" in sixth and "/reintegration/survey/?contact=M6" in sixth
