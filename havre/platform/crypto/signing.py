"""Ed25519 signatures. Plain Python: whoever checks one needs neither the database nor the key file."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key


def sign(seed: bytes, message: bytes) -> bytes:
    """The signature of a message under the key that grows from this seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def public_of(seed: bytes) -> bytes:
    """The public key of that seed (32 bytes)."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def is_genuine(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature was made by the holder of that key over this message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def pem(public: bytes) -> str:
    """A public key as a file that other programs read, too."""
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def read_pem(text: str) -> bytes:
    """The public key of such a file; ValueError when it holds none."""
    try:
        key = load_pem_public_key(text.encode())
    except Exception as error:  # the library names several kinds, depending on what is wrong
        raise ValueError("this is no public key") from error
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("this is a public key of another kind: the record is signed with Ed25519")
    return key.public_bytes_raw()
