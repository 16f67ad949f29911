"""An organisation: who it is, its part in referral, and who may read of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.platform.ui.fields import code, codes, tick, whole, words

from .base import CardForm
from .fields import Mail, Plain, Reach, Web, countries

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


class RoleForm(CardForm):
    """Its part in the referral of people, and on what it rests."""

    nrm_role = codes("nrm_roles", _("Its part in referral"))
    mandate = words(_("What the law or a mandate gives it to do"))
    legal_status = Plain(label=_("Legal form"))
    year_incorporated = whole(_("Founded in"), 2100, YEAR)
    source = Plain(label=_("Where this was read or heard"), most=500)

    def clean_year_incorporated(self) -> int | None:
        year: int | None = self.cleaned_data["year_incorporated"]
        if year is not None and year < 1000:
            raise forms.ValidationError(YEAR)
        return year


class TrustForm(CardForm):
    """What your agency holds of it: an agreement, and whether it was looked into."""

    mou_status = code("mou_statuses", _("Agreement with us"))
    vetting_status = code("vetting_statuses", _("Looked into"))

    def clean_vetting_status(self) -> str:
        return str(self.cleaned_data["vetting_status"] or "unvetted")
