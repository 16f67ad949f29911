"""The command itself, in a folder of its own: prepared once, found again, never mixed with a real register."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from havre.platform.database.cluster import Cluster

HAVRE = [sys.executable, "-c", "import sys; sys.argv[0] = 'havre'; from havre.site.cli import main; main()"]


@pytest.fixture
def havre(tmp_path):
    """Runs the command with that data folder, as a new user would."""
    home = tmp_path / "home"
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("HAVRE_", "DATABASE_", "DJANGO_"))
    }

    def run(*words):
        done = subprocess.run([*HAVRE, *words, "--data", str(home)], env=clean, capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    yield run
    Cluster(home).remove()


def test_it_is_prepared_once_and_found_again(havre):
    code, said, _error = havre("demo", "--cases", "12", "--no-serve")
    assert code == 0 and "12 invented people" in said and "amina" in said and "havre-demo" in said
    code, said, _error = havre("demo", "--cases", "12", "--no-serve")
    assert code == 0 and "stands already, with 12 files" in said


def test_a_database_with_an_agency_of_its_own_is_left_alone(havre):
    havre("setup")
    havre("add", "agency", "real", "A real house")
    code, _said, error = havre("demo", "--cases", "12", "--no-serve")
    assert code == 1 and error.count("\n") == 1 and "never mixes" in error
