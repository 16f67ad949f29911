"""The how-tos on the directory: each command run as it is written, and each button that is named is on a page."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext, pgettext

from havre.platform.database.cluster import Cluster
from havre.platform.i18n.collect import messages

FOLDER = Path(__file__).parents[1] / "docs" / "how-to"
NAMES = ("find-a-service", "keep-a-card", "bring-a-directory-in")
KEY = "9f2b1c1e-6d0a-4c55-8b0e-3f6f1f1c2a77"
HOUSE = {
    "id": KEY,
    "name": "دار المينا",
    "description": "Beds",
    "services": [{"id": KEY[:-1] + "8", "name": "Beds for men", "status": "active"}],
}
FOUND = (
    "setup",
    'add agency balise "Maison Balise, Lyon" --country FR',
    'add user chloe --agency balise --name "Chloé R." --role supervisor',
)


def text(name: str, language: str = "") -> str:
    """A how-to as it stands."""
    return (FOLDER / f"{name}{language}.md").read_text()


def lines(language: str) -> list[str]:
    """What a reader of the how-to types."""
    blocks = re.findall(r"```console\n(.*?)```", text("bring-a-directory-in", language), re.DOTALL)
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]


@pytest.fixture
def office() -> Iterator[Path]:
    """A new office with a directory in a file."""
    home = Path(tempfile.mkdtemp(prefix="havre-office-"))
    (home / "directory.json").write_text(json.dumps([HOUSE]))
    yield home
    Cluster(home / "data").remove()
    shutil.rmtree(home)


def run(line: str, home: Path) -> None:
    havre = f'"{sys.executable}" -P -c "from havre.site.cli import main; main()"'
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "XDG_RUNTIME_DIR") if name in os.environ}
    done = subprocess.run(
        line.replace(".venv/bin/havre", havre),
        shell=True,
        cwd=home,
        env=kept | {"HAVRE_DATA": str(home / "data"), "PYTHONPATH": str(Path(__file__).parents[1])},
        text=True,
        capture_output=True,
        input="a quiet harbour at dawn\n" * 2,
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"


def test_each_command_does_what_the_page_says(office):
    for line in (*(f".venv/bin/havre {each}" for each in FOUND), *lines("")):
        run(line, office)
    out = json.loads((office / "public.json").read_text())
    assert out["organizations"] == [] and (office / "directory.xlsx").stat().st_size > 1000  # hers is for partners


def test_both_languages_type_the_same():
    assert lines("") == lines(".fr") and len(lines("")) == 6


@pytest.mark.parametrize("name", NAMES)
def test_every_button_that_is_named_is_a_text_of_the_pages(name):
    told = {said: context for _where, said, context in messages()}
    english = set(re.findall(r"(?<!\*)\*([A-Z][^*\n]+)\*(?!\*)", text(name)))
    assert english <= told.keys()
    with translation.override("fr"):
        french = {pgettext(told[each], each) if told[each] else gettext(each) for each in english}
    assert set(re.findall(r"(?<!\*)\*([A-ZÀ-Ý][^*\n]+)\*(?!\*)", text(name, ".fr"))) == french
