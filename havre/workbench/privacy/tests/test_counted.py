"""A run is charged before its block begins, published when it ends well, and lost when it does not."""

import json

import pytest

from havre.workbench.privacy.accountant import Step
from havre.workbench.privacy.counted import Account, run
from havre.workbench.privacy.ledger import DP, held
from havre.workbench.refusal import Refusal

KINDS = [[Step(20.0, 35)]]


@pytest.fixture
def account(tmp_path):
    return Account(tmp_path / "ledger.jsonl", "2024", (6.0, 1e-6))


def acts(account):
    return [json.loads(line)["act"] for line in account.path.read_text().splitlines()]


def test_it_charges_draws_and_publishes(account, tmp_path):
    with run(tmp_path / "out", account, KINDS) as each:
        assert acts(account) == ["opened", "charged"] and len(each.head) == 64
        (each.folder / "a.csv").write_text("x")
    assert acts(account) == ["opened", "charged", "drawn", "published"]
    assert (tmp_path / "out" / "a.csv").read_text() == "x"


@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt])
def test_a_run_that_fails_is_charged_and_leaves_no_file(account, tmp_path, fault):
    with pytest.raises(fault), run(tmp_path / "out", account, KINDS) as each:
        (each.folder / "a.csv").write_text("x")
        raise fault
    assert acts(account) == ["opened", "charged", "lost"]
    assert {each.name for each in tmp_path.iterdir()} == {"ledger.jsonl"}


def test_the_same_run_after_a_crash_is_published_and_not_charged_again(account, tmp_path):
    with held(account.path, "2024", DP, account.budget) as book:
        charge = book.charge(tmp_path / "out", kinds=KINDS, asked="digest")
        (charge.staged / "a.csv").write_text("drawn")
        book.drawn(charge)
    with run(tmp_path / "again", account, KINDS, asked="digest") as each:
        assert each.folder is None and each.finished == (tmp_path / "out",)
    assert (tmp_path / "out" / "a.csv").read_text() == "drawn" and acts(account).count("charged") == 1


def test_another_run_after_a_crash_publishes_the_first_and_is_charged_itself(account, tmp_path):
    with held(account.path, "2024", DP, account.budget) as book:
        charge = book.charge(tmp_path / "out", kinds=KINDS, asked="digest")
        book.drawn(charge)
    with run(tmp_path / "again", account, KINDS, asked="other") as each:
        assert each.folder is not None and each.finished == (tmp_path / "out",)
    assert acts(account).count("charged") == 2 == acts(account).count("published")


def test_without_an_account_it_publishes_whole_or_not_at_all(tmp_path):
    with run(tmp_path / "out", None, KINDS) as each:
        (each.folder / "a.csv").write_text("x")
    assert (tmp_path / "out" / "a.csv").exists()
    with pytest.raises(RuntimeError), run(tmp_path / "other", None, KINDS) as each:
        raise RuntimeError
    assert {each.name for each in tmp_path.iterdir()} == {"out"}


def test_what_is_refused_is_not_charged(account, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old").touch()
    with pytest.raises(Refusal, match="another name"), run(tmp_path / "out", account, KINDS):
        pass
    with pytest.raises(Refusal, match="spent"), run(tmp_path / "new", account, [[Step(2.0, 900)]]):
        pass
    assert acts(account) == ["opened"] and not (tmp_path / "new").exists()
