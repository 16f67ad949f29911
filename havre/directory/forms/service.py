"""A service, in four short forms: what it is, for whom, its room and cost, the way in."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from havre.platform.ui.fields import code, codes, offer, whole, words

from .base import CardForm, Hanging, place_name
from .fields import Mail, Plain, Reach, Said, Web, countries, languages

FIGURES = _("Write a number in figures, for example 12.")
YEARS = _("Write the age in years, for example 18.")


class ServiceCardForm(CardForm):
    """What it is, where, and in which languages."""

    name = Plain(label=_("Name"), required=True, error_messages={"required": _("A service needs a name.")})
    service_type = codes("services", _("What it gives"))
    description = words(_("In a few words"))
    program = Hanging(_("Under which programme"))
    status = code("service_states", _("Does it run"))
    languages = languages(_("Languages spoken"))
    places = forms.MultipleChoiceField(
        label=_("Where it is given"), required=False, widget=forms.CheckboxSelectMultiple
    )
    areas = countries(_("Countries it serves"), help_text=_("When it serves people elsewhere than where it is."))
    visibility = Reach()

    def _offer(self) -> None:
        super()._offer()
        self.initial.setdefault("status", "active")
        found = self.card.locations.order_by("address_confidential", "city") if self.card else []
        programmes = self.card.programs.order_by("name") if self.card else ()
        if programmes:
            choices = [("", _("None")), *((str(each.pk), each.name) for each in programmes)]
            cast(Hanging, self.fields["program"]).choices = choices
        else:
            del self.fields["program"]
        offer(self, "places", [(str(each.pk), place_name(each)) for each in found])
        if not found:
            del self.fields["places"]
        self.initial["places"] = [str(each) for each in self.initial.get("places", [])]

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        given = super().values()
        if "places" in given:
            given["places"] = [UUID(each) for each in given["places"]]
        return {**given, "status": given["status"] or "active"}


class WhoForm(CardForm):
    """For whom it is."""

    population_served = codes("populations", _("Who it is for"), help_text=_("Nothing ticked: not said."))
    minimum_age = whole(_("From which age"), 120, YEARS)
    maximum_age = whole(_("Up to which age"), 120, YEARS)
    accepts_men = Said(_("Men are taken in"))
    accepts_children_accompanied = Said(_("Children may come along"))
    accepts_unaccompanied_minors = Said(_("Children who are alone are taken in"))
    accepts_with_pets_or_dependants = Said(_("With an animal, or somebody in their care"))
    exploitation_types_served = codes("vic_TypeOfExploitation", _("After which exploitation"))
    eligibility_description = words(_("Who else, or who not"))

    def clean(self) -> dict[str, Any]:
        """The ages in their order."""
        sent = super().clean()
        low, high = sent.get("minimum_age"), sent.get("maximum_age")
        if low is not None and high is not None and high < low:
            self.add_error("maximum_age", _("This is below the age it begins at. Check both."))
        return sent


class RoomForm(CardForm):
    """How many places, how long, at what cost."""

    capacity_total = whole(_("Places in all"), 100_000, FIGURES)
    capacity_available = whole(_("Places free today"), 100_000, FIGURES)
    max_stay_days = whole(_("Longest stay, in days"), 36_500, FIGURES)
    cost_to_person = code("service_costs", _("What it costs the person"))
    fees_description = words(_("What is paid, by whom"), rows=2)

    def clean(self) -> dict[str, Any]:
        """No more free than there are."""
        sent = super().clean()
        total, free = sent.get("capacity_total"), sent.get("capacity_available")
        if total is not None and free is not None and free > total:
            self.add_error("capacity_available", _("There are not so many places in all. Check both."))
        return sent

    def values(self) -> dict[str, Any]:
        """What an action writes; free places count as of now."""
        given = super().values()
        known = given["capacity_available"] is not None
        return {**given, "capacity_as_of": timezone.now() if known else None}


class WayForm(CardForm):
    """How somebody gets there."""

    referral_procedure = words(_("How to refer somebody"))
    application_process = words(_("How a person asks for it themselves"))
    conditional_on_cooperation = Said(_("Help depends on working with the police"))
    interpretation_services = Plain(label=_("Interpretation"))
    url = Web(label=_("Page on the web"))
    email = Mail(label=_("Mail address"))
    alert = Plain(label=_("What to know today"), most=500)
    accreditations = Plain(label=_("Accreditations"), most=500)
