"""What is written stands whole in its place, or nothing does."""

import os

import pytest

from havre.workbench import whole
from havre.workbench.refusal import Refusal


def test_a_file_and_a_folder_take_their_place_at_the_end(tmp_path):
    with whole.file(tmp_path / "new" / "a.json") as staged:
        staged.write_text("{}")
        assert not (tmp_path / "new" / "a.json").exists()
    with whole.folder(tmp_path / "out") as staged:
        (staged / "b.csv").write_text("b")
        assert not (tmp_path / "out").exists()
    assert (tmp_path / "new" / "a.json").read_text() == "{}" and (tmp_path / "out" / "b.csv").read_text() == "b"
    assert [each.name for each in (tmp_path / "new").iterdir()] == ["a.json"]


@pytest.mark.parametrize("what", [whole.file, whole.folder])
def test_a_block_that_fails_leaves_nothing(tmp_path, what):
    with pytest.raises(RuntimeError), what(tmp_path / "out"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_taken_is_refused_and_an_empty_folder_is_not(tmp_path):
    (tmp_path / "a").write_text("old")
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refusal, match="choose another name"):
        whole.check_free(tmp_path / "a")
    with whole.folder(tmp_path / "empty") as staged:
        (staged / "b").touch()
    assert (tmp_path / "empty" / "b").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_is_closed_is_refused(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(Refusal, match="nothing can be written there"):
        whole.check_free(tmp_path / "deep" / "out")
