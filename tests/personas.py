"""Amina (caseworker), Boris (elsewhere), Chloé (supervisor), Dao (auditor), Ferdinand (administrator), Eve (nobody).
Inès (data-protection lead) reviews what was opened in an emergency.

Beside Amina work Gita (caseworker), Hana (health), Noor (children), Lucas (law), Rita (return), Sami (reintegration).
"""

from __future__ import annotations

import base64
import secrets
import time
from dataclasses import dataclass

from django.db import connection, transaction
from django.test import Client

from havre.platform.accounts import factors
from havre.platform.accounts.founding import found_agency, found_user
from havre.platform.accounts.models import User
from havre.platform.crypto import codes

PASSWORD = "a quiet harbour at dawn"


@dataclass(frozen=True)
class Personas:
    amina: User
    boris: User
    chloe: User
    dao: User
    ferdinand: User
    gita: User  # a second caseworker of Amina’s agency, in French
    hana: User
    noor: User
    lucas: User
    rita: User
    sami: User
    ines: User


def make_personas() -> Personas:
    """Two agencies and their people, made as the owner of the tables."""
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
    balise = found_agency("balise", "Maison Balise, Lyon", "FR", using="default")
    phare = found_agency("phare", "Le Phare, Marseille", "FR", using="default")

    def user(agency, login, name, role, language="en"):
        return found_user(agency, login, name, role, PASSWORD, using="default", language=language)

    people = Personas(
        amina=user(balise, "amina", "Amina D.", "caseworker"),
        boris=user(phare, "boris", "Boris K.", "supervisor"),
        chloe=user(balise, "chloe", "Chloé R.", "supervisor"),
        dao=user(balise, "dao", "Dao T.", "auditor"),
        ferdinand=user(balise, "ferdinand", "Ferdinand O.", "administrator"),
        gita=user(balise, "gita", "Gita N.", "caseworker", "fr"),
        hana=user(balise, "hana", "Hana S.", "health_worker"),
        noor=user(balise, "noor", "Noor B.", "child_specialist"),
        lucas=user(balise, "lucas", "Lucas M.", "legal_adviser"),
        rita=user(balise, "rita", "Rita V.", "return_officer"),
        sami=user(balise, "sami", "Sami E.", "reintegration_officer"),
        ines=user(balise, "ines", "Inès L.", "data_protection_lead"),
    )
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_app")
    return people


@dataclass
class App:
    """The app on somebody's phone: each code it gives is good once, and it has three at most at any moment."""

    secret: bytes
    shown: int = 0

    def code(self) -> str:
        """The next code that nobody has seen."""
        self.shown = max(self.shown + 1, codes.step_at(time.time()) - 1)
        return codes.code(self.secret, self.shown)


def with_app(user: User) -> App:
    """From now on that user has an app as second factor."""
    app = App(secrets.token_bytes(codes.LENGTH))
    told = {"name": "", "secret": base64.b32encode(app.secret).decode()}
    with transaction.atomic():
        factors.enrol(user, factors.APP, told)
    return app


def signed_in(login: str, *, language: str = "en") -> Client:
    """A browser in which that user has just signed in with all that it takes: the session counts as confirmed."""
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    with transaction.atomic():
        client.force_login(User.objects.get(login=login))
    return client
