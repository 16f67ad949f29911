"""Small files, small functions, small templates (STYLE 3). What goes over says why on its first line."""

from __future__ import annotations

import pytest

from .code import functions, python, short, static, templates

FILE, FUNCTION, VIEW, TEST, TEMPLATE = 400, 40, 25, 30, 150


def over(path, budget):
    """The number of lines, when it passes the budget and the first line does not say why."""
    lines = path.read_text().splitlines()
    excused = lines and "long because" in lines[0].lower()
    return len(lines) if len(lines) > budget and not excused else 0


def test_no_file_is_longer_than_400_lines():
    files = [*python(), *static(".css"), *static(".js")]
    assert {short(each): over(each, FILE) for each in files if over(each, FILE)} == {}


def test_no_template_is_longer_than_150_lines():
    assert {short(each): over(each, TEMPLATE) for each in templates() if over(each, TEMPLATE)} == {}


def budget(path, node):
    """How long this function may be."""
    if path.name.startswith("test_") and node.name.startswith("test_"):
        return TEST
    is_view = any("page(" in text or "public(" in text for text in map(_written, node.decorator_list))
    return VIEW if is_view else FUNCTION


def _written(decorator):
    import ast

    return ast.unparse(decorator)


@pytest.mark.parametrize("path", python(), ids=short)
def test_no_function_is_longer_than_its_budget(path):
    assert {name: lines for name, lines, node in functions(path) if lines > budget(path, node)} == {}
