"""What the record calls the acts of this room, in words."""

from __future__ import annotations

from django.utils.functional import Promise

WORDS: dict[str, Promise] = {}
