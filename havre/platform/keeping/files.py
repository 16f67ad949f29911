"""Taking a file in, and handing it out: what it is, is told by its first bytes and not by its name."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _

from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused

from .models import StoredFile

MOST = 20_000_000  # bytes, as for every file that comes in (SECURITY-DESIGN 8)
PDF, PNG, JPEG, WORD = "application/pdf", "image/png", "image/jpeg", "application/zip"
STARTS = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG, b"PK\x03\x04": WORD}
DOCUMENTS = (PDF, PNG, JPEG)


def keep(upload: UploadedFile, *, visibility: int, by: User, kinds: tuple[str, ...] = DOCUMENTS) -> StoredFile:
    """The file, kept for the agency of whoever gives it; Refused when it is too large or of no kind that is named."""
    size = upload.size or 0
    if size > MOST:
        raise Refused(_("This file is larger than 20 MB. Give a smaller one, or a part of it."))
    body = upload.read()
    media = next((media for start, media in STARTS.items() if body.startswith(start)), "")
    if media not in kinds:
        raise Refused(_("This is not a file of a kind that is kept here. Give a PDF or a picture."))
    name = re.sub(r"[\x00-\x1f/\\]", "", (upload.name or "").rpartition("/")[2])[:200] or "file"
    told = {"name": name, "media": media, "size": len(body), "digest": hashlib.sha256(body).hexdigest()}
    return StoredFile.objects.create(owner=by.agency, visibility=visibility, by=by, body=body, **told)


def handed(file: StoredFile) -> HttpResponse:
    """The answer that hands a file out: saved by the browser, never opened by it as a page."""
    answer = HttpResponse(bytes(file.body), content_type=file.media)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
