"""What the figures of an evaluation mean, as a colleague would say it."""

from __future__ import annotations

import math

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from havre.kernel.vocabularies import load
from havre.workbench.evaluation import Estimate, Test, Turned

from .figures import Asked, Change, Loss, Measure, More, Report

SURE = 0.05
NOTHING = 0.005  # what is shown as no change at all
TOGETHER = 0.7  # Cronbach's alpha from which items are counted as one


def label(code: str, name: str) -> str:
    """The words for a code of a list."""
    return load(name).label(code, get_language() or "en")


def wave(code: str) -> str:
    """A wave, in a word."""
    return label(code, "survey_waves")


def percent(share: float) -> str:
    """A share of a hundred."""
    return _("%(n)s%%") % {"n": number_format(share * 100, 0)}


def amount(kind: str, value: float) -> str:
    """A mean: a share, or a degree of agreement."""
    return number_format(value, 1) if kind == "attitude" else percent(value)


def estimate(kind: str, value: Estimate) -> str:
    """A value with its interval."""
    if value.low is None or value.high is None:
        return amount(kind, value.value)
    return f"{amount(kind, value.value)} ({_span(kind, value.low, value.high)})"


def _span(kind: str, low: float, high: float) -> str:
    """From lowest to highest, without the unit that stands before it."""
    scale, places = (1, 1) if kind == "attitude" else (100, 0)
    return f"{number_format(low * scale, places)}–{number_format(high * scale, places)}"


def chance(p: float) -> str:
    """How often chance alone makes a difference as large."""
    return _("p below 0.001") if p < 0.001 else _("p = %(p)s") % {"p": number_format(p, 3)}


def verdict(p: float) -> str:
    """Whether chance alone explains it."""
    if p < SURE:
        return _("Chance alone seldom does so much (%(p)s).") % {"p": chance(p)}
    return _("Chance alone can do as much (%(p)s).") % {"p": chance(p)}


def points(kind: str, value: float) -> str:
    """How large a change is."""
    if kind == "attitude":
        return _("%(n)s of a degree") % {"n": number_format(abs(value), 2)}
    n = round(abs(value) * 100)
    return ngettext("%(n)d point", "%(n)d points", n) % {"n": n}


def interval(kind: str, test: Test) -> str:
    """The interval of a difference."""
    scale, places = (1, 2) if kind == "attitude" else (100, 0)
    told = {"low": _signed(test.low * scale, places), "high": _signed(test.high * scale, places)}
    return _("interval at 95%: {low} to {high}").format(**told)


def _signed(value: float, places: int) -> str:
    rounded = round(value, places)
    sign = "−" if rounded < 0 else "+" if rounded > 0 else ""
    return f"{sign}{number_format(abs(rounded), places)}"


RISES = {
    "knowledge": (
        gettext_lazy("knowledge rose by %(by)s"),
        gettext_lazy("knowledge fell by %(by)s"),
        gettext_lazy("knowledge stayed the same"),
    ),
    "attitude": (
        gettext_lazy("attitudes moved %(by)s towards what the campaign says"),
        gettext_lazy("attitudes moved %(by)s away from what the campaign says"),
        gettext_lazy("attitudes stayed the same"),
    ),
    "practice": (
        gettext_lazy("safe practice rose by %(by)s"),
        gettext_lazy("safe practice fell by %(by)s"),
        gettext_lazy("practice stayed the same"),
    ),
}


def moved(kind: str, value: float) -> str:
    """In which direction, and by how much."""
    up, down, still = RISES[kind]
    if abs(value) < NOTHING:
        return str(still)
    return str(up if value > 0 else down) % {"by": points(kind, value)}


def change(kind: str, one: Change) -> str:
    """What changed in a group, how sure that is, and who was compared with whom."""
    group = label(one.group, "survey_groups")
    if one.pairs is not None:
        who = ngettext("the same %(n)d person", "the same %(n)d people", one.pairs) % {"n": one.pairs}
    else:
        who = _("different people")
    told = {"group": group, "moved": moved(kind, one.test.value), "interval": interval(kind, one.test), "who": who}
    return _("{group}: {moved} ({interval}; {who}).").format(**told) + " " + verdict(one.test.p)


