"""A share outside the agency: what is needed, what it opens, and how it ends."""

import csv
import datetime
import re
import uuid
from pathlib import Path

import pytest
from django.db import connection
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate

from havre.cases.people.models import CaseAccess
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.founding import found_user
from havre.platform.permissions import Compartment
from tests.filling import Place, fill
from tests.laws.conftest import TEXTS, TOLD
from tests.personas import PASSWORD

from .conftest import text, url

LISTS = Path(__file__).parents[4] / "tests" / "laws" / "access"


def own(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute(statement, values)
        cursor.execute("set local role havre_app")


def test_the_consent_is_shown_with_its_day_and_version(sign_in, case, decide):
    decide()
    decide("withdrawn")
    decide()
    shown = text(sign_in("amina").get(url("share", case)))
    assert "Le Phare, Marseille Agreed on" in shown and "version 3 of the decision, Arabic" in shown


def test_the_other_agency_reads_the_parts_that_were_named(give, sign_in, case):
    assert give(parts=["2"]).status_code == 302
    boris = sign_in("boris")
    shown = text(boris.get(case.get_absolute_url()))
    assert "Salam Haddad" in shown
    assert "Amina D. of Maison Balise, Lyon shared it with you until" in shown
    assert "Gives help to the person. Basis: The person’s consent." in shown
    assert case.reference in text(boris.get(reverse("sharing:mine")))


def test_without_the_names_nobody_is_named(give, sign_in, case):
    give()
    assert "Salam" not in text(sign_in("boris").get(case.get_absolute_url()))


def test_an_agency_is_let_in_as_its_supervisors(give, sign_in, case, personas):
    assert give(to=str(personas.boris.agency.principal)).status_code == 302
    assert "shared it with your agency" in text(sign_in("boris").get(case.get_absolute_url()))


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ({"until": ""}, "Outside the agency a share has a last day."),
        ({"until": "2020-01-01"}, "This day has passed."),
        ({"purpose": ""}, "Say what they need it for."),
        ({"basis": ""}, "Say on what basis it is shared."),
        ({"to": ""}, "Choose with whom."),
        ({"to": "1"}, "Choose"),
    ],
)
def test_what_is_lacking_is_said_and_nothing_is_lost(give, sign_in, case, lacking, sentence):
    answer = give(**{"parts": ["2"], **lacking})
    assert answer.status_code == 422 and sentence in text(answer)
    assert re.search(r'name="parts" value="2"[^>]*checked', answer.content.decode())
    assert sign_in("boris").get(case.get_absolute_url()).status_code == 404


def test_nobody_is_offered_whom_the_person_did_not_agree_to(sign_in, case, decide, personas):
    decide(name="Another house")
    amina = sign_in("amina")
    assert "Nobody to share with yet" in text(amina.get(url("share", case)))
    sent = {"to": str(personas.boris.principal), "purpose": "share_help", "basis": "consent", "until": "2030-01-01"}
    assert amina.post(url("share", case), {**sent, "form_token": str(uuid.uuid4())}).status_code == 422


def test_a_consent_taken_back_ends_the_share_at_the_next_request_and_tells_them(give, decide, sign_in, case):
    give(parts=["2"])
    boris = sign_in("boris")
    assert boris.get(case.get_absolute_url()).status_code == 200
    decide("withdrawn")
    assert boris.get(case.get_absolute_url()).status_code == 404
    assert "Your access to a file has ended." in text(boris.get("/"))
    assert "the consent was taken back on" in text(boris.get(reverse("sharing:mine")))


def test_a_share_that_ran_out_is_gone_and_told(give, sign_in, case):
    give()
    boris = sign_in("boris")
    own("update people_caseaccess set until = now() - interval '1 second' where consent_id is not null")
    own("update notices_notice set at = now() - interval '1 second' where kind = 'share.ended'")
    assert boris.get(case.get_absolute_url()).status_code == 404
    assert "Your access to a file has ended." in text(boris.get("/"))
    assert "ran out on" in text(boris.get(reverse("sharing:mine")))


