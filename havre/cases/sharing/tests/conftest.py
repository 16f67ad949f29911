"""A file of Amina's whose person agrees to share with Boris's agency, and a share."""

import datetime
import re
import uuid

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from havre.cases.people import actions
from havre.cases.people.actions import Decision, Talk
from havre.platform.accounts.claims import acting_as

PHARE = "Le Phare, Marseille"
SOON = datetime.timedelta(days=30)


def text(answer):
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("&#x27;", "'").split())


def url(page, case, *more):
    return reverse(f"sharing:{page}", args=[case.reference, *more])


@pytest.fixture
def decide(personas, case):
    """Amina writes down what the person decides about an agency."""

    def decided(decision="given", name=PHARE):
        with acting_as(personas.amina):
            talk = Talk(on=localdate(), language="ar")
            actions.record_consent(case, by=personas.amina, talk=talk, decisions=[Decision("share", decision, name)])

    return decided


@pytest.fixture
def give(sign_in, case, personas, decide):
    """Amina shares her file with Boris, by the page."""
    decide()
    amina = sign_in("amina")

    def given(**more):
        sent = {"to": str(personas.boris.principal), "purpose": "share_help", "basis": "consent"}
        sent |= {"until": str(localdate() + SOON), "form_token": str(uuid.uuid4()), **more}
        return amina.post(url("share", case), sent)

    return given
