"""Invented treaty statuses, laws, scores and drafts of both agencies. Whatever is said of a country is an example."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils.timezone import localdate

from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.prevention.law import actions
from havre.prevention.law.models import Help, NationalLaw, Score, TreatyStatus
from havre.prevention.law.rules.articles import split
from havre.prevention.law.shown import Treaty, treaties
from havre.prevention.rights.actions import record
from havre.site.demo.people import SEED
from havre.site.demo.tables import Row, table

SAID = {"en": "Invented source", "fr": "Source inventée"}
LANDS = {"TN": "chloe", "MA": "maya", "NG": "chloe", "MD": "chloe", "CI": "boris", "TH": "boris"}
SCORED = ("TN", "NG", "MD", "CI")
REGIONS = {"CoE": ("MD",), "EU": (), "ASEAN": ("TH",), "SAARC": (), "LoN": tuple(LANDS)}
HELD = ("ratified", "ratified", "ratified", "acceded", "acceded", "reservation", "signed")
RESERVATION = {
    "en": "It does not consider itself bound by the article on the settlement of disputes. (Invented.)",
    "fr": "Il ne se considère pas comme lié par l’article sur le règlement des différends. (Inventé.)",
}


def tell(users: Mapping[str, User]) -> None:
    """Six countries, six laws, three requests for help."""
    rng = Random(f"{SEED}|law")  # noqa: S311 - the same each time is the point
    for login in dict.fromkeys(LANDS.values()):
        with acting_as(users[login]):
            for land in (land for land, keeper in LANDS.items() if keeper == login):
                _treaties(land, users[login], rng)
                if land in SCORED:
                    _scores(land, users[login], rng)
            laws = {row["title"]: _law(row, users[login]) for row in table("law_records") if row["owner"] == login}
            for row in table("law_helps"):
                if row["owner"] == login:
                    _help(row, laws.get(row["law"]), users)


def _treaties(land: str, by: User, rng: Random) -> None:
    for treaty in treaties():
        if land in REGIONS.get(treaty.row["body"], tuple(LANDS)) and rng.random() < 0.85:
            _status(land, treaty, by, rng)


def _status(land: str, treaty: Treaty, by: User, rng: Random) -> None:
    status = rng.choice(HELD)
    day = treaty.adopted + timedelta(days=rng.randint(200, 3500))
    told: dict[str, Any] = {"status": status, "on": min(day, date(2024, 12, 10)), "standing": "example"}
    told |= {
        "source": SAID[by.language],
        "visibility": 0,
        "reservation": RESERVATION[by.language] if status == "reservation" else "",
    }
    actions.save_status(TreatyStatus(country=land, instrument=treaty.code), told, by=by)


def _scores(land: str, by: User, rng: Random) -> None:
    marks = dict.fromkeys(("prosecution", "protection", "prevention"), 2)
    for year in range(2003, 2016):
        for name in marks:
            marks[name] = min(5, max(1, marks[name] + rng.choice((-1, 0, 0, 0, 1, 1))))
        if rng.random() < 0.9:
            told = {**marks, "source": SAID[by.language], "standing": "example", "visibility": 0}
            actions.save_score(Score(country=land, year=year), told, by=by)


def _law(row: Row, by: User) -> NationalLaw:
    told: dict[str, Any] = {name: row[name] for name in ("country", "title", "original_title", "law_type", "stage")}
    told |= {"summary": row["summary"], "assistance_role": row["role"], "visibility": int(row["visibility"])}
    told |= {"penalty_min_years": _number(row["low"]), "penalty_max_years": _number(row["high"])}
    told |= {"reflection_days": _number(row["reflection"]), "aggravating": _several(row["aggravating"])}
    told |= {"stage_on": date.fromisoformat(row["stage_on"]), "standing": "example", "source": SAID[by.language]}
    law = actions.save_law(NationalLaw(), told, by=by)
    answers = {}
    for answer in ("yes", "partly", "no"):
        for each in _several(row[answer]):
            point, article, note = [*each.split("@"), "", ""][:3]
            answers[point] = {"answer": answer, "article": article, "note": note}
    actions.save_points(law, answers, by=by)
    if row["stage"] == "in_force":
        asked = {"do_no_harm": "yes", "non_punishment": "partly", "gender": "yes"}
        record(law, kind="law", answers=asked, note="", by=by)
    return law


def _number(text: str) -> int | None:
    return int(text) if text else None


def _several(text: str) -> list[str]:
    return text.split(";") if text else []


def _help(row: Row, law: NationalLaw | None, users: Mapping[str, User]) -> None:
    by = users[row["owner"]]
    told: dict[str, Any] = {name: row[name] for name in ("country", "about", "title", "asked_by", "request", "state")}
    told |= {"law": law, "asked_on": _day(row["asked"]), "visibility": int(row["visibility"])}
    told |= {"result": row["result"], "result_on": _day("-80") if row["result"] else None}
    one = actions.save_help(Help(), told, by=by)
    for step in (each for each in table("law_steps") if each["help"] == row["country"]):
        said: dict[str, Any] = {name: step[name] for name in ("title", "who", "note")}
        said |= {"on": _day(step["on"]), "until": _day(step["until"]), "done_on": _day(step["done"])}
        actions.add_step(one, step["kind"], said, by=by)
    for text in (each for each in table("law_texts") if each["help"] == row["country"]):
        body = {"called": text["called"], "language": text["language"], "on": _day(text["days"]), "body": text["body"]}
        actions.add_text(one, body, by=by)
    _comments(one, row["country"], users)


def _comments(one: Help, land: str, users: Mapping[str, User]) -> None:
    texts = {each.number: each for each in one.texts.all()}
    for row in (each for each in table("law_comments") if each["help"] == land):
        text = texts[int(row["number"])]
        article = next(each for each in split(text.body) if each.number == row["article"])
        made = actions.comment(text, article.number, row["said"], by=users[row["by"]])
        if row["answer"]:
            actions.answer(made, answer=row["answer"], reply=row["reply"], by=users[row["by"]])


def _day(text: str) -> date | None:
    return localdate() + timedelta(days=int(text)) if text else None
