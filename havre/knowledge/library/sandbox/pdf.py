"""The words of a PDF, page by page."""

from __future__ import annotations

import io
import logging
import unicodedata
from collections.abc import Iterator
from typing import Any, BinaryIO

from havre.platform.sandbox import limits
from havre.platform.sandbox.refused import Refused

LARGEST = 20_000_000  # bytes of the file
PAGES, SIGNS, ALL_SIGNS = 2000, 20_000, 6_000_000  # pages read, signs kept of one, and of all
HEAVIEST = 30_000_000  # bytes of one page once it is unpacked


def pages(start: bytes, file: BinaryIO) -> Iterator[dict[str, Any]]:
    """How many pages there are, then what is written on each."""
    # Before the lock: afterwards nothing can be opened, not even a module of pypdf that is only needed now and then.
    import pypdf
    import pypdf._cmap
    import pypdf._codecs.core_font_metrics
    import pypdf._text_extraction
    import pypdf.filters
    from pypdf.errors import PyPdfError

    logging.disable(logging.CRITICAL)
    warm(pypdf)
    limits.lock("pdf")
    body = start + file.read(LARGEST)
    if file.read(1):
        raise Refused("large")
    try:
        reader = pypdf.PdfReader(io.BytesIO(body), strict=False)
        if reader.is_encrypted:
            raise Refused("locked")
        many = len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise Refused("broken") from error
    if many > PAGES:
        raise Refused("pages", most=PAGES)
    yield {"pages": many}
    signs = 0
    for number in range(many):
        text = _text(reader, number)
        signs += len(text)
        yield {"page": number + 1, "text": text if signs <= ALL_SIGNS else ""}


def warm(pypdf: Any) -> None:
    """Reads a page of pypdf's own making, so that whatever it opens late is open."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    made = io.BytesIO()
    writer.write(made)
    pypdf.PdfReader(made).pages[0].extract_text()


def _text(reader: Any, number: int) -> str:
    """What is written on a page; nothing of one that cannot be read, since the others may."""
    from pypdf.errors import LimitReachedError

    try:
        text = reader.pages[number].extract_text() or ""
    except (LimitReachedError, RecursionError, MemoryError):
        raise Refused("bomb", number + 1) from None
    except Exception:
        return ""
    plain = "".join(sign if unicodedata.category(sign)[0] != "C" or sign == "\n" else " " for sign in text)
    return plain.replace("\ufffd", " ")[:SIGNS]
