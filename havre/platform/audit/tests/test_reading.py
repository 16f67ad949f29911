"""What the auditor reads: who did what, what is unusual and why, who saw one file; never a person."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from havre.cases.people import actions
from havre.platform.accounts.claims import acting_as
from havre.platform.audit import unusual
from havre.platform.audit.actions import ACTIONS
from havre.platform.audit.models import AuditEvent
from havre.platform.audit.registry import Kind, acts_of, every, kind_of, words
from tests.personas import make_personas, signed_in

NOW = timezone.now()
NOON = timezone.localtime(NOW - timedelta(days=2)).replace(hour=12, minute=0, second=0, microsecond=0)
NIGHT = NOON.replace(hour=23)


@pytest.fixture
def salam(personas):
    with acting_as(personas.amina):
        arrival = actions.Arrival(on=NOW.date(), called="Salam Haddad")
        return actions.open_contact(arrival, by=personas.amina)


def recorded(user, act, at=NOON, many=1, apart=timedelta(seconds=20), **more):
    """Events of somebody, one after the other."""
    with acting_as(user):
        for number in range(many):
            watcher = user.agency.audit_principal
            told = {"user_id": user.pk, "watcher": watcher, "request_id": uuid4(), **more}
            if told.get("file") is True:
                told |= {"file": uuid4(), "files": 1}
            AuditEvent(act=act, at=at + number * apart, **told).save(force_insert=True)


def sealed(number):
    """A seal of an hour ago."""
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute(
            "insert into audit_auditseal values"
            " (%s, 0, 9, 3, now(), now(), now() - interval '1 hour', '\\x01'::bytea, '\\x02', '\\x03', '\\x04')",
            [number],
        )
        cursor.execute("set local role havre_app")


def found(personas):
    with acting_as(personas.dao):
        findings, whole = unusual.findings(personas.dao.agency.audit_principal)
    assert whole
    return [(each.rule.code, each.who, each.many) for each in findings]


def test_the_auditor_reads_who_did_what_and_neither_name_nor_reference(sign_in, salam):
    sign_in("amina").get(f"/people/{salam.reference}/")
    shown = sign_in("dao").get("/seen/").content.decode()
    assert "Read the file" in shown and "Amina D." in shown and salam.pk.hex[:8] in shown
    assert "Salam" not in shown and salam.reference not in shown


def test_a_file_is_a_number_behind_which_stands_who_saw_it(sign_in, salam):
    sign_in("amina").get(f"/people/{salam.reference}/")
    shown = sign_in("dao").get(f"/seen/file/{salam.pk}/").content.decode()
    assert "Amina D." in shown and "Works on this file" in shown and salam.reference not in shown
    assert sign_in("dao").get(f"/seen/file/{uuid4()}/").status_code == 404


@pytest.mark.django_db(transaction=True, databases=["default", "refusals", "owner"])
def test_a_refusal_is_marked_and_found_by_its_kind():
    with transaction.atomic():
        make_personas()
    signed_in("ferdinand").get("/people/")
    dao = signed_in("dao")
    assert "Refused" in dao.get("/seen/?kind=refused").content.decode()
    assert "needs case.read" not in dao.get("/seen/?kind=search").content.decode()


def test_a_refused_sign_in_reaches_the_auditor_of_the_account_with_no_name_that_was_typed(sign_in, personas):
    Client().post("/signin/", {"login": "amina", "password": "not the password"})
    Client().post("/signin/", {"login": "somebody", "password": "not the password"})
    shown = sign_in("dao").get("/seen/?kind=sign-in").content.decode()
    assert shown.count("Tried to sign in") == 1 and "Account of Amina D." in shown
    assert "somebody" not in shown


def test_the_record_pages_without_repeating(sign_in, salam):
    amina = sign_in("amina")
    for _number in range(60):
        amina.get(f"/people/{salam.reference}/?all=1")
    dao = sign_in("dao")
    first = dao.get("/seen/").content.decode()
    second = dao.get("/seen/" + re.search(r'href="/seen/(\?after=[^"]+)"', first)[1]).content.decode()
    assert first.count("<tr>") == 51 and 10 < second.count("<tr>") < 51


@pytest.mark.parametrize(
    "wrong", ["kind=x", "who=1", "from=yesterday", "rule=drop", "after=1~2", "after=%00", "to=2026"]
)
def test_what_an_address_says_wrongly_is_not_asked(sign_in, wrong):
    assert sign_in("dao").get(f"/seen/?{wrong}").status_code == 200


def test_another_agency_is_not_in_it(sign_in, personas):
    sign_in("boris").get("/people/")
    recorded(personas.boris, "page.casefile:case", many=60, file=True)
    dao = sign_in("dao")
    assert "Boris" not in dao.get("/seen/").content.decode()
    assert "Boris" not in dao.get("/seen/unusual/").content.decode()


def test_every_action_has_its_words_and_its_kind():
    assert sorted(set(ACTIONS) - set(every())) == []
    with override("en"):
        assert words("case.open") == "Opened the file" and words("unheard.of") == "unheard.of"
    kinds = {"page.casefile:case": Kind.READ, "note.add": Kind.CHANGE, "search.names": Kind.SEARCH}
    kinds |= {"register.export": Kind.EXPORT, "paper.print": Kind.EXPORT, "register.import": Kind.IMPORT}
    kinds |= {"circle.let_in": Kind.SHARE, "session.refused": Kind.SIGN_IN, "glass.break": Kind.BREAK_GLASS}
    assert {act: kind_of(act) for act in kinds} == kinds
    assert "session.begin" in acts_of(Kind.SIGN_IN) and "session.begin" not in acts_of(Kind.READ)


def test_a_quiet_agency_has_nothing_unusual(sign_in, personas):
    recorded(personas.amina, "page.casefile:case", many=20, file=True)
    assert found(personas) == []
    assert "Nothing stands out." in sign_in("dao").get("/seen/unusual/").content.decode()


def test_many_files_in_an_hour(personas):
    recorded(personas.amina, "page.casefile:case", many=40, file=True)
    recorded(personas.gita, "page.casefile:case", many=39, file=True)
    same = uuid4()
    recorded(personas.rita, "page.casefile:case", many=60, file=same, files=1)
    assert found(personas) == [("many", personas.amina.pk, 40)]


def test_outside_the_own_caseload(personas):
    recorded(personas.chloe, "page.casefile:case", many=15, file=True, through="supervision")
    recorded(personas.amina, "page.casefile:case", many=15, file=True, through="casework")
    assert found(personas) == [("outside", personas.chloe.pk, 15)]


def test_at_night_and_the_night_is_one_though_a_day_begins_in_it(personas):
    recorded(personas.amina, "page.people:note", at=NIGHT, many=5, apart=timedelta(minutes=30))
    recorded(personas.gita, "page.people:note", at=NOON, many=9)
    assert found(personas) == [("night", personas.amina.pk, 5)]


def test_many_refusals_of_somebody_and_at_the_door_of_an_account(personas):
    recorded(personas.amina, "page.casefile:case", many=10, refused=True)
    for number in range(8):
        told = {"watcher": personas.dao.agency.audit_principal, "reason": str(personas.gita.pk)}
        AuditEvent(
            act="session.refused", refused=True, at=NOON + timedelta(minutes=number), request_id=uuid4(), **told
        ).save(force_insert=True)
    assert sorted(found(personas)) == [("door", personas.gita.pk, 8), ("refused", personas.amina.pk, 10)]


def test_a_colleagues_name_and_what_was_opened_then(personas, salam):
    recorded(personas.chloe, "search.colleague", at=NOON)
    with acting_as(personas.chloe), connection.cursor() as cursor:
        cursor.execute(
            "insert into audit_auditsubject (event_id, case_id, at, user_id, watcher, act)"
            " values ((select gen_random_uuid()), %s, %s, %s, %s, 'search.colleague')",
            [salam.pk, NOON, personas.chloe.pk, personas.chloe.agency.audit_principal],
        )
    assert found(personas) == [("colleague", personas.chloe.pk, 1)]


def test_the_files_that_such_a_search_found_and_that_were_opened_are_counted(sign_in, personas):
    with acting_as(personas.chloe):
        actions.open_contact(actions.Arrival(on=NOW.date(), called="Amina Diallo"), by=personas.chloe)
    chloe = sign_in("chloe")
    page = chloe.post("/people/", {"q": "Amina Diallo"}).content.decode()
    chloe.get(re.search(r'href="(/people/[^/"]{7,9}/)"', page)[1])
    shown = sign_in("dao").get("/seen/unusual/").content.decode()
    assert "1 of the files it found was opened soon after" in shown and "Diallo" not in shown


def test_what_was_taken_out(personas):
    recorded(personas.chloe, "register.export")
    assert found(personas) == [("taken", personas.chloe.pk, 1)]


def test_older_than_thirty_days_is_not_looked_at(personas):
    recorded(personas.amina, "page.casefile:case", at=NOW - timedelta(days=31), many=40, file=True)
    assert found(personas) == []


def test_a_finding_leads_to_its_events_and_no_others(sign_in, personas):
    recorded(personas.amina, "page.casefile:case", many=40, file=True)
    recorded(personas.amina, "note.add", at=NOON + timedelta(minutes=2))
    dao = sign_in("dao")
    url = re.search(r'href="(/seen/\?rule=many[^"]+)"', dao.get("/seen/unusual/").content.decode())[1].replace(
        "&amp;", "&"
    )
    shown = dao.get(url).content.decode()
    assert shown.count("<tr>") == 41 and "Amina D." in shown and "Wrote a note" not in shown


def test_every_rule_says_what_it_looks_for_in_both_languages():
    for language in ("en", "fr"):
        with override(language):
            said = [(rule.title, rule.sentence) for rule in unusual.rules().values()]
        assert all(title and sentence and "{" not in sentence for title, sentence in said)
    assert set(unusual.rules()) == set(unusual.WHERE)


def test_the_page_of_seals_begins_empty_and_there_is_no_head_to_fetch(sign_in):
    dao = sign_in("dao")
    assert "No batch is closed yet." in dao.get("/seen/seals/").content.decode()
    assert dao.get("/seen/seals/head.txt").status_code == 404


def test_the_head_is_shown_group_by_group_and_fetched_as_a_file(sign_in):
    seal = "'\\x01'::bytea, '\\x02', '\\x03', '\\x04'"
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute(
            f"insert into audit_auditseal values (7, 0, 9, 3, now(), now(), now() - interval '1 hour', {seal})"
        )
        cursor.execute("set local role havre_app")
    dao = sign_in("dao")
    shown, fetched = dao.get("/seen/seals/").content.decode(), dao.get("/seen/seals/head.txt")
    groups = re.findall(r"<li>(\d{5})</li>", shown)
    assert "Batch 7" in shown and len(groups) == 10 and "not being sealed" not in shown
    assert f"by voice: {' '.join(groups)}\n" in fetched.content.decode()
    assert fetched.headers["Content-Disposition"] == 'attachment; filename="head-7.txt"'


def test_a_record_that_waits_to_be_sealed_says_so(sign_in, personas):
    recorded(personas.amina, "note.add", at=NOW - timedelta(minutes=30))
    seal = "'\\x01'::bytea, '\\x02', '\\x03', '\\x04'"
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute(
            f"insert into audit_auditseal values (1, 0, 9, 3, now(), now(), now() - interval '1 hour', {seal})"
        )
        cursor.execute("set local role havre_app")
    assert "The record is not being sealed" in sign_in("dao").get("/seen/seals/").content.decode()
