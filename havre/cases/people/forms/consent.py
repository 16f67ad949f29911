"""What the person agrees to: seven points that were explained, then one decision for each use."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from havre.cases.people.actions import Decision, Talk
from havre.cases.people.actions.consent import to_ask
from havre.cases.people.actions.move import identified
from havre.cases.people.models import Case, Consent
from havre.cases.people.rules import consent as rules
from havre.kernel.vocabularies import load

from .fields import NOT_LISTED, Line, VersionedForm, code, codes, language, spoken, tick

GUARDIAN = _(
    "For a child a guardian agrees as well. Choose who gave the consent, or leave the decisions at “Not asked”."
)
ASSENT = _("Say whether the child agrees too.")
NO_ASSENT = _(
    "Without the child’s own yes there is no interview. Note the interview as refused, or leave it at “Not asked”."
)
NOBODY = _("Name the body it may be shared with.")
NOTHING = _("No decision is noted yet. Choose one below: the points that were explained are kept with it.")
YES_NO = {"yes": True, "no": False}


class Choice(forms.RadioSelect):
    """Two or three answers side by side."""

    template_name = "people/decision.html"


def _options(standing: str) -> list[tuple[str, Any]]:
    """The decisions that can follow the one that stands."""
    if standing == rules.GIVEN:
        return [(rules.GIVEN, _("Given")), (rules.WITHDRAWN, _("Withdrawn"))]
    said = [(rules.GIVEN, _("Given")), (rules.REFUSED, _("Refused"))]
    if standing == rules.WITHDRAWN:
        return [(rules.GIVEN, _("Given again")), (rules.WITHDRAWN, _("Withdrawn"))]
    return said if standing else [*said, ("", _("Not asked"))]


def _decision(label: Any, standing: str) -> forms.ChoiceField:
    options = _options(standing)
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=options,
        initial=standing,
        widget=Choice(attrs={"class": f"hv-states--{len(options)}"}),
        error_messages={"invalid_choice": NOT_LISTED},
    )


class ConsentForm(VersionedForm):
    """One field for each scope, one for each body it is shared with, and how the person was informed."""

    all_points = tick(_("All seven points were explained and understood"))
    points = codes("consent_points", _("Points explained and understood"))
    language = spoken(_("Language of the talk"))
    interpreter = code("yes_no_unknown", _("With an interpreter"), only=lambda each: each != "unknown")
    method = code("consent_methods", _("How the decision was given"))
    given_by = code("consent_givers", _("Who decided"))
    assent = code("yes_no_unknown", _("If a child: does the child agree too?"), only=lambda each: each != "unknown")
    in_danger = code("yes_no_unknown", _("Is the person in danger now?"))
    recipient = Line(label=_("Name of the body"), widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, case: Case, standing: list[Consent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.bodies = case, [each for each in standing if each.scope == "share"]
        self.stands = {each.scope: each for each in standing if each.scope != "share"}
        self.child = rules.is_child(case.person.birth_year, case.person.presumed_minor, localdate())
        for scope, label in load("consent_scopes").choices(language()):
            stands = self.stands.get(scope)
            self.fields[scope] = _decision(label, stands.decision if stands else "")
        for each in self.bodies:
            self.fields[f"share_{each.pk.hex}"] = _decision(each.recipient, each.decision)
        self.wished = {f"ask_{sha256(name.encode()).hexdigest()[:12]}": name for name in to_ask(case)}
        for field, name in self.wished.items():
            self.fields[field] = _decision(name, "")
        self.initial.setdefault("given_by", "" if self.child else "self")
        if case.in_danger:
            del self.fields["in_danger"]

    def scopes(self) -> Iterator[tuple[forms.BoundField, Consent | None]]:
        """The field of each scope with the decision that stands; sharing comes apart."""
        return ((self[scope], self.stands.get(scope)) for scope in load("consent_scopes") if scope != "share")

    def shared(self) -> Iterator[tuple[forms.BoundField, Consent]]:
        """The field of each body that was asked about, with what stands."""
        return ((self[f"share_{each.pk.hex}"], each) for each in self.bodies)

    def to_ask(self) -> list[forms.BoundField]:
        """The field of each body that somebody wishes to tell, and nobody asked about."""
        return [self[name] for name in self.wished]

    def read_aloud(self) -> list[dict[str, Any]]:
        """The seven points: what is said for each, and whether it is ticked."""
        ticked = set(self["points"].value() or [])
        rows, listed = load("consent_points").rows, load("consent_points")
        say = f"say_{language().partition('-')[0]}"
        return [
            {
                "code": row["code"],
                "say": row.get(say) or row["say_en"],
                "label": listed.label(row["code"], language()),
                "ticked": row["code"] in ticked,
            }
            for row in rows
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("share") and not given.get("recipient"):
            self.add_error("recipient", NOBODY)
        if given.get("recipient") and not given.get("share"):
            self.add_error("share", _("Say whether it may be shared with this body."))
        if not self.errors and not self.decisions():
            self.add_error(None, NOTHING)
        if self.child and any(each.decision == rules.GIVEN for each in self.decisions()):
            self._check_child(given)
        return given

    def _check_child(self, given: dict[str, Any]) -> None:
        if given.get("given_by") not in ("guardian", "both"):
            self.add_error("given_by", GUARDIAN)
        if not given.get("assent"):
            self.add_error("assent", ASSENT)
        elif given["assent"] == "no" and given.get("interview") == rules.GIVEN:
            self.add_error("interview", NO_ASSENT)

    def decisions(self) -> list[Decision]:
        """The decisions that differ from what stands."""
        given, taken = self.cleaned_data, []
        for scope in load("consent_scopes"):
            said, stands = given.get(scope, ""), self.stands.get(scope)
            if said and said != (stands.decision if stands else ""):
                taken.append(Decision(scope, said, given.get("recipient", "") if scope == "share" else ""))
        for each in self.bodies:
            said = given.get(f"share_{each.pk.hex}", "")
            if said and said != each.decision:
                taken.append(Decision("share", said, each.recipient))
        taken += [Decision("share", given[field], name) for field, name in self.wished.items() if given.get(field)]
        return taken

    @property
    def may_empty(self) -> bool:
        """Whether a refused interview would empty the file: said beside the question."""
        stands = self.stands.get("interview")
        return rules.empties_identity(
            self.case.state, self.case.before_safety, stands.decision if stands else "", rules.REFUSED
        )

    def empties(self) -> bool:
        """Whether what was chosen lets the person go without a name."""
        stands = self.stands.get("interview")
        said = self.cleaned_data.get("interview", "")
        helped = self.cleaned_data.get("assistance") == rules.GIVEN and identified(self.case)
        before = stands.decision if stands else ""
        return rules.empties_identity(self.case.state, self.case.before_safety, before, said, helped=helped)

    def talk(self, *, referral_offered: bool) -> Talk:
        """How the person was informed."""
        given = self.cleaned_data
        return Talk(
            on=localdate(),
            points=list(load("consent_points")) if given["all_points"] else given["points"],
            given_by=given["given_by"] or "self",
            assent=YES_NO.get(given["assent"]),
            language=given["language"],
            interpreter=YES_NO.get(given["interpreter"]),
            method=given["method"],
            in_danger=given.get("in_danger", ""),
            referral_offered=referral_offered,
        )
