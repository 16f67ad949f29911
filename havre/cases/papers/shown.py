"""What each paper says, in its own language. Nothing here reads a contact or a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, localtime
from django.utils.translation import override

from havre.cases.casefile import rows, words
from havre.cases.people.models import Case, PersonCountry, PersonIdentity, PersonLanguage, PersonName
from havre.kernel import places
from havre.kernel.dates import parse
from havre.kernel.vocabularies import load
from havre.platform.crypto import keyring

from . import letters, lookers, plan, said
from .models import PrintedCopy


@dataclass(frozen=True)
class Who:
    """The person at the head of a paper."""

    called: str = ""
    papers: str = ""
    lang: str = ""
    facts: str = ""
    languages: str = ""
    countries: str = ""
    child: bool = False


def who(case: Case, *, named: bool, on: date) -> Who:
    """Who it is about: without a name when the paper is to have none, or when the reader reaches none."""
    person = case.person
    names = list(PersonName.objects.filter(person=person).order_by("pk")) if named else []
    spoken = list(PersonLanguage.objects.filter(person=person).order_by("-preferred", "language"))
    origins = PersonCountry.objects.filter(person=person, kind="citizenship").order_by("country")
    called, papers = rows.best(names), rows.best(each for each in names if each.kind == "legal")
    return Who(
        called,
        papers if papers != called else "",
        spoken[0].language if spoken and not called.isascii() else "",
        ", ".join(fact for fact in (words.gender(person, on), _age(case, on)) if fact),
        ", ".join(places.language_label(each.language, words.language()) for each in spoken),
        ", ".join(places.country_label(each.country, words.language()) for each in origins),
        words.child(person, on),
    )


def _age(case: Case, on: date) -> str:
    exact = next((each.born_on for each in PersonIdentity.objects.filter(person=case.person_id)), "")
    known = exact or str(case.person.birth_year or "")
    return words.age(parse(known), on) if known else ""


def kinds() -> list[dict[str, str]]:
    """The papers with what each holds, in the reader's language."""
    listed, tongue = load("paper_kinds"), words.language().partition("-")[0]
    return [
        {
            "code": row["code"],
            "label": listed.label(row["code"], tongue),
            "what": row.get(f"what_{tongue}") or row["what_en"],
        }
        for row in listed.rows
    ]


def copies(asked: PrintedCopy, case: Case) -> list[SafeString]:
    """Every copy that was asked for, in the language of the paper; they differ by their first line alone."""
    keyring.load([case.pk, case.person_id])
    together = PrintedCopy.objects.filter(case=case, first=asked.first).select_related("by").order_by("number")
    with override(asked.language):
        on = localdate()
        about = who(case, named=asked.named, on=on)
        told = {"case": case, "copy": asked, "who": about, **BUILDERS[asked.kind](asked, case, about)}
        return [render_to_string(f"papers/{asked.kind}.html", {**told, **_mark(each)}) for each in together]


def _mark(copy: PrintedCopy) -> dict[str, Any]:
    purpose = words.label("paper_purposes", copy.reason)
    chosen = copy.purpose if copy.reason == "other" else f"{purpose[:1].lower()}{purpose[1:]}"
    more = copy.purpose if copy.reason != "other" else ""
    return {"copy": copy, "printed_at": localtime(copy.at), "purpose": chosen, "purpose_more": more}


def _consent(copy: PrintedCopy, case: Case, about: Who) -> dict[str, Any]:
    return {"points": said.points(case), "decided": said.decided(case), "signs": said.signs(case, about, consent=True)}


def _plan(copy: PrintedCopy, case: Case, about: Who) -> dict[str, Any]:
    return {**plan.whole(case), "signs": said.signs(case, about, consent=False)}


def _summary(copy: PrintedCopy, case: Case, about: Who) -> dict[str, Any]:
    return plan.short(case)


def _letter(copy: PrintedCopy, case: Case, about: Who) -> dict[str, Any]:
    return letters.letter(copy, case)


def _seen(copy: PrintedCopy, case: Case, about: Who) -> dict[str, Any]:
    return {"lines": lookers.of(case), "child": about.child}


BUILDERS: dict[str, Callable[[PrintedCopy, Case, Who], dict[str, Any]]] = {
    "consent": _consent,
    "plan": _plan,
    "referral": _letter,
    "seen": _seen,
    "summary": _summary,
}
