"""The page that shows each part in each state; for looking and for axe, never with real people."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from havre.platform.ui.forms import StateField
from havre.platform.ui.parts import Basis, Condition, Element, Entry, Fact, Journey, Phase, Step, Stop


class LookForm(forms.Form):
    """One field of each kind."""

    town = forms.CharField(
        label="Where she would like to live", help_text="A town is enough. Leave it empty if she has not said."
    )
    on = forms.CharField(label="Date of the interview")
    words = forms.CharField(label="In her words", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    interpreter = forms.ChoiceField(
        label="Interpreter", choices=[("nobody", "Nobody"), ("hanna", "Hanna W.")], widget=forms.RadioSelect
    )
    promised = forms.MultipleChoiceField(
        label="What was promised",
        choices=[("domestic", "Domestic work"), ("hotel", "Hotel or restaurant"), ("study", "Study")],
        widget=forms.CheckboxSelectMultiple,
    )
    private = forms.BooleanField(label="We are alone in the room", help_text="Nobody hears.", required=False)
    language = forms.ChoiceField(label="Language", choices=[(str(n), f"Language {n}") for n in range(9)])


class LookStates(forms.Form):
    """Interview questions in three of the four states."""

    first = StateField(initial="answered")
    second = StateField(initial="declined")
    third = StateField()


def filled_forms() -> dict[str, forms.Form]:
    """A form as it is first seen, one with two answers that need another look, and the states."""
    values = {"town": "Bizerte", "private": "on", "promised": ["domestic"], "language": "1", "words": "…"}
    sent = {f"wrong-{name}": value for name, value in {**values, "on": "12 March 2062"}.items()}
    wrong = LookForm(sent, prefix="wrong")
    wrong.add_error("on", "This day has not come yet. Use today or an earlier day, for example 12 March 2026.")
    initial = {**values, "private": True, "interpreter": "hanna", "on": "12 March 2026"}
    return {"form": LookForm(initial=initial), "wrong": wrong, "states": LookStates()}


def journey() -> Journey:
    """A line of fourteen stops with the seventh reached."""
    done = ("Contact", "Immediate safety", "Consent", "Screening", "Decision")
    dates = ("18 Nov", "18 Nov", "20 Nov", "26 Nov", "4 Dec")
    assist = (Stop("Planning", "done", "11 Dec"), Stop("Assistance", "here", "13 weeks"), Stop("Choice of option"))
    away = tuple(Stop(label, "skip") for label in ("Pre-departure", "Travel", "Reception"))
    rebuild = tuple(Stop(label) for label in ("Reintegration", "Follow-up", "Closed"))
    return Journey(
        (
            Phase("Identify", tuple(Stop(label, "done", on) for label, on in zip(done, dates, strict=True))),
            Phase("Assist", assist),
            Phase("Return, if she chooses", away),
            Phase("Rebuild", rebuild),
        )
    )


def parts() -> dict[str, Any]:
    """What the larger parts are fed with."""
    return {
        "journey": journey(),
        "entries": (
            Entry("9 March", "Safety reviewed", "shield-half", "flare", "Risk 12, down to 6 with measures."),
            Entry("2 March", "Residence permit requested", "file-check", "calm", "Receipt kept in Documents."),
            Entry("14 February", "Sharing with Le Relais des Docks withdrawn", "lock", "dusk", url="#timeline"),
            Entry("18 November", "First contact", "door-enter", "", "Referred by a doctor, with her agreement."),
        ),
        "steps": (
            Step("Setting", "A", "#steps", "done", "all 8"),
            Step("Recruitment", "D", "#steps", "here", "5 of 8"),
            Step("Journey", "E", "#steps"),
            Step("Decision", "H", note="not before F"),
        ),
        "conditions": (
            Condition("She agreed to share with this agency", "yes", "20 November 2025"),
            Condition("The safety plan is older than 90 days", "no", "Review it with her.", "#cond", "Open the plan"),
            Condition("The second reader has not answered yet", "wait", "Asked on 9 March."),
        ),
        "facts": (
            Fact("Safe number", "+33 0 00 00 01 42"),
            Fact("Risk now", "High, 12 of 25"),
            Fact("Review", "23 March"),
        ),
        "elements": (
            Element("Act", "yes", (Basis("D01", "left home, June 2025", "#d"), Basis("D04", "an agency", "#d"))),
            Element("Means", "no"),
            Element("Purpose", "unknown", (Basis("F", "not asked yet", "#f"),)),
        ),
        "tones": ("flare", "lamp", "calm", "dusk", "sand", ""),
    }


def components(request: HttpRequest) -> HttpResponse:
    """One of each part, in every state; a page is made of these and nothing else."""
    return render(request, "ui/components.html", {**filled_forms(), **parts()})
