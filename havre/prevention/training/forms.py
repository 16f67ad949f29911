"""What is asked about a course, a session, the people in it and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from havre.directory.forms.fields import Mail, Plain, Reach, languages
from havre.platform.ui.boxes import Boxes, DayField
from havre.platform.ui.fields import Form, SheetForm, VersionedForm, code, codes, country, spoken, whole, words
from havre.prevention.counting.forms import CountsField

from .models import LONGEST, Course, Session, Trainee

FIGURES = _("Write a number in figures, for example 12.")
HOURS = _("Write the hours in figures, for example 7.5.")
MOST_PARTS = 60
WITH_HOURS = re.compile(r"(.*\S)\s*[,;–|]\s*(\d{1,3}(?:[.,]\d)?)\s*h?")


class Figures(forms.DecimalField):
    """A number with one figure behind the comma or the point."""

    def __init__(self, *, most: int = 999, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "hv-input--short", "size": 6}
        errors = dict.fromkeys(("invalid", "min_value", "max_value", "max_digits", "max_decimal_places"), FIGURES)
        errors |= {"max_whole_digits": FIGURES, **kwargs.pop("error_messages", {})}
        look = forms.TextInput(attrs=attrs)
        told = {"required": False, "min_value": 0, "max_value": most, "decimal_places": 1, "widget": look}
        super().__init__(**{**told, "error_messages": errors, **kwargs})

    def to_python(self, value: Any) -> Any:
        """The number, typed with a comma or a point."""
        return super().to_python("".join(str(value if value is not None else "").split()).replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        """Without a naught at its end."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def hours() -> Figures:
    """How long it takes."""
    return Figures(label=_("Hours"), error_messages={"invalid": HOURS})


SEXES = (("female", _("Woman")), ("male", _("Man")), ("other", _("Another gender")), ("unknown", _("Not said")))


def sex() -> forms.ChoiceField:
    """Of one person: the list of counts says “women and girls”."""
    return forms.ChoiceField(label=_("Sex"), choices=SEXES, required=False, widget=forms.RadioSelect)


class CourseForm(VersionedForm):
    """A course and its modules."""

    title = Plain(label=_("Title"), most=200, required=True, error_messages={"required": _("A course needs a title.")})
    summary = words(_("What it is about"))
    aims = words(_("What somebody can do afterwards"))
    roles = codes("trainee_roles", _("For whom"))
    modules = words(_("Modules"), rows=5, help_text=_("One a line, with its hours after a comma: First interview, 1.5"))
    hours = hours()
    languages = languages(_("Languages"))
    materials = words(_("Materials"), help_text=_("What is handed out or shown, and where it is kept."))
    visibility = Reach()

    def __init__(self, *args: Any, course: Course | None = None, **kwargs: Any) -> None:
        stands = {name: getattr(course, name) for name in COURSE} if course else {"visibility": 1}
        if course:
            stands |= {"version": course.version, "modules": "\n".join(map(line_of, course.modules.all()))}
        super().__init__(*args, **{**kwargs, "initial": {**stands, **(kwargs.get("initial") or {})}})
        self.fields["visibility"].narrow(0)  # type: ignore[attr-defined]

    def clean_modules(self) -> list[tuple[str, Decimal | None]]:
        """Titles and hours."""
        found = [part_of(line) for line in self.cleaned_data["modules"].splitlines() if line.strip()]
        if len(found) > MOST_PARTS:
            raise forms.ValidationError(_("A course has 60 modules at most."))
        if any(len(title) > 200 for title, _hours in found):
            raise forms.ValidationError(_("The title of a module has 200 signs at most."))
        return found

    def clean_visibility(self) -> int:
        """Partners, when nothing is chosen."""
        chosen: int | None = self.cleaned_data["visibility"]
        return 1 if chosen is None else chosen

    def values(self) -> dict[str, Any]:
        """What is written on the course."""
        return {name: self.cleaned_data[name] for name in COURSE}


COURSE = ("title", "summary", "aims", "roles", "hours", "languages", "materials", "visibility")


def line_of(part: Any) -> str:
    """A module as it is typed."""
    return f"{part.title}, {part.hours.normalize():f}" if part.hours else part.title


def part_of(line: str) -> tuple[str, Decimal | None]:
    """A module as it was typed."""
    found = WITH_HOURS.fullmatch(line.strip())
    if not found:
        return line.strip(), None
    try:
        return found[1].strip(), Decimal(found[2].replace(",", "."))
    except InvalidOperation:
        return line.strip(), None


