"""Salam's file with everything in it that must never stand on paper, and everything that may."""

import re
from datetime import date

import pytest

from havre.cases.assistance import actions as assistance
from havre.cases.people import actions as people
from havre.cases.people.actions import Decision, Talk
from havre.platform.accounts.claims import acting_as

NUMBER, CODE_WORD, STREET, BED = "+33612345678", "The library", "Invented Street 9", "Villa Abri"
SECRETS = (NUMBER, "612345678", CODE_WORD, STREET, BED, "Who saw", "Qui a vu")


@pytest.fixture
def case(personas):
    """Salam, who can be reached by a safe number and sleeps in a shelter."""
    contact = {"kind": "mobile", "value": NUMBER, "safe": True, "code_word": CODE_WORD, "who_answers": "Her sister"}
    arrival = people.Arrival(
        on=date(2026, 3, 12), called="سلام حدّاد", in_danger="no", language="ar", gender="Feminine", contact=contact
    )
    with acting_as(personas.amina):
        opened = people.open_contact(arrival, by=personas.amina)
        housed = assistance.add_need(opened, by=personas.amina, code="accommodation", goal="A door that locks")
        bed = {"code": "SHELTER_TRANS", "status": "active", "provider": BED, "need": housed, "due": date(2026, 12, 1)}
        assistance.add_service(opened, by=personas.amina, values=bed)
        care = {"code": "MED_INF", "status": "active", "provider": "Escale Santé"}
        assistance.add_service(opened, by=personas.amina, values=care)
        talk = Talk(on=date(2026, 3, 12), points=["PURPOSE"], language="ar", interpreter=True, method="spoken")
        said = [Decision("interview", "given"), Decision("research", "refused")]
        people.record_consent(opened, by=personas.amina, talk=talk, decisions=said)
        return opened


@pytest.fixture
def amina(sign_in):
    """Amina's browser."""
    return sign_in("amina")


@pytest.fixture
def ask(amina, case):
    """Asks for a paper as the form does: `ask("plan", language="fr")`."""

    def sent(kind, browser=amina, **more):
        values = {"reason": "hearing", "language": "en", "copies": "1", "named": "on", **more}
        kept = {name: value for name, value in values.items() if value is not None}
        return browser.post(f"/people/{case.reference}/papers/{kind}/", kept)

    return sent


@pytest.fixture
def paper(amina, ask):
    """The text of a paper that was asked for, its sheets alone."""

    def made(kind, **more):
        answer = ask(kind, **more)
        assert answer.status_code == 302, text(answer)
        return text(amina.get(answer.headers["Location"]), only=r"<article.*</article>")

    return made


def text(answer, only=r".*"):
    """A page, or a part of it, as it reads."""
    whole = re.search(only, answer.content.decode(), re.S).group(0)
    return " ".join(re.sub(r"<[^>]+>", " ", whole).split())
