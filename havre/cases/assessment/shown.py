"""The indicators of one file as the pages show them: each dimension with its signs and the answers they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.cases.people.forms.fields import language
from havre.cases.people.models import Case
from havre.cases.screening import questionnaire, shown
from havre.kernel.vocabularies import load
from havre.platform.ui.parts import Basis as Link

from . import lists
from .evidence import DELPHI, ILO, Basis, Evidence
from .models import IndicatorMark
from .rules import ilo
from .rules.delphi import CLASSES, DIMENSIONS, Counts, Range, Reading


@dataclass(frozen=True)
class Sign:
    """One indicator that is there, or said not to be."""

    code: str
    label: str
    strength: str
    provisional: bool
    mark: IndicatorMark | None
    bases: Sequence[Link]


@dataclass(frozen=True)
class Dimension:
    """One dimension: the signs, what they amount to, and how much is open."""

    code: str
    label: str
    range: Range
    signs: Sequence[Sign]
    absent: Sequence[Sign]
    open: int

    @property
    def counts(self) -> str:
        """How many signs of each strength there are, in words."""
        return in_words(self.range.low)

    @property
    def most(self) -> str:
        """The same, if everything unknown were there."""
        return in_words(self.range.high)

    @property
    def result(self) -> str:
        """What the signs amount to, in a sentence."""
        if self.range.low.positive:
            return _("Enough signs.")
        if self.range.result == "no":
            return _("Not enough signs, whatever is still unknown.")
        if self.signs:
            return _("Not enough signs so far.")
        return _("No sign so far.")


def in_words(counts: Counts) -> str:
    """The counts, with nothing said of what there is none of."""
    words = [
        (counts.strong, ngettext("%(n)d strong", "%(n)d strong", counts.strong)),
        (counts.medium, ngettext("%(n)d medium", "%(n)d medium", counts.medium)),
        (counts.weak, ngettext("%(n)d weak", "%(n)d weak", counts.weak)),
    ]
    return " · ".join(text % {"n": number} for number, text in words if number)


def dimensions(case: Case, known: Evidence, reading: Reading) -> list[Dimension]:
    """The six dimensions in their order."""
    weights = lists.weights(reading.profile)
    return [_dimension(case, known, reading, name, weights.get(name, {})) for name in DIMENSIONS]


def _dimension(case: Case, known: Evidence, reading: Reading, name: str, weights: dict[str, str]) -> Dimension:
    signs = {code: _sign(case, known, reading.profile, code, each) for code, each in weights.items()}
    said = known.answers
    return Dimension(
        name,
        load("delphi_dimensions").label(name, language()),
        reading.dimensions[name],
        [sign for code, sign in signs.items() if said.get(code) == "yes"],
        [sign for code, sign in signs.items() if said.get(code) == "no"],
        sum(said.get(code) not in ("yes", "no") for code in signs),
    )


def _sign(case: Case, known: Evidence, profile: str, code: str, strength: str) -> Sign:
    mark = known.marks.get((DELPHI, code))
    mark = mark if mark and mark.answer else None
    answer = known.answers.get(code)
    rests = [_link(case, basis) for basis in known.bases if basis.indicator == code and basis.answer == answer]
    return Sign(
        code,
        lists.words(code, profile, language()),
        load("delphi_strengths").label(strength, language()),
        lists.is_provisional(code, profile),
        mark,
        [] if mark else list(dict.fromkeys(rests)),
    )


def _link(case: Case, basis: Basis) -> Link:
    if basis.source in story_lists():
        label = load(basis.source).label(basis.code, language())
        return Link(_("The story"), label)
    item = questionnaire.item(basis.source)
    chosen = item.option_label(basis.code, language()) if item.options else basis.code
    text = " ".join(part for part in (item.question(language()), chosen) if part)
    return Link(basis.source, text, shown.place_of(case, basis.source))


def story_lists() -> set[str]:
    """The lists of the story that may show an indicator."""
    return {source.source for source in lists.sources() if source.kind == "code"}


def eleven(known: Evidence) -> list[dict[str, Any]]:
    """The eleven indicators of forced labour that are there, and who said so when a worker did."""
    marks = {code: known.marks.get((ILO, code)) for code in known.ilo}
    return [{"code": code, "mark": mark if mark and mark.answer else None} for code, mark in marks.items()]


def filled(known: Evidence, name: str) -> dict[str, str]:
    """What the answers alone say of the indicators of a list."""
    if name == DELPHI:
        return known.filled
    return dict.fromkeys(ilo.from_control(lists.control_columns(), known.methods), "yes")


def combined(reading: Reading) -> dict[str, Any]:
    """Both combinations side by side, as far as is known and if all that is unknown were there."""
    return {
        "low": reading.low,
        "high": reading.high,
        "open": CLASSES.index(reading.low.strict) != CLASSES.index(reading.high.strict)
        or reading.low.palermo != reading.high.palermo,
    }
