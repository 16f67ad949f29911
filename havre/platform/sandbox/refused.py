"""Why a file cannot be read as a table, by a code that the other process has a sentence for."""

from __future__ import annotations


class Refused(Exception):
    """The file ends here: the row (0: the whole of it), a code of `sentences`, and its values."""

    def __init__(self, code: str, row: int = 0, **values: str | int) -> None:
        super().__init__(code)
        self.code, self.row, self.values = code, row, values
