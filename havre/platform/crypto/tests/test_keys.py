"""Where the roots are kept, what is refused, and that Python and the database agree on a proof."""

import json
import os
import uuid

import pytest
from django.db import connection

from havre.platform.crypto import keyring
from havre.platform.crypto.provider import KeyFault, LocalKeys

# RFC 4231, test cases 1, 2, 3: key, message, HMAC-SHA-256.
VECTORS = [
    (b"\x0b" * 20, "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (b"Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    (b"\xaa" * 20, None, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
]


@pytest.fixture
def keys(tmp_path):
    return LocalKeys(tmp_path / "roots.json")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_file_that_others_may_read_is_refused(keys, mode):
    keys.root("one")
    keys.path.chmod(mode)
    with pytest.raises(KeyFault, match="chmod 600"):
        LocalKeys(keys.path).root("one")


def test_a_key_file_of_somebody_else_is_refused(keys, monkeypatch):
    keys.root("one")
    owner = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    with pytest.raises(KeyFault, match="run as the owner of the keys"):
        LocalKeys(keys.path).root("one")


def test_a_new_key_file_is_private_and_holds_256_bits(keys):
    assert len(keys.root("one")) == 32
    assert keys.path.stat().st_mode & 0o777 == 0o600


def test_two_processes_agree_on_a_root(keys):
    assert LocalKeys(keys.path).root("one") == LocalKeys(keys.path).root("one") != keys.root("two")


def test_a_wrapped_key_opens_for_its_own_agency_and_subject_only(keys):
    agency, data = str(uuid.uuid4()), b"k" * 32
    wrapped = keys.wrap(agency, b"one", data)
    assert keys.unwrap(agency, b"one", wrapped) == data
    for other, context in ((agency, b"two"), (str(uuid.uuid4()), b"one")):
        with pytest.raises(KeyFault):
            keys.unwrap(other, context, wrapped)


def test_lost_roots_are_named_with_what_to_do(keys):
    wrapped = keys.wrap("agency", b"one", b"k" * 32)
    keys.path.write_text(json.dumps({}))
    with pytest.raises(KeyFault, match="restore its file"):
        LocalKeys(keys.path).unwrap("agency", b"one", wrapped)


@pytest.mark.parametrize("key, message, digest", VECTORS[:2])
def test_the_databases_hmac_is_that_of_the_rfc(db, key, message, digest):
    assert proven(pads(key), message, bytes.fromhex(digest))
    assert not proven(pads(key), message + " ", bytes.fromhex(digest))
    assert not proven(pads(key + b"x"), message, bytes.fromhex(digest))


def test_pythons_hmac_is_that_of_the_rfc(keys):
    for key, message, digest in VECTORS:
        keys.known = {"server:test": key}
        assert keys.mac("test", b"\xdd" * 50 if message is None else message.encode()).hex() == digest


def test_the_database_accepts_what_this_installation_signs(db):
    assert proven(keyring.claims_pads(), "session|é|1", keyring.mac("claims", "session|é|1"))


def test_no_proof_is_no_proof(db):
    assert not proven(keyring.claims_pads(), "session", None)


def pads(key):
    """The padded keys of RFC 2104."""
    return [bytes(byte ^ pad for byte in key.ljust(64, b"\0")) for pad in (0x36, 0x5C)]


def proven(padded, message, proof):
    """The database's answer, with these pads as its secret."""
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute("update accounts_secret set inner_pad = %s, outer_pad = %s", padded)
        cursor.execute("select havre.proven(%s::text, %s::bytea)", [message, proof])
        return cursor.fetchone()[0]
