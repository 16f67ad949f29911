"""The ledger counts every draw, for one cohort and one kind, and survives a kill at any point."""

import json
import stat
import threading

import pytest

from havre.workbench.privacy import ledger as ledgers
from havre.workbench.privacy.accountant import Step, epsilon_of, epsilon_of_kinds, rho_of, rho_of_steps, steps_of
from havre.workbench.privacy.ledger import DP, THRESHOLD, held
from havre.workbench.privacy.tests import kills
from havre.workbench.refusal import Refusal

STEPS = steps_of(rho_of_steps(3, 1e-6, [(0.4, 7), (0.6, 35)]), [(0.4, 7), (0.6, 35)])


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.jsonl"


@pytest.fixture
def book(path):
    """Opens the ledger of cohort 2024 with a budget of epsilon 6."""
    return lambda cohort="2024", kind=DP, budget=(6.0, 1e-6): held(path, cohort, kind, budget)


def release(ledger, out, **cost):
    """A run from charge to publication."""
    charge = ledger.charge(out, **(cost or {"kinds": [STEPS]}))
    (charge.staged / "aggregates.csv").write_text("selection,count,sd\n")
    ledger.drawn(charge)
    ledger.publish(charge)


def test_a_release_leaves_four_lines_that_a_person_can_read(book, path, tmp_path):
    with book() as ledger:
        release(ledger, tmp_path / "out")
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    assert [row["act"] for row in rows] == ["opened", "charged", "drawn", "published"]
    assert rows[3]["files"] == rows[2]["files"] and (tmp_path / "out" / "aggregates.csv").exists()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_budget_of_twice_epsilon_holds_more_than_two_runs_and_then_is_spent(book, tmp_path):
    with book() as ledger:
        for number in range(3):
            release(ledger, tmp_path / str(number))
        assert 5 < ledger.spent() <= 6
        with pytest.raises(Refusal, match="is spent: with this run epsilon would be"):
            release(ledger, tmp_path / "more")
        assert len(ledger.rows) == 10 and not (tmp_path / "more").exists()


def test_one_run_of_the_whole_budget_fits(book, tmp_path):
    with book(budget=(3.0, 1e-6)) as ledger:
        release(ledger, tmp_path / "out")
        with pytest.raises(Refusal, match="spent"):
            ledger.charge(tmp_path / "again", rho=1e-3)


def test_a_charge_without_steps_counts_as_zcdp(book, tmp_path):
    with book() as ledger:
        release(ledger, tmp_path / "out", rho=rho_of(6, 1e-6))
        assert ledger.spent() == pytest.approx(6, rel=1e-6)


def test_the_worst_kind_of_person_is_charged_and_many_kinds_add_up_as_zcdp(book, tmp_path):
    with book(budget=(30.0, 1e-6)) as ledger:
        kinds = [[Step(40.0, 35)], [Step(40.0, 3), Step(90.0, 84)], [Step(40.0, 2)]]
        release(ledger, tmp_path / "0", kinds=kinds)
        alone = ledger.spent()
        assert alone == pytest.approx(epsilon_of_kinds([kinds[0]], 1e-6), rel=1e-4)
        for number in range(1, 5):
            release(ledger, tmp_path / str(number), kinds=kinds)
        assert ledger.spent() == pytest.approx(epsilon_of(5 * Step(40.0, 35).rho, 1e-6), rel=1e-6)


def test_a_run_without_cost_is_a_mistake(book, tmp_path):
    with book() as ledger, pytest.raises(ValueError, match="has a cost"):
        ledger.charge(tmp_path / "out", rho=0.0)


def test_another_cohort_and_another_kind_are_refused(book):
    with book():
        pass
    with (
        pytest.raises(Refusal, match=r"ledger.jsonl:1: this is the ledger of cohort '2024', not of '2025'"),
        book("2025"),
    ):
        pass
    with pytest.raises(Refusal, match="never both"), book(kind=THRESHOLD):
        pass


