"""How forms look: a renderer for FORM_RENDERER, and the four states that every interview question has."""

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