class SessionForm(VersionedForm):
    """Where and when a course is held."""

    begins = DayField(label=_("From"), required=True, error_messages={"required": _("Give the first day.")})
    ends = DayField(label=_("To"), help_text=_("Empty when it is one day."))
    country = country(_("Country"))
    place = Plain(label=_("Place"), most=200, help_text=_("Town and house. Never a shelter."))
    language = spoken(_("Language"))
    hours = hours()
    trainers = words(_("Who teaches"), help_text=_("One a line, with the organisation after a comma."))

    def __init__(self, *args: Any, session: Session | None = None, **kwargs: Any) -> None:
        stands = {name: getattr(session, name) for name in SESSION} if session else {}
        if session:
            lines = (f"{each.name}, {each.body}" if each.body else each.name for each in session.trainers.all())
            stands |= {"version": session.version, "trainers": "\n".join(lines)}
        super().__init__(*args, **{**kwargs, "initial": {**stands, **(kwargs.get("initial") or {})}})

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        given = super().clean()
        begins, ends = given.get("begins"), given.get("ends")
        if begins and not ends:
            given["ends"] = ends = begins
        if begins and ends and not 0 <= (ends - begins).days <= LONGEST:
            self.add_error("ends", _("The last day comes after the first, within a month. Check both."))
        return given

    def values(self) -> dict[str, Any]:
        """What is written on the session."""
        return {name: self.cleaned_data[name] for name in SESSION}

    def teaching(self) -> list[tuple[str, str]]:
        """Names and organisations."""
        lines = (line.partition(",") for line in self.cleaned_data["trainers"].splitlines() if line.strip())
        return [(name.strip()[:200], body.strip()[:200]) for name, _comma, body in lines if name.strip()]


SESSION = ("begins", "ends", "country", "place", "language", "hours")


class ProfileForm(SheetForm):
    """What is asked of somebody who takes part."""

    body = Plain(label=_("Organisation"), most=200)
    role = code("trainee_roles", _("Role"))
    sex = sex()
    age = Boxes("trainee_ages", label=_("Age"))
    country = country(_("Country where they work"))


class TraineeForm(ProfileForm):
    """Somebody for the list: invited by mail, or written down as coming."""

    name = Plain(label=_("Name"), most=200, required=True, error_messages={"required": _("Write the name.")})
    mail = Mail(label=_("Mail address"))
    how = forms.ChoiceField(
        label=_("How"),
        choices=(("mail", _("Invite by mail")), ("hand", _("Add without a mail"))),
        widget=forms.RadioSelect,
        initial="mail",
    )
    field_order = ("name", "mail", "how")

    def values(self) -> dict[str, Any]:
        """What is written down of the person."""
        return {name: self.cleaned_data[name] for name in PERSON}


PERSON = ("name", "mail", "body", "role", "sex", "age", "country")


class ChangeTraineeForm(VersionedForm, TraineeForm):
    """Somebody on the list."""

    how = None  # type: ignore[assignment]

    def __init__(self, *args: Any, trainee: Trainee, **kwargs: Any) -> None:
        stands = {name: getattr(trainee, name) for name in PERSON} | {"version": trainee.version}
        super().__init__(*args, **{**kwargs, "initial": {**stands, **(kwargs.get("initial") or {})}})


class PeopleFileForm(SheetForm):
    """A list of people as a spreadsheet."""

    file = forms.FileField(
        label=_("File"), error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")}
    )


class TableForm(VersionedForm):
    """A table with a line for each person of a session, named in its lines."""

    def __init__(self, *args: Any, session: Session, people: Iterable[Trainee], **kwargs: Any) -> None:
        self.session, self.people = session, list(people)
        super().__init__(*args, **{**kwargs, "initial": {"version": session.version, **(kwargs.get("initial") or {})}})
        for each in self.people:
            self.fields |= self.cells(each)

    def cells(self, trainee: Trainee) -> dict[str, forms.Field]:
        """The fields of one line."""
        return {}


class AttendanceForm(TableForm):
    """Who was there on which day."""

    def cells(self, trainee: Trainee) -> dict[str, forms.Field]:
        """A box for each day."""
        days = [(str(day), date_format(day, "DATE_FORMAT")) for day in self.session.days]
        name = f"on-{trainee.pk}"
        self.initial.setdefault(name, [str(day) for day in trainee.attended])
        widget = forms.CheckboxSelectMultiple
        return {name: forms.MultipleChoiceField(label=trainee.name, choices=days, required=False, widget=widget)}

    def rows(self) -> list[tuple[Trainee, forms.BoundField]]:
        """Each person with their boxes."""
        return [(each, self[f"on-{each.pk}"]) for each in self.people]

    def days(self) -> dict[UUID, list[Any]]:
        """The days of each."""
        kept = {str(day): day for day in self.session.days}
        return {each.pk: [kept[day] for day in self.cleaned_data[f"on-{each.pk}"]] for each in self.people}


