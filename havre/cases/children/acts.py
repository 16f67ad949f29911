"""What the record calls the acts of this stage, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.children:file": _("Read the page of the child"),
    "page.children:circumstances": _("Read who came with the child"),
    "page.children:guardian": _("Opened the page of a guardian"),
    "page.children:guardian_edit": _("Read who is guardian"),
    "page.children:assess": _("Opened an assessment of the child’s interests"),
    "page.children:determine": _("Opened a determination of the child’s interests"),
    "page.children:interest": _("Read what is best for the child"),
    "circumstances.save": _("Wrote who came with the child"),
    "guardian.name": _("Named a guardian"),
    "guardian.save": _("Changed a guardian"),
    "interest.assess": _("Assessed the child’s interests"),
    "interest.determine": _("Wrote down a panel’s determination"),
}