def test_whoever_gave_it_ends_it(give, sign_in, case, personas):
    give()
    amina = sign_in("amina")
    assert "End the share" in text(amina.get(reverse("people:circle", args=[case.reference])))
    out = reverse("people:circle_out", args=[case.reference, personas.boris.principal])
    assert amina.post(out, {"form_token": str(uuid.uuid4())}).status_code == 302
    assert sign_in("boris").get(case.get_absolute_url()).status_code == 404


def test_it_is_in_their_list_and_in_no_count_of_their_house(give, sign_in, case, personas):
    give(to=str(personas.boris.agency.principal))
    boris = sign_in("boris")
    listed = text(boris.get("/people/?lens=house"))
    assert case.reference in listed and "Shared with you" in listed
    assert case.reference not in text(boris.get("/"))


def test_they_give_it_back(give, sign_in, case, personas):
    give()
    boris = sign_in("boris")
    answer = boris.post(url("end", case, personas.boris.principal), {"form_token": str(uuid.uuid4())})
    assert answer.status_code == 302 and boris.get(case.get_absolute_url()).status_code == 404
    assert "Your access" not in text(boris.get("/"))


def test_they_read_and_never_write(give, sign_in, case, personas, refusals):
    give(parts=["2", "4"])
    with acting_as(personas.boris):
        assert [row.level for row in CaseAccess.objects.filter(case=case)] == ["read"]
    sent = {"text": "Invented.", "form_token": str(uuid.uuid4())}
    assert sign_in("boris").post(reverse("people:note", args=[case.reference]), sent).status_code in (403, 422)


def test_they_share_on_only_if_they_were_let(give, sign_in, case, personas):
    give()
    assert "did not let you share it on" in text(sign_in("boris").get(url("share", case)))


def test_what_they_share_on_stays_in_their_house_and_ends_with_theirs(give, decide, sign_in, case, personas):
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        bea = found_user(personas.boris.agency, "bea", "Bea L.", "caseworker", PASSWORD, using="default")
        cursor.execute("set local role havre_app")
    give(onward="on", parts=["2"])
    sent = {"to": str(bea.principal), "parts": ["2"], "purpose": "share_help", "basis": "consent"}
    sent |= {"until": str(localdate() + datetime.timedelta(days=3)), "form_token": str(uuid.uuid4())}
    assert sign_in("boris").post(url("share", case), sent).status_code == 302
    with acting_as(bea):
        assert CaseAccess.objects.filter(case=case).exists()
    give()  # anew, and no longer to be shared on
    with acting_as(bea):
        assert not CaseAccess.objects.filter(case=case).exists()


def test_whoever_has_not_shown_again_who_they_are_is_asked(give, sign_in, case, refusals):
    own("update accounts_session set confirmed = now() - interval '11 minutes'")
    answer = give()
    assert answer.status_code != 302 and sign_in("boris").get(case.get_absolute_url()).status_code == 404


def test_staff_of_this_house_are_not_listed_for_another(give, sign_in, case, personas):
    give(parts=["2"])
    boris = sign_in("boris")
    for address in (case.get_absolute_url(), reverse("people:circle", args=[case.reference])):
        assert "Chloé" not in text(boris.get(address))


def addresses(case):
    """Every page of a file that is read by its reference, and by a row of it."""
    for file in sorted(LISTS.glob("*.csv")):
        for line in csv.DictReader(row for row in file.read_text().splitlines() if row[:1] != "#"):
            if line["method"] == "GET" and line["values"] == "reference":
                try:
                    yield reverse(line["page"], args=[case.reference])
                except NoReverseMatch:
                    continue


@pytest.mark.parametrize("part", Compartment)
def test_no_page_of_the_file_fails_for_want_of_a_part(give, sign_in, case, personas, part, refusals):
    with acting_as(personas.amina):
        fill(Place(case, personas.amina, lambda column: TEXTS.get(str(column), "Invented."), TOLD))
    assert give().status_code == 302
    own("update people_caseaccess set compartments = %s where consent_id is not null", int(Compartment.FACTS | part))
    boris = sign_in("boris")
    answers = {address: boris.get(address).status_code for address in addresses(case)}
    assert len(answers) > 30 and set(answers.values()) <= {200, 302, 403, 404}, answers
