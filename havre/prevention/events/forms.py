"""The forms of events, plans, actions, agreements."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from havre.directory.forms.fields import Reach
from havre.directory.models import Organisation
from havre.directory.naming import first_name
from havre.kernel.money import currency_of
from havre.platform.ui.boxes import AmountField, CurrencyField, DayField
from havre.platform.ui.fields import Line, SheetForm, VersionedForm, code, codes, country, offer, words
from havre.prevention.counting.forms import CountsField

from .models import Action, Agreed, Conclusion, Event, Partnership, Plan

HOW_FAR = _("Choose how far it is.")
ENDS = _("It cannot end before it begins. Check both days.")


class RowForm(VersionedForm):
    """A row as it stands, or one that is still to come (`row` is None)."""

    def __init__(self, *args: Any, row: Model | None = None, **kwargs: Any) -> None:
        stands = {name: getattr(row, name) for name in self.base_fields if row and hasattr(row, name)}
        super().__init__(*args, **{**kwargs, "initial": {**stands, **(kwargs.get("initial") or {})}})
        if "visibility" in self.fields:
            cast(Reach, self.fields["visibility"]).narrow(0)
            self.initial.setdefault("visibility", 1)

    def values(self) -> dict[str, Any]:
        """What the action writes; who sees it stays where nothing was chosen."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("shape", "version")}
        if given.get("visibility", 0) is None:
            del given["visibility"]
        return given

    def in_order(self, given: dict[str, Any], first: str, last: str, sentence: Any = ENDS) -> None:
        """Marks the last day when it lies before the first."""
        if given.get(first) and given.get(last) and given[last] < given[first]:
            self.add_error(last, sentence)


class EventForm(RowForm):
    """When and where, by whom, and what for."""

    title = Line(label=_("Title"), required=True, error_messages={"required": _("An event needs a title.")})
    kind = code("event_kinds", _("What it is"))
    level = code("event_levels", _("How far it reaches"))
    begins = DayField(label=_("First day"), required=True)
    ends = DayField(label=_("Last day"), help_text=_("Empty: one day."))
    place = Line(label=_("Place"), most=200)
    country = country(_("Country"))
    host = Line(label=_("Host"))
    aims = words(_("What it is for"))
    agenda = words(_("Agenda"), 5)
    visibility = Reach()

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.in_order(given, "begins", "ends")
        return given

    def values(self) -> dict[str, Any]:
        """As of every row; an event without a last day is over on its first."""
        given = super().values()
        return given | {"ends": given["ends"] or given["begins"], "level": given["level"] or "national"}


class CameForm(SheetForm):
    """Who came from one kind of organisation."""

    body = code(
        "org_categories", _("Kind of organisation"), needed=_("Choose from which kind of organisation they came.")
    )
    people = CountsField(label=_("Who came"), help_text=_("All empty: the line is taken away."))


class TalkForm(SheetForm):
    """A paper or a talk."""

    title = Line(label=_("Title"), required=True)
    author = Line(label=_("By"), most=200, help_text=_("As it is signed: a person in their office, or an office."))


class ConclusionForm(SheetForm):
    """What was agreed on."""

    text = words(_("One conclusion"), 3, required=True)


