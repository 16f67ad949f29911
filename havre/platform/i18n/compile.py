"""Compiles the catalogues: `python -m havre.platform.i18n.compile`. Needs neither gettext nor Django."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HAVRE = Path(__file__).parents[2]


def compile_catalogues() -> list[Path]:
    """The .mo files, written anew where their .po is younger."""
    written = []
    for source in sorted(HAVRE.glob("**/locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        with target.open("wb") as file:
            write_mo(file, catalogue)
        written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_catalogues():
        print(f"compiled {path.relative_to(HAVRE)}")
