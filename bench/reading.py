"""What it costs to read and check a register, without a database: `python -m bench.reading FILE…`.

Seconds are those of the processor, of the process that reads the file and of the one that checks it; memory is the
most each of them held.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from datetime import date
from pathlib import Path

from havre.exchange.formats.htcds import Reading


def main(names: list[str]) -> None:
    """One line for each file, each read by a fresh process."""
    if len(names) != 1:
        for name in names:
            subprocess.run([sys.executable, "-m", "bench.reading", name], check=True)
        return
    with Path(names[0]).open("rb") as file:
        reading = Reading(file, date.today())
        sound = sum(1 for _record in reading)
    for fault in reading.faults[:3]:
        print(fault.at(names[0]))
    print(f"{names[0]}: {reading.records:,} rows, {sound:,} sound; {used('checks', resource.RUSAGE_SELF)}, ", end="")
    print(used("reads", resource.RUSAGE_CHILDREN))


def used(what: str, who: int) -> str:
    """Seconds and memory of a process."""
    spent = resource.getrusage(who)
    return f"{what} {spent.ru_utime + spent.ru_stime:.2f} s, {spent.ru_maxrss // 1024} MB"


if __name__ == "__main__":
    main(sys.argv[1:])
