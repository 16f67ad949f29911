"""What the pages of a campaign say of it, in the reader's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import format_currency, format_decimal
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from havre.kernel.vocabularies import load
from havre.platform.ui.parts import Condition, Journey, Phase, Stop

from . import rules
from .measuring import Measured, Period
from .models import Campaign
from .standing import facts_of


def language() -> str:
    """The reader's language, without its country."""
    return (get_language() or "en").partition("-")[0]


def harm_questions() -> list[tuple[str, str, str]]:
    """Code, heading and sentence of each question of the do-no-harm review."""
    rows = load("harm_questions").rows
    return [(row["code"], row[f"label_{language()}"], row[f"question_{language()}"]) for row in rows]


def journey(campaign: Campaign) -> Journey:
    """The steps from the idea to the evaluation, as a line."""
    here = rules.ORDER.index(campaign.status)
    labels = dict(load("campaign_statuses").choices(language()))
    stops = [
        Stop(labels.get(code, code), "done" if at < here else "here" if at == here else "todo")
        for at, code in enumerate(rules.ORDER)
    ]
    return Journey([Phase(_("Prepare"), stops[:3]), Phase(_("Do"), stops[3:5]), Phase(_("Learn"), stops[5:])])


NEEDED: dict[str, tuple[Callable[[], str], Callable[[], str]]] = {
    "problem": (lambda: _("The problem"), lambda: _("Say what happens to whom.")),
    "objective": (lambda: _("What will change"), lambda: _("Say what will change, for whom and where.")),
    "measure": (lambda: _("How one will see it"), lambda: _("Say how you will see that it changed.")),
    "due": (lambda: _("By when"), lambda: _("Give a day.")),
    "country": (lambda: _("The country"), lambda: _("Choose where it is.")),
    "target_groups": (lambda: _("For whom"), lambda: _("Choose at least one group.")),
    "messages": (lambda: _("Messages"), lambda: _("Write what is said.")),
    "channels": (lambda: _("Channels"), lambda: _("Choose how people are reached.")),
    "languages": (lambda: _("Languages"), lambda: _("Choose in which languages.")),
    "schedule": (lambda: _("First and last day"), lambda: _("Give both days.")),
    "pretest_result": (
        lambda: _("Tested with some of them"),
        lambda: _("Try it with a few people, and say what came of it."),
    ),
    "call_to_action": (lambda: _("What people should do"), lambda: _("Say what to do, or which number to call.")),
    "rights": (lambda: _("Human rights, gender, health"), lambda: _("Record the short review.")),
    "harm": (lambda: _("It does no harm"), lambda: _("A colleague who did not write it reviews what it says now.")),
    "output": (lambda: _("Something was done"), lambda: _("Write down at least one thing that was done.")),
    "people": (lambda: _("People were counted"), lambda: _("Say of at least one thing whom it reached.")),
    "lessons": (lambda: _("What was learnt"), lambda: _("Say what worked and what did not.")),
}


def conditions(campaign: Campaign, may_write: bool) -> list[Condition]:
    """What the next step needs, met or not, each with the way to it."""
    found = []
    for need in rules.needs(campaign.status, campaign, facts_of(campaign)):
        title, remedy = NEEDED[need.code]
        url = _where(campaign, need.part) if may_write and not need.met else ""
        text = "" if need.met else remedy()
        found.append(Condition(title(), "yes" if need.met else "no", text, url, _("Go there") if url else ""))
    return found


def _where(campaign: Campaign, part: str) -> str:
    if part in ("rights", "harm", "output"):
        return reverse(f"campaigns:{part}", args=[campaign.pk])
    return reverse("campaigns:part", args=[campaign.pk, part])


@dataclass(frozen=True)
class Metric:
    """A figure with its plain sentence; `value` is empty where data are missing, and the sentence says which."""

    code: str
    value: str
    sentence: str


def _number(value: float | Decimal, digits: int = 0) -> str:
    return format_decimal(f"{value:.{digits}f}", locale=get_language() or "en")


def _money(value: Decimal, currency: str) -> str:
    return format_currency(value, currency or "EUR", locale=get_language() or "en")


def metrics(campaign: Campaign, told: Measured) -> list[Metric]:
    """Each metric that outputs and calls can give, in the order of `campaign_metrics.csv`."""
    ways: dict[str, Callable[[], tuple[str, str]]] = {
        "reach": lambda: _reach(told),
        "impressions": lambda: _impressions(told),
        "frequency": lambda: _frequency(told),
        "grp": lambda: _grp(told),
        "reach_rate": lambda: _reach_rate(told),
        "cost_per_reach": lambda: _cost(told, campaign.currency),
        "engagement_rate": lambda: _engagement(told),
        "ctr": lambda: _clicks(told),
        "hotline_calls": lambda: _calls(told),
        "hotline_trafficking_share": lambda: _share(told.during),
        "materials": lambda: _materials(told),
        "events": lambda: _events(told),
    }
    return [Metric(code, *ways[code]()) for code in load("campaign_metrics") if code in ways]


