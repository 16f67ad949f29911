"""A passkey in software: makes and shows credentials as a browser with an authenticator does, or as a forger would."""

from __future__ import annotations

import hashlib
import html
import json
import re
import struct
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.http import HttpResponse
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

ORIGIN = "http://testserver"
PRESENT, VERIFIED, ATTESTED = 1, 4, 64


def asked(answer: HttpResponse) -> dict:
    """What a page asks the browser for."""
    return json.loads(html.unescape(re.search(r'data-options="([^"]*)"', answer.content.decode())[1]))


@dataclass
class SoftKey:
    """One credential; it counts its signatures unless told otherwise."""

    origin: str = ORIGIN
    flags: int = PRESENT | VERIFIED
    counts: bool = True
    uses: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = b"a credential of a test"
    user: bytes = b""

    def make(self, options: dict) -> str:
        """Answers a page that wants a new passkey."""
        self.user = websafe_decode(options["user"]["id"])
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        credential = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        told = cbor.encode(
            {"fmt": "none", "attStmt": {}, "authData": self._data(options["rp"]["id"], ATTESTED) + credential}
        )
        return self._said("webauthn.create", options, attestationObject=told)

    def show(self, options: dict) -> str:
        """Answers a page that wants to see a passkey."""
        self.uses += self.counts
        data = self._data(options["rpId"])
        client = self._client("webauthn.get", options)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._said("webauthn.get", options, authenticatorData=data, signature=signed, userHandle=self.user)

    def _data(self, house: str, more: int = 0) -> bytes:
        return hashlib.sha256(house.encode()).digest() + struct.pack(">BI", self.flags | more, self.uses)

    def _client(self, kind: str, options: dict) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _said(self, kind: str, options: dict, **parts: bytes) -> str:
        response = {"clientDataJSON": self._client(kind, options), **parts}
        told = {name: websafe_encode(part) for name, part in response.items()}
        pk = websafe_encode(self.id)
        return json.dumps({"id": pk, "rawId": pk, "type": "public-key", "response": told, "clientExtensionResults": {}})
