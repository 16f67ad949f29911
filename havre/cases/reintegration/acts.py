"""What the record calls the acts of this stage, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.reintegration:life": _("Read how life goes since the return"),
    "page.reintegration:answers": _("Read the answers of the reintegration surveys"),
    "page.reintegration:grant": _("Began a grant"),
    "page.reintegration:grant_edit": _("Read a grant"),
    "page.reintegration:paid": _("Wanted to note that an instalment was paid"),
    "page.reintegration:receipt": _("Wanted to note a receipt"),
    "page.reintegration:enterprise": _("Began an enterprise"),
    "page.reintegration:enterprise_edit": _("Read an enterprise"),
    "page.reintegration:check": _("Read how an enterprise stands"),
    "page.reintegration:survey": _("Opened the reintegration survey"),
    "page.reintegration:dimension": _("Read answers of the reintegration survey"),
    "grant.add": _("Wrote down a grant"),
    "grant.save": _("Changed a grant"),
    "instalment.pay": _("Noted that an instalment was paid"),
    "instalment.receipt": _("Noted a receipt"),
    "enterprise.add": _("Wrote down an enterprise"),
    "enterprise.save": _("Changed an enterprise"),
    "enterprise.check": _("Wrote down how an enterprise stands"),
    "survey.begin": _("Began the reintegration survey"),
    "survey.save": _("Kept answers of the reintegration survey"),
    "survey.complete": _("Completed the reintegration survey"),
}
