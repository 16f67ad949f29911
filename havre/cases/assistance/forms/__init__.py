"""The forms of this stage, by subject."""

from .legal import LegalForm
from .needs import NeedForm, NeedsForm, ServiceForm
from .plan import AgreeForm
from .referral import AnswerForm, ReceiveForm, SendForm
from .risk import OverrideForm, RiskForm

__all__ = [
    "AgreeForm",
    "AnswerForm",
    "LegalForm",
    "NeedForm",
    "NeedsForm",
    "OverrideForm",
    "ReceiveForm",
    "RiskForm",
    "SendForm",
    "ServiceForm",
]
