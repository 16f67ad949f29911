"""The pages on which a survey is built."""

from .building import do, edit, list_, new, one

__all__ = ["do", "edit", "list_", "new", "one"]
