"""The pages of this stage, by subject."""

from .find import find
from .legal import legal, legal_edit, legal_new
from .needs import need, need_met, needs, service, service_edit
from .plan import plan, plan_version
from .referral import recall, receive, refer, referral, referrals
from .risk import risk, risk_again, risk_override, risks

__all__ = [
    "find",
    "legal",
    "legal_edit",
    "legal_new",
    "need",
    "need_met",
    "needs",
    "plan",
    "plan_version",
    "recall",
    "receive",
    "refer",
    "referral",
    "referrals",
    "risk",
    "risk_again",
    "risk_override",
    "risks",
    "service",
    "service_edit",
]
