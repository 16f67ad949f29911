"""The story on its pages: parts of the way, what the screening told, who did it; nothing is asked twice."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string

from havre.cases.people import actions as people
from havre.cases.screening import actions as screening
from havre.cases.screening.rules.interview import Said
from havre.cases.story import actions, told
from havre.cases.story.models import EpisodeCode, Leg, Perpetrator
from havre.cases.story.panels import panel
from havre.kernel.dates import date, parse
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.models import AuditEvent

PART = {"stage": "transit", "from_place": "Istanbul", "from_country": "TR", "place": "Tunis", "country": "TN"}
SCREENED = {"F07": ("RestrictsMovement", "WithholdsDocuments"), "D07": ("M6",), "F01": (), "D03": ("newspaper",)}


def at(case, *more):
    return "/".join(["", "people", case.reference, "story", *map(str, more), ""])


@pytest.fixture
def screened(personas, case):
    """What the person said in the screening."""
    with acting_as(personas.amina):
        talk = people.Talk(on=date(2026, 3, 12), points=["purpose"])
        people.record_consent(case, by=personas.amina, talk=talk, decisions=[people.Decision("interview", "given")])
        sitting = screening.begin(case, by=personas.amina, private_and_safe="yes", emergency="no")
        for item, codes in SCREENED.items():
            said = Said("answered", codes, "" if codes else "2025-05")
            screening.save_answers(
                sitting, by=personas.amina, section=item[0], sent={item: said}, version=_now(case, item)
            )
    return case


def _now(case, item):
    from havre.cases.screening.answers import Told

    return Told(case).version(item[0])


@pytest.fixture
def leg(personas, case):
    with acting_as(personas.amina):
        (made,) = actions.add_legs(case, by=personas.amina, legs=[{**PART, "began": parse("05/2025")}])
    return made


def test_a_part_of_the_way_is_written_down_and_read(sign_in, case):
    amina = sign_in("amina")
    answer = amina.post(at(case, "part"), {**PART, "began": "05/2025", "transport": "plane", "note": "Passport taken."})
    assert answer.status_code == 302 and answer.headers["Location"] == at(case)
    shown = amina.get(at(case)).content.decode()
    wanted = ("<bdi>Istanbul</bdi> (Türkiye) to <bdi>Tunis</bdi> (Tunisia)", "May 2025, by plane.", "Passport taken.")
    assert [each for each in wanted if each not in shown] == []


def test_a_part_that_ends_before_it_begins_loses_nothing_that_was_typed(sign_in, personas, case):
    answer = sign_in("amina").post(at(case, "part"), {**PART, "began": "05/2025", "ended": "04/2025"})
    shown = answer.content.decode()
    assert answer.status_code == 422 and "Check both days." in shown and 'value="Tunis"' in shown
    with acting_as(personas.amina):
        assert not Leg.objects.filter(case=case).exists()


def test_a_part_against_the_days_of_another_is_refused_with_both(sign_in, case, leg, refusals):
    answer = sign_in("amina").post(at(case, "part"), {**PART, "began": "04/2025"})
    assert answer.status_code == 422 and "Part 2 (April 2025) comes before part 1" in answer.content.decode()
    assert len(refusals) == 1


def test_the_next_part_begins_where_the_last_one_led(sign_in, case, leg):
    assert re.search(r'name="from_place" value="Tunis"', sign_in("amina").get(at(case, "part")).content.decode())


def test_of_two_who_change_a_part_the_later_sees_both(sign_in, personas, case, leg):
    with acting_as(personas.chloe):
        actions.save_leg(leg, by=personas.chloe, version=1, values={"place": "Sfax"})
    answer = sign_in("amina").post(at(case, "part", leg.pk), {**PART, "place": "Sousse", "version": "1"})
    shown = answer.content.decode()
    assert answer.status_code == 409 and "Sfax" in shown and "Sousse" in shown


def test_what_the_screening_told_is_there_with_its_source(sign_in, screened, personas):
    shown = sign_in("amina").get(at(screened, "known", "control")).content.decode()
    assert re.search(r'name="RestrictsMovement" value="yes"[^>]* checked', shown)
    assert "Told in the screening, question F07." in shown
    with acting_as(personas.amina):
        known = told.codes(screened)
    assert known["palermo_elements", "M6"] == ("yes", "D07")
    assert known["vic_MethodOfRecruitment", "ThroughANewspaperAdvert"] == ("yes", "D03")


def test_saving_confirms_it_and_what_the_worker_adds_has_no_source(sign_in, screened, personas):
    sent = {"RestrictsMovement": "yes", "WithholdsDocuments": "no", "DebtBondage": "unknown"}
    version = told.mark({}, "vic_MethodsOfControl")
    assert sign_in("amina").post(at(screened, "known", "control"), {**sent, "version": version}).status_code == 302
    with acting_as(personas.amina):
        kept = {row.code: (row.answer, row.source_answer) for row in EpisodeCode.objects.filter(case=screened)}
    assert kept == {
        "RestrictsMovement": ("yes", "F07"),
        "WithholdsDocuments": ("no", ""),
        "DebtBondage": ("unknown", ""),
    }


def test_of_two_who_answer_a_code_the_later_sees_both(sign_in, personas, case):
    with acting_as(personas.chloe):
        mark = told.mark({}, "vic_MethodsOfControl")
        name = "vic_MethodsOfControl"
        actions.tell_codes(case, by=personas.chloe, name=name, answers={"DebtBondage": "yes"}, version=mark)
    answer = sign_in("amina").post(at(case, "known", "control"), {"DebtBondage": "no", "version": mark})
    assert answer.status_code == 409 and "Debt bondage" in answer.content.decode()


def test_the_story_as_a_whole_begins_with_what_the_screening_told(sign_in, screened, personas):
    amina = sign_in("amina")
    assert 'value="05/2025"' in amina.get(at(screened, "whole")).content.decode()
    sent = {"started": "05/2025", "still_inside": "yes", "ended": "06/2025", "version": "0"}
    refused = amina.post(at(screened, "whole"), sent)
    assert refused.status_code == 422 and "It goes on and has an end." in refused.content.decode()
    assert amina.post(at(screened, "whole"), {**sent, "ended": ""}).status_code == 302
    with acting_as(personas.amina):
        assert told.standing(screened).still_inside == "yes"


def test_another_story_begins_and_the_first_stays(sign_in, case, leg, personas):
    amina = sign_in("amina")
    amina.post(at(case, "again"))
    shown = amina.get(at(case)).content.decode()
    assert "Story 1, earlier" in shown and "Istanbul" in shown
    with acting_as(personas.amina):
        assert told.standing(case).opened_because == "re_trafficking"


def test_who_did_it_is_written_down_and_changed(sign_in, personas, case):
    amina = sign_in("amina")
    assert amina.post(at(case, "who"), {}).status_code == 422
    amina.post(at(case, "who"), {"alias": "Auntie", "roles": ["Transporter", "Exploiter"]})
    with acting_as(personas.amina):
        person = Perpetrator.objects.get(case=case)
    amina.post(at(case, "who", person.pk), {"alias": "Auntie", "roles": ["Exploiter"], "version": "1"})
    with acting_as(personas.amina):
        assert [role.code for role in person.roles.all()] == ["Exploiter"]
    assert "Auntie" in amina.get(at(case)).content.decode()


def test_a_part_moves_and_is_taken_back_without_script(sign_in, personas, case, leg):
    amina = sign_in("amina")
    amina.post(at(case, "part"), {"stage": "exploitation", "country": "FR"})
    amina.post(at(case, "part", leg.pk, "move"), {"down": "1"})
    with acting_as(personas.amina):
        assert [each.country for each in Leg.objects.filter(case=case).order_by("seq")] == ["FR", "TN"]
    amina.post(at(case, "part", leg.pk, "remove"))
    with acting_as(personas.amina):
        assert [each.country for each in Leg.objects.filter(case=case)] == ["FR"]


@pytest.mark.parametrize("login", ["boris", "gita"])
def test_it_is_not_found_for_those_who_do_not_see_the_file(sign_in, case, leg, login):
    other = sign_in(login)
    pages = [at(case), at(case, "part"), at(case, "part", leg.pk), at(case, "known", "act"), at(case, "who")]
    assert {other.get(page).status_code for page in pages} == {404}
    assert other.post(at(case, "part"), PART).status_code == 404


def test_a_list_that_is_none_is_not_found(sign_in, case):
    assert sign_in("amina").get(at(case, "known", "shoes")).status_code == 404


def test_it_is_recorded(sign_in, personas, case):
    sign_in("amina").post(at(case, "part"), PART)
    with acting_as(personas.dao):
        assert AuditEvent.objects.filter(act="leg.add", user_id=personas.amina.pk).count() == 1


def test_a_closed_file_is_read_and_not_written(sign_in, stand, case, leg, refusals):
    stand("S13")
    amina = sign_in("amina")
    shown = amina.get(at(case)).content.decode()
    assert "Istanbul" in shown and "Add a part" not in shown
    assert amina.post(at(case, "part"), PART).status_code == 422


def test_the_panel_shows_the_map_and_without_a_way_what_to_do(personas, case):
    with acting_as(personas.amina):
        assert "Nothing of the way is told yet." in render_to_string("story/panel.html", panel(case))
        actions.add_legs(case, by=personas.amina, legs=[PART])
        shown = render_to_string("story/panel.html", panel(case))
    assert 'role="img" aria-label="Map of the way as it was told: 1 part' in shown and len(shown) < 10_000
