"""The short form of `python -m bench.record`: a superuser changes a record in every way, and each is found in place."""

import pytest

from bench import tampering
from havre.platform.audit.verifying import verify
from havre.platform.crypto import keyring

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "refusals"])
TRIES = 6 * len(tampering.KINDS)


def test_every_tampering_is_found_and_an_untouched_record_is_sound(transactional_db):
    with tampering.as_superuser():
        auditor, agencies = tampering.people()
        tampering.write_record(agencies, batches=12, rows=24)
        heads = tampering.kept_outside()
        told = [tampering.attempt(number, auditor, heads) for number in range(TRIES)]
        assert [each for each in told if not each[1]] == []
        assert {kind for kind, _found, _said in told} == set(tampering.KINDS)
        sound = tampering.checked(auditor, heads)
    assert (sound.faults, sound.seals, sound.heads) == ([], 12, len(heads))


def test_an_end_that_was_cut_off_is_seen_only_against_a_head_from_outside(transactional_db):
    with tampering.as_superuser():
        auditor, agencies = tampering.people()
        tampering.write_record(agencies, batches=4, rows=12)
        heads = tampering.kept_outside()
        attack = tampering.Attack(tampering.random.Random(1))
        attack.ask("set session_replication_role = replica")
        attack.ask("delete from audit_auditseal where number = 4")
        for table in (tampering.EVENT, tampering.SUBJECT):
            attack.ask(f"delete from {table} where mark >= %s", attack.seals[3].since)
        assert tampering.checked(auditor, {}).faults == []
        (fault,) = tampering.checked(auditor, heads).faults
    assert str(fault).startswith("batch 4: cut off here: the head of batch 4 was kept outside, 1 batch is missing")


def test_what_is_no_export_is_said_in_one_sentence():
    from havre.platform.audit.verifying import NoExport

    header = '{"havre": "record", "format": 1, "made": "2026-11-26", "agency": "balise"}'
    for lines in (
        ["x"],
        ["[]"],
        ['{"havre": "record", "format": 9, "made": ""}'],
        [header, '["event"'],
        [header, '"zz"'],
    ):
        with pytest.raises(NoExport):
            verify(lines, [keyring.provider().public("audit")], {})
    (fault,) = verify([header, '{"loose": [0, 1]}'], [keyring.provider().public("audit")], {}).faults
    assert "ends too early" in str(fault)
