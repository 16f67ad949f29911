"""The agreement to a plan: who gave it, how, on which day, and when it is looked at again."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from havre.cases.assistance.models import Plan
from havre.cases.people.forms.boxes import Boxes, DayField
from havre.cases.people.forms.fields import VersionedForm, words


class AgreeForm(VersionedForm):
    """One agreement; everything is set as it is most often, so that one press is enough."""

    agreed_by = Boxes("consent_givers", label=_("Who agrees"))
    agreed_how = Boxes("consent_methods", label=_("How the person agreed"), initial="spoken")
    agreed_on = DayField(
        label=_("On which day"), required=True, past=True, error_messages={"required": _("Give a day.")}
    )
    review_on = DayField(label=_("When you look at it again together"))
    words = words(_("In the person’s own words"), 2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("agreed_on", localdate())

    def told(self) -> dict[str, Any]:
        """What the action writes."""
        sent = self.cleaned_data
        same = {name: sent[name] for name in ("agreed_by", "review_on", "words", "version")}
        return {"on": sent["agreed_on"], "how": sent["agreed_how"], **same}

    @staticmethod
    def after(last: Plan | None, *, child: bool) -> dict[str, Any]:
        """What the form begins with; for a child a guardian agrees as well (SPEC 8.7)."""
        return {"version": last.number if last else 0, "agreed_by": "both" if child else "self"}

    def clean(self) -> dict[str, Any]:
        """A review comes after the agreement."""
        sent = super().clean()
        on, review = sent.get("agreed_on"), sent.get("review_on")
        if on and review and review < on:
            self.add_error("review_on", _("The review comes before the agreement. Check both days."))
        return sent
