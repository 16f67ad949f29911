"""The field that asks how many people, as a small table of sex by age."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel.numbers import format_decimal
from django import forms
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from havre.kernel.vocabularies import load

from . import sums

MOST = 1_000_000_000
FIGURES = _("Write each number in figures, for example 12.")


class Typed(dict[str, Any]):
    """Counts as they stand or were typed; in words where a page shows two versions of them."""

    def __str__(self) -> str:
        language = get_language() or "en"
        said = [f"{many} {self._called(cell, language)}" for cell, many in self.items() if many]
        return "; ".join(said)

    @staticmethod
    def _called(cell: str, language: str) -> str:
        sex, _dot, age = cell.partition(".")
        return f"{load(sums.SEXES).label(sex, language)}, {load(sums.AGES).label(age, language)}"


class CountsTable(forms.Widget):
    """A box for each sex and age group."""

    template_name = "counting/table.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Rows of boxes, with the words that name each."""
        context = super().get_context(name, value, attrs)
        held, language = value or {}, get_language() or "en"
        sexes, ages = load(sums.SEXES).choices(language), load(sums.AGES).choices(language)
        base, at = context["widget"]["attrs"].get("id", f"id_{name}"), iter(range(100))
        context["widget"]["ages"] = [words for _code, words in ages]
        context["widget"]["rows"] = [
            (
                words,
                [
                    (f"{name}-{sex}-{age}", f"{base}_{next(at)}", held.get(f"{sex}.{age}", ""), said)
                    for age, said in ages
                ],
            )
            for sex, words in sexes
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        """What was typed, cell by cell."""
        typed = {f"{sex}.{age}": str(data.get(f"{name}-{sex}-{age}") or "").strip() for sex, age in sums.cells()}
        return Typed({cell: each for cell, each in typed.items() if each})

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the form had no such table."""
        return not any(f"{name}-{sex}-{age}" in data for sex, age in sums.cells())

    def id_for_label(self, id_: str) -> str:
        """Nothing: the legend names the table, each box has its own words."""
        return ""


class CountsField(forms.Field):
    """People by sex and age group. Who knows only how many writes the number where both are not known."""

    widget = CountsTable

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "label": _("People"), **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """Counts that can be said in words."""
        return Typed(value) if isinstance(value, Mapping) else value

    def to_python(self, value: Any) -> dict[str, int]:
        """Whole numbers; cells with nobody are left out."""
        try:
            counts = {cell: int("".join(str(each).split())) for cell, each in (value or {}).items()}
        except ValueError:
            raise forms.ValidationError(FIGURES) from None
        if any(not 0 <= many <= MOST for many in counts.values()):
            raise forms.ValidationError(FIGURES)
        return {cell: many for cell, many in counts.items() if many}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other numbers were typed than stand."""
        try:
            return dict(initial or {}) != self.to_python(data)
        except forms.ValidationError:
            return True


def in_words(many: int) -> str:
    """A number of people."""
    said = format_decimal(many, locale=(get_language() or "en").replace("-", "_"))
    return ngettext("%(many)s person", "%(many)s people", many) % {"many": said}
