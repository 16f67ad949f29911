"""Who the person is. Names and the day of birth are sealed; the year stays plain, for the age."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.cases.people.models import (
    Case,
    CaseNote,
    Person,
    PersonCountry,
    PersonIdentity,
    PersonLanguage,
    PersonName,
)
from havre.cases.people.shown import child
from havre.kernel.dates import PartialDate, parse
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Stale, action
from havre.platform.permissions import Permission

from .editors import last_editor
from .record import require_open

PLAIN = ("gender", "age_basis", "presumed_minor", "marital_status", "education", "number_of_children")


@dataclass
class About:
    """What is known of a person, in the form's own names; everything may be empty."""

    called: str = ""
    full_name: str = ""
    given: str = ""
    middle: str = ""
    family: str = ""
    other_names: list[str] = field(default_factory=list)
    born: PartialDate | None = None
    age_basis: str = ""
    presumed_minor: bool = False
    gender: str = ""
    citizenships: list[str] = field(default_factory=list)
    residence: str = ""
    birth_country: str = ""
    language: str = ""
    other_languages: list[str] = field(default_factory=list)
    marital_status: str = ""
    education: str = ""
    number_of_children: int | None = None


def read(person: Person) -> About:
    """What stands now."""
    about = About(**{name: getattr(person, name) for name in PLAIN})
    names = list(PersonName.objects.filter(person=person).order_by("pk"))
    first = {name.kind: name for name in reversed(names)}
    if known := first.get("known_as"):
        about.called = known.full
    if legal := first.get("legal"):
        about.given, about.middle, about.family = legal.given, legal.middle, legal.family
        about.full_name = legal.full
    about.other_names = sorted(name.full for name in names if name.kind == "alias")
    about.born = _born(person)
    countries = list(PersonCountry.objects.filter(person=person).order_by("country"))
    of_kind = {
        kind: [each.country for each in countries if each.kind == kind]
        for kind in ("citizenship", "residence", "birth")
    }
    about.citizenships = of_kind["citizenship"]
    about.residence, about.birth_country = ("".join(of_kind[kind][:1]) for kind in ("residence", "birth"))
    spoken = list(PersonLanguage.objects.filter(person=person).order_by("-preferred", "language"))
    about.language = next((each.language for each in spoken if each.preferred), "")
    about.other_languages = [each.language for each in spoken if not each.preferred]
    return about


def _born(person: Person) -> PartialDate | None:
    identity = PersonIdentity.objects.filter(person=person).first()
    known = identity.born_on if identity and identity.born_on else str(person.birth_year or "")
    return parse(known) if known else None


@action("person.save", needs=Permission.CASE_WRITE)
def save_about(case: Case, *, by: User, about: About, version: int) -> Person:
    """The person with these facts; Stale, with what stands, when somebody saved them since that version."""
    require_open(case)
    person = Person.objects.select_for_update().get(pk=case.person_id)
    if version != person.version:
        raise Stale(
            person.version, vars(read(person)), *last_editor(case, "person.save", "answers.save", "consent.record")
        )
    was_known, was_child = person.birth_year or person.presumed_minor, child(person, localdate())
    for name in PLAIN:
        setattr(person, name, getattr(about, name))
    person.birth_year = about.born.value.year if about.born else None
    person.birth_precision = about.born.precision if about.born else ""
    person.version += 1
    person.save()
    _name(person, "known_as", full=about.called)
    _name(person, "legal", full=about.full_name, given=about.given, middle=about.middle, family=about.family)
    _aliases(person, about.other_names)
    _identity(person, str(about.born or ""))
    _countries(person, about)
    _languages(person, about)
    if was_known and child(person, localdate()) != was_child:
        _say_which_rules(case, by, was_child=was_child)
    return person


def _say_which_rules(case: Case, by: User, *, was_child: bool) -> None:
    """Leaves a note for everybody on the file: a corrected age changes which rules hold, and takes nothing away."""
    if was_child:
        text = _(
            "The age was corrected: the rules for adults hold now. Everything written for a child stays in the file."
        )
    else:
        text = _(
            "The age was corrected: the rules for children hold now. Name a guardian within one working day;"
            " no return without a determination of what is best for the child. Everything written stays in the file."
        )
    CaseNote(case=case, by=by, kind="safety", text=text).save(force_insert=True)


def _name(person: Person, kind: str, **parts: str) -> None:
    """The first name of that kind with these parts; gone when all of them are empty."""
    name = PersonName.objects.filter(person=person, kind=kind).order_by("pk").first()
    if not any(parts.values()):
        if name:
            name.delete()
        return
    name = name or PersonName(person=person, kind=kind, version=0)
    if parts != {each: getattr(name, each) for each in parts}:
        for each, value in parts.items():
            setattr(name, each, value)
        name.version += 1
        name.save()


def _aliases(person: Person, wanted: list[str]) -> None:
    standing = {name.full: name for name in PersonName.objects.filter(person=person, kind="alias")}
    for full, name in standing.items():
        if full not in wanted:
            name.delete()
    for full in dict.fromkeys(wanted):
        if full not in standing:
            PersonName(person=person, kind="alias", full=full).save(force_insert=True)


def _identity(person: Person, born_on: str) -> None:
    identity = PersonIdentity.objects.filter(person=person).first()
    if born_on == (identity.born_on if identity else ""):
        return
    identity = identity or PersonIdentity(person=person, version=0)
    identity.born_on = born_on
    identity.version += 1
    identity.save()


def _countries(person: Person, about: About) -> None:
    wanted = {("citizenship", each) for each in about.citizenships if each}
    wanted |= {(kind, each) for kind, each in (("residence", about.residence), ("birth", about.birth_country)) if each}
    standing = {(each.kind, each.country): each for each in PersonCountry.objects.filter(person=person)}
    for key in standing.keys() - wanted:
        standing[key].delete()
    for kind, country in sorted(wanted - standing.keys()):
        PersonCountry(person=person, kind=kind, country=country).save(force_insert=True)


def _languages(person: Person, about: About) -> None:
    wanted = {each: False for each in about.other_languages if each} | (
        {about.language: True} if about.language else {}
    )
    standing = {each.language: each for each in PersonLanguage.objects.filter(person=person)}
    for language in standing.keys() - wanted.keys():
        standing[language].delete()
    for language, preferred in wanted.items():
        row = standing.get(language) or PersonLanguage(person=person, language=language)
        if row._state.adding or row.preferred != preferred:
            row.preferred = preferred
            row.save()
