"""The database and a model written apart from it agree on who sees what and who may do what, whatever happens.

The long form, with every planted fault, is `python -m bench.grants` (`make prove`).
"""

import pytest

from .faults import FAULTS
from .machine import Disagreement
from .running import run

QUICK = ("the policy forgets the end of a row", "names are not looked at part by part")


def test_they_never_disagree(town):
    counted = run(town, 6, 6)
    assert counted["steps"] >= 150 and counted["allowed"] >= 15 and counted["refused"] >= 15, counted


@pytest.mark.parametrize("fault", QUICK)
def test_a_planted_fault_is_found(town, fault):
    with pytest.raises(Disagreement):
        run(town, 60, 7, FAULTS[fault])
