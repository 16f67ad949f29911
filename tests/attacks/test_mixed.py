"""Many people by turns on four pooled connections, with faults in between: nobody sees a row of another agency.

Some hundred requests here; `make prove` sends 10,000 (bench/attacks.py).
"""

from __future__ import annotations

from .mixed import crowd


def test_no_request_on_a_pooled_connection_sees_what_was_anothers(fort):
    told = crowd(fort, requests=240, threads=8)
    assert told.foreign == []
    assert told.connections <= 4 and told.asked == 240
    assert told.statuses[200] > 60 and told.broken > 20  # people saw their own, and faults there were
