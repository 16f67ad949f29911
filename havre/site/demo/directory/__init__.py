"""The invented directory: 30 countries in their own scripts, written as the two agencies that keep it."""

from .suggested import suggest
from .telling import tell, there, vet

__all__ = ["suggest", "tell", "there", "vet"]
