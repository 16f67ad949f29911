"""A restricted file whose only reader was removed gets a new holder, and whoever names one reads nothing."""

from __future__ import annotations

import pytest

from havre.cases.people.models import Case, CaseHandover
from havre.cases.sharing.actions import restrict
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.office import actions as office
from havre.platform.audit.models import AuditSubject
from havre.platform.notices.models import Notice


@pytest.fixture
def lost(personas, case, sign_in, refusals) -> Case:
    """Amina restricted her file and was removed: nobody else was in it."""
    with acting_as(personas.amina, confirmed=True):
        restrict(case, by=personas.amina, stay=False)
    with acting_as(personas.ferdinand, confirmed=True):
        office.remove(personas.amina, by=personas.ferdinand)
    return case


def told(user):
    """What waits for somebody."""
    with acting_as(user):
        return set(Notice.objects.filter(user=user, read_at=None).values_list("kind", flat=True))


def seen(user, case):
    """Whether somebody reaches the file."""
    with acting_as(user):
        return Case.objects.filter(pk=case.pk).exists()


def test_supervisor_and_lead_are_told_and_nobody_reads_it(personas, lost):
    assert "caseload.unread" in told(personas.chloe) and "caseload.unread_lead" in told(personas.ines)
    assert not any(seen(each, lost) for each in (personas.chloe, personas.gita, personas.ines, personas.amina))


def test_a_supervisor_gives_it_a_new_holder_without_reading_it(personas, lost, sign_in):
    chloe = sign_in("chloe")
    page = chloe.get(f"/handover/{personas.amina.pk}/").content.decode()
    assert "Restricted files here open for nobody" in page and lost.reference not in page
    answer = chloe.post(f"/handover/{personas.amina.pk}/unread/", {"holder": str(personas.gita.pk)})
    assert answer.status_code == 302
    assert seen(personas.gita, lost) and not seen(personas.chloe, lost)
    assert "caseload.handed_over" in told(personas.gita) and "caseload.rehomed" in told(personas.ines)
    assert "caseload.unread" not in told(personas.chloe)
    with acting_as(personas.gita):
        file = Case.objects.get(pk=lost.pk)
        assert file.owner == personas.gita and file.restricted
        line = CaseHandover.objects.get(case=file)
        assert (line.by, line.before, line.after) == (personas.chloe, personas.amina, personas.gita)
        assert AuditSubject.objects.filter(case_id=lost.pk, act="caseload.rehome").exists()


def test_nobody_names_themselves_and_nobody_else_names_anybody(personas, lost, sign_in):
    address = f"/handover/{personas.amina.pk}/unread/"
    assert sign_in("chloe").post(address, {"holder": str(personas.chloe.pk)}).status_code == 422
    assert sign_in("chloe").post(address, {"holder": ""}).status_code == 422
    for login, code in (("gita", 404), ("boris", 404), ("ines", 403), ("ferdinand", 403)):
        assert sign_in(login).post(address, {"holder": str(personas.gita.pk)}).status_code == code
    assert not seen(personas.gita, lost)


def test_a_file_that_somebody_still_opens_is_none_of_these(personas, case, sign_in, refusals):
    with acting_as(personas.ferdinand, confirmed=True):
        office.remove(personas.amina, by=personas.ferdinand)
    assert "caseload.unread" not in told(personas.chloe)
    answer = sign_in("chloe").post(f"/handover/{personas.amina.pk}/unread/", {"holder": str(personas.gita.pk)})
    assert answer.status_code == 422 and seen(personas.chloe, case) and not seen(personas.gita, case)
