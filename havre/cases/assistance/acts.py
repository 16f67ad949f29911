"""What the record calls the acts of this stage, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.assistance:needs": _("Read needs and services"),
    "page.assistance:need": _("Read a need"),
    "page.assistance:need_met": _("Wanted to mark a need as met"),
    "page.assistance:find": _("Looked for a service in the directory"),
    "page.assistance:service": _("Began a service"),
    "page.assistance:service_edit": _("Read a service"),
    "page.assistance:plan": _("Read the plan"),
    "page.assistance:plan_version": _("Read an earlier version of the plan"),
    "page.assistance:risks": _("Read the risks"),
    "page.assistance:risk": _("Began to judge a risk"),
    "page.assistance:risk_again": _("Read a risk"),
    "page.assistance:risk_override": _("Read a risk before deciding on a journey"),
    "page.assistance:legal": _("Read rights and proceedings"),
    "page.assistance:legal_new": _("Began to write down a right or a proceeding"),
    "page.assistance:legal_edit": _("Read a right or a proceeding"),
    "page.assistance:referrals": _("Read the referrals"),
    "page.assistance:refer": _("Began a referral"),
    "page.assistance:receive": _("Began to write down a referral from another body"),
    "page.assistance:referral": _("Read a referral"),
    "page.assistance:recall": _("Wanted to ask for a referral to be given up"),
    "need.add": _("Wrote down a need"),
    "need.lack": _("Wrote down that nothing was found for a need"),
    "need.save": _("Changed a need"),
    "need.meet": _("Marked a need as met"),
    "service.add": _("Recorded a service"),
    "service.choose": _("Chose a service of the directory"),
    "service.save": _("Changed a service"),
    "plan.agree": _("Wrote down that the plan is agreed"),
    "risk.assess": _("Judged a risk"),
    "risk.override": _("Let the journey go on in spite of a risk"),
    "legal.add": _("Wrote down a right or a proceeding"),
    "legal.save": _("Changed a right or a proceeding"),
    "referral.send": _("Referred the person to another body"),
    "referral.receive": _("Wrote down a referral from another body"),
    "referral.answer": _("Wrote down the answer to a referral"),
    "referral.recall": _("Asked for a referral to be given up"),
}
