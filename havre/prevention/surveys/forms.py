"""What builds a survey: its frame, its questions, its links, and a spreadsheet of answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.kernel.places import language_label
from havre.platform.accounts.models import User
from havre.platform.ui.boxes import Boxes
from havre.platform.ui.fields import NOT_LISTED, Line, SheetForm, Text, VersionedForm, language, offer, spoken, tick
from havre.platform.ui.forms import Form
from havre.prevention.campaigns.models import Campaign

from .models import GROUPS, WAVES, Item, Survey

MOST = 3  # languages of one survey
VISIBILITIES = [("1", _("Partners may see the questions, never the answers")), ("3", _("Your agency alone"))]
TEXT = 600
CHOOSE = _("Choose one.")


class SurveyForm(VersionedForm):
    """Languages, title and introduction in each, whether a code is asked for, and who sees the questions."""

    first = spoken(_("Language"))
    second = spoken(_("Second language"))
    third = spoken(_("Third language"))
    campaign = forms.ChoiceField(label=_("Campaign"), required=False, error_messages={"invalid_choice": NOT_LISTED})
    pairing = tick(
        _("Ask for a code that each person makes"),
        help_text=_("From hints, without a name. It shows who of those asked before was asked again."),
    )
    visibility = forms.ChoiceField(
        label=_("Who sees it"), choices=VISIBILITIES, widget=forms.RadioSelect, required=False, initial="1"
    )

    def __init__(self, *args: Any, by: User | None = None, survey: Survey | None = None, **kwargs: Any) -> None:
        spoken_here = survey.languages if survey else [language()]
        initial: dict[str, Any] = dict(zip(("first", "second", "third"), spoken_here, strict=False))
        if survey:
            initial |= {
                "campaign": survey.campaign_id,
                "pairing": survey.pairing,
                "visibility": str(survey.visibility),
                "version": survey.version,
            }
            initial |= {f"title-{each}": survey.title.get(each, "") for each in spoken_here}
            initial |= {f"intro-{each}": survey.intro.get(each, "") for each in spoken_here}
        super().__init__(*args, **{**kwargs, "initial": {**initial, **(kwargs.get("initial") or {})}})
        self.spoken_here = spoken_here
        theirs = Campaign.objects.filter(owner=by.agency_id).order_by("title") if by else Campaign.objects.none()
        offer(self, "campaign", [("", ""), *((str(pk), title) for pk, title in theirs.values_list("pk", "title"))])
        for each in spoken_here:
            named, look = {"language": language_label(each, language())}, {"lang": each, "dir": "auto"}
            self.fields[f"title-{each}"] = Line(
                label=_("Title, %(language)s") % named, widget=forms.TextInput(attrs=look)
            )
            self.fields[f"intro-{each}"] = Text(
                label=_("What those who answer read first, %(language)s") % named,
                most=2000,
                widget=forms.Textarea(attrs={"rows": 3, **look}),
            )
        texts = [f"{part}-{each}" for each in spoken_here for part in ("title", "intro")]
        self.order_fields(["first", "second", "third", *texts])

    def clean(self) -> dict[str, Any]:
        """A first language, none twice, and a title in the first."""
        given = super().clean()
        chosen = [given.get(name) for name in ("first", "second", "third") if given.get(name)]
        if not chosen:
            self.add_error("first", _("Choose the language in which it is asked."))
        if len(set(chosen)) < len(chosen):
            self.add_error("second", _("Each language once."))
        title = f"title-{self.spoken_here[0]}"
        if title in self.fields and not given.get(title):
            self.add_error(title, _("Give it a title, as those who answer will read it."))
        return given

    def values(self) -> dict[str, Any]:
        """What the action writes."""
        given = self.cleaned_data
        chosen = [given[name] for name in ("first", "second", "third") if given.get(name)]
        told = {part: self._texts(part, chosen) for part in ("title", "intro")}
        return {
            **told,
            "campaign_id": given["campaign"] or None,
            "languages": list(dict.fromkeys(chosen)),
            "pairing": given["pairing"],
            "visibility": int(given.get("visibility") or 1),
        }

    def named(self, stands: dict[str, Any]) -> dict[str, Any]:
        """Values of the row by the names of this form, to be shown beside what was typed."""
        told = {f"{part}-{each}": words for part in ("title", "intro") for each, words in stands[part].items()}
        told |= dict(zip(("first", "second", "third"), stands["languages"], strict=False))
        return told | {
            "pairing": stands["pairing"],
            "visibility": str(stands["visibility"]),
            "campaign": str(stands["campaign_id"] or ""),
        }

    def _texts(self, part: str, chosen: list[str]) -> dict[str, str]:
        return {each: self.cleaned_data.get(f"{part}-{each}", "") for each in self.spoken_here if each in chosen}


HELP = {
    "knowledge": _("A sentence that is true or false, such as: My employer may keep my passport."),
    "attitude": _("A sentence to agree with or not, such as: Who goes abroad to work should tell nobody."),
    "practice": _("What somebody does or not, such as: I have the number of the hotline in my phone."),
}
SAID = {True: "true", False: "false", None: ""}
RIGHT = (("true", _("It is true")), ("false", _("It is false")))
REVERSE = {
    "attitude": _("To agree is what the campaign is against"),
    "practice": _("To do this is what the campaign is against"),
}


class QuestionForm(SheetForm):
    """A question in each language of the survey, and what counts as right or wished for."""

    def __init__(self, *args: Any, survey: Survey, kind: str, item: Item | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {f"text-{each}": words for each, words in (item.text if item else {}).items()}
        if item:
            initial |= {"right": SAID[item.right], "reverse": item.reverse}
        super().__init__(*args, **{**kwargs, "initial": {**initial, **(kwargs.get("initial") or {})}})
        self.survey, self.kind = survey, kind
        for place, each in enumerate(survey.languages):
            look = forms.Textarea(attrs={"rows": 2, "lang": each, "dir": "auto"})
            label = _("Sentence, %(language)s") % {"language": language_label(each, language())}
            told = {"label": label, "widget": look, "help_text": HELP[kind] if not place else ""}
            self.fields[f"text-{each}"] = Text(most=TEXT, **told)
        if kind == "knowledge":
            self.fields["right"] = forms.ChoiceField(
                label=_("What is right"), choices=RIGHT, widget=forms.RadioSelect, required=False
            )
        else:
            self.fields["reverse"] = tick(REVERSE[kind])

    def clean(self) -> dict[str, Any]:
        """The sentence in the first language; the others may follow until the survey opens."""
        given = super().clean()
        first = f"text-{self.survey.languages[0]}"
        if not given.get(first) and not self.errors.get(first):
            self.add_error(first, _("Write the sentence."))
        return given

    def values(self) -> dict[str, Any]:
        """What the action writes."""
        given = self.cleaned_data
        text = {each: given.get(f"text-{each}", "") for each in self.survey.languages}
        right = {"true": True, "false": False}.get(given.get("right", ""))
        return {"kind": self.kind, "text": text, "right": right, "reverse": given.get("reverse", False)}


class ShareLinkForm(Form):
    """Which wave and group answers at a new address, and where it will hang."""

    wave = Boxes("survey_waves", label=_("When"), required=True, error_messages={"required": CHOOSE}, initial=WAVES[0])
    group = Boxes(
        "survey_groups", label=_("Who"), required=True, error_messages={"required": CHOOSE}, initial=GROUPS[0]
    )
    note = Line(
        label=_("Where it will be used"), most=120, help_text=_("For yourselves, such as: Market day, second poster.")
    )


class LoadForm(Form):
    """A workbook or a text with answers."""

    file = forms.FileField(label=_("Spreadsheet"), error_messages={"required": _("Choose a file first.")})
