"""One run that draws noise, from its charge to its publication, with a ledger or without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from havre.workbench import whole
from havre.workbench.privacy.accountant import Step
from havre.workbench.privacy.ledger import DP, Charge, Ledger, held
from havre.workbench.refusal import Stopped

UNCOUNTED = (
    "Nobody counts what this cohort's releases cost together: give --ledger and --cohort.",
    "Personne ne compte ce que coûtent ensemble les publications de cette cohorte\u00a0: donnez --ledger et --cohort.",
)


@dataclass(frozen=True)
class Account:
    """Who counts: the file, its cohort, and the budget (epsilon, delta) it is opened with when it is not there yet."""

    path: Path
    cohort: str
    budget: tuple[float, float]


@dataclass(frozen=True)
class Run:
    """Where to write what is drawn; the hash the ledger had after the charge; where an interrupted run was published.

    Without a `folder` there is nothing to draw: the same run was interrupted after its draw, and is now in `finished`.
    """

    folder: Path | None
    head: str = ""
    finished: tuple[Path, ...] = ()


def may_run(out: Path, account: Account, *, rho: float, asked: str = "") -> bool:
    """Refuses a run of cost rho as `run` would, before long work is done for it; nothing is charged or opened.

    False where the same run was interrupted after its draw and only waits for its publication.
    """
    if not account.path.exists():
        return True
    with held(account.path, account.cohort, DP, account.budget) as book:
        if asked and asked in (row["asked"] for row in book.unfinished()):
            return False
        whole.check_free(out)
        book.check({"act": "charged", "rho": rho, "steps": []})
        return True


@contextmanager
def run(
    out: Path,
    account: Account | None,
    kinds: Sequence[Sequence[Step]] = (),
    *,
    rho: float = 0.0,
    purpose: str = "",
    asked: str = "",
) -> Iterator[Run]:
    """Charges, lets the block draw and write, and publishes `out`; a block that fails publishes nothing.

    The cost is that of the steps of each kind of person, or else rho (see `Ledger.charge`). `asked` is a digest of file
    and settings. What earlier runs had drawn when they were interrupted is published first, as it is and at no further
    charge.
    """
    if account is None:
        with whole.folder(out) as folder:
            yield Run(folder)
        return
    with held(account.path, account.cohort, DP, account.budget) as book:
        waiting = book.unfinished()
        finished = tuple(book.finish(row) for row in waiting)
        if asked and asked in (row["asked"] for row in waiting):
            yield Run(None, book.head, finished)
            return
        yield from _drawing(book, book.charge(out, kinds=kinds, rho=rho, purpose=purpose, asked=asked), finished)


def _drawing(book: Ledger, charge: Charge, finished: tuple[Path, ...]) -> Iterator[Run]:
    try:
        yield Run(charge.staged, book.head, finished)
    except KeyboardInterrupt:
        book.lose(charge)
        raise Stopped(f"{book.path}: stopped; nothing was published, and the charge of this run stays") from None
    except BaseException:
        book.lose(charge)
        raise
    book.drawn(charge)
    book.publish(charge)
