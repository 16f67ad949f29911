"""`python -m bench.dp k7|a14 --epsilon 3 --seeds 5`: the protected estimate beside its peers, by the issue's figures.

`--peers 5` runs each peer as often in the same command; `--keep` writes what came to bench/results/dp.json, from which
`python -m bench.dp_page` writes the table of docs/explanation/protected-release.md. `invented` is no benchmark: it is
the register that settings are settled on, beside K7.

Figures are those of ../shared/bench/dp/evaluate.py (checked against it by reading), in NumPy: errors at leaf level; a
parent value is a level of its own in records (so counted as invented) and left out of tables. Seeded noise; delta is
1/(n ln n) for every method. It compares with the truth: for the custodian only.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import math
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from bench import ground, invented
from havre.workbench import codebook
from havre.workbench.privacy.accountant import rho_of
from havre.workbench.privacy.noise import source
from havre.workbench.protect.estimate import Estimate, estimate
from havre.workbench.protect.plan import Plan
from havre.workbench.records import Coded, bounded

SHARED = Path(os.environ.get("HAVRE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
FILES = {"k7": "k_anonymised_2020_7cols", "a14": "bench_a14_50k", "a14control": "bench_a14_50k_control"}
PAC = {"pac min": ("minimize", False), "pac min +usc": ("minimize", True), "pac unc": ("uncontrolled", False)}
GAUSSIAN_CAP = 9
Tables = dict[tuple[int, ...], NDArray[np.float64]]


def load(name: str) -> Coded:
    """A benchmark file in the codes of its codebook."""
    if name == "invented":
        return invented.register(50_000)
    listed = SHARED / f"bench/dp/codebook_{name.removesuffix('control')}.csv"
    book = {c.name: c for c in codebook.read(listed).columns}
    with gzip.open(SHARED / f"data/ctdc/{FILES[name]}.csv.gz", "rt") as file:
        header, *rows = csv.reader(file)
    columns = tuple(book[each] for each in header)
    codes = np.empty((len(columns), len(rows)), dtype=np.uint16)
    for place, column in enumerate(columns):
        code = {"": 0} | {value: number + 1 for number, value in enumerate(column.values)}
        codes[place] = [code[row[place]] for row in rows]
    return Coded(columns, codes, len(columns))


def levels(coded: Coded) -> list[int]:
    """Codes of each column with its parents after its leaves."""
    return [1 + len(c.values) + len(c.groups) for c in coded.columns]


def table(codes: NDArray[Any], sizes: Sequence[int], columns: Sequence[int]) -> NDArray[np.float64]:
    """The flat table of some columns."""
    shape = tuple(sizes[c] for c in columns)
    key = np.ravel_multi_index(tuple(codes[c].astype(np.int64) for c in columns), shape)
    return np.bincount(key, minlength=math.prod(shape)).astype(float)


def recorded(sizes: Sequence[int], columns: Sequence[int]) -> NDArray[np.bool_]:
    """Which cells of the flat table have every column recorded."""
    mask = np.zeros([sizes[c] for c in columns], dtype=bool)
    mask[tuple(slice(1, None) for _ in columns)] = True
    return mask.ravel()


def figures(coded: Coded, records: NDArray[Any] | None, tables: Tables | None, longest: int = 3) -> dict[str, float]:
    """TVD and L1 of records, L1 of tables, by length; of the longest the share of published cells that are invented."""
    sizes, people = levels(coded), coded.codes.shape[1]
    found: dict[str, float] = {}
    for length in range(1, longest + 1):
        apart, off, wrong, mass, shown, invented, kept, made = [], 0.0, 0.0, 0.0, 0, 0, 0, 0
        for columns in itertools.combinations(range(len(sizes)), length):
            truth, mask = table(coded.codes, sizes, columns), recorded(sizes, columns)
            mass += truth[mask].sum()
            if records is not None:
                said = table(records, sizes, columns)
                apart.append(0.5 * np.abs(truth / people - said / said.sum()).sum())
                off += np.abs(truth - said)[mask].sum()
                kept += int(((said > 0) & mask).sum())
                made += int(((said > 0) & (truth == 0) & mask).sum())
            if tables is not None:
                told = tables.get(columns, np.zeros(len(truth)))
                wrong += np.abs(truth - told)[mask].sum()
                shown += int(((told > 0) & mask).sum())
                invented += int(((told > 0) & (truth == 0) & mask).sum())
        if records is not None:
            found |= {f"syn TVD k{length}": float(np.mean(apart)), f"syn L1 k{length}": off / mass}
            found[f"syn invented % k{length}"] = 100 * made / max(kept, 1)
        if tables is not None:
            found |= {f"agg L1 k{length}": wrong / mass, f"agg invented % k{length}": 100 * invented / max(shown, 1)}
    return found


def ours(coded: Coded, made: Estimate) -> dict[str, float]:
    """The figures of an estimate, and the share of persons with a value shown at parent level only."""
    sizes, back, up = levels(coded), [], np.zeros(coded.codes.shape[1], dtype=bool)
    for column, rolled, codes in zip(coded.columns, made.rolled, coded.codes, strict=True):
        code = {("leaf", v): 1 + i for i, v in enumerate(column.values)}
        code |= {("group", v): 1 + len(column.values) + i for i, v in enumerate(column.groups)}
        kinds = ["leaf"] * rolled.leaves + ["group"] * (len(rolled.names) - rolled.leaves)
        back.append(np.array([0, *(code[each] for each in zip(kinds, rolled.names, strict=True))]))
        up |= rolled.of(codes) > rolled.leaves
    records = np.stack([new[made.records[:, c]] for c, new in enumerate(back)])
    tables = {}
    for columns, cells in made.cells.items():
        shape = tuple(sizes[c] for c in columns)
        keys = [back[c][k] for c, k in zip(columns, cells.keys, strict=True)]
        leaf = np.all([k <= len(coded.columns[c].values) for c, k in zip(columns, keys, strict=True)], axis=0)
        flat = np.zeros(math.prod(shape))
        flat[np.ravel_multi_index(tuple(k[leaf] for k in keys), shape)] = cells.counts[leaf]
        tables[columns] = flat
    found = figures(coded, records, tables) | {"parent only %": 100 * float(up.mean())}
    return found | {"syn invented % k3, parents by their own": _invented(coded, made)} | honesty(coded, made)


def honesty(coded: Coded, made: Estimate) -> dict[str, float]:
    """By length: rms of the error of published counts over their sd, and the share of them within 2 sd."""
    sizes, found = [each.size for each in made.rolled], {}
    truth = np.stack([each.of(codes) for each, codes in zip(made.rolled, coded.codes, strict=True)])
    for length in range(1, made.order + 1):
        off = []
        for columns, cells in made.cells.items():
            if len(columns) == length:
                key = np.ravel_multi_index(tuple(cells.keys), [sizes[c] for c in columns])
                off.append((cells.counts - table(truth, sizes, columns)[key]) / cells.sd)
        away = np.concatenate(off)
        found[f"error / sd k{length}"] = float(np.sqrt(np.mean(away**2)))
        found[f"within 2 sd % k{length}"] = 100 * float(np.mean(np.abs(away) <= 2))
    return found


def _invented(coded: Coded, made: Estimate, length: int = 3) -> float:
    """The share of the records' combinations that nobody has, a rare value shown as its parent being that parent."""
    sizes, shown, nobody = [each.size for each in made.rolled], 0, 0
    truth = np.stack([each.of(codes) for each, codes in zip(made.rolled, coded.codes, strict=True)])
    for columns in itertools.combinations(range(len(sizes)), min(length, len(sizes))):
        here = (table(made.records.T, sizes, columns) > 0) & recorded(sizes, columns)
        shown += int(here.sum())
        nobody += int((here & (table(truth, sizes, columns) == 0)).sum())
    return 100 * nobody / max(shown, 1)


