"""`python -m bench.page`: writes the figures of bench/results between the marks of docs/explanation/speed.md."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from bench import ground

PAGE = ground.ROOT / "docs" / "explanation" / "speed.md"
MARK = re.compile(r"(<!-- figures: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
MISSING = "*Not measured yet.*\n"


def written(text: str) -> str:
    """The page with the figures as they stand in the results."""
    return MARK.sub(lambda found: found[1] + "".join(PARTS[found[2]]()) + found[3], text)


def results(name: str) -> Any:
    """The figures of that name; nothing when they were not measured."""
    file = ground.RESULTS / f"{name}.json"
    return json.loads(file.read_text()) if file.exists() else None


def said(value: float | None, most: float | None = None) -> str:
    """A figure, and whether it is within its budget."""
    if value is None:
        return "–"
    return f"{value:,}" if most is None else f"{value:,} {'✓' if value <= most else '✗'}"


def table(*columns: str) -> str:
    """The head of a table."""
    return f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}\n"


def row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |\n"


def whence(found: Any) -> str:
    """Where and when it was measured, and what else the machine did."""
    here = found["machine"]
    loads = (("before", here.get("load")), ("after", found.get("load_after")))
    load = " and ".join(f"{each[0]} {when}" for when, each in loads if each) or "not noted"
    day = f", {found['on']}" if "on" in found else ""
    return (
        f"\nCommit `{found['commit']}`{day}; {here['cores']} cores, PostgreSQL {here['postgresql']}, Python "
        f"{here['python']}, {here['system']}; load average {load}.\n"
    )


def load() -> Iterator[str]:
    """The largest register that was loaded."""
    sizes = [int(path.stem.removeprefix("load-")) for path in ground.RESULTS.glob("load-*.json")]
    if not sizes:
        yield MISSING
        return
    found = results(f"load-{max(sizes)}")
    yield table("", "measured", "budget for 1,000,000")
    yield row("cases", f"{found['cases']:,}", "")
    yield row("rows", f"{found['rows']:,}", "")
    yield row("minutes by the clock", said(found["minutes"], 20), "20")
    spent = round((found["application_s"] + found["database_s"]) / 60, 1)
    yield row("minutes of processor time, both sides", said(spent, 40), "40: two cores for 20 minutes")
    yield row("a case, milliseconds of processor time", said(found["each_case_ms"], 2.4), "2.4")
    yield row("on disk, GB", said(round(found["bytes"] / 1e9, 1), 40), "40")
    for name in ("write", "indexes", "references", "vacuum"):
        yield row(f"{name}, seconds by the clock", f"{found[f'{name}_s']:,}", "")
    yield whence(found)


def pages() -> Iterator[str]:
    """List, open, save."""
    found = results("pages")
    if not found:
        yield MISSING
        return
    yield table(
        "cases",
        "agency",
        "by",
        "act",
        "application",
        "database",
        "together",
        "budget",
        "against 10,000",
        "against the filter",
    )
    for each in found["figures"]:
        listed = each["act"] == "list"
        yield row(
            f"{each['cases']:,}",
            f"{each['agency']} ({each['agency_cases']:,})",
            each["by"],
            each["act"],
            each["application_ms"],
            each["database_ms"],
            said(each["together_ms"], each["budget_ms"]),
            f"{each['budget_ms']:g}",
            said(each["growth"], 1.2 if listed else None),
            said(each["ratio"], 1.3 if listed and each["agency"] != "largest" else None),
        )
    hashed = sum(map(len, found["hashed_subplans"].values()))
    yield f"\nPlans of the list that hash the access table: {hashed or 'none'}.\n"
    yield whence(found)


def imports() -> Iterator[str]:
    """Files that come in."""
    found = results("imports")
    if not found:
        yield MISSING
        return
    yield table(
        "file",
        "rows",
        "MB",
        "program",
        "reader",
        "database",
        "together",
        "budget",
        "csv module alone",
        "peak memory, MB",
    )
    for each in found["figures"]:
        yield row(
            each["kind"].upper(),
            f"{each['rows']:,}",
            round(each["bytes"] / 1e6, 1),
            each["parent_s"],
            each["reader_s"],
            each["database_s"],
            said(each["together_s"], each["budget_s"]),
            said(each["budget_s"]),
            said(each["floor_s"]),
            f"{each['parent_mb']} + {said(each['reader_mb'])}",
        )
    if found["memory_100k_over_10k"]:
        grown = said(found["memory_100k_over_10k"], found["memory_budget"])
        yield f"\nMemory of 100,000 rows over that of 10,000: {grown} (budget {found['memory_budget']}).\n"
    yield whence(found)


def names() -> Iterator[str]:
    """Names that are searched for."""
    found = results("names")
    if not found:
        yield MISSING
        return
    yield table("", "measured", "budget")
    yield row(f"search among {found['names']:,} names, warm, ms", said(found["find"]["together_ms"], 10), "10")
    yield row("the page of the search, ms", said(found["page"]["together_ms"]), "")
    yield row("first search after the program started, ms", said(found["first_use"]["together_ms"]), "")
    for kind in ("misspelt", "swapped", "romanised"):
        held = found["found_in_first_ten"]["held"][kind]
        share = f"{held['first_ten']} {'✓' if held['first_ten'] >= 0.9 else '✗'}"
        yield row(f"{kind}, found in the first ten ({held['pairs']} pairs held back)", share, ".90")
    yield "\nBy kind and language, and on lists from elsewhere: [the search by name](search.md).\n"
    yield whence(found)


def audit() -> Iterator[str]:
    """What the record costs."""
    found = results("audit")
    if not found:
        yield MISSING
        return
    written, large = found["writing"], found["a_million"]
    rate = said(written["rows_per_s_while_sealing"]) + (" ✓" if written["rows_per_s_while_sealing"] >= 500 else " ✗")
    yield table("", "measured", "budget")
    yield row("rows a second, eight writers, while batches are sealed", rate, "500 at least")
    yield row("the same without sealing", said(written["rows_per_s_without"]), "")
    for name, what in (("seal_s", "sealed"), ("export_s", "taken out"), ("verify_s", "checked")):
        yield row(f"a million rows {what}, s", said(large[name]), "")
    yield row("unusual access, a million events in a year, ms", said(large["unusual_ms_year"]), "")
    yield row("first page of the record, ms", said(large["events_ms_year"]), "")
    yield whence(found)


def directory_import() -> Iterator[str]:
    """Cards that come in, and a file of far too many rows."""
    found, rows = results("directory_import"), results("directory_import_rows")
    if not found or not rows:
        yield MISSING
        return
    yield table(
        "services", "rows", "MB", "program", "reader", "database", "together", "budget", "clock", "peak memory, MB"
    )
    for each in found["figures"]:
        many = each["services"]
        budget = found["budget_s"] if many == 100_000 else None
        spent = (each["parent_s"], each["reader_s"], each["database_s"], said(each["together_s"], budget), said(budget))
        yield row(f"{many:,}", f"{each['rows']:,}", each["file_mb"], *spent, each["elapsed_s"], each["peak_mb"])
    if found["memory_100k_over_10k"]:
        grown = said(found["memory_100k_over_10k"], found["memory_budget"])
        yield f"\nMemory of 100,000 services over that of 10,000: {grown} (budget {found['memory_budget']}).\n"
    each, load = rows["figures"], rows["machine"]["load"][0]
    told = f"“{each['refused'][0]}”, after {each['together_s']} s of processor time"
    yield f"A file of {each['rows_in_file']:,} rows ({each['file_mb']} MB): {told}, at a peak of "
    yield f"{each['peak_mb']} MB; nothing was kept (load average {load}).\n"
    yield whence(found)


def searches(part: str, of: str) -> Iterator[str]:
    """What is found among many."""
    found = results(part)
    if not found:
        yield MISSING
        return
    yield table(f"among {found[of]:,} {of}", "found", "application", "database", "together", "budget")
    for each in found["figures"]:
        many = "" if each["found"] is None else f"{each['found']}{'+' if each['found'] >= 200 else ''}"
        both = each["application_ms"], each["database_ms"]
        yield row(each["what"], many, *both, said(each["together_ms"], each["budget_ms"]), said(each["budget_ms"]))
    yield whence(found)


PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "load": load,
    "pages": pages,
    "imports": imports,
    "names": names,
    "audit": audit,
    "directory": partial(searches, "directory", "services"),
    "directory_import": directory_import,
    "library": partial(searches, "library", "publications"),
}

if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text()))
