"""An organisation: who it is, its part in referral, and who may read of it."""

from __future__ import annotations

import re
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.directory.finding import named
from havre.directory.models import Organisation
from havre.platform.ui.fields import Line, code, codes, tick, whole, words

from .base import CardForm
from .fields import Mail, Plain, Reach, Web, countries

UNKNOWN = _("No card has this name. Write it as it stands on the card, or paste the address of the card.")
SEVERAL = _("Several cards have this name. Open the one you mean and paste its address.")
ADDRESS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
YEAR = _("Write the year in four figures.")


class OrganisationForm(CardForm):
    """Who it is and how it is reached."""

    name = Plain(label=_("Name"), required=True, error_messages={"required": _("A card needs a name.")})
    alternate_name = Plain(label=_("Other name"), help_text=_("In another script, or as people call it."))
    org_category = code("org_categories", _("What it is"))
    countries = countries(_("Where it works"))
    description = words(_("What it does"))
    email = Mail(label=_("Mail address"))
    website = Web(label=_("Website"))
    visibility = Reach()
    parts = tick(_("Whatever on the card was seen as little is seen as far from now on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is None:
            del self.fields["parts"]


class Parent(Line):
    """Another card by its name, or by its address: nobody chooses among thousands."""

    stands: Organisation | None = None

    def prepare_value(self, value: Any) -> Any:
        above = self.stands if self.stands and value == self.stands.pk else None
        if above is None and isinstance(value, UUID):  # of two who save, the other one's
            above = Organisation.objects.filter(pk=value).first()
        return above.name if above else value

    def clean(self, value: Any) -> UUID | None:
        """The number of the card; of one that stands there already, the same."""
        text = super().clean(value)
        if not text:
            return None
        if self.stands and text == self.stands.name:
            return self.stands.pk
        address = ADDRESS.search(text.lower())
        found = Organisation.objects.filter(pk=address[0]) if address else named(text)
        if len(found) != 1:
            raise forms.ValidationError(SEVERAL if found else UNKNOWN)
        return found[0].pk


class RoleForm(CardForm):
    """Its part in the referral of people, and on what it rests."""

    nrm_role = codes("nrm_roles", _("Its part in referral"))
    mandate = words(_("What the law or a mandate gives it to do"))
    legal_status = Plain(label=_("Legal form"))
    year_incorporated = whole(_("Founded in"), 2100, YEAR)
    parent_organisation = Parent(
        label=_("Part of"), most=300, help_text=_("The name on the card of the larger organisation, or its address.")
    )
    logo = Web(label=_("Address of its logo"), help_text=_("Kept and passed on as text. The picture is never loaded."))
    source = Plain(label=_("Where this was read or heard"), most=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Parent, self.fields["parent_organisation"]).stands = self.card.parent_organisation if self.card else None

    def clean_year_incorporated(self) -> int | None:
        year: int | None = self.cleaned_data["year_incorporated"]
        if year is not None and year < 1000:
            raise forms.ValidationError(YEAR)
        return year


class ProgramForm(CardForm):
    """A programme under which services stand."""

    name = Plain(label=_("Name"), required=True, error_messages={"required": _("A programme needs a name.")})
    alternate_name = Plain(label=_("Other name"), help_text=_("In another script, or as people call it."))
    description = words(_("In a few words"))
    visibility = Reach()


class TrustForm(CardForm):
    """What your agency holds of it: an agreement, and whether it was looked into."""

    mou_status = code("mou_statuses", _("Agreement with us"))
    vetting_status = code("vetting_statuses", _("Looked into"))

    def clean_vetting_status(self) -> str:
        return str(self.cleaned_data["vetting_status"] or "unvetted")
