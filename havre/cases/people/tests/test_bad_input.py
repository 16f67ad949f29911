"""Forged, old and foreign: one clear sentence, nothing lost, and what is not ours does not exist."""

import uuid

import pytest
from django.test import Client

from havre.cases.people.models import CaseNote, PersonName, Task
from havre.platform.accounts.claims import acting_as
from tests.personas import PASSWORD

from .conftest import field, text, token

PAGES = ("consent", "about", "reach", "note", "task", "step", "safety")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_another_agency_is_not_found(sign_in, url, page):
    boris = sign_in("boris")
    assert boris.get(url(page)).status_code == 404
    if page != "safety":
        assert boris.post(url(page), {"text": "x", "to": "S13", "form_token": token()}).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_file_that_does_not_exist_is_answered_as_one_of_another_agency(sign_in, url, page):
    boris = sign_in("boris")
    assert text(boris.get(url(page))) == text(boris.get(f"/people/222-222/{page}/"))


def test_a_task_of_another_agency_is_not_found(sign_in, amina, url, personas):
    amina.post(url("task"), {"text": "Ring", "form_token": token()})
    with acting_as(personas.amina):
        task = Task.objects.get()
    assert sign_in("boris").post(url("task") + f"{task.pk}/done/", {}).status_code == 404


def test_an_id_of_another_agency_in_a_form_opens_nothing(sign_in, amina, case, personas):
    boris = sign_in("boris")
    sent = {
        "called": "Mine",
        "case": str(case.pk),
        "person": str(case.person_id),
        "id": str(case.pk),
        "form_token": token(),
    }
    assert boris.post("/people/new/", sent).status_code == 302
    with acting_as(personas.amina):
        assert [name.full for name in PersonName.objects.all()] == ["Salam"]


def test_an_id_of_another_agency_in_a_header_opens_nothing(sign_in, url, personas):
    boris = sign_in("boris")
    forged = {"HTTP_X_USER": str(personas.amina.pk), "HTTP_X_AGENCY": str(personas.amina.agency_id)}
    assert boris.get(url("about"), **forged).status_code == 404


@pytest.mark.parametrize("forged", ["nonsense", "'; select 1; --", "0" * 500, ""])
def test_a_forged_session_leads_to_the_door(url, forged):
    client = Client()
    client.cookies["__Host-havre"] = forged
    answer = client.get(url("about"))
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/signin/")


@pytest.mark.parametrize("forged", ["nonsense", "", "0", "\u202e"])
def test_a_forged_form_token_harms_nobody(amina, url, personas, forged):
    assert amina.post(url("note"), {"text": "Kept.", "form_token": forged}).status_code == 302
    with acting_as(personas.amina):
        assert CaseNote.objects.count() == 2


def test_a_form_token_of_somebody_else_saves_nothing_twice_and_tells_nothing(amina, sign_in, personas):
    mine = token()
    amina.post("/people/new/", {"called": "Noor", "form_token": mine})
    answer = sign_in("boris").post("/people/new/", {"called": "Noor", "form_token": mine})
    assert answer.status_code == 302 and answer.headers["Location"] == "/people/new/"


def test_a_form_without_the_token_of_the_site_says_what_to_do(personas, url):
    client = Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en")
    answer = client.post("/signin/", {"login": "amina", "password": PASSWORD})
    assert answer.status_code == 403 and "send it once more" in text(answer)


@pytest.mark.parametrize("page", ["note", "about", "consent"])
def test_a_form_of_an_older_version_comes_back_as_it_was_filled(amina, url, page):
    version = field(amina.get(url(page)), "version") or ""
    sent = {"shape": "0ld", "version": version, "text": "My words", "called": "My words", "recipient": "My words"}
    answer = amina.post(url(page), {**sent, "form_token": token()})
    assert answer.status_code == 422 and "This form has changed since you opened it." in text(answer)
    assert "My words" in answer.content.decode()
    assert field(answer, "shape") != "0ld"


@pytest.mark.parametrize("page", ["about", "consent", "reach"])
@pytest.mark.parametrize("version", ["", "nonsense", "-1", "999999999999999999999"])
def test_a_version_that_fits_nothing_overwrites_nothing(amina, url, personas, page, version):
    sent = {"version": version, "called": "Other", "kind": "mobile", "value": "+33699999999", "media": "given"}
    answer = amina.post(url(page), {**sent, "form_token": token()})
    assert answer.status_code in (409, 422)
    with acting_as(personas.amina):
        assert [name.full for name in PersonName.objects.all()] == ["Salam"]


@pytest.mark.parametrize("code", ["nonsense", "<script>", "S1", "\x00"])
def test_a_code_that_is_in_no_list_is_answered_in_one_sentence(amina, code):
    answer = amina.post(
        "/people/new/", {"gender": code, "language": code, "needs": [code], "called": "N", "form_token": token()}
    )
    assert (
        answer.status_code == 422
        and "no longer in the list" in text(answer)
        and "<script>" not in answer.content.decode()
    )


def test_an_address_that_cannot_be_is_not_found(amina):
    for address in (
        "/people/%00/about/",
        "/people/..%2f/about/",
        f"/draft/note/{uuid.UUID(int=0)}x/",
        "/people/'/note/",
    ):
        assert amina.get(address).status_code == 404
