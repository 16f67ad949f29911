"""Classes that add themselves are found, in a stable order, once each."""

import sys
from pathlib import Path
from typing import Any

import pytest

from havre.kernel.registry import Registry


def test_members_come_in_the_order_of_their_codes() -> None:
    registry: Registry[Any] = Registry()
    for code in ("b", "c", "a"):
        registry.add(type("Thing", (), {"code": code}))
    assert [member.code for member in registry] == ["a", "b", "c"]
    assert len(registry) == 3 and "a" in registry and registry["b"].code == "b"


def test_adding_gives_the_class_back_unchanged() -> None:
    thing = type("Thing", (), {"code": "a"})
    assert Registry[Any]().add(thing) is thing


def test_a_code_that_is_taken_is_refused() -> None:
    registry: Registry[Any] = Registry()
    registry.add(type("First", (), {"code": "a"}))
    with pytest.raises(ValueError, match="a: added by"):
        registry.add(type("Second", (), {"code": "a"}))


def test_every_module_of_a_package_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "havre_sample"
    (package / "tests").mkdir(parents=True)
    (package / "__init__.py").write_text("from havre.kernel.registry import Registry\nTHINGS = Registry()\n")
    (package / "one.py").write_text("from havre_sample import THINGS\n@THINGS.add\nclass One:\n    code = 'one'\n")
    (package / "tests" / "__init__.py").write_text("raise AssertionError('tests are no members')\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    sys.modules.pop("havre_sample", None)
    things = __import__("havre_sample").THINGS
    things.find("havre_sample")
    assert [member.code for member in things] == ["one"]