def gaussian(coded: Coded, rho: float, seed: int) -> dict[str, float]:
    """Recorded cells with Gaussian noise, a third of rho each length, shown from 4 sd: empty cells are millions."""
    random, sizes, tables = np.random.default_rng(seed), levels(coded), {}
    codes, _ = bounded(coded.codes, GAUSSIAN_CAP)
    for length in (1, 2, 3):
        sd = math.sqrt(math.comb(min(GAUSSIAN_CAP, len(sizes)), length) * 3 / (2 * rho))
        for columns in itertools.combinations(range(len(sizes)), length):
            noisy = table(codes, sizes, columns)
            noisy = np.rint(noisy + random.normal(0, sd, len(noisy)))
            tables[columns] = np.where((noisy > 4 * sd) & recorded(sizes, columns), noisy, 0)
    return figures(coded, None, tables)


def pac(coded: Coded, epsilon: float, delta: float, mode: str, reuse: bool) -> dict[str, float]:
    """pac-synth 0.0.8: mode is its fabrication mode, `reuse` its use_synthetic_counts."""
    import pacsynth as ps  # type: ignore[import-untyped]

    start, names = time.process_time(), [c.name for c in coded.columns]
    words = [np.array(["", *(f"v{i}" for i in range(len(c.values)))]) for c in coded.columns]
    rows = np.stack([w[codes] for w, codes in zip(words, coded.codes, strict=True)], axis=1).tolist()
    builder = ps.DpAggregateSeededParametersBuilder().reporting_length(3).epsilon(epsilon).delta(delta)
    builder = builder.fabrication_mode(getattr(ps.FabricationMode, mode)()).use_synthetic_counts(reuse)
    maker = ps.DpAggregateSeededSynthesizer(builder.build())
    maker.fit(ps.Dataset([names, *rows]))
    header, *made = maker.sample(len(rows))
    spent = time.process_time() - start
    place = [header.index(name) for name in names]
    code = [{"": 0} | {f"v{i}": i + 1 for i in range(len(c.values))} for c in coded.columns]
    records = np.array([[code[c][row[p]] for row in made] for c, p in enumerate(place)])
    tables = _pac_tables(maker.get_dp_aggregates(";"), names, code, levels(coded))
    return figures(coded, records, tables) | {"CPU s": spent}


