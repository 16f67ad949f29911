"""What somebody needs and the help they get, the plan they agreed to, risks, rights, and who else was asked."""

from .legal import LegalStatus
from .needs import Need, ServiceDelivery
from .plan import Plan, PlanLine
from .referral import Referral
from .risk import Risk

__all__ = ["LegalStatus", "Need", "Plan", "PlanLine", "Referral", "Risk", "ServiceDelivery"]