class ScoresForm(TableForm):
    """What each got in the test before and after."""

    top = whole(_("Points the test gives at most"), 1000, FIGURES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("top", self.session.top_score)

    def cells(self, trainee: Trainee) -> dict[str, forms.Field]:
        """Two boxes to write in."""
        self.initial.setdefault(f"pre-{trainee.pk}", trainee.pre)
        self.initial.setdefault(f"post-{trainee.pk}", trainee.post)
        said = {"name": trainee.name}
        return {
            f"pre-{trainee.pk}": Figures(label=_("%(name)s, before") % said),
            f"post-{trainee.pk}": Figures(label=_("%(name)s, after") % said),
        }

    def clean_top(self) -> int | None:
        """At least one point, or nothing."""
        return self.cleaned_data["top"] or None

    def rows(self) -> list[tuple[Trainee, forms.BoundField, forms.BoundField]]:
        """Each person with both."""
        return [(each, self[f"pre-{each.pk}"], self[f"post-{each.pk}"]) for each in self.people]

    def marks(self) -> dict[UUID, tuple[Decimal | None, Decimal | None]]:
        """Both scores of each."""
        given = self.cleaned_data
        return {each.pk: (given[f"pre-{each.pk}"], given[f"post-{each.pk}"]) for each in self.people}


MARKS = tuple((each, str(each)) for each in range(1, 6))


def mark(label: Any, low: Any) -> forms.TypedChoiceField:
    """A mark from 1 to 5, or none."""
    return forms.TypedChoiceField(
        label=label,
        help_text=low,
        choices=MARKS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class ReactionForm(SheetForm):
    """One satisfaction form as it was filled in on paper."""

    relevance = mark(_("Useful for my work"), _("1 not at all, 5 very much"))
    engagement = mark(_("I could take part"), _("1 not at all, 5 very much"))
    satisfaction = mark(_("I am satisfied with it"), _("1 not at all, 5 very much"))

    def values(self) -> Mapping[str, int | None]:
        """The marks."""
        return {name: self.cleaned_data[name] for name in ("relevance", "engagement", "satisfaction")}


class OutcomeForm(SheetForm):
    """What was asked months later; each level has its figures."""

    on = DayField(label=_("Asked on"), past=True, required=True, error_messages={"required": _("Give the day.")})
    asked = whole(_("Of how many people or agencies"), 100_000, FIGURES)

    def values(self) -> dict[str, Any]:
        """What is written down."""
        return {name: value for name, value in self.cleaned_data.items() if name != "shape"}


NOTE = _("In a sentence, without the name of anybody.")


class BehaviourForm(OutcomeForm):
    """Level 3: the work of those who came."""

    screenings = whole(_("Screenings done since"), 100_000, FIGURES)
    referrals = whole(_("Referrals made since"), 100_000, FIGURES)
    rating = Figures(label=_("What their supervisors say, 1 to 5"), most=5, min_value=1)
    note = words(_("What changed in their work"), help_text=NOTE)


class ResultsForm(OutcomeForm):
    """Level 4: what changed in their agencies."""

    identified = CountsField(label=_("People identified since"))
    investigations = whole(_("Investigations opened since"), 100_000, FIGURES)
    correct_referrals = whole(_("Correct referrals since"), 100_000, FIGURES)
    note = words(_("What changed in the agency"), help_text=NOTE)


LATER: dict[int, type[OutcomeForm]] = {3: BehaviourForm, 4: ResultsForm}


class WithdrawCertificateForm(SheetForm):
    """Why a certificate is no longer good."""

    reason = Plain(label=_("Why"), most=200, help_text=_("Only your agency reads it."))


class AcceptInvitationForm(Form):
    """What somebody who holds the link of an invitation tells of themselves, if they wish."""

    name = Plain(label=_("Your name, as it should stand on a certificate"), most=200)
    body = Plain(label=_("Your organisation"), most=200)
    role = code("trainee_roles", _("Your role"))
    sex = sex()
    age = Boxes("trainee_ages", label=_("Age"))
    country = country(_("Country where you work"))

    def told(self) -> dict[str, str]:
        """What is written down beside the name."""
        return {name: self.cleaned_data[name] for name in ("body", "role", "sex", "age", "country")}
