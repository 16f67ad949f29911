"""The filters of the search as its form shows them, with what is chosen, and what to leave out when nothing fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from havre.directory import finding
from havre.directory.finding import Query
from havre.kernel import places
from havre.kernel.vocabularies import load

MARKS: Mapping[str, Promise] = {
    "open_now": _("Open now"),
    "always_open": _("Day and night"),
    "free_places": _("Free places"),
    "accompanied": _("A child may come along"),
    "unaccompanied": _("Takes a child who comes alone"),
    "dependants": _("Others or animals may come along"),
    "unconditional": _("Without having to give evidence"),
}
FIRST = ("open_now", "always_open", "free_places")
NAMES: Mapping[str, Promise] = {
    "text": _("the words"),
    "area": _("the area"),
    "countries": _("the country"),
    "needs": _("the need"),
    "service_types": _("the service"),
    "populations": _("for whom"),
    "age": _("the age"),
    "languages": _("the language"),
    "costs": _("the cost"),
    "nrm_roles": _("the part in referral"),
}


@dataclass(frozen=True)
class Box:
    """A box to tick."""

    name: str
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Without:
    """The same question with one thing less, and how many fit then."""

    label: str
    address: str
    total: int


@dataclass(frozen=True)
class Form:
    """What the page needs to show the filters."""

    query: Query
    age: str  # as it was written

    @property
    def unreadable_age(self) -> bool:
        return bool(self.age.strip()) and self.query.age is None

    def countries(self) -> SafeString:
        return _chosen(_countries(_language()), self.query.countries)

    def populations(self) -> SafeString:
        return _chosen(_listed("populations", _language()), self.query.populations)

    def languages(self) -> SafeString:
        return _chosen(_languages(_language()), self.query.languages)

    def roles(self) -> SafeString:
        return _chosen(_listed("nrm_roles", _language()), self.query.nrm_roles)

    def kinds(self) -> SafeString:
        needs = [f"need.{code}" for code in self.query.needs]
        return _chosen(_kinds(_language()), [*needs, *self.query.service_types])

    def costs(self) -> list[Box]:
        choices = load("service_costs").choices(_language())
        return [Box("costs", code, label, code in self.query.costs) for code, label in choices]

    def first(self) -> list[Box]:
        return [_mark(code, self.query) for code in FIRST]

    def others(self) -> list[Box]:
        return [_mark(code, self.query) for code in MARKS if code not in FIRST]

    def unfolded(self) -> bool:
        """Whether one of the filters that are folded away is in use."""
        asked = self.query
        more = asked.languages, asked.costs, asked.nrm_roles, asked.area, self.age.strip()
        return any(more) or any(mark not in FIRST for mark in asked.marks)


def read(values: QueryDict) -> Form:
    """What an address asks. A need and a service stand in one list of the form, a need as `need.…`."""
    query = Query.read(values)
    what = [each for each in values.getlist("what")[:40] if each]
    needs = [each.removeprefix("need.") for each in what if each.startswith("need.")]
    types = [each for each in what if not each.startswith("need.")]
    query = replace(query, needs=(*query.needs, *needs), service_types=(*query.service_types, *types))
    return Form(query, values.get("age", "")[:20])


def address(query: Query, page: int = 1) -> str:
    """The part of an address that asks this."""
    asked = QueryDict(mutable=True)
    for each in fields(Query):
        value = getattr(query, each.name)
        if each.name == "at" or value in ((), "", None):
            continue
        asked.setlist(each.name, list(value) if isinstance(value, tuple) else [str(value)])
    if page > 1:
        asked["page"] = str(page)
    return asked.urlencode()


def less(query: Query) -> list[Without]:
    """When nothing fits: each thing that was asked left out, where something fits then."""
    found = [Without(str(label), address(one), finding.find_keys(one, 0, 1)[1]) for label, one in _each_less(query)]
    return sorted((each for each in found if each.total), key=lambda each: -each.total)


def _each_less(query: Query) -> Iterable[tuple[Any, Query]]:
    names = [name for name in NAMES if getattr(query, name) not in ((), "", None)]
    if len(names) + len(query.marks) < 2:
        return
    for name in names:
        yield NAMES[name], _without(query, name)
    for mark in query.marks:
        left = tuple(each for each in query.marks if each != mark)
        yield format_html("“{}”", MARKS[mark]), replace(query, marks=left)


def _without(query: Query, name: str) -> Query:
    left: dict[str, Any] = {name: Query.__dataclass_fields__[name].default}
    return replace(query, **left)


def _mark(code: str, query: Query) -> Box:
    return Box("marks", code, str(MARKS[code]), code in query.marks)


def _language() -> str:
    return get_language() or "en"


def _chosen(options: SafeString, codes: Sequence[str]) -> SafeString:
    """The options with the first of these codes chosen: they are many, so they are drawn once for a language."""
    if not codes:
        return options
    plain = format_html('<option value="{}">', codes[0])
    return mark_safe(options.replace(plain, f"{plain[:-1]} selected>", 1))  # noqa: S308 - both were escaped


def _options(pairs: Iterable[tuple[str, str]]) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', pairs)


@lru_cache(maxsize=8)
def _countries(language: str) -> SafeString:
    return _options(places.country_choices(language))


@lru_cache(maxsize=8)
def _languages(language: str) -> SafeString:
    return _options(places.language_choices(language))


@lru_cache(maxsize=32)
def _listed(name: str, language: str) -> SafeString:
    return _options(load(name).choices(language))


@lru_cache(maxsize=8)
def _kinds(language: str) -> SafeString:
    """Needs first, then services by their phase."""
    needs = [(f"need.{code}", label) for code, label in load("needs").choices(language)]
    groups = [(gettext("By need"), needs)]
    for phase in load("service_phases"):
        rows = [row for row in load("services").rows if row["phase"] == phase and row["status"] != "deprecated"]
        labels = [(row["code"], load("services").label(row["code"], language)) for row in rows]
        groups.append((load("service_phases").label(phase, language), labels))
    drawn = [(title, _options(pairs)) for title, pairs in groups if pairs]
    return format_html_join("", '<optgroup label="{}">{}</optgroup>', drawn)
