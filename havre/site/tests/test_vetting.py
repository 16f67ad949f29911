"""`havre directory vet` as it is typed."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.db import transaction

from havre.directory.models import Organisation, Vetting
from havre.directory.tests.test_rows import card
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.models import AuditEvent
from havre.platform.keeping.rows import Visibility
from havre.site import adding
from havre.site.cli import main
from tests.personas import make_personas

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
GROUNDS = ["--by", "the board", "--reason", "Visited on 3 March."]


@pytest.fixture
def people():
    with transaction.atomic():
        return make_personas()


@pytest.fixture
def typed(people, monkeypatch):
    monkeypatch.setattr(adding, "start_django", lambda *, owner: None)
    return lambda *words: CliRunner().invoke(main, ["directory", "vet", *words])


def test_a_vetted_agency_reads_what_is_for_vetted_ones_until_it_is_suspended(people, typed):
    with acting_as(people.chloe):
        card(people.chloe, Visibility.VETTED)
    with acting_as(people.boris):
        card(people.boris, Visibility.PUBLIC, tenant=people.boris.agency)
    for status, seen in (("vetted", 2), ("suspended", 1)):
        done = typed("phare", "--status", status, *GROUNDS)
        assert done.exit_code == 0 and done.output == f"Le Phare, Marseille: {status}.\n", done.output
        with acting_as(people.boris):
            assert Organisation.objects.count() == seen
            assert Organisation.objects.get(tenant=people.boris.agency).vetting_status == status
    assert Vetting.objects.get().reason == "Visited on 3 March."
    assert [each.reason for each in AuditEvent.objects.using("owner").filter(act="agency.vet")] == [
        "vetted",
        "suspended",
    ]


@pytest.mark.parametrize(
    "words, said",
    [
        (["nobody", "--status", "vetted", *GROUNDS], "No agency has the code nobody."),
        (["phare", "--status", "vetted", "--by", " ", "--reason", "x"], "Say who decided"),
        (["phare", "--status", "good", *GROUNDS], "'good' is not one of"),
        (["phare", "--status", "vetted", "--by", "me"], "Missing option '--reason'"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(people, typed, words, said):
    done = typed(*words)
    assert done.exit_code and said in done.output
    assert not Vetting.objects.exists()
