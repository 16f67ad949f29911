"""What the record calls the acts of this stage, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.handover:list": _("Read whose files could be handed over"),
    "page.handover:one": _("Read the files of a colleague"),
    "page.handover:rehome": _("Wanted to give restricted files that open for nobody a new holder"),
    "caseload.rehome": _("Gave a restricted file that opened for nobody a new holder"),
    "caseload.hand_over": _("Handed files over to a colleague"),
}
