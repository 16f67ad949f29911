"""Rights with their days: thirty at least to recover, and what ends soon is seen; the lawyer writes them."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils.timezone import localdate

from havre.cases.assistance import actions
from havre.cases.assistance.models import LegalStatus
from havre.cases.assistance.panels import plan_of
from havre.cases.assistance.rules import legal as rules
from havre.cases.assistance.standing import due
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused
from havre.platform.permissions import ROLES

SENT = {"kind": "reflection", "state": "granted", "authority": "Préfecture", "since": "2026-03-12"}


def page(case, *more):
    return "/".join(["", "people", case.reference, "legal", *map(str, more), ""])


@pytest.fixture
def lucas(personas, case):
    """The lawyer, let into the file as far as his role reaches."""
    reach = int(ROLES["legal_adviser"].compartments)
    with acting_as(personas.amina), connection.cursor() as cursor:
        asked = [case.pk, personas.lucas.principal, reach, "write", "casework", None, None]
        cursor.execute('select havre."grant"(%s, %s, %s, %s, %s, %s, %s)', asked)
    return personas.lucas


@pytest.fixture
def note(personas, case):
    """Writes a right down: `note("residence", until=day)`."""

    def written(kind: str, **values: object) -> LegalStatus:
        with acting_as(personas.amina):
            return actions.add_legal(case, by=personas.amina, values={"kind": kind, "state": "granted", **values})

    return written


def kept(personas, case):
    with acting_as(personas.amina):
        return [(each.kind, each.authority, each.until) for each in LegalStatus.objects.filter(case=case)]


def test_the_lawyer_writes_it(sign_in, personas, case, lucas):
    answer = sign_in("lucas").post(page(case, "new"), {**SENT, "until": "2026-04-11"})
    assert answer.status_code == 302 and kept(personas, case) == [("reflection", "Préfecture", date(2026, 4, 11))]


def test_and_reads_no_health(sign_in, case, lucas):
    assert sign_in("lucas").get(page(case)).status_code == 200
    assert not ROLES["legal_adviser"].compartments & ROLES["health_worker"].compartments & 8


def test_a_health_worker_does_not_read_it(sign_in, personas, case, note, refusals):
    note("residence")
    with acting_as(personas.amina), connection.cursor() as cursor:
        asked = [
            case.pk,
            personas.hana.principal,
            int(ROLES["health_worker"].compartments),
            "write",
            "care",
            None,
            None,
        ]
        cursor.execute('select havre."grant"(%s, %s, %s, %s, %s, %s, %s)', asked)
    assert sign_in("hana").get(page(case)).status_code == 403
    with acting_as(personas.hana):
        assert not LegalStatus.objects.exists() and plan_of(case).deadlines == []


def test_ten_days_are_no_reflection_period(sign_in, personas, case):
    answer = sign_in("amina").post(page(case, "new"), {**SENT, "until": "2026-03-22", "note": "Kept words."})
    shown = answer.content.decode()
    assert answer.status_code == 422 and "at least 30 days (Council of Europe Convention, article 13)" in shown
    assert "Kept words." in shown and kept(personas, case) == []


def test_nor_for_an_action_or_the_database(personas, case, note):
    with pytest.raises(Refused, match="article 13"):
        note("reflection", since=date(2026, 3, 12), until=date(2026, 3, 22))
    status = note("reflection", since=date(2026, 3, 12))
    with acting_as(personas.amina), pytest.raises(IntegrityError), transaction.atomic():
        LegalStatus.objects.filter(pk=status.pk).update(until=date(2026, 4, 10))


@pytest.mark.parametrize(
    ("kind", "state", "until", "short"),
    [
        ("reflection", "granted", date(2026, 4, 10), True),
        ("reflection", "granted", date(2026, 4, 11), False),
        ("reflection", "granted", None, False),
        ("reflection", "ended", date(2026, 3, 20), False),
        ("residence", "granted", date(2026, 3, 20), False),
    ],
)
def test_what_is_too_short(kind, state, until, short):
    assert rules.is_too_short(kind, state, date(2026, 3, 12), until) is short


def test_an_end_before_the_beginning_is_refused(sign_in, personas, case):
    answer = sign_in("amina").post(page(case, "new"), {**SENT, "kind": "residence", "until": "2026-03-11"})
    assert answer.status_code == 422 and "before the first" in answer.content.decode() and not kept(personas, case)


def test_what_ends_soon_is_seen_with_the_days_left(sign_in, personas, case, note):
    note("residence", until=localdate() + timedelta(8))
    note("asylum", until=localdate() + timedelta(300))
    amina = sign_in("amina")
    assert amina.get(page(case)).content.decode().count("days left") == 1
    with acting_as(personas.amina):
        assert [each.left for each in plan_of(case).ending] == [8]


def test_the_service_that_works_on_it_shows_its_days(personas, case, note):
    note("reflection", until=localdate() + timedelta(1))
    with acting_as(personas.amina):
        actions.add_service(case, by=personas.amina, values={"code": "RESIDENCE", "status": "active"})
        plan = plan_of(case)
        assert plan.rows[0].deadline.left_in_words == "1 day left" and plan.ending == []


@pytest.mark.parametrize("state", ["refused", "ended"])
def test_what_is_over_is_shown_no_more(personas, case, note, state):
    note("residence", until=localdate() + timedelta(1), state=state)
    with acting_as(personas.amina):
        assert plan_of(case).deadlines == [] and due(personas.amina, localdate() + timedelta(9)) == []


def test_what_falls_due_is_found_by_its_day(personas, case, note):
    first = localdate() + timedelta(2)
    note("residence", until=first + timedelta(3))
    with acting_as(personas.amina):
        risk = {"about": "person", "likelihood": 2, "impact": 2, "review_on": first}
        actions.assess_risk(case, by=personas.amina, values=risk)
        actions.add_need(case, by=personas.amina, code="legal")
        actions.agree(case, by=personas.amina, on=localdate(), review_on=first + timedelta(1))
        found = [(each.kind, each.on - first) for each in due(personas.amina, first + timedelta(3))]
    assert found == [("risk", timedelta(0)), ("plan", timedelta(1)), ("legal", timedelta(3))]


def test_of_two_who_change_it_the_later_sees_both(sign_in, personas, case, note):
    status = note("residence", authority="Préfecture")
    with acting_as(personas.chloe):
        actions.save_legal(status, by=personas.chloe, version=1, values={"authority": "Ministère"})
    answer = sign_in("amina").post(page(case, status.pk), {**SENT, "kind": "residence", "version": "1"})
    shown = answer.content.decode()
    assert answer.status_code == 409 and "Ministère" in shown and "Préfecture" in shown and "Chloé R." in shown


def test_help_never_depends_on_testimony(sign_in, case):
    assert "Help never depends" in sign_in("amina").get(page(case)).content.decode()


@pytest.mark.parametrize("login", ["boris", "lucas"])
def test_it_is_not_found_for_those_who_do_not_see_the_file(sign_in, case, note, login):
    status, other = note("residence"), sign_in(login)
    for at in (page(case), page(case, "new"), page(case, status.pk)):
        assert other.get(at).status_code == 404
    assert other.post(page(case, "new"), SENT).status_code == 404
