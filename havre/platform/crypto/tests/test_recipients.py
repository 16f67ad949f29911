"""Public keys of others: what is one, what it is called, how long it holds, and what is refused."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pysequoia import ArmorKind, Profile, Tsk, armor

from havre.platform.crypto.recipients import LONGEST, Kind, NotAKey, Wrong, is_private, read

from .keys_of_others import V4, V4_BARE, V4_PRINT, V6, V6_PRINT

AGE = str(pyrage.x25519.Identity.from_str(str(pyrage.x25519.Identity.generate())).to_public())
TSK = Tsk.generate("Night desk <desk@quay.example>")


def secret(tsk=TSK) -> str:
    return armor(bytes(tsk), ArmorKind.SecretKey)


@pytest.mark.parametrize(("text", "fingerprint"), [(V4, V4_PRINT), (V6, V6_PRINT)], ids=["v4", "v6"])
def test_the_keys_of_the_standards_have_the_fingerprints_printed_there(text, fingerprint):
    key = read(text)
    assert (key.kind, key.fingerprint, key.last_day) == (Kind.OPENPGP, fingerprint, None)
    assert read(key.text) == key


def test_an_age_recipient_is_called_by_its_digest():
    key = read(f"\n  {AGE.upper()} \n")
    assert (key.kind, key.text, key.fingerprint) == (Kind.AGE, AGE, sha256(AGE.encode()).hexdigest().upper())


def test_a_key_is_found_in_a_mail_and_kept_without_the_mail():
    mail = "Dear colleagues,\r\n\r\nmy key:\r\n\r\n  " + V6.replace("\n", "\r\n  ") + "\r\n\r\nSalām"
    assert read(mail).text == V6


@pytest.mark.parametrize("profile", [Profile.RFC4880, Profile.RFC9580], ids=["v4", "v6"])
def test_the_last_whole_day_of_a_key_is_told(profile):
    made = Tsk.generate("Desk", profile=profile, validity_seconds=10 * 24 * 3600)
    ends = datetime.now(UTC) + timedelta(days=9)
    assert abs(read(str(made.extract_certificate())).last_day - ends.date()) <= timedelta(days=1)


WRONG = {
    "nothing": ("", Wrong.UNKNOWN),
    "words": ("call me", Wrong.UNKNOWN),
    "markup": ("<b>age1</b>", Wrong.UNKNOWN),
    "ssh": ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ", Wrong.UNKNOWN),
    "too long": ("x" * (LONGEST + 1), Wrong.UNKNOWN),
    "age with a wrong letter": (AGE[:-1] + ("q" if AGE[-1] != "q" else "p"), Wrong.BROKEN),
    "age cut": (AGE[:-4], Wrong.BROKEN),
    "two age": (f"{AGE} {AGE}", Wrong.SEVERAL),
    "OpenPGP cut": (V6[:300], Wrong.BROKEN),
    "OpenPGP without its middle": (V6[:120] + V6[-90:], Wrong.BROKEN),
    "two OpenPGP": (f"{V6}\n{V4}", Wrong.SEVERAL),
    "no binding": (V4_BARE, Wrong.RECEIVES_NOTHING),
    "age secret": (str(pyrage.x25519.Identity.generate()), Wrong.PRIVATE),
    "age secret in a mail": (f"here: {pyrage.x25519.Identity.generate()}".lower(), Wrong.PRIVATE),
    "OpenPGP secret": (secret(), Wrong.PRIVATE),
    "public and secret": (f"{V6}\n{secret()}", Wrong.PRIVATE),
    "secret that calls itself public": (secret().replace("PRIVATE", "PUBLIC"), Wrong.PRIVATE),
    "PEM": ("-----BEGIN EC PRIVATE KEY-----\nMHc=\n-----END EC PRIVATE KEY-----", Wrong.PRIVATE),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_key_to_encrypt_to_is_refused_without_repeating_it(name):
    text, why = WRONG[name]
    with pytest.raises(NotAKey) as fault:
        read(text)
    assert fault.value.why == why and is_private(text) == (why == Wrong.PRIVATE)
    assert str(fault.value) == why.value and not re.search(r"[A-Za-z0-9+/]{30}", repr(fault.value))


def test_a_withdrawn_key_is_refused():
    cert = TSK.extract_certificate()
    with pytest.raises(NotAKey) as fault:
        read(str(cert.merge(type(cert).from_bytes(bytes(cert) + bytes(cert.revoke(TSK.certifier()))))))
    assert fault.value.why == Wrong.REVOKED


@pytest.mark.parametrize("place", range(V6.index("\n\n") + 2, V6.rindex("\n"), 29))
def test_a_changed_letter_never_makes_another_key_of_it(place):
    changed = V6[:place] + ("A" if V6[place] != "A" else "B") + V6[place + 1 :]
    with suppress(NotAKey):
        assert read(changed).fingerprint == V6_PRINT


@given(
    st.one_of(st.text(), st.text().map("age1{}".format), st.binary().map(lambda data: armor(data, ArmorKind.PublicKey)))
)
def test_whatever_is_pasted_is_a_key_or_is_refused(text):
    with suppress(NotAKey):
        assert read(text).fingerprint.isalnum()