def _pac_tables(said: dict[str, int], names: list[str], code: list[dict[str, int]], sizes: list[int]) -> Tables:
    tables: Tables = {}
    for selection, count in said.items():
        pairs = [each.split(":", 1) for each in selection.split(";")]
        items = sorted((names.index(n), v) for n, v in pairs if n in names)
        if len(items) != len(pairs) or not items:
            continue
        columns = tuple(c for c, _ in items)
        shape = tuple(sizes[c] for c in columns)
        flat = tables.setdefault(columns, np.zeros(math.prod(shape)))
        flat[np.ravel_multi_index(tuple(code[c][v] for c, v in items), shape)] = count
    return tables


def ran(method: str, coded: Coded, epsilon: float, seed: int, exact: bool) -> dict[str, float]:
    """The figures of one run of a method; CPU seconds are without the comparison."""
    people = coded.codes.shape[1]
    delta = 1 / (people * math.log(people))
    rho, start = rho_of(epsilon, delta), time.process_time()
    if method == "havre":
        made = estimate(coded, rho, source(None if exact else seed), Plan(len(coded.columns), coded.cap))
        spent = time.process_time() - start
        return ours(coded, made) | {"CPU s": spent, "order": made.order}
    if method == "Gaussian":
        return gaussian(coded, rho, seed)
    return pac(coded, epsilon, delta, *PAC[method])


def summary(each: Sequence[dict[str, float]]) -> dict[str, Any]:
    """Means, and the least and most of the runs."""
    values = {key: [one[key] for one in each] for key in each[0]}
    spread = {key: [round(min(of), 5), round(max(of), 5)] for key, of in values.items()}
    return {"runs": len(each), "mean": {key: round(float(np.mean(of)), 5) for key, of in values.items()}} | {
        "from to": spread
    }


def keep(name: str, method: str, found: dict[str, Any]) -> None:
    """Written beside what is there of other files and methods, with the commit and the day of each."""
    file = ground.RESULTS / "dp.json"
    kept = json.loads(file.read_text()) if file.exists() else {}
    kept.setdefault(name, {})[method] = {"commit": ground.commit(), "on": ground.today()} | found
    file.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")


def sampled(coded: Coded, people: int) -> Coded:
    """So many of the records, always the same."""
    chosen = np.random.default_rng(7).choice(coded.codes.shape[1], people, replace=False)
    return Coded(coded.columns, coded.codes[:, chosen], coded.cap)


@click.command()
@click.argument("name", type=click.Choice([*sorted(FILES), "invented"]))
@click.option("--epsilon", default=3.0)
@click.option("--seeds", default=5)
@click.option("--peers", default=0, help="Runs of each peer.")
@click.option("--people", default=0, help="A sample of so many (small registers).")
@click.option("--exact", is_flag=True, help="OpenDP's noise, as in a release, instead of seeds.")
@click.option("--keep", "kept", is_flag=True, help="Write the means to bench/results/dp.json.")
def main(name: str, epsilon: float, seeds: int, peers: int, people: int, exact: bool, kept: bool) -> None:
    """Means over the runs of each method."""
    coded = sampled(load(name), people) if people else load(name)
    label = f"{name} {epsilon:g}" + (f" of {people}" if people else "")
    for method, many in (("havre", seeds), *((peer, peers) for peer in ("Gaussian", *PAC))):
        if not many:
            continue
        found = summary([ran(method, coded, epsilon, seed, exact) for seed in range(1, many + 1)])
        print(f"{method} ({many} runs, {label}, n {coded.codes.shape[1]})")
        for key, mean in found["mean"].items():
            print("  {:40} {:9.4f}  ({:.4f} to {:.4f})".format(key, mean, *found["from to"][key]), flush=True)
        if kept:
            keep(label, method + (", exact noise" if exact and method == "havre" else ""), found)


if __name__ == "__main__":
    main()
