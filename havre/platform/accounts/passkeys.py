"""Passkeys (WebAuthn): what a browser is asked for, and whether what it answers is right. The checking is `fido2`'s."""

from __future__ import annotations

import hmac
import json
import secrets
import struct
import time
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from havre.platform.crypto import keyring
from havre.platform.ui.requests import Visit

from . import factors
from .factors import PASSKEY, Held
from .models import User

LASTS = 300  # seconds from the page to the touch
LONGEST = 20_000  # characters of an answer
VERIFIED = UserVerificationRequirement.REQUIRED  # a fingerprint or a PIN, so that the passkey alone is both factors
NONSENSE = (ValueError, KeyError, TypeError, AttributeError, IndexError, struct.error, RecursionError, AssertionError)


def _server(request: HttpRequest) -> Fido2Server:
    """Bound to the very address the page came from."""
    here = f"{request.scheme}://{request.get_host()}"
    house = PublicKeyCredentialRpEntity(id=request.get_host().partition(":")[0], name="Havre")
    return Fido2Server(house, verify_origin=lambda origin: origin == here)


def _mark(request: HttpRequest, act: str, drawn: bytes) -> bytes:
    claim = Visit.of(request).claim
    return keyring.mac("passkeys", f"{act}|{claim}|{drawn.hex()}")[:16]


def _challenge(request: HttpRequest, act: str) -> bytes:
    """Good once, for five minutes, in this session, for this act. It carries its own proof: asking writes nothing."""
    drawn = secrets.token_bytes(16) + int(time.time()).to_bytes(8)
    return drawn + _mark(request, act, drawn)


def _ours(request: HttpRequest, act: str, challenge: bytes) -> bool:
    drawn, mark = challenge[:24], challenge[24:]
    fits = len(challenge) == 40 and hmac.compare_digest(mark, _mark(request, act, drawn))
    return (
        fits
        and 0 <= time.time() - int.from_bytes(drawn[16:]) <= LASTS
        and factors.spend(keyring.mac("spent", challenge.hex()))
    )


def _state(challenge: bytes) -> dict[str, Any]:
    return {"challenge": websafe_encode(challenge), "user_verification": VERIFIED}


def _credential(held: Held) -> AttestedCredentialData:
    return AttestedCredentialData(websafe_decode(held.told["credential"]))


def _credentials(held: list[Held]) -> list[AttestedCredentialData]:
    return [_credential(each) for each in held if each.kind == PASSKEY]


def asked_for_new(request: HttpRequest, user: User, held: list[Held]) -> str:
    """What the browser needs to make a passkey for this user, as JSON."""
    options, _ = _server(request).register_begin(
        PublicKeyCredentialUserEntity(id=user.pk.bytes, name=user.login, display_name=user.name),
        _credentials(held),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=VERIFIED,
        challenge=_challenge(request, "enrol"),
    )
    return json.dumps(dict(options.public_key))


def asked(request: HttpRequest, act: str, held: list[Held] | None = None) -> str:
    """What the browser needs to show a passkey: one of these, or whichever it keeps for this address."""
    options, _ = _server(request).authenticate_begin(
        _credentials(held) if held else None, user_verification=VERIFIED, challenge=_challenge(request, act)
    )
    return json.dumps(dict(options.public_key))


def made(request: HttpRequest, user: User, text: str, name: str) -> bool:
    """Keeps a passkey that the browser made for this user; False when its answer is not one to what was asked."""
    try:
        answer = RegistrationResponse.from_dict(json.loads(text[:LONGEST]))
        challenge = answer.response.client_data.challenge
        if not _ours(request, "enrol", challenge):
            return False
        found = _server(request).register_complete(_state(challenge), answer)
        credential = found.credential_data
    except NONSENSE:
        return False
    if credential is None:
        return False
    factors.enrol(user, PASSKEY, {"name": name, "credential": websafe_encode(bytes(credential))}, found.counter)
    return True


def shown(request: HttpRequest, act: str, text: str, user: User | None = None) -> User | None:
    """The user whose passkey was shown for this act, in this session, for the first time; nobody otherwise."""
    try:
        answer = AuthenticationResponse.from_dict(json.loads(text[:LONGEST]))
        challenge = answer.response.client_data.challenge
        who = user or _named(answer)
        if who is None or not _ours(request, act, challenge):
            return None
        held = factors.of(who)
        found = _server(request).authenticate_complete(_state(challenge), _credentials(held), answer)
        one = next(each for each in held if each.kind == PASSKEY and _credential(each) == found)
        return who if factors.use(one, answer.response.authenticator_data.counter) else None
    except NONSENSE:
        return None


def _named(answer: AuthenticationResponse) -> User | None:
    """Whom the passkey says it belongs to; that it does, its signature shows."""
    handle = answer.response.user_handle
    return User.objects.filter(pk=UUID(bytes=handle), is_active=True).first() if handle else None
