"""Asked again who it is: what was sent is kept and sent on, and ten minutes of belief are the database's."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.http import HttpResponse
from django.urls import include, path
from django.utils import timezone

from havre.platform.accounts import claims
from havre.platform.accounts.confirming import confirmed
from havre.platform.accounts.models import Session
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from tests.personas import signed_in

pytestmark = pytest.mark.urls(__name__)


@page(needs=Permission.CASE_READ, methods=("GET", "POST"))
@confirmed
def far(request):
    return HttpResponse(f"done {request.POST.get('what', '')}")


urlpatterns = [path("far/", far), path("", include("havre.site.urls"))]


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall() if cursor.description else None


def grow_stale(minutes=11):
    sql("set local role havre_owner")
    Session.objects.filter(kind="browser").update(confirmed=timezone.now() - timedelta(minutes=minutes))
    sql("set local role havre_app")


@pytest.fixture
def amina(personas):
    return signed_in("amina")


def test_whoever_has_just_signed_in_is_believed_for_ten_minutes(amina):
    assert amina.post("/far/", {"what": "x"}).content == b"done x"
    grow_stale(9)
    assert amina.get("/far/").status_code == 200
    grow_stale(11)
    assert amina.get("/far/").status_code == 428


def test_a_form_that_was_sent_too_late_is_kept_in_the_question(amina):
    grow_stale()
    asked = amina.post("/far/", {"what": "Noor", "next": "mine"})
    text = asked.content.decode()
    assert asked.status_code == 428 and "Is it you?" in text
    assert 'name="kept-what" value="Noor"' in text and 'name="kept-next" value="mine"' in text


def test_a_job_is_confirmed_only_when_its_asker_was(personas):
    with claims.acting_as(personas.amina):
        assert sql("select havre.confirmed()") == [(None,)]
    with claims.acting_as(personas.amina, confirmed=True):
        assert sql("select havre.confirmed() > now() - interval '1 minute'") == [(True,)]


def test_the_proof_of_one_session_confirms_no_other(amina):
    sql("select set_config('havre.token', %s, true)", claims.token_of(amina.cookies["__Host-havre"].value))
    for made_up in (b"x" * 32, claims.proof("confirm", "00" * 32)):
        with pytest.raises(DatabaseError), transaction.atomic():
            sql("select havre.confirm(%s)", made_up)


def test_a_locked_session_is_not_confirmed(amina):
    amina.post("/lock/")
    assert sql("select havre.confirmed()") == [(None,)]
    assert re.match(r"/signin/", amina.post("/confirm/", {"password": "x"}).headers["Location"])
