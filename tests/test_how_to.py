"""The how-tos, run as they are written: every `havre` line of them, in order, in an installation of their own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from havre.platform.database.cluster import Cluster

ROOT = Path(__file__).parents[1]
PAGES = ("install.md", "look-after-accounts.md", "sign-in.md", "import-a-register.md", "check-the-record.md")
REGISTER = """reference,prs_FirstName,prs_SecondName,prs_Citizenship,cas_Status,con_Consent
R-1,Ndapewa,Shikongo,NA,Active,true
"""
FILES = re.compile(r"((?:register|record[a-z-]*)\.(?:csv|xlsx|pem|txt|gz))")


@pytest.fixture
def office() -> Iterator[dict[str, str]]:
    """The environment of a new office, and a folder with its register."""
    home = Path(tempfile.mkdtemp(prefix="havre-office-"))
    (home / "register.csv").write_text(REGISTER)
    kept = ("PATH", "HOME", "LANG", "XDG_RUNTIME_DIR")
    yield {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "HAVRE_DATA": str(home / "data"),
        "OFFICE": str(home),
    }
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
    line = re.sub(
        r"((?:register|record[a-z-]*)\.(?:csv|xlsx|pem|txt|gz))",
        rf"{office['OFFICE']}/\1",
        command.replace(".venv/bin/havre", havre),
    )
    if " serve" in command:
        return serve(line, office)
    done = subprocess.run(
        line,
        shell=True,
        env=office,
        cwd=ROOT,
        text=True,
        capture_output=True,
        input="a quiet harbour at dawn\n" * 2,
        start_new_session=True,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return None


def serve(line: str, office: dict[str, str]) -> None:
    """Serves on a port that is free until the door answers, then stops it as Ctrl-C would."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = line.replace("8000", str(port))
    server = subprocess.Popen(f"exec {line}", shell=True, env=office, cwd=ROOT, start_new_session=True)
    try:
        while server.poll() is None:
            try:
                assert urllib.request.urlopen(f"http://localhost:{port}/signin/", timeout=10).status == 200
                return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the server ended by itself")
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(30)


def test_every_button_that_is_named_is_a_text_of_the_pages():
    from havre.platform.i18n.collect import messages

    text = (ROOT / "docs" / "how-to" / "look-after-accounts.md").read_text()
    named = set(re.findall(r"(?<!\*)\*([A-Z][^*\n]+)\*(?!\*)", text))
    assert len(named) > 8 and named - {said for _where, said, _context in messages()} == set()


def test_each_command_of_the_how_tos_does_what_it_says(office):
    lines = list(commands())
    assert len(lines) == 16
    for line in lines:
        run(line, office)
