"""What every form over a row here has: its values, who sees it, and how sure it is."""

from __future__ import annotations

from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from havre.directory.forms.fields import Reach
from havre.platform.keeping.models import Edited
from havre.platform.ui.boxes import Boxes, DayField
from havre.platform.ui.fields import Line, VersionedForm

UNNAMED = ("shape", "version")


class RowForm(VersionedForm):
    """A form over a row, or over one that is still to come; it knows the row's values itself."""

    def __init__(self, *args: Any, row: Edited | None = None, **kwargs: Any) -> None:
        self.row = row
        if row is not None:
            stands = {name: getattr(row, name) for name in self.base_fields if hasattr(row, name)}
            kwargs["initial"] = {**stands, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if "visibility" in self.fields:
            cast(Reach, self.fields["visibility"]).narrow(0)

    def values(self) -> dict[str, Any]:
        """What an action writes: the fields that were sent."""
        given = self.cleaned_data
        return {
            name: value
            for name, value in given.items()
            if name not in UNNAMED and self.sent(name) and (name, value) != ("visibility", None)
        }

    @property
    def since(self) -> int | None:
        """The version this form was opened on; None for a row that is still to come."""
        if self.row is None or self.row._state.adding:
            return None
        return int(self.cleaned_data["version"])


class StandingBoxes(Boxes):
    """How sure it is."""

    def __init__(self) -> None:
        super().__init__("law_standings", label=_("How sure this is"))

    def clean(self, value: Any) -> str:
        return str(super().clean(value) or "recalled")


def source(**kwargs: Any) -> Line:
    """Where it was read."""
    said = _("A depositary, an official gazette, an address on the web.")
    return Line(label=_("Where this was read"), most=500, **{"help_text": said, **kwargs})


def checked_on() -> DayField:
    """When somebody looked there."""
    return DayField(label=_("Looked up on"), past=True)
