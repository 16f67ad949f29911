"""A tabular data package as a folder: read as the archive of it, and written as one that was complete first."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from .tables import DESCRIBED


def packed(folder: Path) -> IO[bytes]:
    """The tables of a folder as the archive that is read; whoever asks closes it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(folder.iterdir()):
            if path.is_file() and (path.suffix.lower() == ".csv" or path.name == DESCRIBED):
                archive.write(path, path.name)
    file.seek(0)
    return file


@contextmanager
def folder_of(path: Path) -> Iterator[BinaryIO]:
    """An archive to be written, whose tables stand in the folder `path` when the block went well."""
    beside = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    try:
        with tempfile.TemporaryFile(dir=path.parent) as file:
            yield file
            with zipfile.ZipFile(file) as parts:
                parts.extractall(beside)
        beside.rename(path)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
