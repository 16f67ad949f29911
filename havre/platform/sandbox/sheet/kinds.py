"""What a file is, by how it begins; its name does not count."""

from __future__ import annotations

from havre.platform.sandbox.refused import Refused

START = 4096
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKS = {
    b"%PDF": "pdf",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"II*\0": "image",
    b"MM\0*": "image",
    b"RIFF": "image",
    b"\xff\xfe": "utf16",
    b"\xfe\xff": "utf16",
    b"\0\0\xfe\xff": "utf16",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"\x1f\x8b": "archive",
    b"age-encryption.org": "sealed",
    b"{\\rtf": "document",
}


def kind(start: bytes) -> str:
    """`xlsx` or `csv`; Refused for what is neither."""
    if start.startswith(ZIP):
        return "xlsx"
    if not start.removeprefix(b"\xef\xbb\xbf").strip() and len(start) < START:
        raise Refused("empty")
    for mark, code in MARKS.items():
        if start.startswith(mark):
            raise Refused(code)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip()[:5].lower() in (b"<html", b"<!doc", b"<?xml", b"<tabl"):
        raise Refused("markup")
    if b"\0" in start:
        raise Refused("binary")
    return "csv"


def ole(file: bytes) -> str:
    """What an old container holds: a workbook behind a password, or a workbook of the old kind."""
    return "password" if "EncryptedPackage".encode("utf-16-le") in file else "xls"
