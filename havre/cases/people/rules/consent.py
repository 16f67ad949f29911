"""What a decision of the person does to the file.

The promise: nothing that was agreed to once is wiped out by taking it back, and a file under way is never emptied. Only
somebody who refuses before the first question is let go without a name. It rests on SPEC 5 (stop rules), 8.5 and 8.7.
"""

from datetime import date

from havre.kernel.dates import PartialDate, age_group

GIVEN, REFUSED, WITHDRAWN = "given", "refused", "withdrawn"
BEFORE_SCREENING = frozenset({"S0", "S1", "S2"})


def kept_as(standing: str, said: str) -> str:
    """The decision to keep: no to what was given before is a withdrawal, which deletes nothing."""
    return WITHDRAWN if standing == GIVEN and said == REFUSED else said


def may_take_back(standing: str) -> bool:
    """Whether there is anything to withdraw."""
    return standing == GIVEN


def stage(state: str, before_safety: str) -> str:
    """Where the file stands, or stood when a danger interrupted it."""
    return before_safety or state


def empties_identity(state: str, before_safety: str, standing: str, said: str, *, helped: bool = False) -> bool:
    """Whether a decision on the interview leaves an anonymous contact: refused before screening, nothing given yet.

    `helped`: another body identified the person, who agrees to help and needs no interview for it.
    """
    before = stage(state, before_safety) in BEFORE_SCREENING
    return said == REFUSED and standing not in (GIVEN, WITHDRAWN) and before and not helped


def is_child(birth_year: int | None, presumed_minor: bool, on: date) -> bool:
    """Whether a guardian is asked too: a child by every day the birth can have been, or presumed to be one."""
    born = PartialDate(date(birth_year, 1, 1), "year") if birth_year else None
    return presumed_minor or (born is not None and born.first <= on and age_group(born, on) == "child")
