"""PDFs for tests, good and bad."""

from __future__ import annotations

import io
import zlib

import pypdf

from havre.site.demo import paper
from havre.site.demo.paper import pdf

__all__ = ["bomb", "locked", "pdf"]


def locked() -> bytes:
    """One that opens with a password only."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(["Nobody reads this."])))
    writer.encrypt("a quiet harbour", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb() -> bytes:
    """One whose only page grows from a few kilobytes to 80 MB."""
    packed = zlib.compress(b" " * 80_000_000, 1)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    return paper.whole([*paper.frame(1), paper.page(5), stream])
