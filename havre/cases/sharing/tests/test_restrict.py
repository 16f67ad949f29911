"""A file kept to named people: in no list, search, count or first page of anybody else."""

import uuid

import pytest
from django.urls import reverse

from havre.cases.people.models import Case
from havre.platform.accounts.claims import acting_as

from .conftest import text, url


@pytest.fixture
def keep(sign_in, case):
    """Keeps the file to named people, by the page."""

    def kept(login="amina", **more):
        return sign_in(login).post(url("restrict", case), {"form_token": str(uuid.uuid4()), **more})

    return kept


def reached(user):
    with acting_as(user):
        return Case.objects.exists()


def test_the_supervisors_see_it_nowhere(keep, sign_in, case):
    chloe = sign_in("chloe")
    assert case.reference in text(chloe.get("/people/?lens=house"))
    assert keep().status_code == 302
    assert chloe.get(case.get_absolute_url()).status_code == 404
    for answer in (chloe.get("/people/?lens=house"), chloe.post("/people/", {"q": "Salam Haddad"}), chloe.get("/")):
        assert case.reference not in text(answer) and "Salam" not in text(answer)
    assert chloe.post("/people/", {"q": case.reference}).status_code == 200


def test_a_supervisor_who_stays_is_named(keep, personas, case, sign_in):
    assert keep("chloe", stay="1").status_code == 302
    assert reached(personas.chloe) and reached(personas.amina)
    assert "named as supervisor of this restricted file" in text(sign_in("chloe").get(url("explain", case)))


def test_a_supervisor_who_does_not_stay_sees_it_no_more(keep, personas):
    keep("chloe")
    assert not reached(personas.chloe) and reached(personas.amina)


def test_people_are_named_by_whoever_answers_for_it(keep, sign_in, case, personas):
    keep()
    amina, circle = sign_in("amina"), reverse("people:circle", args=[case.reference])
    sent = {"colleague": str(personas.chloe.pk), "purpose": "cover", "form_token": str(uuid.uuid4())}
    assert amina.post(circle, sent).status_code == 302
    assert reached(personas.chloe) and not reached(personas.gita)


def test_it_is_opened_again(keep, personas):
    keep()
    assert keep(open="1").status_code == 302 and reached(personas.chloe)


def test_no_administrator_and_no_auditor_ever(keep, personas, sign_in, case, refusals):
    keep()
    for login in ("ferdinand", "dao"):
        assert sign_in(login).get(url("restrict", case)).status_code == 403
        assert not reached(getattr(personas, login))


def test_a_colleague_who_may_write_does_not_restrict(keep, sign_in, case, personas, refusals):
    sent = {"colleague": str(personas.gita.pk), "purpose": "cover", "form_token": str(uuid.uuid4())}
    sign_in("amina").post(reverse("people:circle", args=[case.reference]), sent)
    answer = keep("gita")
    assert (
        answer.status_code == 422 and "Only whoever looks after this file" in text(answer)
    ) or answer.status_code == 422
    assert reached(personas.chloe)