def test_threshold_tables_shut_out_noise(book):
    with book(kind=THRESHOLD) as ledger:
        ledger.table({"table.csv": "0" * 64})
    with pytest.raises(Refusal, match="never both"), book():
        pass


@pytest.mark.parametrize(
    ("asked", "said"),
    [({"cohort": " "}, "name of its cohort"), ({"budget": None}, "no budget"), ({"budget": (0, 1e-6)}, "epsilon is 0")],
)
def test_a_ledger_that_cannot_be_opened_leaves_no_file(book, path, asked, said):
    with pytest.raises(Refusal, match=said), book(**asked):
        pass
    assert not path.exists()


@pytest.mark.parametrize("edit", [(b"2024", b"2023"), (b'"rho": 0', b'"rho": 1'), (b"drawn", b"drown"), (b"{", b"")])
def test_an_edited_line_is_noticed(book, path, tmp_path, edit):
    with book() as ledger:
        release(ledger, tmp_path / "out")
    path.write_bytes(path.read_bytes().replace(*edit, 1))
    with pytest.raises(Refusal, match=r"ledger.jsonl:\d: this is no ledger line"), book():
        pass


def test_a_line_taken_out_is_noticed(book, path, tmp_path):
    with book() as ledger:
        release(ledger, tmp_path / "out")
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:1] + lines[2:]))
    with pytest.raises(Refusal, match=r"ledger.jsonl:2: "), book():
        pass


def test_two_runs_take_turns_and_a_third_that_waits_too_long_is_told(book, tmp_path, monkeypatch):
    entered, may_end = threading.Event(), threading.Event()

    def first():
        with book() as ledger:
            entered.set()
            may_end.wait(20)
            release(ledger, tmp_path / "first")

    runner = threading.Thread(target=first)
    runner.start()
    entered.wait(20)
    monkeypatch.setattr(ledgers, "PATIENCE", 0.1)
    with pytest.raises(Refusal, match="another run holds"), book():
        pass
    monkeypatch.setattr(ledgers, "PATIENCE", 20)
    may_end.set()
    with book() as ledger:
        assert [row["act"] for row in ledger.rows][-1] == "published"
    runner.join()


def test_the_hash_that_a_report_carries_tells_nothing_of_the_file(book, tmp_path):
    """Each charge has 256 random bits in it, so nobody can try whether a guessed file gives the published hash."""
    with book() as ledger:
        salts = {ledger.charge(tmp_path / name, rho=0.001, asked="digest") and ledger.rows[-1]["salt"] for name in "ab"}
    assert len(salts) == 2 and all(len(salt) == 64 for salt in salts)


def test_a_place_that_is_taken_is_not_charged(book, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old.csv").touch()
    with book() as ledger, pytest.raises(Refusal, match="choose another name"):
        ledger.charge(tmp_path / "out", kinds=[[Step(9.0, 3)]])
    assert len(ledger.rows) == 1


@pytest.mark.parametrize("point", kills.POINTS)
def test_a_kill_loses_no_charge_and_publishes_only_what_was_drawn(tmp_path, point):
    assert kills.child(tmp_path, point) == -9
    drew = kills.POINTS.index(point) > kills.POINTS.index("charged")
    charged, published = kills.check(tmp_path)
    assert charged == (point not in ("before charge", "half a charge"))
    assert published == (kills.POINTS.index(point) >= kills.POINTS.index("drawn"))
    assert (tmp_path / "draws.txt").exists() == drew
    assert kills.child(tmp_path) == 0
    assert kills.check(tmp_path) == (charged + 1, published + 1)


def test_the_proof_can_fail(tmp_path, monkeypatch):
    """A ledger that forgets a charge is found out by the same check."""
    assert kills.child(tmp_path, "drawing") == -9
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    with pytest.raises(AssertionError, match="nobody charged"):
        kills.check(tmp_path)
