"""Where one gets mail."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.platform.ui.forms import Form


class AddressForm(Form):
    """One's own mail address, or none."""

    address = forms.EmailField(
        label=_("Mail address"),
        required=False,
        max_length=200,
        help_text=_("For mails that say only that something waits. It is kept sealed. Leave it empty to get none."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("This is no mail address. Check it, or leave it empty.")},
    )
