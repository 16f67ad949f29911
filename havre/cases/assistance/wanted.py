"""What the file knows of somebody who looks for help, as far as its reader may see it, and where help is looked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.cases.people.models import Case, Person, PersonCountry, PersonLanguage
from havre.cases.story.models import EpisodeCode
from havre.directory.matching import Wanted
from havre.kernel.dates import ADULT_FROM
from havre.kernel.places import country_label, language_label, read_country
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User

from . import rules
from .models import Need

# The country somebody returns to, which a later stage adds when the program starts.
RETURNS: list[Callable[[Case], str]] = []


@dataclass(frozen=True)
class Where:
    """A country in which to look, and why it is offered."""

    code: str
    label: str

    @property
    def name(self) -> str:
        """Its name."""
        return country_label(self.code, get_language() or "en")


def countries(case: Case, user: User) -> list[Where]:
    """Where one would look first: here, where the person returns to, where they are from."""
    told = [Where(user.agency.country, _("here"))] if user.agency.country else []
    told += [Where(each, _("return")) for each in (ask(case) for ask in RETURNS) if each]
    told += [Where(each, _("from there")) for each in sorted(_citizenships(case.person))]
    return list({each.code: each for each in reversed(told)}.values())[::-1]


def country(asked: str, near: list[Where]) -> str:
    """The country that was asked for, else the first of those offered."""
    return read_country(asked) or (near[0].code if near else "")


def wanted(need: Need, where: str) -> Wanted:
    """The profile for one need in one country, from what the reader may see of the file."""
    person = need.case.person
    told = EpisodeCode.objects.filter(case=need.case, list="vic_TypeOfExploitation", answer="yes")
    return Wanted(
        kinds=tuple(row["code"] for row in rules.suggested(need.code)),
        country=where,
        sex=person.gender,
        ages=ages(person, localdate()),
        languages=frozenset(PersonLanguage.objects.filter(person=person).values_list("language", flat=True)),
        citizenships=_citizenships(person),
        exploitation=frozenset(told.values_list("code", flat=True)),
        children=bool(person.number_of_children),
    )


def ages(person: Person, today: date) -> tuple[int, int] | None:
    """The lowest and the highest age it can be; who is presumed a child is one until shown otherwise."""
    known = None
    if person.birth_year and person.birth_year <= today.year:
        known = max(today.year - person.birth_year - 1, 0), today.year - person.birth_year
    if not person.presumed_minor:
        return known
    least, most = known or (0, ADULT_FROM - 1)
    return (least if least < ADULT_FROM else 0), min(most, ADULT_FROM - 1)


def chips(profile: Wanted) -> list[str]:
    """What was compared, in words: the page says what it knew, and that nothing of it left."""
    language = get_language() or "en"
    known = [load("prs_Gender").label(profile.sex, language)] if profile.sex else []
    if profile.ages:
        low, high = profile.ages
        known.append(_("%(low)d to %(high)d years old") % {"low": low, "high": high})
    known += sorted(language_label(each, language) for each in profile.languages)
    known += [load("vic_TypeOfExploitation").label(each, language) for each in sorted(profile.exploitation)]
    return [*known, _("has children")] if profile.children else known


def _citizenships(person: Person) -> frozenset[str]:
    found = PersonCountry.objects.filter(person=person, kind="citizenship")
    return frozenset(found.values_list("country", flat=True))
