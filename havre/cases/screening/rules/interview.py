"""When an interview may not go on, and what an answer sheet says.

The promise: nothing is asked in an unsafe place or before an emergency is seen to, silence is never taken for an
answer, and choosing an answer is enough to have answered. It rests on SPEC 5: the stop rules, and the four states
`answered`, `declined`, `unknown` and `not_asked`, which stay four different things.
"""

from __future__ import annotations

from dataclasses import dataclass

ANSWERED, NOT_ASKED = "answered", "not_asked"


@dataclass(frozen=True)
class Said:
    """What was said to one question: a state, and with `answered` perhaps codes and words."""

    state: str = NOT_ASKED
    codes: tuple[str, ...] = ()
    text: str = ""

    @property
    def has_content(self) -> bool:
        """Whether something was chosen or written."""
        return bool(self.codes or self.text)


SILENCE = Said()


def stop_at_start(private_and_safe: str, emergency: str) -> str:
    """The reason for which nothing may be asked now; empty when the interview can begin."""
    if emergency == "yes":
        return "emergency"
    return "setting" if private_and_safe == "no" else ""


def settled(sent: Said, before: str) -> Said:
    """What is kept of an answer that was sent when its state stood at `before`."""
    # Who takes back an answer sends "not asked" with the old choice still ticked; who gives one may forget the state.
    implied = sent.state == NOT_ASKED and sent.has_content and before != ANSWERED
    state = ANSWERED if implied else sent.state
    return Said(ANSWERED, sent.codes, sent.text) if state == ANSWERED else Said(state)
