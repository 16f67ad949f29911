"""What is typed and not sent: kept, sealed, restored on the same field, dropped once sent."""

import re

from django.db import connection

from havre.cases.people.models import Draft
from havre.platform.accounts.claims import acting_as

from .conftest import text, token

NEW = "/people/new/"


def keep(client, form, subject, **typed):
    return client.post(f"/draft/{form}/{subject}/", {**typed, "csrfmiddlewaretoken": "x", "form_token": token()})


def test_it_says_when_it_was_kept(amina, case):
    answer = keep(amina, "note", case.pk, text="Half a sen")
    assert answer.status_code == 200 and re.fullmatch(r"\d\d:\d\d", answer.json()["saved"])


def test_it_is_restored_in_its_fields_with_the_field_to_return_to(amina, case, url):
    keep(amina, "note", case.pk, text="Half a sentence", kind="call", _at="text")
    page = amina.get(url("note"))
    shown = page.content.decode()
    assert "Half a sentence" in shown and 'data-at="text"' in shown and "is here again" in shown
    assert re.search(r'value="call"[^>]* checked', shown)


def test_a_contact_that_belongs_to_nobody_yet_has_a_draft_too(amina, personas):
    keep(amina, "contact", personas.amina.pk, called="Noor")
    assert 'value="Noor"' in amina.get(NEW).content.decode()
    amina.post(NEW, {"called": "Noor", "form_token": token()})
    assert 'value="Noor"' not in amina.get(NEW).content.decode()


def test_what_was_emptied_stays_empty(amina, case, url):
    keep(amina, "about", case.pk, called="", version="1")
    assert 'value="Salam"' not in amina.get(url("about")).content.decode()


def test_it_is_dropped_once_the_form_is_sent(amina, case, url, personas):
    keep(amina, "note", case.pk, text="Half a sentence")
    amina.post(url("note"), {"text": "A whole sentence.", "form_token": token()})
    with acting_as(personas.amina):
        assert not Draft.objects.exists()


def test_one_can_start_afresh(amina, case, url):
    keep(amina, "note", case.pk, text="Half a sentence")
    answer = amina.post(f"/draft/note/{case.pk}/", {"drop": url("note"), "text": "Half a sentence"})
    assert answer.headers["Location"] == url("note")
    assert "Half a sentence" not in amina.get(url("note")).content.decode()


def test_it_is_sealed_in_the_table_and_keeps_no_password_or_token(amina, case, personas):
    keep(amina, "note", case.pk, text="Half a sentence", password="hush")
    with acting_as(personas.amina), connection.cursor() as cursor:
        cursor.execute("select body from people_draft")
        assert b"sentence" not in bytes(cursor.fetchone()[0])
        body = Draft.objects.get().body
        assert "Half+a+sentence" in body and "hush" not in body and "token" not in body


def test_nobody_else_sees_it(amina, case, url, sign_in):
    keep(amina, "note", case.pk, text="Half a sentence")
    assert "Half a sentence" not in sign_in("chloe").get(url("note")).content.decode()


def test_another_agency_writes_its_own_draft_and_none_of_ours(case, url, sign_in, amina):
    keep(sign_in("boris"), "note", case.pk, text="Written by another")
    assert "Written by another" not in amina.get(url("note")).content.decode()


def test_a_name_of_a_form_that_cannot_be_is_not_found(amina, case):
    assert keep(amina, "x" * 61, case.pk, text="a").status_code == 404


def test_the_page_stays_the_same_page_when_it_goes_wrong(amina, url):
    answer = amina.post(url("note"), {"text": " ", "kind": "call", "form_token": token()})
    assert answer.status_code == 422 and "Write a sentence first." in text(answer)
