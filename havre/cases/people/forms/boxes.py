"""Fields that the forms of every stage share, as every room has them."""

from havre.platform.ui.boxes import (
    FAR_OFF,
    YEARS_AHEAD,
    AmountField,
    Boxes,
    CurrencyField,
    DayField,
    listed,
)

__all__ = [
    "FAR_OFF",
    "YEARS_AHEAD",
    "AmountField",
    "Boxes",
    "CurrencyField",
    "DayField",
    "listed",
]
