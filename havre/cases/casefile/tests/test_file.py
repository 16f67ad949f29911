"""The page of one file: who finds it, what it shows, and the line it leaves in the record."""

import re
from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from havre.cases.people import actions
from havre.cases.people.models import CaseAccess
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.models import AuditSubject
from havre.platform.permissions import Compartment

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


def page(client, case, query=""):
    return client.get(f"/people/{case.reference}/{query}")


def test_it_is_not_found_for_another_agency_as_if_it_did_not_exist(sign_in, newcomer):
    boris = sign_in("boris")
    hers, none = page(boris, newcomer("Salam")), boris.get("/people/222-222/")
    assert hers.status_code == none.status_code == 404
    # Every page draws a token for its forms anew; nothing else may differ.
    assert TOKEN.sub(b"", hers.content) == TOKEN.sub(b"", none.content)


def test_it_shows_the_person_to_their_worker_and_leaves_one_line(sign_in, newcomer, personas):
    case = newcomer("سلام حدّاد", in_danger="yes", dangers=["threats"])
    shown = page(sign_in("amina"), case).content.decode()
    assert "سلام حدّاد" in shown and "In danger now: Threats against the person or family." in shown
    with acting_as(personas.amina):
        assert AuditSubject.objects.filter(act="page.casefile:case", case_id=case.pk).count() == 1


def test_a_colleague_who_may_read_the_facts_sees_no_name_and_writes_nothing(sign_in, newcomer, personas):
    case = newcomer("Salam Haddad", contact={"kind": "mobile", "value": "+33600000142", "safe": True})
    with acting_as(personas.amina), connection.cursor() as cursor:
        given = [case.pk, personas.gita.principal, int(Compartment.FACTS), "read", "cover", None, None]
        cursor.execute('select havre."grant"(%s, %s, %s, %s, %s, %s, %s)', given)
    answer = page(sign_in("gita"), case)
    shown = answer.content.decode()
    assert answer.status_code == 200 and case.reference in shown
    assert [word for word in ("Salam", "+33600000142", "Write a note", "No safe way") if word in shown] == []


def test_hidden_names_leave_the_reference_alone(sign_in, newcomer):
    case, amina = newcomer("Salam Haddad"), sign_in("amina")
    amina.cookies["havre-names"] = "hidden"
    for address in (f"/people/{case.reference}/", "/people/", "/"):
        shown = amina.get(address).content.decode()
        assert case.reference in shown and "Salam" not in shown


def test_a_person_who_wished_no_name_has_a_calm_page(sign_in, newcomer, personas):
    case = newcomer("Salam Haddad", note="Came with her sister.")
    with acting_as(personas.amina):
        talk = actions.Talk(on=date.today(), in_danger="no")
        actions.record_consent(case, by=personas.amina, talk=talk, decisions=[actions.Decision("interview", "refused")])
    shown = page(sign_in("amina"), case).content.decode()
    assert "A contact without a name" in shown and "Offer one and note it" in shown
    assert "Salam" not in shown and "sister" not in shown


def test_a_closed_file_says_how_to_reopen_it_and_takes_no_note(sign_in, newcomer, personas):
    case = newcomer("Salam Haddad")
    with acting_as(personas.amina):
        actions.move(case, by=personas.amina, to="S13", closure_reason="moved")
    shown = page(sign_in("amina"), case).content.decode()
    assert "This file is closed." in shown and "your supervisor can reopen it" in shown and "Write a note" not in shown
    assert "Reopen the file" in page(sign_in("chloe"), case).content.decode()


def test_the_whole_history_stands_behind_all_entries(sign_in, newcomer, personas):
    case, amina = newcomer("Salam"), sign_in("amina")
    with acting_as(personas.amina):
        for number in range(9):
            actions.add_note(case, by=personas.amina, text=f"Note number {number}.")
    first, whole = page(amina, case).content.decode(), page(amina, case, "?all=1").content.decode()
    assert "All 10 entries" in first and "Note number 8." in first and "Note number 0." not in first
    assert all(f"Note number {number}." in whole for number in range(9))


def test_a_long_file_costs_no_more_queries_than_a_short_one(sign_in, newcomer, personas):
    short, long, amina = newcomer("Salam"), newcomer("Fatou"), sign_in("amina")
    with acting_as(personas.amina):
        for number in range(30):
            actions.add_note(long, by=personas.amina, text="…")
            actions.add_task(long, by=personas.amina, text="…", due=date.today() + timedelta(number))
    counted = []
    for case in (short, long):
        with CaptureQueriesContext(connection) as asked:
            page(amina, case)
        counted.append(len(asked))
    # One more: the notes are counted only where they are more than the page shows.
    assert counted[1] <= counted[0] + 1 and counted[1] <= 50, counted


def test_who_saw_this_file_is_in_words(sign_in, newcomer):
    case = newcomer("Salam")
    page(sign_in("chloe"), case)
    shown = page(sign_in("amina"), case).content.decode()
    assert "Chloé R." in shown and "Read the file" in shown and CaseAccess.__name__ not in shown
