"""Whether somebody may travel is said for a time, and read without the why."""

from datetime import date

import pytest

from havre.cases.health import actions
from havre.cases.health.rules import may_travel
from havre.cases.health.standing import fitness
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused

LOOKED, LAST = date(2026, 11, 1), date(2026, 12, 1)


def page(case):
    return f"/people/{case.reference}/health/travel/"


def stands(personas, case, on):
    with acting_as(personas.amina):
        found = fitness(case, on)
        return found.fit if found else None


@pytest.mark.parametrize(
    ("fit", "until", "on", "may"),
    [
        ("yes", LAST, LAST, True),
        ("conditions", LAST, LOOKED, True),
        ("no", LAST, LOOKED, False),
        ("yes", None, LOOKED, False),
        ("yes", LAST, date(2026, 12, 2), False),
        ("yes", LAST, date(2026, 10, 31), False),
        ("", LAST, LOOKED, False),
    ],
)
def test_a_word_holds_from_its_day_to_its_last(fit, until, on, may):
    assert may_travel(fit, LOOKED, until, on) is may


def test_the_latest_word_counts(personas, case, say):
    assert stands(personas, case, LOOKED) is None
    say("yes", until=LAST)
    assert stands(personas, case, LOOKED) == "yes"
    say("no")
    assert stands(personas, case, LOOKED) is None


def test_it_is_said_on_its_page(sign_in, personas, case):
    sent = {"fit": "conditions", "conditions": "A seat by the aisle.", "on": "2026-11-01", "valid_until": "2026-12-01"}
    assert sign_in("hana").post(page(case), sent).status_code == 302
    assert stands(personas, case, LAST) == "conditions"
    shown = sign_in("amina").get(f"/people/{case.reference}/health/").content.decode()
    assert "A seat by the aisle." in shown and "with conditions" in shown


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"fit": "yes"}, "until which day"),
        ({"fit": "yes", "valid_until": "2026-10-01"}, "lies before"),
        ({"fit": "conditions", "valid_until": "2026-12-01"}, "what the journey must offer"),
    ],
)
def test_half_a_word_is_asked_again(sign_in, personas, case, sent, said):
    answer = sign_in("hana").post(page(case), {"on": "2026-11-01", "clinician": "Dr. A. Vidal", **sent})
    assert answer.status_code == 422 and said in answer.content.decode() and "Dr. A. Vidal" in answer.content.decode()
    assert stands(personas, case, LOOKED) is None


def test_the_act_refuses_it_too(say):
    with pytest.raises(Refused, match="until which day"):
        say("yes")


def test_a_caseworker_does_not_say_it(personas, case):
    with acting_as(personas.amina), pytest.raises(Refused, match="role"):
        actions.say_fitness(case, by=personas.amina, values={})
