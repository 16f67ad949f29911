"""Who the person is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from havre.cases.people.actions import About
from havre.kernel import dates

from .fields import NAME, HalfKnownDate, Line, Text, VersionedForm, code, country, spoken, tick, whole

AGE = _("Write the age as a whole number of years, from 0 to 110.")
CHILDREN = _("Write a whole number, from 0 to 30.")
NAMED = {"autocomplete": "off", "spellcheck": "false", "dir": "auto"}


def _name(label: Any, **more: Any) -> Line:
    return Line(label=label, widget=forms.TextInput(attrs=NAMED), **more)


class OneALine(Text):
    """Several names, one on each line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=20 * NAME, widget=forms.Textarea(attrs={**NAMED, "rows": 2}), **kwargs)

    def clean(self, value: Any) -> list[str]:
        lines = [" ".join(line.split()) for line in super().clean(value).split("\n")]
        for line in lines:
            Line().clean(line)
        return [line for line in lines if line]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class AboutForm(VersionedForm):
    """Names, birth, places, languages. A list has one line more than it is long, for the next."""

    called = _name(_("What the person wants to be called"))
    full_name = _name(_("Whole name, as on papers"))
    given = _name(_("Given names"))
    middle = _name(_("Middle names"))
    family = _name(_("Family names"))
    other_names = OneALine(
        label=_("Other names"), help_text=_("Nicknames, earlier names, other spellings: one on each line.")
    )
    born = HalfKnownDate(
        label=_("Date of birth"),
        help_text=_("As much as is known: 12/03/1998, or 03/1998, or 1998. The day comes first."),
    )
    age = whole(
        _("Or the age today, estimated"), 110, AGE, help_text=_("In whole years. Only the year of birth is kept.")
    )
    age_basis = code("age_bases", _("How the age is known"))
    presumed_minor = tick(
        _("Treat as a child"),
        help_text=_("When the age is in doubt and the person may be under 18, the rules for children hold."),
    )
    gender = code("prs_Gender", _("Gender"))
    residence = country(_("Country of residence"))
    birth_country = country(_("Country of birth"))
    language = spoken(_("Language the person prefers"))
    marital_status = code("prs_MaritalStatus", _("Marital status"))
    education = code("prs_HighestLevelOfEducation", _("Highest level of education"))
    number_of_children = whole(_("Number of children"), 30, CHILDREN)

    LISTS = {"citizenships": (country, _("Citizenship")), "other_languages": (spoken, _("Another language"))}

    def __init__(self, *args: Any, about: About, **kwargs: Any) -> None:
        shown = {**vars(about), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=shown, **kwargs)
        for name, (make, label) in self.LISTS.items():
            standing = getattr(about, name)
            for place in range(len(standing) + 1 if len(standing) else 2):
                self.fields[f"{name}_{place}"] = make(label, initial=standing[place] if place < len(standing) else "")
        self.standing = about

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        age, born = given.get("age"), given.get("born")
        if age is not None and born is not None:
            self.add_error("age", _("Give the date of birth or the age, not both: clear one of them."))
        elif age is not None:
            given["born"] = dates.from_age(age, localdate())
            given["age_basis"] = given.get("age_basis") or "estimated"
        return given

    def countries(self) -> list[forms.BoundField]:
        """The lines of citizenships."""
        return [self[name] for name in self.fields if name.startswith("citizenships_")]

    def languages(self) -> list[forms.BoundField]:
        """The lines of further languages."""
        return [self[name] for name in self.fields if name.startswith("other_languages_")]

    def about(self) -> About:
        """What the form says; what it did not ask for stays as it was."""
        given, about = self.cleaned_data, About(**vars(self.standing))
        for name in vars(about):
            if name in self.LISTS:
                setattr(about, name, self._lines(name))
            elif self.sent(name) or (name in ("born", "age_basis") and given.get("age") is not None):
                setattr(about, name, given[name])
        return about

    def _lines(self, name: str) -> list[str]:
        lines = [self.cleaned_data.get(each, "") for each in self.fields if each.startswith(f"{name}_")]
        return list(dict.fromkeys(line for line in lines if line))

    @classmethod
    def shown(cls, about: dict[str, Any]) -> dict[str, Any]:
        """The same facts under the names that the form's fields have."""
        shown = {name: value for name, value in about.items() if name not in cls.LISTS}
        for name in cls.LISTS:
            shown |= {f"{name}_{place}": value for place, value in enumerate([*about[name], ""])}
        return shown
