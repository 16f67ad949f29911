"""Who saw a file: the newest beside it, all of it for those in charge; whose name was searched for is kept nowhere."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from havre.cases.casefile.colleagues import is_called_so
from havre.cases.people.actions.together import link_people
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.models import AuditEvent, AuditSubject
from tests.rows.world import ASKED


def let_in(case, by, colleague):
    with acting_as(by), connection.cursor() as cursor:
        given = [case.pk, colleague.principal, ASKED["hana"], "read", "health", None, None]
        cursor.execute('select havre."grant"(%s, %s, %s, %s, %s, %s, %s)', given)


def test_those_in_charge_read_who_saw_a_file_and_why_they_could(sign_in, newcomer):
    case = newcomer("Salam Haddad")
    sign_in("amina").get(f"/people/{case.reference}/")
    sign_in("chloe").get(f"/people/{case.reference}/")
    shown = sign_in("amina").get(f"/people/{case.reference}/seen/").content.decode()
    lines = re.findall(
        r"<tr><th scope=\"row\"><bdi>(.*?)</bdi><small>(.*?)</small>.*?<td>(.*?)</td><td>(.*?)</td></tr>", shown
    )
    assert ("Chloé R.", "Supervisor", "Read the file", "Supervision") in lines
    assert ("You", "Caseworker", "Read the file", "Works on this file") in lines


def test_a_nurse_who_was_let_in_reads_the_newest_and_not_all(sign_in, newcomer, personas):
    case = newcomer("Salam Haddad")
    let_in(case, personas.amina, personas.hana)
    hana = sign_in("hana")
    assert hana.get(f"/people/{case.reference}/seen/").status_code == 403
    with acting_as(personas.dao):
        assert AuditEvent.objects.get(act="page.casefile:who").refused
    page = hana.get(f"/people/{case.reference}/").content.decode()
    assert "Who saw this file" in page and f"/people/{case.reference}/seen/" not in page


def test_another_agency_does_not_find_it(sign_in, newcomer):
    case = newcomer("Salam Haddad")
    assert sign_in("boris").get(f"/people/{case.reference}/seen/").status_code == 404


def test_a_search_that_only_found_the_file_is_not_among_who_saw_it(sign_in, newcomer):
    case, amina = newcomer("Salam Haddad"), sign_in("amina")
    amina.post("/people/", {"q": "salam haddad"})
    amina.get(f"/people/{case.reference}/")
    shown = amina.get(f"/people/{case.reference}/seen/").content.decode()
    assert "Read the file" in shown and "Searched" not in shown


def test_all_of_it_is_paged_and_repeats_nothing(sign_in, newcomer):
    case, amina = newcomer("Salam Haddad"), sign_in("amina")
    for _number in range(60):
        amina.get(f"/people/{case.reference}/?all=1")
    first = amina.get(f"/people/{case.reference}/seen/").content.decode()
    second = amina.get(f"/people/{case.reference}/seen/" + re.search(r'href="(\?after=[^"]+)"', first)[1])
    assert first.count("<tr>") == 51 and 10 < second.content.decode().count("<tr>") < 20


@pytest.mark.parametrize(
    "name, asked, called",
    [
        ("Amina Diallo", "amina diallo", True),
        ("Amina Diallo", "DIALLO Amina, Lyon", True),
        ("Chloé R.", "chloe renard", True),
        ("Amina D.", "amina", False),
        ("Amina D.", "amina haddad", False),
        ("Amina Diallo", "amina", False),
        ("Amina", "amina", False),
        ("Wei-Ling Wu", "wei ling wu", True),
    ],
)
def test_a_search_is_a_colleagues_when_it_holds_the_whole_name(name, asked, called):
    assert is_called_so(name, asked) is called


def test_a_search_for_a_colleague_is_recorded_as_one_and_without_the_name(sign_in, newcomer, personas):
    newcomer("Chloe Renard")
    sign_in("amina").post("/people/", {"q": "Chloe Renard"})
    with acting_as(personas.dao):
        event = AuditEvent.objects.get(act="search.colleague")
        assert (event.files, event.reason) == (1, "")


def test_why_somebody_could_see_a_file_is_kept_with_the_reading(sign_in, newcomer, personas):
    case = newcomer("Salam Haddad")
    for login in ("amina", "chloe"):
        sign_in(login).get(f"/people/{case.reference}/")
        sign_in(login).get("/people/")
    with acting_as(personas.dao):
        read = dict(AuditEvent.objects.filter(act="page.casefile:case").values_list("user_id", "through"))
        assert read == {personas.amina.pk: "casework", personas.chloe.pk: "supervision"}
        assert set(AuditEvent.objects.filter(file=case.pk).values_list("files", flat=True)) == {1}


def test_a_file_beside_which_others_stand_is_still_the_one_that_was_read(sign_in, newcomer, personas):
    case, sister = newcomer("Salam Haddad"), newcomer("Rana Haddad")
    with acting_as(personas.amina):
        link_people(case, by=personas.amina, other=sister, kind="sibling")
    sign_in("chloe").get(f"/people/{case.reference}/")
    with acting_as(personas.dao):
        read = AuditEvent.objects.get(act="page.casefile:case")
        assert (read.files, read.file, read.through) == (2, case.pk, "supervision")
        beside = AuditSubject.objects.filter(event_id=read.pk).values_list("case_id", "through")
        assert dict(beside) == {case.pk: "supervision", sister.pk: "supervision"}


def test_old_lines_without_a_reason_are_shown_without_one(sign_in, newcomer, personas):
    case, at = newcomer("Salam Haddad"), timezone.now() - timedelta(days=9)
    with acting_as(personas.gita), connection.cursor() as cursor:
        cursor.execute(
            "insert into audit_auditsubject (event_id, case_id, at, user_id, watcher, act)"
            " values (%s, %s, %s, %s, 2, 'note.add')",
            [uuid4(), case.pk, at, personas.gita.pk],
        )
    assert "Wrote a note" in sign_in("amina").get(f"/people/{case.reference}/seen/").content.decode()
