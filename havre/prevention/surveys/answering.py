"""The form of whoever answers: as the survey asks, in the language they read."""

from __future__ import annotations

from typing import Any

from django import forms

from havre.kernel.vocabularies import load
from havre.platform.ui.fields import Line
from havre.platform.ui.forms import Form

from . import codes, spoken
from .linked import Asked


class Question(forms.ChoiceField):
    """A few answers as boxes; what was not offered counts as nothing said."""

    widget = forms.RadioSelect

    def __init__(self, label: str, choices: list[tuple[str, str]]) -> None:
        super().__init__(label=label, choices=choices, required=False)

    def to_python(self, value: Any) -> str:
        """The answer."""
        value = super().to_python(value)
        return value if self.valid_value(value) else ""


class QuestionsForm(Form):
    """Every question of the survey, then sex and age, then the person's own code where it is asked for."""

    sheet = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: Asked, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.asked, self.language = asked, language
        for item in asked.items:
            label = item["text"].get(language) or item["text"].get(asked.languages[0], "")
            self.fields[f"q-{item['code']}"] = Question(label, spoken.choices(item["kind"], language))
        sexes = [(code, self.word(code)) for code in spoken.SEXES]
        self.fields["sex"] = Question(self.word("sex"), sexes)
        self.fields["age"] = Question(self.word("age"), load(spoken.AGES).choices(language))
        if asked.pairing:
            look = forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "size": 12})
            told = {"label": self.word("code"), "help_text": self.word("code_help"), "widget": look}
            self.fields["code"] = Line(most=codes.LONGEST, **told)

    def word(self, code: str) -> str:
        """A word of the page."""
        return spoken.word(code, self.language)

    def refuse(self, code: str, field: str | None = None) -> None:
        """Says why it was not taken; what was answered stays."""
        self.add_error(field, self.word(code))

    def clean(self) -> dict[str, Any]:
        """One answer at least, on a form that this program gave, with a whole code or none."""
        given = super().clean() or {}
        given["sheet"] = codes.nonce(self.asked.link, given.get("sheet") or "")
        if given["sheet"] is None:
            data = self.data.copy()  # type: ignore[attr-defined]  # what was sent
            data["sheet"] = codes.sheet(self.asked.link)
            self.data = data
            self.refuse("stale")
        if not self.answers(given):
            self.refuse("empty")
        if given.get("code") and len(codes.bare(given["code"])) < codes.SHORTEST:
            self.refuse("short", "code")
        return given

    def answers(self, given: dict[str, Any]) -> dict[str, object]:
        """What was answered, by the code of the item."""
        found = {item["code"]: given.get(f"q-{item['code']}") for item in self.asked.items}
        return {code: spoken.STORED[str(value)] for code, value in found.items() if value}

    def told(self) -> dict[str, Any]:
        """What is kept of it."""
        about = {"sex": self.cleaned_data["sex"], "age_group": self.cleaned_data["age"], "language": self.language}
        return {**about, "answers": self.answers(self.cleaned_data)}

    def person(self) -> bytes | None:
        """Under which hash the same person is known in another wave."""
        return codes.person(self.asked.survey, self.cleaned_data.get("code") or "")

    def blocks(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The questions in their order, under a heading whenever their kind changes."""
        found: list[tuple[str, list[forms.BoundField]]] = []
        kind = ""
        for item in self.asked.items:
            if item["kind"] != kind:
                kind = item["kind"]
                found.append((self.word(f"of_{kind}"), []))
            found[-1][1].append(self[f"q-{item['code']}"])
        return found

    def about(self) -> list[forms.BoundField]:
        """What is asked about the person."""
        return [self[name] for name in ("sex", "age", "code") if name in self.fields]
