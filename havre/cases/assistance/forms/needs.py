"""Choosing needs, and writing down the help for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.cases.assistance import rules
from havre.cases.assistance.actions.needs import KEYS, OTHER, SERVICE
from havre.cases.assistance.models import Need, ServiceDelivery
from havre.cases.people.forms.boxes import AmountField, Boxes, CurrencyField, DayField
from havre.cases.people.forms.fields import NOT_LISTED, Line, SheetForm, VersionedForm, language, offer, tick, words
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User

STANDS = _("Choose how it stands.")
GOAL = _("What the person wants, in their own words")


class NeedsForm(SheetForm):
    """A box for each need that is not written down yet, each with its urgency and a goal."""

    def __init__(self, *args: Any, taken: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = set(taken) - {OTHER}
        self.codes = [pair for pair in load("needs").choices(language()) if pair[0] not in known]
        for code, label in self.codes:
            self.fields[f"need_{code}"] = tick(label)
            self.fields[f"urgency_{code}"] = Boxes("urgency", label=_("How soon"))
            self.fields[f"goal_{code}"] = words(GOAL, 2)

    def rows(self) -> list[tuple[forms.BoundField, ...]]:
        """The box of each need with its two questions."""
        return [tuple(self[f"{name}_{code}"] for name in ("need", "urgency", "goal")) for code, _label in self.codes]

    def chosen(self) -> list[dict[str, str]]:
        """What was ticked, ready to be written."""
        sent = self.cleaned_data
        ticked = [code for code, _label in self.codes if sent[f"need_{code}"]]
        return [{"code": code, "urgency": sent[f"urgency_{code}"], "goal": sent[f"goal_{code}"]} for code in ticked]

    def clean(self) -> dict[str, Any]:
        """At least one box is ticked."""
        sent = super().clean()
        if not any(sent.get(f"need_{code}") for code, _label in self.codes):
            raise forms.ValidationError(_("Choose at least one need."))
        return sent


class NeedForm(VersionedForm):
    """The urgency and the goal of a need that is written down."""

    urgency = Boxes("urgency", label=_("How soon"))
    goal = words(GOAL)

    @staticmethod
    def of(need: Need) -> dict[str, Any]:
        """The stored values."""
        return {"urgency": need.urgency, "goal": need.goal, "version": need.version}


class ServicesWidget(forms.RadioSelect):
    """Boxes: the services meant for the need in sight, every other one behind a line that opens."""

    template_name = "assistance/widgets/services.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The first group apart from the others, which stand open when they hold the choice or there is no first."""
        context = super().get_context(name, value, attrs)
        first, *others = context["widget"]["optgroups"]
        chosen = any(option["selected"] for _name, options, _index in others for option in options)
        context["widget"] |= {"meant": first[1], "others": others, "open": chosen or not first[1]}
        return context


class ServiceForm(VersionedForm):
    """One service: what, from whom, for which need, how it stands and when."""

    need = forms.ChoiceField(
        label=_("For which need"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": NOT_LISTED},
    )
    code = forms.ChoiceField(
        label=_("Service"),
        widget=ServicesWidget,
        error_messages={"required": _("Choose the service."), "invalid_choice": NOT_LISTED},
    )
    status = Boxes(
        "service_statuses",
        label=_("How it stands"),
        required=True,
        initial="proposed",
        error_messages={"required": STANDS},
    )
    provider = Line(label=_("With whom"), most=200, help_text=_("A body or a person. Empty when nobody is found yet."))
    start = DayField(label=_("From"))
    due = DayField(label=_("Next review"))
    end = DayField(label=_("Until"))
    outcome = words(_("What came of it"))
    worker = forms.ChoiceField(
        label=_("Who looks after it"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": NOT_LISTED},
    )
    cost = AmountField(label=_("What it costs"))
    currency = CurrencyField(initial="EUR")
    funder = Line(label=_("Who pays"), most=200)
    conditional = tick(_("This help was made to depend on giving evidence"))

    def __init__(
        self, *args: Any, needs: Sequence[Need], people: Sequence[User] = (), towards: Need | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in people}
        if len(self.people) > 1:
            offer(self, "worker", [(key, each.name) for key, each in self.people.items()])
        else:
            del self.fields["worker"]
        self.needs = {str(need.pk): need for need in needs}
        labels = load("needs")
        named = [(key, labels.label(need.code, language())) for key, need in self.needs.items()]
        offer(self, "need", [*named, ("", _("None of these"))])
        offer(self, "code", self._services(towards))

    def _services(self, need: Need | None) -> list[rules.Group]:
        meant = [row["code"] for row in rules.suggested(need.code)] if need else []
        services = load("services")
        # A code that left the list stays possible for a service that already has it.
        kept = [code for code in (self.initial.get("code"),) if code and code not in services]
        first = [(code, services.label(code, language())) for code in [*meant, *kept]]
        rest = [(name, [each for each in group if each[0] not in meant]) for name, group in rules.by_phase(language())]
        return [("", first), *[group for group in rest if group[1]]]

    def clean_need(self) -> Need | None:
        """The need itself; the form knows none of another file."""
        return self.needs.get(self.cleaned_data["need"])

    def clean_worker(self) -> User | None:
        """The colleague; nobody named leaves it as it is."""
        return self.people.get(self.cleaned_data["worker"])

    def clean(self) -> dict[str, Any]:
        """The days follow each other, and a sum says in which money."""
        sent = super().clean()
        if not sent.get("cost") and "cost" not in self.errors:
            sent["currency"] = ""
        elif not sent.get("currency") and "currency" not in self.errors:
            self.add_error("currency", _("Say in which currency."))
        start, end = sent.get("start"), sent.get("end")
        if start and end and end < start:
            self.add_error("end", _("The end comes before the start. Check both days."))
        return sent

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        sent = {name: self.cleaned_data[name] for name in SERVICE if name in self.fields}
        return {name: value for name, value in sent.items() if name != "worker" or value is not None}

    @staticmethod
    def of(service: ServiceDelivery) -> dict[str, Any]:
        """The stored values."""
        stored = {name: getattr(service, name) for name in SERVICE if name not in KEYS}
        keys = {"need": str(service.need_id or ""), "worker": str(service.worker_id)}
        if not service.currency:
            del stored["currency"]
        return {**stored, **keys, "version": service.version}
