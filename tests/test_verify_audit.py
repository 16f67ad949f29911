"""`havre verify-audit` as somebody runs it who has neither an installation, nor a database, nor Django."""

import gzip
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from havre.platform.audit.merkle import Tree, leaf
from havre.platform.audit.seals import FIRST, Seal, head_text
from havre.platform.crypto.signing import pem, public_of, sign

SEED = bytes(range(32))
BARE = (
    "import sys; sys.modules.update(dict.fromkeys(('django', 'psycopg', 'procrastinate')));"
    "from havre.site.cli import main; main()"
)
BEGUN = datetime(2026, 11, 26, 5, tzinfo=UTC)


def row(number, at):
    told = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return json.dumps(["event", f"row-{number}", number, told, None, 2, "note.add", False, "", "r", 1, None, ""])


def record(batches=3, rows=4):
    """The lines of an export, and its seals."""
    lines, seals = ['{"havre": "record", "format": 1, "made": "2026-11-26", "agency": "balise"}'], []
    for number in range(1, batches + 1):
        at, tree, own = BEGUN + timedelta(hours=number), Tree(), []
        for each in range(rows):
            own.append(row(number * 100 + each, at))
            tree.add(leaf(own[-1].encode()))
        since, previous = (seals[-1].upto, seals[-1].head) if seals else (0, FIRST)
        seal = Seal(number, rows, since, number * 100 + 100, at, at, at, tree.root(), previous, public_of(SEED))
        signature = sign(SEED, seal.words.encode()).hex()
        lines += [json.dumps({"batch": number}), *own, json.dumps({"seal": seal.words, "signature": signature})]
        seals.append(seal)
    return [*lines, json.dumps({"loose": [seals[-1].upto, 2**62]}), '{"end": {}}'], seals


@pytest.fixture
def check(tmp_path):
    """Runs the command on these lines; gives what it said and with what it ended."""

    def run(lines, *, key=SEED, head=None, cut=0):
        packed = gzip.compress("".join(f"{line}\n" for line in lines).encode())
        (tmp_path / "record.gz").write_bytes(packed[: len(packed) - cut])
        (tmp_path / "key.pem").write_text(pem(public_of(key)))
        more = []
        if head:
            (tmp_path / "head.txt").write_text(head_text(head))
            more = ["--heads", "head.txt"]
        command = [sys.executable, "-P", "-c", BARE, "verify-audit", "record.gz", "--key", "key.pem", *more]
        environment = {"PYTHONPATH": ":".join(sys.path), "PATH": ""}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
        return done.stdout + done.stderr, done.returncode

    return run


def test_a_sound_record_ends_with_0_and_says_what_could_not_be_seen(check):
    lines, seals = record()
    said, ended = check(lines)
    assert ended == 0 and "Nothing was changed." in said and "an end that was cut off could not be seen" in said
    said, ended = check(lines, head=seals[-1])
    assert ended == 0 and "every head from outside is met" in said and "could not be seen" not in said


def test_a_changed_row_ends_with_1_and_names_batch_times_and_rows(check):
    lines, _seals = record()
    place = next(number for number, line in enumerate(lines) if "row-202" in line)
    lines[place] = lines[place].replace("note.add", "note.sub")
    said, ended = check(lines)
    assert ended == 1 and "THE RECORD WAS CHANGED: 1 fault" in said
    assert (
        "batch 2: its rows were changed (2026-11-26T07:00:00Z to 2026-11-26T07:00:00Z, rows row-200 to row-203)" in said
    )


def test_a_cut_end_is_seen_against_a_head_alone(check):
    (shorter, _kept), (_lines, seals) = record(2), record(3)
    assert check(shorter)[1] == 0
    said, ended = check(shorter, head=seals[-1])
    assert ended == 1 and "batch 3: cut off here: the head of batch 3 was kept outside, 1 batch is missing" in said


def test_another_key_is_named_once_for_all_batches(check):
    said, ended = check(record()[0], key=bytes(32))
    assert ended == 1 and "batches 1 to 3: sealed with another key than the one given" in said


def test_a_file_that_was_cut_off_or_is_none_is_one_sentence(check):
    lines, _seals = record()
    for said, ended in (check(lines, cut=30), check(["{}"]), check(["a letter"]), check(lines[:-1])):
        assert ended == 1 and "Traceback" not in said


def test_what_comes_after_the_last_seal_is_told_as_unprotected(check):
    lines, _seals = record()
    said, ended = check([*lines[:-1], row(999, BEGUN + timedelta(hours=3)), lines[-1]])
    assert ended == 0 and "1 row after the last seal: not protected yet." in said