class PlanOfActionForm(RowForm):
    """What is to be reached."""

    title = Line(label=_("Title"), required=True, error_messages={"required": _("A plan needs a title.")})
    objective = words(_("What is to be reached"))
    country = country(_("Country"))
    begins = DayField(label=_("From"))
    ends = DayField(label=_("Until"))
    event = forms.ChoiceField(label=_("It follows from"), required=False)
    visibility = Reach()

    def __init__(self, *args: Any, row: Plan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.events = {str(each.pk): each for each in Event.objects.order_by("-begins")[:200]}
        offer(self, "event", [("", "–"), *((key, each.title) for key, each in self.events.items())])
        if row and row.event_id:
            self.initial["event"] = str(row.event_id)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.in_order(given, "begins", "ends")
        return given

    def values(self) -> dict[str, Any]:
        """With the event itself."""
        given = super().values()
        return given | {"event": self.events.get(given["event"])}


class ActionForm(RowForm):
    """Who does what by when, and how one sees it."""

    what = Line(label=_("What is to be done"), required=True, most=500)
    conclusion = forms.ChoiceField(label=_("It follows from"), required=False)
    organisation = forms.ChoiceField(label=_("Who answers for it"), required=False)
    responsible = Line(label=_("The office, or one that has no card"), most=200)
    partners = Line(label=_("Together with"), most=500)
    due = DayField(label=_("By"), required=True)
    indicator = Line(label=_("One sees that it was done by"), most=500)
    budget = AmountField(label=_("Budget"))
    currency = CurrencyField()

    def __init__(self, *args: Any, plan: Plan, row: Action | None = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.houses, listed = cards(plan.country)
        self.conclusions = {str(each.pk): each for each in Conclusion.objects.filter(event=plan.event_id or None)}
        offer(self, "organisation", [("", "–"), *listed])
        told = [(key, f"{each.number}. {each.text[:90]}") for key, each in self.conclusions.items()]
        offer(self, "conclusion", [("", "–"), *told])
        self.initial["currency"] = self.initial.get("currency") or currency_of(plan.country)
        if row:
            for name in ("organisation", "conclusion"):
                self.initial[name] = str(getattr(row, f"{name}_id") or "")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not (given.get("organisation") or given.get("responsible")):
            self.add_error("responsible", _("Somebody answers for it: choose an organisation, or write the office."))
        return given

    def values(self) -> dict[str, Any]:
        """With the organisation and the conclusion themselves."""
        given = super().values()
        of = {"organisation": self.houses.get(given["organisation"])}
        return given | of | {"conclusion": self.conclusions.get(given["conclusion"])}


class ProgressForm(SheetForm):
    """How far an action is."""

    status = code("action_states", _("How far it is"), needed=HOW_FAR)
    text = words(_("What was done, or what stands in the way"))


class PartnershipForm(RowForm):
    """An agreement with a partner."""

    title = Line(label=_("Title"), required=True, error_messages={"required": _("An agreement needs a title.")})
    kind = code("partnership_kinds", _("What it is about"))
    organisation = forms.ChoiceField(label=_("Partner"), required=False)
    partner = Line(label=_("Partner without a card"))
    country = country(_("Country"))
    areas = codes("partnership_areas", _("Areas"))
    state = code("partnership_states", _("How far it is"), needed=HOW_FAR)
    signed_on = DayField(label=_("Signed on"), past=True)
    until = DayField(label=_("Last day"), help_text=_("Empty: until somebody ends it."))
    focal_points = words(_("Whom to ask on both sides"), 2, help_text=_("Offices and duty numbers, nobody’s own."))
    note = words(_("Note"), 2)
    visibility = Reach()

    def __init__(self, *args: Any, row: Partnership | None = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.houses, listed = cards(row.country if row else "")
        offer(self, "organisation", [("", "–"), *listed])
        if row:
            self.initial["organisation"] = str(row.organisation_id or "")
        self.initial.setdefault("state", Agreed.DRAFT)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.in_order(given, "signed_on", "until")
        if given.get("state") not in ("", None, Agreed.DRAFT) and not given.get("signed_on"):
            self.add_error("signed_on", _("An agreement that was signed has the day on which it was. Give it."))
        if not (given.get("organisation") or given.get("partner")):
            self.add_error("partner", _("An agreement has a partner: choose its card, or write its name."))
        return given

    def values(self) -> dict[str, Any]:
        """With the partner itself."""
        given = super().values()
        return given | {"organisation": self.houses.get(given["organisation"])}


class RenewForm(SheetForm):
    """Until when it goes on."""

    signed_on = DayField(label=_("Signed on"), required=True, past=True)
    until = DayField(label=_("New last day"), help_text=_("Empty: until somebody ends it."))


def cards(land: str) -> tuple[dict[str, Organisation], list[tuple[str, str]]]:
    """The organisations of the directory by their number, and as a list in which those of the country come first."""
    found = list(Organisation.objects.order_by("name"))
    found.sort(key=lambda each: land not in each.countries)
    houses = {str(each.pk): each for each in found}
    return houses, [(key, first_name(each)) for key, each in houses.items()]
