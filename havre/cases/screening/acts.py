"""What the record calls the acts of this stage, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.screening:start": _("Opened the screening"),
    "page.screening:section": _("Read answers of the screening"),
    "page.screening:finding": _("Read the decision"),
    "page.screening:confirm": _("Wanted to give a second reading"),
    "interview.begin": _("Began the screening"),
    "interview.stop": _("Stopped the screening"),
    "interview.complete": _("Completed the screening"),
    "answers.save": _("Wrote answers of the screening"),
    "finding.decide": _("Decided on the finding"),
    "finding.confirm": _("Gave a second reading"),
}
