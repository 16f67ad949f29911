"""A link with another person, made and taken back on a page."""

import pytest
from django.utils.timezone import localdate

from havre.cases.people import actions
from havre.cases.people.models import PersonLink
from havre.platform.accounts.claims import acting_as

from .conftest import field, text, token


@pytest.fixture
def daughter(personas):
    """Somebody who came later."""
    with acting_as(personas.amina):
        return actions.open_contact(actions.Arrival(on=localdate(), called="Rim"), by=personas.amina)


@pytest.fixture
def theirs(personas):
    """Somebody of another agency."""
    with acting_as(personas.boris):
        return actions.open_contact(actions.Arrival(on=localdate(), called="Awa"), by=personas.boris)


def send(browser, address, **given):
    return browser.post(address, {"form_token": token(), **given})


def test_a_link_is_made_by_reference_and_taken_back(amina, url, case, daughter):
    typed = daughter.reference.replace("-", "").lower()
    answer = send(amina, url("linked"), other=typed, kind="child")
    assert answer.status_code == 302
    assert "Rim" in text(amina.get(url("linked")))
    assert "Mother or father" in text(amina.get(f"/people/{daughter.reference}/linked/"))
    send(amina, url("linked") + f"{daughter.reference}/undo/")
    assert "Rim" not in text(amina.get(url("linked")))


@pytest.mark.parametrize(
    ("other", "kind", "said"),
    [
        ("", "child", "Write the reference"),
        ("nobody", "child", "no file with this reference"),
        ("theirs", "child", "no file with this reference"),
        ("case", "sibling", "same person"),
        ("daughter", "", "Choose what the other person is"),
    ],
)
def test_what_cannot_be_linked_is_said_and_stays_typed(
    personas, amina, url, case, daughter, theirs, other, kind, said, refusals
):
    known = {"theirs": theirs, "case": case, "daughter": daughter}
    typed = known[other].reference if other in known else other
    answer = send(amina, url("linked"), other=typed, kind=kind)
    assert answer.status_code == 422
    assert said in text(answer)
    assert field(answer, "other") == (typed or None)
    with acting_as(personas.amina):
        assert not PersonLink.objects.exists()


def test_the_file_leads_to_the_page_even_when_nobody_is_linked(amina, url, case):
    assert url("linked") in amina.get(case.get_absolute_url()).content.decode()
