"""What a page weighs over a slow line: 60 kB compressed at the first visit, 20 kB later (STYLE 8)."""

from __future__ import annotations

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

from .walk import Line

FIRST, LATER = 60_000, 20_000


def weight(data):
    return len(brotli.compress(data))


def files(page):
    """The static files a page asks for, and those that they ask for in turn."""
    wanted = set(re.findall(r"/static/([^\"'#?\s)]+)", page))
    found: dict[str, bytes] = {}
    while wanted:
        name = wanted.pop()
        path = finders.find(name)
        assert path, f"{name} is not there: run `make setup`"
        found[name] = Path(path).read_bytes()
        folder = name.rpartition("/")[0]
        inner = re.findall(rb"(?:import|from)\s*[\"']\./([\w./-]+)[\"']|url\([\"']?([\w./-]+\.\w+)", found[name])
        wanted |= {f"{folder}/{(one or two).decode()}" for one, two in inner} - set(found)
    return found


@pytest.mark.parametrize(
    "name, values",
    [("accounts:signin", ""), ("casefile:today", ""), ("casefile:list", ""), ("casefile:case", "reference")],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_is_light(house, name, values, language):
    login = "eve" if name == "accounts:signin" else "amina"
    house.browser(login).cookies["havre-language"] = language
    answer = house.ask(login, Line(name, "GET", values, ()))
    assert answer.status_code == 200
    later = weight(answer.content)
    first = later + sum(weight(data) for data in files(answer.content.decode()).values())
    assert later <= LATER and first <= FIRST, f"first visit {first} bytes, later {later}"
