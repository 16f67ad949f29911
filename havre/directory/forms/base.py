"""What every form of a card has: the row, its version, what it may hang on."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.directory.models import Location, Organisation
from havre.directory.models.base import Kept
from havre.directory.standing import contact_of, standing, version_of
from havre.platform.ui.fields import VersionedForm

from .fields import Reach

WHOLE = _("The whole organisation")
Choices = list[tuple[str, Any]]


class Hanging(forms.TypedChoiceField):
    """One row of the card, or none: nothing chosen means the organisation."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label=label, required=False, empty_value=None, choices=[("", WHOLE)], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else str(value)


class CardForm(VersionedForm):
    """A form over one row of a card, or over one that is still to come (`row` is None)."""

    def __init__(self, *args: Any, card: Organisation | None = None, row: Kept | None = None, **kwargs: Any) -> None:
        self.card, self.row = card, row
        stands = {**standing(row), "version": version_of(row)} if row else {}
        super().__init__(*args, **{**kwargs, "initial": {**stands, **(kwargs.get("initial") or {})}})
        if "visibility" in self.fields:
            floor = card.visibility if card and card is not row else 0
            cast(Reach, self.fields["visibility"]).narrow(floor)
            self.initial.setdefault("visibility", floor if card else 1)
        self._offer()

    def _offer(self) -> None:
        """Gives the fields the choices that depend on the card."""
        offers = {"service": self._services, "location": self._open_places, "contact": self._contacts}
        for name, offer in offers.items():
            if name in self.fields:
                cast(Hanging, self.fields[name]).choices = [("", WHOLE), *offer()]

    def _services(self) -> Choices:
        return [(str(each.pk), each.name) for each in self.card.services.order_by("name")] if self.card else []

    def _open_places(self) -> Choices:
        """Those that are no secret: nothing is reached at one that is."""
        if not self.card:
            return []
        found = self.card.locations.filter(address_confidential=False).order_by("city", "name")
        return [(str(each.pk), place_name(each)) for each in found]

    def _contacts(self) -> Choices:
        return [(str(each.pk), contact_of(each)) for each in self.card.contacts.order_by("name")] if self.card else []

    def values(self) -> dict[str, Any]:
        """What an action writes: the fields this form has."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("shape", "version")}


def place_name(place: Location) -> str:
    """How a place is called in a list."""
    if place.address_confidential:
        return f"{_('Confidential place')} ({place.region or place.country})"
    return place.name or ", ".join(filter(None, (place.city, place.country))) or str(_("A place"))
