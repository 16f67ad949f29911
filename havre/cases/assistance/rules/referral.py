"""When somebody's story may go to another body.

The promise: nothing is sent without a yes that stands at that moment for that very body, and once the yes is taken back
all that was sent is listed to be recalled. It rests on SPEC 8.5.
"""

from datetime import date

IN, OUT = "in", "out"
WAITS, ACCEPTED, REJECTED, DONE, REVOKED = "in_progress", "accepted", "rejected", "done", "revoked"
GIVEN = "given"


def same_body(one: str, other: str) -> bool:
    """Whether two names mean the same body: capitals and blanks do not count."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold() != ""


def holds(decision: str, expires: date | None, today: date) -> bool:
    """Whether a decision lets something be shared today."""
    return decision == GIVEN and (expires is None or today <= expires)


def must_recall(direction: str, recalled_on: date | None, consent_holds: bool) -> bool:
    """Whether what went out must be asked back: the consent it rests on stands no more, whatever was answered."""
    return direction == OUT and recalled_on is None and not consent_holds


def follows(state: str) -> tuple[str, ...]:
    """The answers that may be noted from here."""
    return {WAITS: (ACCEPTED, REJECTED, DONE, REVOKED), ACCEPTED: (DONE, REVOKED)}.get(state, ())
