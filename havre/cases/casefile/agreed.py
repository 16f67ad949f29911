"""What the person agreed to, one line for each thing they may be asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from havre.cases.people.models import Consent
from havre.kernel import places
from havre.kernel.vocabularies import load
from havre.platform.ui.templatetags.words import day

from . import words
from .timeline import decision, scope


@dataclass(frozen=True)
class Agreed:
    """One decision that stands, or that nobody asked yet."""

    state: Literal["yes", "no", "wait"]
    title: str
    text: str


def standing(consents: Iterable[Consent]) -> list[Consent]:
    """The decisions that no later one supersedes."""
    every = list(consents)
    later = {each.supersedes_id for each in every}
    return [each for each in every if each.pk not in later]


def agreed(consents: Sequence[Consent], *, told_only: bool = False) -> list[Agreed]:
    """Every use in the order of the list, each body it is shared with by itself; or only what was decided."""
    lines: list[Agreed] = []
    held = standing(consents)
    for code in load("consent_scopes"):
        mine = [each for each in held if each.scope == code]
        title = words.label("consent_scopes", code)
        silent = [] if told_only else [Agreed("wait", title, _("not asked yet"))]
        lines += [_line(each) for each in mine] or silent
    return lines


def _line(consent: Consent) -> Agreed:
    parts = [_("%(decision)s %(day)s") % {"decision": decision(consent), "day": day(consent.decided_on)}]
    if consent.language:
        tongue = places.language_label(consent.language, words.language())
        parts.append(_("in %(language)s") % {"language": tongue})
    if consent.expires:
        parts.append(_("until %(day)s") % {"day": day(consent.expires)})
    text = pgettext("between the facts of a decision", ", ").join(parts)
    return Agreed("yes" if consent.decision == "given" else "no", scope(consent), text)
