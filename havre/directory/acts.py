"""What the record calls the acts of the directory, in words."""

from __future__ import annotations

from django.utils.functional import Promise

from havre.directory.checking import acts as checking
from havre.directory.paper import acts as paper

WORDS: dict[str, Promise] = {**checking.WORDS, **paper.WORDS}
KINDS = {**paper.KINDS}
