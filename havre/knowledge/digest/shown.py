"""What pages and mails show of issues: items by theme and region, each once; and what the digest says of a country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.kernel.vocabularies import load
from havre.platform.ui.parts import Condition

from .models import Issue, Item

LATEST = 5


@dataclass(frozen=True)
class Told:
    """An item in one language."""

    item: Item
    title: str
    abstract: str


@dataclass(frozen=True)
class Region:
    """The items of one region within a theme."""

    code: str
    items: Sequence[Told]


@dataclass(frozen=True)
class Theme:
    """A chapter of an issue."""

    code: str
    regions: Sequence[Region]


def told(item: Item, language: str) -> Told:
    """The item in that language; in the other one where it is not written yet."""
    french = language.startswith("fr")
    first, second = ("fr", "en") if french else ("en", "fr")
    said = {
        name: getattr(item, f"{name}_{first}") or getattr(item, f"{name}_{second}") for name in ("title", "abstract")
    }
    return Told(item, said["title"], said["abstract"])


def intro(issue: Issue, language: str) -> str:
    """What the editor says first."""
    return issue.intro_fr or issue.intro_en if language.startswith("fr") else issue.intro_en or issue.intro_fr


def items_of(issue: Issue) -> list[Item]:
    """In the order of the issue: theme, region, kind of source, newest first."""
    themes, regions, kinds = (load(name).codes for name in ("digest_themes", "world_regions", "news_sources"))

    def place(item: Item) -> tuple[int, int, int, int, str]:
        day = -item.day.toordinal() if item.day else 0
        return _at(themes, item.theme), _at(regions, item.region), _at(kinds, item.source_kind), day, item.title_key

    return sorted(issue.items.select_related("story"), key=place)


def _at(codes: Sequence[str], code: str) -> int:
    return codes.index(code) if code in codes else len(codes)


def chapters(items: Iterable[Item], language: str) -> list[Theme]:
    """The items, which are in order, by theme and then by region."""
    found: dict[str, dict[str, list[Told]]] = {}
    for item in items:
        found.setdefault(item.theme, {}).setdefault(item.region, []).append(told(item, language))
    return [
        Theme(theme, [Region(region, those) for region, those in regions.items()]) for theme, regions in found.items()
    ]


def conditions(issue: Issue) -> list[Condition]:
    """What stands between an issue and everybody."""
    items = items_of(issue)
    half = [each for each in items if not (each.title_en and each.title_fr and each.abstract_en and each.abstract_fr)]
    loose = [each for each in items if not (each.theme and each.source_kind)]
    empty = _condition(bool(items), _("There is something in it"), _("Nothing stands in it yet"))
    if not items:
        return [empty]
    titles = (_("Every item is told in English and in French"), _("An item is not told in both languages yet"))
    places = (_("Every item has a theme and a kind of source"), _("An item has no theme or no kind of source"))
    return [empty, _condition(not half, *titles, half), _condition(not loose, *places, loose)]


def _condition(met: bool, title: str, failure: str, items: Sequence[Item] = ()) -> Condition:
    if met or not items:
        return Condition(title if met else failure, "yes" if met else "no")
    first = items[0]
    name = first.title_en or first.title_fr or (first.story.title if first.story else _("an item"))
    more = _("and %(n)s more.") % {"n": len(items) - 1} if items[1:] else ""
    return Condition(failure, "no", more, reverse("digest:item", args=[first.pk]), name)


def of_country(country: str, most: int = LATEST) -> list[Told]:
    """The latest published items about a country, in the reader's language; each knows its issue."""
    found = Item.objects.filter(countries__contains=[country]).exclude(issue__published_at=None)
    latest = found.select_related("issue").order_by("-issue__year", "-issue__quarter", "-day", "pk")[:most]
    return [told(each, get_language() or "en") for each in latest]
