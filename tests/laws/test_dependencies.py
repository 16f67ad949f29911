"""What Havre stands on is named with a reason, pinned by its hash, and comes from no written address."""

from __future__ import annotations

import re

import pytest

from .code import ROOT

LOCKS = [ROOT / "requirements.lock", ROOT / "tools" / "uv-requirements.lock"]


def direct():
    """The packages we ask for."""
    lines = (ROOT / "requirements.in").read_text().splitlines()
    return {re.split(r"[\[<>=!~ ]", line)[0].lower() for line in lines if line and not line.startswith("#")}


def explained():
    """Package and reason of each line of docs/dependencies.md."""
    text = (ROOT / "docs" / "dependencies.md").read_text()
    return {
        name.lower(): reason.strip() for name, reason in re.findall(r"^\| `([\w.-]+)` \| (.+?) \|", text, flags=re.M)
    }


def test_each_has_a_reason_and_no_other_is_listed():
    assert set(explained()) == direct()
    assert all(len(reason) > 15 for reason in explained().values())


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_address(lock):
    assert re.findall(r"https?://|--index|--extra|--find|file:", lock.read_text()) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_each_package_of_a_lock_is_pinned_by_its_hash(lock):
    packages = re.split(r"\n(?=[\w-])", re.sub(r"^\s*#.*\n", "", lock.read_text(), flags=re.M).strip())
    assert [each.split()[0] for each in packages if "==" not in each or "--hash=sha256:" not in each] == []


def test_each_direct_package_is_in_the_lock():
    pinned = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text().lower(), flags=re.M))
    assert direct() - pinned == set()
