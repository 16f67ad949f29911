"""A campaign, what came of it, and what was said before it went live."""

from .campaigns import OPEN_TO_ALL, REVIEWED, Campaign, Status
from .parts import Calls, HarmReview, Material, Output, Partner

__all__ = ["OPEN_TO_ALL", "REVIEWED", "Calls", "Campaign", "HarmReview", "Material", "Output", "Partner", "Status"]
