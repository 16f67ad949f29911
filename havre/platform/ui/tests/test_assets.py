"""The built sheet, script and sprite: small, the same each time, and without a fault that only shows in Arabic."""

import re
from pathlib import Path

import brotli
import pytest

from havre.platform.ui import assets
from havre.platform.ui.icons import ICONS

TEMPLATES = Path(assets.__file__).parent / "templates"


def weight(text: str) -> int:
    return len(brotli.compress(text.encode()))


def test_two_builds_are_the_same(tmp_path):
    assets.build(tmp_path / "one")
    assets.build(tmp_path / "two")
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_the_first_visit_stays_light():
    assert weight(assets.build_css()) <= 15_500
    assert weight(assets.build_script()) <= 5_000
    assert weight(assets.build_icons()) <= 4_000


def test_the_sheet_knows_no_side_of_the_page():
    assert not re.search("left|right", assets.build_css())


def test_the_device_theme_is_the_dark_theme():
    css = assets.build_css()
    by_choice = re.search(r'\[data-theme="dark"\]\{([^}]*)\}', css)
    by_device = re.search(r"prefers-color-scheme:dark\)\{:root:not\(\[data-theme\]\)\{([^}]*)\}", css)
    assert by_choice and by_device and by_choice.group(1) == by_device.group(1)


def test_every_colour_of_the_sheet_is_a_token():
    css = assets.build_css()
    known = set(re.findall(r"(--[\w-]+):", css))
    assert set(re.findall(r"var\((--[\w-]+)", css)) <= known


def test_the_sprite_holds_every_icon_under_our_name():
    assert set(re.findall(r'<symbol id="([\w-]+)"', assets.build_icons())) == set(ICONS)


def test_the_script_is_one_scope_without_imports():
    assert not re.search(r"^(import|export) ", assets.build_script(), flags=re.M)


def test_it_refuses_two_functions_of_one_name():
    with pytest.raises(SystemExit, match="again"):
        assets.refuse_twins(["function again() {", "export async function again() {"])


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_template_has_nothing_inline(path):
    text = path.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", text)
    assert len(text.splitlines()) <= 150


@pytest.mark.parametrize("name", ["weather.html", "ui/forecast.html"])
def test_the_weather_page_has_no_trace_of_us(name):
    assert "havre" not in (TEMPLATES / name).read_text("utf-8").lower()
