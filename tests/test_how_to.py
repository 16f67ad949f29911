"""The how-tos, run as they are written: every `havre` line of them, in order, in an installation of their own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from havre.platform.database.cluster import Cluster

ROOT = Path(__file__).parents[1]
PAGES = ("install.md", "import-a-register.md")
PORT = "8719"
REGISTER = "reference,prs_FirstName,prs_SecondName,prs_Citizenship,cas_Status,con_Consent\nR-1,Ndapewa,Shikongo,NA,Active,true\n"


@pytest.fixture
def office() -> Iterator[dict[str, str]]:
    """The environment of a new office, and a folder with its register."""
    home = Path(tempfile.mkdtemp(prefix="havre-office-"))
    (home / "register.csv").write_text(REGISTER)
    kept = ("PATH", "HOME", "LANG", "XDG_RUNTIME_DIR")
    yield {**{name: os.environ[name] for name in kept if name in os.environ}, "HAVRE_DATA": str(home / "data"), "OFFICE": str(home)}
    Cluster(home / "data").remove()
    shutil.rmtree(home)


def commands() -> Iterator[str]:
    """The lines a reader would type, without the prompt."""
    for name in PAGES:
        text = (ROOT / "docs" / "how-to" / name).read_text()
        for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
            yield from (line.strip().removeprefix("$ ") for line in block.splitlines() if "havre " in line)


def run(command: str, office: dict[str, str]) -> None:
    havre = f'"{sys.executable}" -P -c "from havre.site.cli import main; main()"'
    line = command.replace(".venv/bin/havre", havre).replace("register.csv", f"{office['OFFICE']}/register.csv")
    if " serve" in command:
        return serve(line.replace("8000", PORT), office)
    done = subprocess.run(
        line, shell=True, env=office, cwd=ROOT, text=True, capture_output=True, input="a quiet harbour at dawn\n" * 2, start_new_session=True
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return None


def serve(line: str, office: dict[str, str]) -> None:
    """Serves until the door answers, then stops it as Ctrl-C would."""
    server = subprocess.Popen(f"exec {line}", shell=True, env=office, cwd=ROOT, start_new_session=True)
    try:
        for _ in range(150):
            try:
                assert urllib.request.urlopen(f"http://localhost:{PORT}/signin/").status == 200
                return
            except urllib.error.URLError:
                time.sleep(0.2)
        raise AssertionError("the server did not answer")
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(30)


def test_each_command_of_the_how_tos_does_what_it_says(office):
    lines = list(commands())
    assert len(lines) == 6
    for line in lines:
        run(line, office)
