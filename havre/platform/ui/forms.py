"""How forms look and speak: a renderer for FORM_RENDERER, what to do when a field is refused, states of an answer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _

DJANGO = "django/forms/widgets/"
OURS = "ui/forms/widgets/"
INPUTS = (
    *("input", "text", "email", "number", "url", "password", "search", "tel", "hidden", "checkbox", "file"),
    *("date", "datetime", "time", "color"),
)

# Django draws each kind of input by a file of its own; ours differ by shape, so several share one.
TEMPLATES: dict[str, str] = {
    **{f"{DJANGO}{kind}.html": f"{OURS}input.html" for kind in INPUTS},
    f"{DJANGO}textarea.html": f"{OURS}textarea.html",
    f"{DJANGO}select.html": f"{OURS}select.html",
    f"{DJANGO}radio.html": f"{OURS}choices.html",
    f"{DJANGO}checkbox_select.html": f"{OURS}choices.html",
    f"{DJANGO}multiwidget.html": f"{OURS}several.html",
    f"{DJANGO}select_date.html": f"{OURS}several.html",
    f"{DJANGO}splitdatetime.html": f"{OURS}several.html",
    "django/forms/errors/list/default.html": "ui/forms/list.html",
    "django/forms/errors/list/ul.html": "ui/forms/list.html",
}

ANSWERED, DECLINED, UNKNOWN, NOT_ASKED = "answered", "declined", "unknown", "not_asked"
ANSWER_STATES = (
    (ANSWERED, _("Answered")),
    (DECLINED, _("Rather not say")),
    (UNKNOWN, _("Does not know")),
    (NOT_ASKED, _("Not asked")),
)


def our_template(name: str) -> str:
    """The template of ours that stands for one of Django's, or the same name when we have none."""
    return TEMPLATES.get(name, name)


class Renderer(DjangoTemplates):
    """Draws `{{ form }}`, its fields and widgets as LOOK.md says; name it in FORM_RENDERER."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        """The template of ours, or of a page, that draws a part of a form; Django's own when there is none."""
        try:
            return get_template(our_template(template_name))
        except TemplateDoesNotExist:
            return super().get_template(template_name)


# What a field says when it was given no sentence of its own: what to do next, never only that something is wrong.
SENTENCES: dict[str, Any] = {
    "required": _("Write something here first."),
    "invalid": _("This could not be read. Write it another way."),
    "invalid_choice": _("This choice is no longer in the list. Choose again."),
    "invalid_list": _("This choice is no longer in the list. Choose again."),
    "max_length": _("This is longer than can be kept here. Shorten it."),
    "min_length": _("This is too short. Write a little more."),
    "max_value": _("This number is too large. Write a smaller one."),
    "min_value": _("This number is too small. Write a larger one."),
    "null_characters_not_allowed": _("One sign in this text cannot be kept. Write the text again without it."),
}
ANY = _("Check this and send it again.")
KINDS: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (forms.MultipleChoiceField, {"required": _("Choose at least one.")}),
    (forms.ChoiceField, {"required": _("Choose one.")}),
    (forms.BooleanField, {"required": _("Tick this to go on.")}),
    (
        forms.IntegerField,
        {"required": _("Write a number."), "invalid": _("Write the number in figures, for example 3.")},
    ),
    (
        forms.DateField,
        {
            "required": _("Give a day."),
            "invalid": _("This could not be read as a day. Choose one in the calendar, or write 2026-03-12."),
        },
    ),
)


def speak(field: forms.Field) -> None:
    """Puts our sentences where a field would use Django's; those it was given stay."""
    kind = next((said for each, said in KINDS if isinstance(field, each)), {})
    ours = {**SENTENCES, **kind}
    for each in reversed(type(field).__mro__):
        theirs = vars(each).get("default_error_messages", {}) if each.__module__.startswith("django.") else {}
        for code, sentence in theirs.items():
            if field.error_messages.get(code) is sentence:
                field.error_messages[code] = ours.get(code, ANY)
    for code, sentence in ours.items():
        field.error_messages.setdefault(code, sentence)  # of the validators


class Form(forms.Form):
    """A form whose every error is a sentence of ours."""

    def full_clean(self) -> None:
        """Checks what was sent; fields may have been added until now."""
        for field in self.fields.values():
            speak(field)
        super().full_clean()


class StatesWidget(forms.RadioSelect):
    """Four radios in one line: answered, rather not say, does not know, not asked."""

    template_name = "ui/forms/widgets/states.html"


class StateField(forms.ChoiceField):
    """The state of one answer; it starts at "not asked", and an empty answer never becomes a "no"."""

    widget = StatesWidget

    def __init__(self, **kwargs: Any) -> None:
        defaults: Mapping[str, Any] = {
            "choices": ANSWER_STATES,
            "initial": NOT_ASKED,
            "required": False,
            "label": _("State of the answer"),
        }
        super().__init__(**{**defaults, **kwargs})

    def clean(self, value: Any) -> str:
        """The state that was chosen, or "not asked" when none was sent."""
        return super().clean(value) or NOT_ASKED
