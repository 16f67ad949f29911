"""A right, an order or a proceeding with its days."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from havre.cases.assistance.actions.legal import FIELDS, too_short
from havre.cases.assistance.models import LegalStatus
from havre.cases.assistance.rules import legal as rules
from havre.cases.people.forms.boxes import Boxes, DayField
from havre.cases.people.forms.fields import Line, VersionedForm, words

CHOOSE = _("Choose one.")


class LegalForm(VersionedForm):
    """What it is, who decides, how it stands, from when until when."""

    kind = Boxes("legal_kinds", label=_("What it is"), required=True, error_messages={"required": CHOOSE})
    state = Boxes("legal_states", label=_("How it stands"), required=True, error_messages={"required": CHOOSE})
    authority = Line(label=_("Who decides"), help_text=_("An office, a court. Empty when it is not known."))
    since = DayField(label=_("From"))
    until = DayField(label=_("Until"), help_text=_("Leave it empty while it is not known."))
    note = words(_("What to know about it"))

    def clean(self) -> dict[str, Any]:
        """The days follow each other, and nobody gets less time to recover than the Convention says."""
        sent = super().clean()
        since, until = sent.get("since"), sent.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day comes before the first. Check both days."))
        elif rules.is_too_short(sent.get("kind", ""), sent.get("state", ""), since, until):
            self.add_error("until", too_short())
        return sent

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    @staticmethod
    def of(status: LegalStatus) -> dict[str, Any]:
        """The stored values."""
        return {**{name: getattr(status, name) for name in FIELDS}, "version": status.version}
