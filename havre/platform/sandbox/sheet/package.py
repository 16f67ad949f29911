"""A workbook as the archive it is: opened only when nothing about it is out of proportion (SECURITY-DESIGN 8)."""

from __future__ import annotations

import posixpath
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from havre.platform.sandbox.refused import Refused

PACKED, UNPACKED, PARTS, RATIO = 20_000_000, 200_000_000, 10_000, 100
SMALL = 1_000_000  # a part below this may be as regular as it likes
NESTED = (".zip", ".xlsx", ".xlsm", ".xlsb", ".xls", ".docx", ".7z", ".rar", ".gz", ".tar", ".jar", ".exe")
BROKEN = (zipfile.BadZipFile, zlib.error, ParseError, DefusedXmlException, EOFError, ValueError, LookupError, OSError)
OTHERS = {"word/document.xml": "document", "ppt/presentation.xml": "document", "xl/workbook.bin": "xlsb"}


@contextmanager
def broken_is_refused() -> Iterator[None]:
    """Whatever cannot be unpacked or read as XML is a damaged workbook."""
    try:
        yield
    except (*BROKEN, NotImplementedError, RuntimeError) as error:
        raise Refused("damaged") from error


class Package:
    """The parts of a workbook, by their names."""

    packed, unpacked = PACKED, UNPACKED

    def __init__(self, file: bytes) -> None:
        if len(file) > self.packed:
            raise Refused("large", megabytes=self.packed // 1_000_000)
        with broken_is_refused():
            self.archive = zipfile.ZipFile(BytesIO(file))
        self.names = set(self.archive.namelist())
        self._in_proportion()
        self._a_workbook()

    def _in_proportion(self) -> None:
        parts = self.archive.infolist()
        if len(parts) > PARTS:
            raise Refused("parts", most=PARTS)
        if sum(part.file_size for part in parts) > self.unpacked:
            raise Refused("unpacked", megabytes=self.unpacked // 1_000_000)
        for part in parts:
            if part.flag_bits & 1:
                raise Refused("password")
            if part.file_size > SMALL and part.file_size > RATIO * part.compress_size:
                raise Refused("bomb")
            if stat.S_ISLNK(part.external_attr >> 16):
                raise Refused("damaged")
            if part.filename.lower().endswith(NESTED) or "/embeddings/" in part.filename:
                raise Refused("nested")

    def _a_workbook(self) -> None:
        if "mimetype" in self.names:
            with broken_is_refused():
                raise Refused("ods" if b"spreadsheet" in self.archive.read("mimetype")[:100] else "document")
        for name, code in OTHERS.items():
            if name in self.names:
                raise Refused(code)
        if "[Content_Types].xml" not in self.names:
            raise Refused("archive")

    def open(self, name: str) -> IO[bytes]:
        """A part to be read bit by bit."""
        return self.archive.open(name)

    def tree(self, name: str) -> Element:
        """A small part as a whole."""
        root: Element = ElementTree.fromstring(self.archive.read(name), forbid_dtd=True)
        return root

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part points at within the archive: kind and part, by id."""
        folder, own = posixpath.split(name)
        path = posixpath.join(folder, "_rels", f"{own}.rels")
        found = {}
        for each in self.tree(path) if path in self.names else ():
            if each.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))
                found[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], target.lstrip("/"))
        return found


def local(element: Element) -> str:
    """The name of an element without its namespace, of which there are two."""
    return element.tag.rpartition("}")[2]
