"""The forms of a campaign: what is to change, for whom, what is said, and the work."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.directory.forms.fields import Number, Reach, languages
from havre.directory.models import Organisation
from havre.directory.naming import first_name
from havre.kernel.money import currency_of
from havre.platform.ui.boxes import AmountField, CurrencyField, DayField
from havre.platform.ui.fields import Line, SheetForm, VersionedForm, codes, country, spoken, words
from havre.prevention.counting.forms import CountsField

from .models import Campaign

ENDS = _("It cannot end before it begins. Check both days.")


class CampaignForm(VersionedForm):
    """A part of a campaign, as it stands, or of one that is still to come (`row` is None)."""

    def __init__(self, *args: Any, row: Campaign | None = None, **kwargs: Any) -> None:
        stands: dict[str, Any] = {}
        if row:
            stands = {name: getattr(row, name) for name in self.base_fields if hasattr(row, name)}
        super().__init__(*args, **{**kwargs, "initial": {**stands, **(kwargs.get("initial") or {})}})

    def values(self) -> dict[str, Any]:
        """What the action writes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("shape", "version")}


class ObjectiveForm(CampaignForm):
    """The problem, and the objective in the five letters of SMART."""

    title = Line(label=_("Title"), required=True, error_messages={"required": _("A campaign needs a title.")})
    problem = words(
        _("The problem"), help_text=_("What happens to whom, where, and what they do not know or cannot do.")
    )
    objective = words(_("Specific: what will change, for whom, where"), 2)
    measure = words(_("Measurable: how you will see that it changed"), 2)
    achievable = words(_("Achievable: why you can do it with what you have"), 2)
    relevant = words(_("Relevant: why it matters against trafficking"), 2)
    due = DayField(label=_("Time-bound: by when"))
    country = country(_("Country"))
    area = Line(label=_("Area"), help_text=_("Districts, towns, roads, borders."))
    visibility = Reach()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Reach, self.fields["visibility"]).narrow(0)
        self.initial.setdefault("visibility", 1)

    def values(self) -> dict[str, Any]:
        """As of every part; who sees it stays where nothing was chosen."""
        values = super().values()
        if values["visibility"] is None:
            del values["visibility"]
        return values


class PeopleForm(CampaignForm):
    """Whom it is for, what they know today, and what the test with some of them showed."""

    target_groups = codes("target_groups", _("For whom"))
    audience = CountsField(
        label=_("How many people that is"),
        help_text=_("An estimate will do. Whoever knows only how many writes it where neither is known."),
    )
    baseline = words(_("What they know, think and do today"), help_text=_("From a survey, talks, or earlier work."))
    pretest_on = DayField(label=_("Tested on"), past=True)
    pretest_people = CountsField(label=_("Tested with"))
    pretest_result = words(_("What the test showed, and what was changed"))


class WordsForm(CampaignForm):
    """What is said, how, and in which languages."""

    messages = words(
        _("Messages"), 5, help_text=_("One on each line: short, true, and something one can do. Not fear alone.")
    )
    call_to_action = words(_("What people should do"), 2)
    hotline = Number(label=_("The number to call"))
    channels = codes("campaign_channels", _("Channels"))
    languages = languages(_("Languages"))


class WorkForm(CampaignForm):
    """When, with what money, and what was learnt."""

    begins = DayField(label=_("Begins"))
    ends = DayField(label=_("Ends"))
    budget = AmountField(label=_("Budget"))
    spent = AmountField(label=_("Spent so far"))
    currency = CurrencyField()
    lessons = words(_("What was learnt"), 4, help_text=_("What worked, what did not, and what to do next time."))

    def __init__(self, *args: Any, row: Campaign | None = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.initial["currency"] = self.initial.get("currency") or currency_of(row.country if row else "")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        begins, ends = given.get("begins"), given.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", ENDS)
        return given


PARTS: dict[str, tuple[type[CampaignForm], Any]] = {
    "plan": (ObjectiveForm, _("Problem and objective")),
    "people": (PeopleForm, _("People and test")),
    "words": (WordsForm, _("Messages and channels")),
    "work": (WorkForm, _("Schedule, money, lessons")),
}


class HarmForm(SheetForm):
    """The three questions of the do-no-harm review."""

    stereotypes = forms.BooleanField(required=False)
    identifiable = forms.BooleanField(required=False)
    fear = forms.BooleanField(required=False)
    note = words(_("What to change, or what you looked at"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from .shown import harm_questions

        super().__init__(*args, **kwargs)
        for code, label, question in harm_questions():
            self.fields[code].label, self.fields[code].help_text = label, question

    def values(self) -> dict[str, Any]:
        """What the action writes."""
        return {name: self.cleaned_data[name] for name in ("stereotypes", "identifiable", "fear", "note")}


class PartnerForm(SheetForm):
    """An organisation of the directory, and what it does."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    does = Line(label=_("What it does in the campaign"))

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cards = Organisation.objects.order_by("name")
        near = [each for each in cards if campaign.country in each.countries] if campaign.country else []
        far = [each for each in cards if each not in near]
        listed = [(str(each.pk), first_name(each)) for each in (*near, *far)]
        cast(forms.ChoiceField, self.fields["organisation"]).choices = [("", "–"), *listed]


class MaterialForm(SheetForm):
    """What a file is."""

    title = Line(label=_("What it is"), required=True, most=200, help_text=_("The same title makes a new version."))
    language = spoken(_("Language"))
    note = words(_("What is new in this version"), 2)
