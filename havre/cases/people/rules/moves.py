"""Which way a case may go from where it stands.

The promise: only the moves of the list are possible, and none of them stands between a person and help: services,
notes, tasks and consent are recorded in every open state. It rests on SPEC 8.2 and the lists `case_states` and
`case_transitions`; what a move needs is coded there (`reason`, `closure_reason`, `supervisor`, `finding`, `handover`,
`before_safety`).
"""

from dataclasses import dataclass

from havre.kernel.vocabularies import Row, load

CONTACT = "S0"
SAFETY = "S1"
CLOSED = "S13"


@dataclass(frozen=True)
class Move:
    """One possible step of a case; `code` names it in `case_transitions`, where its labels stand."""

    code: str
    source: str
    target: str
    kind: str
    needs: frozenset[str]


def allowed(state: str, before_safety: str | None, is_supervisor: bool) -> list[Move]:
    """The moves open to this user from this state; `before_safety` is the state that a new danger interrupted."""
    moves = (_move(row) for row in load("case_transitions").rows if row["from"] == state)
    return [move for move in moves if _open(move, before_safety, is_supervisor)]


def may_move(state: str, target: str, before_safety: str | None, is_supervisor: bool) -> bool:
    """Whether the list lets this user move the case to that state."""
    return any(move.target == target for move in allowed(state, before_safety, is_supervisor))


def may_record(state: str) -> bool:
    """Whether help, notes, tasks and consent can be recorded: in every open state, whatever paper is missing."""
    return state in load("case_states") and state != CLOSED


def htcds_status(state: str, closure_reason: str = "") -> str:
    """The HTCDS cas_Status of a case in this state, closed for this reason."""
    if state != CLOSED:
        return load("case_states").row(state)["htcds"]
    reasons = load("closure_reasons")
    return reasons.row(closure_reason)["htcds"] if closure_reason in reasons else "Closed"


def _move(row: Row) -> Move:
    needs = frozenset(row["needs"].split(";")) - {""}
    return Move(row["code"], row["from"], row["to"], row["kind"], needs)


def _open(move: Move, before_safety: str | None, is_supervisor: bool) -> bool:
    if "before_safety" in move.needs and move.target != before_safety:
        return False
    return is_supervisor or "supervisor" not in move.needs