def _reach(told: Measured) -> tuple[str, str]:
    if not told.reach:
        return "", _("Nobody has been counted yet.")
    words = ngettext(
        "%(n)s person was reached, each counted once.", "%(n)s people were reached, each counted once.", told.reach
    )
    return _number(told.reach), words % {"n": _number(told.reach)}


def _impressions(told: Measured) -> tuple[str, str]:
    if not told.impressions:
        return "", _("Nobody has been counted yet.")
    return _number(told.impressions), _("It was seen or heard %(n)s times, repeats included.") % {
        "n": _number(told.impressions)
    }


def _frequency(told: Measured) -> tuple[str, str]:
    if told.frequency is None:
        return "", _("Nobody has been counted yet.")
    said = _number(told.frequency, 1)
    return said, _("Each person saw or heard it %(n)s times on average.") % {"n": said}


def _reach_rate(told: Measured) -> tuple[str, str]:
    if told.reach_rate is None:
        return "", _("Say how many people it is for, and whom it reached.")
    said = _number(told.reach_rate, 1)
    if told.reach_rate > 100:
        return f"{said}\u00a0%", _("More people were reached than it was meant for: check both numbers.")
    return f"{said}\u00a0%", _("Of 100 people it is meant for, it reached %(n)s.") % {"n": said}


def _grp(told: Measured) -> tuple[str, str]:
    if told.grp is None:
        return "", _("Say how many people it is for, and whom it reached.")
    said = _number(told.grp)
    return said, _("For 100 people it is meant for, it was seen or heard %(n)s times.") % {"n": said}


def _cost(told: Measured, currency: str) -> tuple[str, str]:
    if told.cost_per_reach is None:
        return "", _("Say what was spent, and whom it reached.")
    said = _money(told.cost_per_reach, currency)
    return said, _("Reaching one person cost %(sum)s.") % {"sum": said}


def _engagement(told: Measured) -> tuple[str, str]:
    if told.engagement_rate is None:
        return "", _("Nobody has counted questions, answers or shares yet.")
    said = _number(told.engagement_rate, 1)
    return f"{said}\u00a0%", _("Of 100 times it was seen or heard, %(n)s led somebody to ask, answer or share.") % {
        "n": said
    }


def _clicks(told: Measured) -> tuple[str, str]:
    if told.ctr is None:
        return "", _("Nobody has counted clicks yet.")
    said = _number(told.ctr, 1)
    return f"{said}\u00a0%", _("Of 100 times it was seen, %(n)s led to a click.") % {"n": said}


def _calls(told: Measured) -> tuple[str, str]:
    parts = ((told.before, _("before")), (told.during, _("during")), (told.after, _("after")))
    said = [f"{_number(part.a_day or 0, 1)} {when}" for part, when in parts if part.a_day is not None]
    if told.during.a_day is None:
        return "", _("Write down the calls to the hotline, and when the campaign begins.")
    sentence = _("Calls a day: %(said)s. A change has other causes too: what else happened in these weeks?")
    return _number(told.during.calls), sentence % {"said": ", ".join(said)}


def _share(during: Period) -> tuple[str, str]:
    if not during.sorted:
        return "", _("Say how many of the calls were about trafficking.")
    said = _number(100 * during.trafficking / during.sorted, 1)
    return f"{said}\u00a0%", _("Of 100 calls during the campaign, %(n)s were about trafficking.") % {"n": said}


def _materials(told: Measured) -> tuple[str, str]:
    if not told.copies:
        return "", _("Nothing has been given out yet.")
    words = ngettext("%(n)s copy was given out.", "%(n)s copies were given out.", told.copies)
    return _number(told.copies), words % {"n": _number(told.copies)}


def _events(told: Measured) -> tuple[str, str]:
    if not told.events:
        return "", _("Nothing has been written down yet.")
    words = ngettext("%(n)s thing was done.", "%(n)s things were done.", told.events)
    return _number(told.events), words % {"n": _number(told.events)}


def money(value: Decimal | None, currency: str) -> str:
    """A sum in the reader's way of writing; nothing where there is none."""
    return _money(value, currency) if value is not None else ""


def kinds(channels: list[str]) -> list[tuple[str, list[str]]]:
    """Channels in two kinds: mass media, and direct local contact."""
    rows: dict[str, Any] = {row["code"]: row for row in load("campaign_channels").rows}
    found: dict[str, list[str]] = {"mass": [], "direct": []}
    for code in channels:
        found.setdefault(rows.get(code, {}).get("kind", "direct"), []).append(code)
    return [(kind, some) for kind, some in found.items() if some]
