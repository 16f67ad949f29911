"""A form on a page, as every room has it."""

from havre.platform.ui.sheets import (
    Sheet,
)

__all__ = [
    "Sheet",
]
