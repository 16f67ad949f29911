"""A caseload goes from one colleague to others on one page."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import connection

from havre.cases.people import actions
from havre.cases.people.models import Case, CaseHandover, Task
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.models import AuditSubject
from havre.platform.notices.models import Notice


@pytest.fixture
def cases(personas, case) -> list[Case]:
    """Three files of Amina's, in the first of which a task waits for her."""
    with acting_as(personas.amina):
        others = [
            actions.open_contact(actions.Arrival(on=date(2026, 3, day), called=f"Invented {day}"), by=personas.amina)
            for day in (13, 14)
        ]
        actions.add_task(
            case, by=personas.amina, text="Ring the shelter", due=date(2099, 1, 1), assignee=personas.amina
        )
    return [case, *others]


@pytest.fixture
def chloe(sign_in, refusals):
    """The supervisor's browser."""
    return sign_in("chloe")


def given(*to, **more):
    """What the page sends."""
    return {"to": [str(each.pk) for each in to], "why": "leaves", "which": "all"} | more


def owners(cases) -> list[str]:
    """Whose each file is, asked of the tables themselves."""
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute(
            "select u.login from unnest(%s::uuid[]) with ordinality f (id, n) join people_case c on c.id = f.id"
            " join accounts_user u on u.id = c.owner_id order by f.n",
            [[each.pk for each in cases]],
        )
        found = [login for (login,) in cursor.fetchall()]
        cursor.execute("set local role havre_app")
    return found


def test_a_supervisor_hands_all_files_over_in_one_press(chloe, personas, cases):
    answer = chloe.post(f"/handover/{personas.amina.pk}/", given(personas.gita))
    assert answer.status_code == 302 and owners(cases) == ["gita"] * 3
    assert "No file to hand over." in chloe.get(f"/handover/{personas.amina.pk}/").content.decode()


def test_what_waits_in_a_file_goes_along(chloe, personas, cases):
    chloe.post(f"/handover/{personas.amina.pk}/", given(personas.gita))
    with acting_as(personas.gita):
        task = Task.objects.get(case=cases[0])
        assert task.assignee == personas.gita and task.text == "Ring the shelter"


def test_each_file_has_its_line_in_the_record_and_says_whose_it_was(chloe, sign_in, personas, cases):
    chloe.post(f"/handover/{personas.amina.pk}/", given(personas.gita, why="away"))
    with acting_as(personas.gita):
        lines = AuditSubject.objects.filter(act="caseload.hand_over").values_list("case_id", flat=True)
        assert set(lines) == {each.pk for each in cases}
        kept = CaseHandover.objects.get(case=cases[0])
        assert (kept.before, kept.after, kept.by, kept.why) == (personas.amina, personas.gita, personas.chloe, "away")
    page = sign_in("gita").get(f"/people/{cases[0].reference}/circle/").content.decode()
    assert ("Amina D." in page and "Est malade" in page) or "Is ill or away" in page


def test_the_earlier_owner_reads_no_more_unless_they_come_back(chloe, sign_in, personas, cases):
    amina = sign_in("amina")
    chloe.post(f"/handover/{personas.amina.pk}/", given(personas.gita, which="some", file=[str(cases[0].pk)]))
    chloe.post(
        f"/handover/{personas.amina.pk}/", given(personas.gita, which="some", file=[str(cases[1].pk)], stays="on")
    )
    assert owners(cases) == ["gita", "gita", "amina"]
    assert amina.get(cases[0].get_absolute_url()).status_code == 404
    assert amina.get(cases[1].get_absolute_url()).status_code == 200


def test_whoever_receives_files_is_told_by_a_notice_that_names_nobody(chloe, sign_in, personas, cases):
    chloe.post(f"/handover/{personas.amina.pk}/", given(personas.gita))
    with acting_as(personas.gita):
        assert Notice.objects.get().kind == "caseload.handed_over"
    with acting_as(personas.amina):
        assert not Notice.objects.exists()


