"""What a register is taken out for, and as what."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.platform.ui.forms import Form


class TakeForm(Form):
    """Reason and format."""

    why = forms.CharField(
        label=_("What it is for"),
        max_length=200,
        help_text=_("Stands in the record, and whoever has to agree reads it. Name nobody here."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say what it is for.")},
    )
    kind = forms.ChoiceField(
        label=_("Format"),
        choices=[("xlsx", _("Workbook (.xlsx)")), ("csv", _("Table (.csv)"))],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    strict = forms.BooleanField(
        label=_("The standard and nothing else: no columns of our own, no codes of our own"), required=False
    )
