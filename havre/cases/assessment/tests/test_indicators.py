"""The page of the indicators: what they rest on, marks by hand, readings that are kept."""

import re

import pytest

from havre.cases.assessment import actions, lists
from havre.cases.assessment.models import IndicatorMark, IndicatorResult
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused, Stale
from havre.platform.audit.models import AuditEvent

EXPLOITED = {"F07": "ExcessiveWorkingHours;WithholdsDocuments;DebtBondage", "F05": ("", "0 EUR"), "D07": "M6;M5"}


def at(case, *more):
    return "/".join(["", "people", case.reference, "indicators", *more, ""])


def page(client, case, **asked):
    return client.get(at(case), asked).content.decode()


def marks(personas, case):
    with acting_as(personas.amina):
        return dict(IndicatorMark.objects.filter(case=case).values_list("code", "answer"))


def test_an_indicator_leads_to_the_answer_it_rests_on(sign_in, case, answers):
    answers(**EXPLOITED)
    text = page(sign_in("amina"), case)
    assert f'href="/people/{case.reference}/screening/F/#F07"' in text and "Points to trafficking" in text


def test_both_combinations_stand_side_by_side_and_a_person_decides(sign_in, case):
    text = page(sign_in("amina"), case)
    assert "Exploitation is not shown" in text and "Does not point to trafficking so far" in text
    assert "A reading aid. A person decides." in text and "it would." in text


def test_weights_of_the_sexual_list_are_named_provisional(sign_in, case):
    amina = sign_in("amina")
    assert "Weights provisional" in page(amina, case, profile="adult_sexual")
    assert "Weights provisional" not in page(amina, case)


def test_a_profile_that_does_not_exist_is_the_one_that_fits(sign_in, case):
    assert "This list fits what is in the file" in page(sign_in("amina"), case, profile="x")


def test_a_sign_is_marked_by_hand_and_taken_back(sign_in, personas, case, answers):
    answers(F07="WithholdsDocuments")
    amina, path = sign_in("amina"), at(case, "coercion_at_destination")
    assert amina.post(path, {"CD01": "no", "CD04": "yes", "version": "0"}).status_code == 302
    assert marks(personas, case) == {"CD01": "no", "CD04": "yes"} and "Marked by Amina" in page(amina, case)
    amina.post(path, {"CD01": "", "CD04": "yes", "version": "2"})
    assert marks(personas, case) == {"CD01": "", "CD04": "yes"}


def test_the_eleven_are_marked_by_hand_too(sign_in, personas, case):
    amina = sign_in("amina")
    amina.post(at(case, "ilo"), {"1": "yes", "version": "0"})
    assert "One of eleven is there." in page(amina, case)


def test_of_two_who_mark_the_later_sees_both(sign_in, personas, case):
    amina, path = sign_in("amina"), at(case, "exploitation")
    amina.post(path, {"EX01": "yes", "version": "0"})
    answer = amina.post(path, {"EX01": "no", "version": "0"})
    assert answer.status_code == 409 and marks(personas, case) == {"EX01": "yes"}
    assert "Nothing of yours is lost" in answer.content.decode()


def test_what_is_no_answer_is_not_kept_and_the_page_comes_back(sign_in, personas, case):
    answer = sign_in("amina").post(at(case, "exploitation"), {"EX01": "perhaps", "EX02": "yes", "version": "0"})
    assert answer.status_code == 422
    assert re.search(r'name="EX02" value="yes"[^>]*checked', answer.content.decode())
    assert marks(personas, case) == {}


def test_a_closed_file_takes_no_mark_and_no_reading(personas, closed):
    with acting_as(personas.amina):
        with pytest.raises(Refused, match="closed"):
            actions.mark(closed, by=personas.amina, name="delphi", answers={"EX01": "yes"}, version=0)
        with pytest.raises(Refused, match="closed"):
            actions.keep_reading(closed, by=personas.amina, profile="adult_labour")


def test_a_reading_is_kept_with_its_list_and_stays(sign_in, personas, case, answers):
    answers(**EXPLOITED)
    amina = sign_in("amina")
    amina.post(at(case), {"profile": "adult_labour"})
    amina.post(at(case, "exploitation"), {"EX01": "no", "EX02": "no", "version": "0"})
    with acting_as(personas.amina):
        row = IndicatorResult.objects.get(case=case)
        assert (row.strict_low, row.palermo_low) == ("trafficking_for_forced_labour", True)
        assert row.list_version == lists.version() and row.counts["exploitation"][0] == [1, 1, 0]
        assert row.ilo == "7;9;11"


def test_it_is_recorded(sign_in, personas, case, answers):
    answers(**EXPLOITED)
    sign_in("amina").post(at(case), {"profile": "adult_labour"})
    with acting_as(personas.dao):
        assert AuditEvent.objects.filter(act="indicators.keep", user_id=personas.amina.pk).count() == 1


def test_the_same_reading_is_not_kept_twice(personas, case, answers):
    answers(**EXPLOITED)
    with acting_as(personas.amina):
        actions.keep_reading(case, by=personas.amina, profile="adult_labour")
        with pytest.raises(Refused, match="kept already"):
            actions.keep_reading(case, by=personas.amina, profile="adult_labour")


def test_a_reading_of_nothing_is_refused(personas, case):
    with acting_as(personas.amina), pytest.raises(Refused, match="Nothing is known"):
        actions.keep_reading(case, by=personas.amina, profile="adult_labour")


def test_a_stale_mark_names_what_the_other_said(personas, case):
    with acting_as(personas.amina):
        actions.mark(case, by=personas.amina, name="delphi", answers={"EX01": "yes"}, version=0)
        with pytest.raises(Stale) as stale:
            actions.mark(case, by=personas.amina, name="delphi", answers={"EX01": "no"}, version=0)
    assert stale.value.theirs == {"EX01": "yes"} and stale.value.version == 1


@pytest.mark.parametrize("more", [(), ("exploitation",), ("ilo",)])
def test_it_is_not_found_for_another_agency(sign_in, case, more):
    boris = sign_in("boris")
    assert (boris.get(at(case, *more)).status_code, boris.post(at(case, *more), {}).status_code) == (404, 404)


def test_a_kind_of_signs_that_does_not_exist_is_not_found(sign_in, case):
    assert sign_in("amina").get(at(case, "everything")).status_code == 404


def test_a_closed_file_is_read_and_offers_nothing_to_write(sign_in, personas, closed, answers):
    answers(**EXPLOITED)
    text = page(sign_in("amina"), closed)
    assert "Points to trafficking" in text and "Mark by hand" not in text and "Keep this reading" not in text