def test_several_colleagues_share_the_files(chloe, personas, cases):
    chloe.post(f"/handover/{personas.amina.pk}/", given(personas.gita, personas.rita))
    assert sorted(owners(cases)) in (["gita", "gita", "rita"], ["gita", "rita", "rita"])


@pytest.mark.parametrize(
    "changed, says",
    [
        ({"to": []}, "Choose a colleague first."),
        ({"to": ["amina"]}, "no longer in the list"),
        ({"why": ""}, "Say why"),
        ({"why": "x"}, "no longer in the list"),
        ({"which": "some"}, "Tick at least one file"),
        ({"which": "some", "file": [str(uuid.uuid4()), "x"]}, "Tick at least one file"),
        ({"which": ""}, "Choose one."),
    ],
)
def test_what_cannot_be_so_is_said_and_nothing_moves(chloe, personas, cases, changed, says):
    answer = chloe.post(f"/handover/{personas.amina.pk}/", given(personas.gita) | changed)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert owners(cases) == ["amina"] * 3


@pytest.mark.parametrize("login", ["boris", "hana", "dao", "ferdinand", "amina"])
def test_it_goes_to_nobody_who_does_not_look_after_people_here(chloe, personas, cases, login):
    answer = chloe.post(f"/handover/{personas.amina.pk}/", given(getattr(personas, login)))
    assert answer.status_code == 422 and owners(cases) == ["amina"] * 3


def test_a_caseworker_hands_over_their_own_files_and_finds_no_others(sign_in, refusals, personas, cases):
    gita, amina = sign_in("gita"), sign_in("amina")
    assert gita.post(f"/handover/{personas.amina.pk}/", given(personas.gita)).status_code == 404
    assert gita.get("/handover/").headers["Location"] == f"/handover/{personas.gita.pk}/"
    assert amina.post(f"/handover/{personas.amina.pk}/", given(personas.gita)).status_code == 302
    assert owners(cases) == ["gita"] * 3


def test_another_agency_finds_nobody(sign_in, refusals, personas, cases):
    boris = sign_in("boris")
    for pk in (personas.amina.pk, uuid.uuid4()):
        assert boris.post(f"/handover/{pk}/", given(personas.boris)).status_code == 404
        assert boris.get(f"/handover/{pk}/").status_code == 404
    assert owners(cases) == ["amina"] * 3


def test_an_administrator_may_not_enter(sign_in, refusals, personas, cases):
    for answer in (sign_in("ferdinand").get("/handover/"), sign_in("dao").get("/handover/")):
        assert answer.status_code == 403


def test_a_restricted_file_stays_and_the_page_says_how_many(chloe, personas, cases):
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute("update people_case set restricted = true where id = %s", [cases[2].pk])
        house = personas.amina.agency.principal
        cursor.execute("delete from people_caseaccess where case_id = %s and principal = %s", [cases[2].pk, house])
        cursor.execute("set local role havre_app")
    page = chloe.get(f"/handover/{personas.amina.pk}/").content.decode()
    assert "1 restricted file stays" in page and cases[2].reference not in page
    told = given(personas.gita, which="some", file=[str(cases[2].pk)])
    assert chloe.post(f"/handover/{personas.amina.pk}/", told).status_code == 422
    chloe.post(f"/handover/{personas.amina.pk}/", given(personas.gita))
    assert owners(cases) == ["gita", "gita", "amina"]


def test_the_supervisor_is_told_that_files_wait(chloe, sign_in, personas, cases):
    assert "wait for somebody" not in chloe.get("/").content.decode()
    sign_in("ferdinand").post(f"/accounts/{personas.amina.pk}/suspend/")
    assert (
        "The files of one colleague who left or does other work wait for somebody." in chloe.get("/").content.decode()
    )
    page = chloe.get("/handover/").content.decode()
    assert "They wait for somebody who can look after them." in page and "Suspended" in page
    chloe.post(f"/handover/{personas.amina.pk}/", given(personas.gita))
    assert "wait for somebody" not in chloe.get("/").content.decode()
