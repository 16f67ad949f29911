"""One page for the child; what is typed there is checked kindly and nothing of it is lost."""

from datetime import date

import pytest

from havre.cases.children import actions
from havre.cases.children.models import BestInterest, Circumstances, Guardian
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused

from .conftest import BEST, PANEL

SENT = {"about": "return", "on": "2026-03-20", "panel": PANEL, "outcome": "in_interest", "reasons": "أريد عمتي"}


def page(case, end=""):
    return f"/people/{case.reference}/child/{end}"


def count(personas, model):
    with acting_as(personas.amina):
        return model.objects.count()


def test_a_child_without_a_guardian_is_late_after_one_working_day(sign_in, case):
    shown = sign_in("amina").get(page(case)).content.decode()
    assert "No guardian is named yet." in shown and "Was due" in shown and "Provisional rule" in shown


def test_a_guardian_is_named_and_the_next_one_ends_the_first(sign_in, personas, case):
    amina = sign_in("amina")
    for name, day in (("Me C. Okoye", "2026-03-13"), ("L. Ferrand", "2026-04-01")):
        assert amina.post(page(case, "guardian/"), {"name": name, "appointed_on": day}).status_code == 302
    with acting_as(personas.amina):
        stand = {each.name: each.ended_on for each in Guardian.objects.all()}
    assert stand == {"Me C. Okoye": date(2026, 4, 1), "L. Ferrand": None}
    assert "A guardian speaks for the child." in amina.get(page(case)).content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"appointed_on": "2026-03-13", "contact": "the court"}, "Write the name of the guardian"),
        ({"name": "Okoye", "contact": "the court"}, "Give a day."),
        ({"name": "O", "contact": "the court", "appointed_on": "2026-03-13", "ended_on": "2026-03-01"}, "before the"),
    ],
)
def test_half_a_guardian_is_asked_again(sign_in, personas, case, sent, said):
    answer = sign_in("amina").post(page(case, "guardian/"), sent)
    assert answer.status_code == 422 and said in answer.content.decode() and "the court" in answer.content.decode()
    assert count(personas, Guardian) == 0


def test_of_two_who_write_about_the_child_the_later_sees_both(sign_in, personas, case):
    amina = sign_in("amina")
    sent = [{"version": 0, "accompanied": each, "with_whom": f"{each}, her aunt"} for each in ("yes", "no")]
    answers = [amina.post(page(case, "circumstances/"), each) for each in sent]
    assert [answer.status_code for answer in answers] == [302, 409] and count(personas, Circumstances) == 1
    assert all(f"{each}, her aunt" in answers[1].content.decode() for each in ("yes", "no"))


def test_a_panel_writes_down_what_it_found(sign_in, personas, case):
    noor = sign_in("noor")
    assert noor.post(page(case, "determination/"), SENT).status_code == 302
    with acting_as(personas.noor):
        row = BestInterest.objects.get()
    assert (row.panel_size, row.kind) == (3, "determination")
    assert "أريد عمتي" in noor.get(page(case, f"interest/{row.pk}/")).content.decode()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"panel": "Noor B.\nNoor B.\nL. Ferrand"}, "three members at least"),
        ({"outcome": ""}, "Choose what the panel found."),
        ({"review_on": "2026-03-01"}, "The next look lies before this one."),
        ({"about": "placement"}, "no longer in the list"),
    ],
)
def test_less_than_a_panel_is_asked_again_and_the_words_stay(sign_in, personas, case, more, said):
    answer = sign_in("noor").post(page(case, "determination/"), {**SENT, **more})
    assert answer.status_code == 422 and said in answer.content.decode() and "أريد عمتي" in answer.content.decode()
    assert count(personas, BestInterest) == 0


def test_the_act_refuses_two_members_too(personas, case):
    with acting_as(personas.noor), pytest.raises(Refused, match="three members"):
        actions.determine(case, by=personas.noor, values={**BEST, "panel": "Noor B.\nL. Ferrand"})


def test_a_caseworker_weighs_and_does_not_determine(sign_in, personas, case, refusals):
    amina = sign_in("amina")
    assert amina.post(page(case, "assessment/"), {"about": "placement", "on": "2026-03-20"}).status_code == 302
    assert amina.get(page(case, "determination/")).status_code == 403 and len(refusals) == 1
    assert count(personas, BestInterest) == 1


def test_the_page_keeps_what_was_written_when_the_age_is_corrected(sign_in, case, told, aged):
    told(guardian="Me C. Okoye", found={})
    aged(25)
    amina = sign_in("amina")
    shown = amina.get(page(case)).content.decode()
    assert "do not hold today" in shown and "Me C. Okoye" in shown and "I want to go to my aunt." in shown
    aged(15)
    shown = amina.get(page(case)).content.decode()
    assert "Before a return" in shown and "A guardian is named" in shown and "Me C. Okoye" in shown


@pytest.mark.parametrize("end", ["guardian/", "circumstances/", "assessment/"])
def test_a_closed_file_refuses_it(sign_in, case, stand, refusals, end):
    stand("S13")
    sent = {"name": "O", "appointed_on": "2026-03-13", "version": 0, "about": "placement", "on": "2026-03-20"}
    answer = sign_in("amina").post(page(case, end), sent)
    assert answer.status_code == 422 and "closed" in answer.content.decode() and len(refusals) == 1


@pytest.mark.parametrize("login", ["boris", "gita"])
@pytest.mark.parametrize("end", ["", "guardian/", "circumstances/", "assessment/"])
def test_it_is_not_found_for_those_who_do_not_see_the_file(sign_in, case, login, end):
    assert sign_in(login).get(page(case, end)).status_code == 404
