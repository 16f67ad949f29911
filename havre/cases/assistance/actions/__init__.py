"""Everything that writes in this stage: possible in every open state, since help never waits for paper."""

from .legal import add_legal, save_legal
from .needs import add_need, add_service, choose, lack, meet_need, save_need, save_service
from .plan import agree
from .referral import answer_referral, recall_referral, receive_referral, send_referral
from .risk import assess_risk, override_risk

__all__ = [
    "add_legal",
    "add_need",
    "add_service",
    "agree",
    "answer_referral",
    "assess_risk",
    "choose",
    "lack",
    "meet_need",
    "override_risk",
    "recall_referral",
    "receive_referral",
    "save_legal",
    "save_need",
    "save_service",
    "send_referral",
]
