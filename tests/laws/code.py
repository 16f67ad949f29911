"""What the laws read: the files of Havre, and the room each belongs to."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
HAVRE = ROOT / "havre"
LAYERS = ("kernel", "workbench", "platform", "directory", "cases", "prevention", "knowledge", "exchange", "site")
STAGES = (
    *("people", "glass", "screening", "story", "assessment", "assistance", "health", "children"),
    *("returns", "reintegration", "followup", "intake", "casefile", "handover", "papers"),
)


def python() -> list[Path]:
    """Every Python file of ours that is not a migration."""
    folders = (HAVRE, ROOT / "tests", ROOT / "bench")
    return sorted(each for folder in folders for each in folder.rglob("*.py") if "migrations" not in each.parts)


def templates() -> list[Path]:
    """Every template."""
    return sorted(HAVRE.rglob("templates/**/*.html"))


def static(suffix: str) -> list[Path]:
    """Every static file with this ending, as written by hand."""
    return sorted(each for each in HAVRE.rglob(f"static/**/*{suffix}") if "build" not in each.parts)


def short(path: Path) -> str:
    """The path as a reader of the checkout would say it."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[tuple[str, int, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Name, number of lines and tree of each function of a file, decorators left out."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1, node


def rank(module: str) -> tuple[int, int]:
    """How high a module stands in the house: its room, and among the cases its stage."""
    _havre, room, *rest = module.split(".")
    stage = STAGES.index(rest[0]) if room == "cases" and rest and rest[0] in STAGES else 0
    return LAYERS.index(room), stage