def more(kind: str, one: More) -> str:
    """How much of it is the campaign's, as far as a comparison can tell."""
    told = {"by": points(kind, one.test.value), "interval": interval(kind, one.test)}
    if one.test.value >= 0:
        said = _("Those who were reached gained {by} more than the comparison ({interval}).").format(**told)
    else:
        said = _("Those who were reached gained {by} less than the comparison ({interval}).").format(**told)
    return f"{said} {verdict(one.test.p)}"


def headline(found: Report) -> str:
    """What a colleague would say first."""
    if not found.people:
        return _("Nobody has answered yet.")
    people = ngettext("%(n)d answer came in.", "%(n)d answers came in.", found.people) % {"n": found.people}
    for measure in found.measures:
        if measure.more:
            return f"{people} {LEADS[measure.kind]} {more(measure.kind, measure.more[0])}"
        for one in measure.changes:
            if one.group == "exposed":
                return f"{people} {change(measure.kind, one)}"
    return people + " " + _("One wave alone shows what is, not what changed.")


LEADS = {
    "knowledge": gettext_lazy("On knowledge:"),
    "attitude": gettext_lazy("On attitudes:"),
    "practice": gettext_lazy("On practice:"),
}


def lost(one: Loss) -> str:
    """How many of those asked first were asked again."""
    told = {
        "group": label(one.group, "survey_groups"),
        "before": one.before,
        "after": one.after,
        "wave": wave(one.wave),
    }
    share = percent(one.share or 0)
    if one.again is None:
        said = _(
            "{group}: {before} answered before, {after} in the wave “{wave}”; without codes nobody knows who came back."
        )
        return said.format(**told)
    said = _(
        "{group}: of {before} who gave a code before, {again} gave it again in the wave “{wave}”; {share} were lost."
    )
    return said.format(**told, again=one.again, share=share)


def held_together(found: Report) -> str:
    """Whether the sentences of attitude ask for one thing."""
    if found.alpha is None or math.isnan(found.alpha):
        return ""
    told = {"n": found.degrees, "alpha": number_format(found.alpha, 2), "people": found.alpha_people}
    if found.alpha >= TOGETHER:
        said = _("The {n} sentences on attitude hang together and can be read as one")
    else:
        said = _("The {n} sentences on attitude hang together loosely: read them one by one")
    return (said + " " + _("(Cronbach’s alpha {alpha}, {people} people).")).format(**told)


def turned(one: Turned | None) -> str:
    """How many gained and lost the right answer."""
    if one is None:
        return ""
    told = {"gained": one.gained, "lost": one.lost, "p": chance(one.p)}
    return _("{gained} gained it, {lost} lost it ({p})").format(**told)


def best_and_worst(found: Report) -> str:
    """Which piece of knowledge most lack at the end."""
    last = found.waves[-1] if found.waves else ""
    known = [each for each in found.asked if each.item.kind == "knowledge" and last in each.waves]
    if len(known) < 2:
        return ""
    least = min(known, key=lambda each: each.waves[last].value)
    told = {"code": least.item.code, "share": percent(least.waves[last].value), "wave": wave(last)}
    return _("Least known is {code}: {share} answer it rightly ({wave}).").format(**told)


def measured(measure: Measure) -> list[tuple[str, list[str]]]:
    """Every sentence about one measure, under the two waves that are compared."""
    spans: dict[tuple[str, str], list[str]] = {}
    for one in measure.changes:
        spans.setdefault((one.before, one.after), []).append(change(measure.kind, one))
    for each in measure.more:
        spans.setdefault((each.before, each.after), []).append(more(measure.kind, each))
    return [(f"{wave(before)} → {wave(after)}", said) for (before, after), said in spans.items()]


def shown(one: Asked, name: str) -> str:
    """A question in one wave, as a number."""
    found = one.waves.get(name)
    return estimate(one.item.kind, found) if found else "–"
