"""Papers that were printed: the consent that was signed, the plan that went along, a summary for a hearing."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from havre.cases.papers.models import PrintedCopy
from havre.site.demo.people import SEED
from havre.site.demo.sheets import File

PAPERS = (("consent", "to_sign", "S3", 0.5), ("plan", "for_person", "S6", 0.4), ("summary", "hearing", "S6", 0.15))


def tell(file: File) -> None:
    """What was printed of the file, each copy under the next number."""
    told = file.told
    if told.refused:
        return
    # A chance of its own, so that what is drawn here moves nothing that was drawn before.
    rng = Random(f"{SEED}|papers|{told.case_reference}")  # noqa: S311 - the same register each time is the point
    number = 0
    for kind, reason, state, chance in PAPERS:
        begun = told.on(state)
        if begun is None or rng.random() > chance:
            continue
        number += 1
        day = min(begun + timedelta(days=rng.randint(0, 3)), file.sheets.today)
        more = {"reason": reason, "language": "fr" if file.sheets.language == "fr" else "en"}
        file.written(PrintedCopy, day, "paper.print", kind=kind, number=number, first=number, **more)
