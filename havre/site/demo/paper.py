"""A small PDF of plain words, for papers that the demonstration and the tests make up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

WIDTH, LINES, STEP = 78, 46, 16  # signs of a line, lines of a page, points from line to line


def pdf(pages: Iterable[str]) -> bytes:
    """Each text as a page, set in Helvetica; Latin letters alone."""
    texts = list(pages)
    objects = frame(len(texts))
    for at, text in enumerate(texts):
        objects += [page(5 + 2 * at), _stream(_set(text))]
    return whole(objects)


def frame(many: int) -> list[bytes]:
    """What stands before the pages: the catalogue, their list, the font."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(many))
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {many} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]


def page(content: int) -> bytes:
    """A page of A4 with that object on it."""
    font = "/Resources << /Font << /F1 3 0 R >> >>"
    return f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {font} /Contents {content} 0 R >>".encode()


def _set(text: str) -> bytes:
    lines = [line for part in text.split("\n") for line in (wrap(part, WIDTH) or [""])][:LINES]
    shown = [b"(" + _escaped(line) + b") Tj T*" for line in lines]
    return b"\n".join([b"BT /F1 11 Tf %d TL 56 786 Td" % STEP, *shown, b"ET"])


def _escaped(line: str) -> bytes:
    plain = line.encode("cp1252", "replace")
    return plain.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _stream(body: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body)


def whole(objects: Sequence[bytes]) -> bytes:
    """The objects as a file."""
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + head + table + trailer
