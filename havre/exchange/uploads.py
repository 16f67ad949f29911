"""A file that is sent stays in memory: nothing of it touches a disk before it is sealed."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.urls import reverse
from django.utils.translation import gettext as _

from havre.platform.keeping.uploads import needed
from havre.platform.permissions import Permission
from havre.platform.ui.requests import Visit

LARGEST = 60_000_000  # bytes of one file
AT_ONCE = 2 * LARGEST  # bytes of one request


class InMemory(FileUploadHandler):
    """Takes the file of a page that takes one, from somebody who may; any other is let go unread."""

    too_large = False

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any) -> None:
        """Stops at once when what comes is far more than one file: each of several would be kept until the last."""
        if content_length > AT_ONCE:
            raise RequestDataTooBig("more than any register")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self._kept = BytesIO()
        if not self._wanted():
            raise SkipFile

    def _wanted(self) -> bool:
        visit = Visit.of(self.request) if self.request else None
        if visit is None or not visit.user.is_authenticated or visit.session.locked:
            return False
        needs = Permission.REGISTER_IMPORT if visit.path == reverse("exchange:bring") else needed(visit.path)
        return needs is not None and visit.user.may(needs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keeps a part, as long as there is room."""
        if self.too_large or start + len(raw_data) > LARGEST:
            self.too_large, self._kept = True, BytesIO()
            return
        self._kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """The whole file, or nothing when it was too large."""
        if self.too_large:
            return None
        self._kept.seek(0)
        name, kind = self.file_name or "", self.content_type
        return InMemoryUploadedFile(self._kept, self.field_name, name, kind, file_size, self.charset)


def one_file(request: Visit, missing: str) -> tuple[UploadedFile[Any] | None, str]:
    """The one file that was sent whole, or what is wrong; `missing` is said where there is none."""
    files = request.FILES.getlist("file")
    if was_too_large(request):
        wrong = _("This file is larger than %(size)s MB. Split it, and bring in one part after the other.")
        return None, wrong % {"size": LARGEST // 1_000_000}
    if not request.POST.get("whole") and (files or request.POST):
        return None, _("The file did not arrive whole. Choose it again.")
    if len(files) != 1:
        return None, _("Choose one file.") if files else missing
    return files[0], ""


def was_too_large(request: Visit) -> bool:
    """Whether a file was let go because there was no room for it."""
    return any(isinstance(each, InMemory) and each.too_large for each in request.upload_handlers)
