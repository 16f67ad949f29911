"""Invented surveys: one that is evaluated, one that is being answered in three languages, one that is still a draft."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from django.utils.timezone import localdate

from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.prevention.campaigns.models import Campaign
from havre.prevention.surveys import actions, codes, linked
from havre.prevention.surveys.models import Item, Link, Survey
from havre.site.demo.tables import Row, table

GAINED = {"pre": 0.0, "post": 1.0, "follow_up": 0.85}
AGES = {"sign": ("12", "15", "15", "15", "18"), "verify": ("18", "25", "25", "40", "40", "60")}


@dataclass(frozen=True)
class Told:
    """A survey: who asks it, about which campaign, in which languages, and its title and first words in each."""

    code: str
    author: str
    campaign: str
    languages: list[str]
    title: dict[str, str]
    intro: dict[str, str]


SURVEYS = (
    Told(
        "sign",
        "chloe",
        "Ask before you sign",
        ["en"],
        {"en": "Work abroad: what do you know?"},
        {"en": "Ten short questions in class. Nobody marks them."},
    ),
    Told(
        "verify",
        "maya",
        "Un travail, ça se vérifie",
        ["fr", "ar", "en"],
        {"fr": "Vérifier une offre", "ar": "التحقق من عرض عمل", "en": "Checking an offer"},
        {
            "fr": "Six questions, trois minutes. Merci de nous aider à mieux parler des fausses offres.",
            "ar": "ستة أسئلة، ثلاث دقائق. شكرًا لمساعدتنا على الحديث عن العروض الكاذبة.",
            "en": "Six questions, three minutes. Thank you for helping us to speak of false offers.",
        },
    ),
    Told(
        "advert",
        "boris",
        "The advert that is too good",
        ["en", "fr"],
        {"en": "Adverts for work abroad", "fr": "Les annonces d’emploi à l’étranger"},
        {"en": "Three questions.", "fr": "Trois questions."},
    ),
)


def tell(users: Mapping[str, User]) -> None:
    """Each survey as its author would have left it today."""
    for told in SURVEYS:
        user, rng = users[told.author], Random(f"kap {told.code}")  # noqa: S311 - the same at each start
        with acting_as(user):
            survey = _built(told, user)
            if told.code != "advert":
                actions.open_(survey, by=user)
                survey.refresh_from_db()
        if told.code == "sign":
            with acting_as(user):
                _of_a_school(survey, user, rng)
        elif told.code == "verify":
            _on_phones(survey, user, rng)


def _built(told: Told, user: User) -> Survey:
    about = Campaign.objects.filter(title=told.campaign, owner=user.agency).first()
    frame: dict[str, Any] = {"title": told.title, "intro": told.intro, "languages": told.languages}
    frame |= {"campaign": about, "pairing": told.code != "advert", "visibility": 1}
    survey = actions.save(None, frame, by=user)
    for row in _rows(told.code):
        text = {each: row[each] for each in told.languages}
        more = {"right": {"yes": True, "no": False}.get(row["right"]), "reverse": row["reverse"] == "yes"}
        actions.save_item(survey, {"kind": row["kind"], "text": text, **more}, by=user)
    return survey


def _rows(code: str) -> list[Row]:
    return [row for row in table("surveys") if row["survey"] == code]


def _of_a_school(survey: Survey, user: User, rng: Random) -> None:
    """Pupils answered on paper before, after and three months later; some were not there again, some gave no code."""
    items, asked = list(survey.items.all()), _rows("sign")
    days = {"pre": 320, "post": 200, "follow_up": 110}
    rows = []
    for group, many in (("exposed", 128), ("comparison", 64)):
        for number in range(many):
            person = f"{group[:2]}{number:03}"
            about = {"sex": rng.choice(("female", "male")), "age_group": rng.choice(AGES["sign"])}
            for wave, stays in (("pre", 1.0), ("post", 0.86), ("follow_up", 0.62)):
                if rng.random() <= stays:
                    moved = GAINED[wave] * (1 if group == "exposed" else 0.15)
                    row = {"wave": wave, "group": group, "answers": _answers(items, asked, moved, rng), **about}
                    code = None if rng.random() < 0.08 else codes.person(survey.pk, person)
                    rows.append({**row, "person": code, "on": str(localdate() - timedelta(days=days[wave]))})
    digest = hashlib.sha256(b"pupils").hexdigest()
    actions.load(survey, name="pupils-of-eight-schools.xlsx", digest=digest, rows=rows, by=user)
    actions.close(survey, by=user)


def _on_phones(survey: Survey, user: User, rng: Random) -> None:
    """Women at two offices scanned the square; the second wave has just begun."""
    with acting_as(user):
        links = [
            actions.link(survey, wave=wave, group="exposed", note=note, by=user)
            for wave, note in (("pre", "Permanence du mardi, Lyon"), ("post", "Permanence du mardi, Lyon"))
        ]
        items, asked = list(survey.items.all()), _rows("verify")
    for link, many, moved in ((links[0], 58, 0.0), (links[1], 23, 1.0)):
        for number in range(many):
            _sent(survey, link, number, _answers(items, asked, moved, rng), rng)


def _sent(survey: Survey, link: Link, number: int, answers: dict[str, Any], rng: Random) -> None:
    asked = linked.read(codes.token(link.pk))
    assert asked is not None
    person = codes.person(survey.pk, f"femme{number:03}") if rng.random() < 0.8 else None
    about = {"sex": "female" if rng.random() < 0.85 else "male", "age_group": rng.choice(AGES["verify"])}
    told = {**about, "language": rng.choice(("fr", "fr", "ar")), "answers": answers}
    linked.answer(asked, rng.randbytes(16), person, told)


def _answers(items: list[Item], rows: list[Row], moved: float, rng: Random) -> dict[str, Any]:
    """What somebody answers who has come so far from before to after."""
    bent = rng.gauss(0, 0.08)
    both = zip(items, rows, strict=True)
    return {item.code: _answer(item, row, moved, bent, rng) for item, row in both if rng.random() > 0.03}


def _answer(item: Item, row: Row, moved: float, bent: float, rng: Random) -> Any:
    good = float(row["before"]) + moved * (float(row["after"]) - float(row["before"])) + bent
    if item.kind == "attitude":
        degree = 1 + sum(rng.random() < good for _each in range(4))
        return 6 - degree if item.reverse else degree
    if item.kind == "practice":
        return rng.random() < good
    if rng.random() < good:
        return item.right
    return rng.choice((not item.right, "unknown"))
