"""Many people by turns on four pooled connections, with faults in between: nobody sees a row of another agency.

Some hundred requests here; `make prove` sends 10,000 (bench/attacks.py).
"""

from __future__ import annotations

from django.db import connections

from .mixed import crowd


def test_no_request_on_a_pooled_connection_sees_what_was_anothers(fort):
    told = crowd(fort, requests=240, threads=8)
    assert told.foreign == []
    assert told.connections <= 4 and told.asked == 240
    assert told.statuses[200] > 60 and told.broken > 20  # people saw their own, and faults there were


KEPT = "select set_config('havre.token', coalesce(nullif(current_setting('havre.token', true), ''), %s), false)"


def test_the_crowd_sees_a_claim_that_outlives_its_transaction(fort, monkeypatch):
    """Were the first claim kept for the connection, the next one to use it would be taken for another."""

    def careless(token: str, using: str = "default") -> None:
        with connections[using].cursor() as cursor:
            cursor.execute(KEPT, [token])

    monkeypatch.setattr("havre.platform.accounts.middleware.hand_over", careless)
    assert crowd(fort, requests=60, threads=4, seed="careless").foreign
