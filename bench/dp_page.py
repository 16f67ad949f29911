"""`python -m bench.dp_page`: writes bench/results/dp.json into docs/explanation/protected-release.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "explanation" / "protected-release.md"
RESULTS = ROOT / "bench" / "results" / "dp.json"
MARK = re.compile(r"(<!-- figures: dp -->\n).*?(<!-- end -->)", re.DOTALL)
OWN = "havre"
FILES = ("k7 3", "a14 3", "a14 12")
CONTROLS = {"a14 3": "a14control 3", "a14 12": "a14control 12"}
ROWS: dict[str, tuple[str, tuple[float, float, float], tuple[float, float, float]]] = {
    "synthetic TVD k1": ("syn TVD k1", (0.011, 0.016, 0.0095), (0.005, 0.010, 0.005)),
    "synthetic TVD k2": ("syn TVD k2", (0.020, 0.031, 0.019), (0.015, 0.028, 0.015)),
    "synthetic TVD k3": ("syn TVD k3", (0.034, 0.055, 0.034), (0.028, 0.050, 0.028)),
    "synthetic L1 k3": ("syn L1 k3", (0.085, 0.34, 0.27), (0.075, 0.25, 0.12)),
    "aggregates L1 k1": ("agg L1 k1", (0.015, 0.034, 0.011), (0.005, 0.015, 0.005)),
    "aggregates L1 k2": ("agg L1 k2", (0.043, 0.132, 0.047), (0.025, 0.09, 0.035)),
    "aggregates L1 k3": ("agg L1 k3", (0.094, 0.267, 0.124), (0.075, 0.22, 0.10)),
    "invented, % of k3 in the tables": ("agg invented % k3", (14, 14, 14), (5, 5, 3)),
    "invented, % of k3 in the records": ("syn invented % k3", (14, 14, 14), (5, 5, 3)),
    "the same, a parent value being that parent": ("syn invented % k3, parents by their own", (14,) * 3, (5, 5, 3)),
    "persons shown only at parent level, %": ("parent only %", (3, 3, 3), (3, 3, 3)),
    "CPU s": ("CPU s", (20, 60, 60), (10, 30, 30)),
}


def written(text: str) -> str:
    """The page with the figures as they stand in the results."""
    return MARK.sub(lambda found: found[1] + "".join(lines()) + found[2], text)


def lines() -> Iterator[str]:
    """The table, and where its figures come from."""
    kept = json.loads(RESULTS.read_text())
    heads = [name for each in FILES for name in (_title(each), "peers", *(["control"] if each in CONTROLS else []))]
    yield f"| | {' | '.join(heads)} |\n|{'---|' * (1 + len(heads))}\n"
    for name, (key, floors, goals) in ROWS.items():
        cells: list[str] = []
        for each, floor, goal in zip(FILES, floors, goals, strict=True):
            cells += [_said(kept, each, key, floor, goal), _best(kept, each, key)]
            cells += [_said(kept, CONTROLS[each], key, floor, goal)] if each in CONTROLS else []
        yield f"| {name} | {' | '.join(cells)} |\n"
    yield "\n" + "; ".join(_whence(kept, each) for each in (*FILES, *CONTROLS.values())) + ".\n"


def _title(name: str) -> str:
    file, epsilon = name.split()
    return f"{file.upper()} eps {epsilon}"


def _mean(kept: Any, file: str, method: str, key: str) -> float | None:
    mean: float | None = kept.get(file, {}).get(method, {}).get("mean", {}).get(key)
    return mean


def _said(kept: Any, file: str, key: str, floor: float, goal: float) -> str:
    """Our mean with the goal; bold where it misses the goal, ✗ where it misses the floor."""
    mean = _mean(kept, file, OWN, key)
    if mean is None:
        return "not measured"
    text = f"{_short(mean)} ({_short(goal)})" if mean <= goal else f"**{_short(mean)}** ({_short(goal)})"
    return text + (" ✗" if mean > floor else "")


def _best(kept: Any, file: str, key: str) -> str:
    """The least of the peers' means."""
    means = [_mean(kept, file, method, key) for method in kept.get(file, {}) if not method.startswith(OWN)]
    found = [each for each in means if each is not None]
    return _short(min(found)) if found else ""


def _short(value: float) -> str:
    if value >= 1 or value == 0:
        return f"{value:.1f}".removesuffix(".0")
    return f"{value:.{4 if value < 0.02 else 3}f}".removeprefix("0").rstrip("0")


def _whence(kept: Any, file: str) -> str:
    """The runs of each method and the commit of ours."""
    own = kept.get(file, {}).get(OWN)
    peers = [f"{method} {each['runs']}" for method, each in kept.get(file, {}).items() if not method.startswith(OWN)]
    told = f"{own['runs']} runs at `{own['commit']}`" if own else "not measured"
    return f"{_title(file)}: {told}" + (f", peers {', '.join(peers)}" if peers else "")


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text()))
