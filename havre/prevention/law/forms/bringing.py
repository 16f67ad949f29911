"""A spreadsheet of treaties and laws."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.directory.forms.fields import Reach
from havre.platform.keeping.rows import Visibility
from havre.platform.ui.forms import Form


class BringForm(Form):
    """The file, and who sees what it holds."""

    file = forms.FileField(label=_("Spreadsheet"), error_messages={"required": _("Choose a file first.")})
    visibility = Reach()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        cast(Reach, self.fields["visibility"]).narrow(0)
        self.initial.setdefault("visibility", int(Visibility.PARTNERS))

    def clean_visibility(self) -> int:
        """Partners, when nothing is said."""
        given = self.cleaned_data["visibility"]
        return int(Visibility.PARTNERS) if given is None else int(given)
