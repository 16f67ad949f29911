"""The reasons why a service fits or does not, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from havre.directory.matching import Match, Reason
from havre.directory.naming import in_a_row
from havre.kernel.places import country_label, language_label
from havre.kernel.vocabularies import load
from havre.platform.ui.parts import Condition
from havre.platform.ui.templatetags.words import short_day

PLAIN: dict[tuple[str, bool | None], Promise] = {
    ("children", True): gettext_lazy("Children may come along"),
    ("children", False): gettext_lazy("Children may not come along"),
    ("children", None): gettext_lazy("Whether children may come along is not said"),
    ("cooperation", True): gettext_lazy("Help does not depend on giving evidence"),
    ("cooperation", False): gettext_lazy(
        "Help is made to depend on giving evidence: that is against the person’s rights"
    ),
    ("cooperation", None): gettext_lazy("Whether help depends on giving evidence is not said: ask"),
}


def conditions(match: Match) -> list[Condition]:
    """Every reason, as `c-conditions` shows it."""
    return [
        Condition(said(each), "yes" if each.fits else "no" if each.fits is False else "wait") for each in match.reasons
    ]


def said(reason: Reason) -> str:
    """One reason in the language of now."""
    plain = PLAIN.get((reason.code, reason.fits))
    return str(plain) if plain is not None else SENTENCES[reason.code](reason.fits, reason.values)


def _listed(name: str, codes: Iterable[str]) -> str:
    language = get_language() or "en"
    return in_a_row(load(name).label(code, language) for code in codes)


def _runs(_fits: bool | None, values: Mapping[str, Any]) -> str:
    return _("Not running: %(how)s") % {"how": _listed("service_states", [values["status"]])}


def _country(_fits: bool | None, values: Mapping[str, Any]) -> str:
    names = ", ".join(country_label(each, get_language() or "en") for each in values["countries"])
    return _("Serves: %(countries)s") % {"countries": names} if names else _("Which country it serves is not said")


def _kind(fits: bool | None, values: Mapping[str, Any]) -> str:
    kinds = _listed("services", values["kinds"])
    return kinds if fits else _("Offers something else: %(kinds)s") % {"kinds": kinds}


def _whom(fits: bool | None, values: Mapping[str, Any]) -> str:
    served = _listed("populations", values["served"])
    if fits:
        return _("For: %(whom)s") % {"whom": served or _listed("populations", values["asked"])}
    if values.get("no_men") and fits is None:
        return _("The card names men and says that none are taken: ask")
    if fits is None and served:
        return _("For: %(whom)s. Whether that means this person is not known") % {"whom": served}
    if fits is None:
        return _("For whom it is, is not said")
    return _("Only for: %(whom)s") % {"whom": served} if served else _("Takes no men")


def _age(fits: bool | None, values: Mapping[str, Any]) -> str:
    low, high = values["low"], values["high"]
    if low is None:
        limits = _("Up to the age of %(high)d") % values
    elif high is None:
        limits = _("From the age of %(low)d") % values
    else:
        limits = _("From %(low)d to %(high)d years") % values
    return limits if fits is not None else _("%(limits)s; the age is not known well enough") % {"limits": limits}


def _alone(_fits: bool | None, values: Mapping[str, Any]) -> str:
    if values["taken"] is None:
        return _("Whether a child who comes alone is taken is not said")
    return _("Takes a child who comes alone") if values["taken"] else _("Takes no child who comes alone")


def _languages(fits: bool | None, values: Mapping[str, Any]) -> str:
    spoken = ", ".join(language_label(each, get_language() or "en") for each in values["languages"])
    if fits:
        return _("Speaks %(languages)s") % {"languages": spoken}
    if values["interpreter"]:
        return _("No language in common; an interpreter can be had")
    return _("No language in common: %(languages)s") % {"languages": spoken} if spoken else _("Languages are not said")


def _nationality(fits: bool | None, values: Mapping[str, Any]) -> str:
    served = _listed("populations", values["served"])
    if fits is None:
        return _("For: %(whom)s. Whether that means this person is not known") % {"whom": served}
    return (_("For: %(whom)s") if fits else _("Only for: %(whom)s")) % {"whom": served}


def _exploitation(fits: bool | None, values: Mapping[str, Any]) -> str:
    kinds = _listed("vic_TypeOfExploitation", values["served"])
    if fits is None:
        return _("For people after: %(kinds)s. What happened is not known here") % {"kinds": kinds}
    return (_("For people after: %(kinds)s") if fits else _("Only for people after: %(kinds)s")) % {"kinds": kinds}


def _cost(_fits: bool | None, values: Mapping[str, Any]) -> str:
    return _listed("service_costs", [values["cost"]])


def _places(fits: bool | None, values: Mapping[str, Any]) -> str:
    free, on = values["free"], values.get("on")
    if free is None:
        return _("Free places are not said")
    if fits is False:
        return _("Full, said on %(day)s") % {"day": short_day(on)}
    return _free(free, on)


def _free(free: int, on: date | None) -> str:
    if on is None:
        return ngettext("%(n)d place free, on an unknown day", "%(n)d places free, on an unknown day", free) % {
            "n": free
        }
    words = ngettext("%(n)d place free, said on %(day)s", "%(n)d places free, said on %(day)s", free)
    return words % {"n": free, "day": short_day(on)}


SENTENCES = {
    "runs": _runs,
    "country": _country,
    "kind": _kind,
    "whom": _whom,
    "age": _age,
    "alone": _alone,
    "languages": _languages,
    "nationality": _nationality,
    "exploitation": _exploitation,
    "cost": _cost,
    "places": _places,
}
