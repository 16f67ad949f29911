"""The eight questions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from havre.kernel.vocabularies import load
from havre.platform.ui.boxes import Boxes
from havre.platform.ui.fields import SheetForm, words

QUESTIONS = "rights_questions"


def question(code: str) -> str:
    """A question in the reader's language."""
    row, language = load(QUESTIONS).row(code), (get_language() or "en").partition("-")[0]
    return row.get(f"question_{language}") or row["question_en"]


class RightsForm(SheetForm):
    """Yes, partly or no to each question, and what is to be done about it."""

    note = words(_("What is to be done about it, and by whom"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in load(QUESTIONS):
            self.fields[code] = Boxes("rights_answers", label=question(code))
        self.order_fields([*load(QUESTIONS), "note"])

    def values(self) -> dict[str, Any]:
        """What the action writes."""
        answers = {code: self.cleaned_data.get(code, "") for code in load(QUESTIONS)}
        return {"answers": answers, "note": self.cleaned_data.get("note", "")}
