"""Brings the catalogues up to date with the code, without gettext programs: `python -m havre.platform.i18n.collect`.

Each stage of the cases has a catalogue of its own, in its folder; every other room shares the one beside this file. A
text that several use stands once, with the first of them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po

HAVRE = Path(__file__).resolve().parents[2]
SHARED = Path(__file__).parent
LANGUAGES = ("fr",)
STAGES = (
    *("people", "glass", "screening", "story", "assessment", "assistance", "health", "children"),
    *("returns", "reintegration", "followup", "intake", "casefile", "handover", "papers"),
)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# Babel's own header carries dates and blanks for names: it would change with every run.
HEADER = """# Part of Havre, MIT.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""

Found = tuple[int, str, str | tuple[str, ...], list[str]]  # line, function, texts, comments
Message = tuple[str, str | tuple[str, str], str | None]


def _sources() -> Iterator[tuple[str, str]]:
    """Each file that may hold messages, as Python text."""
    from django.utils.translation.template import templatize

    for path in sorted(HAVRE.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            yield path.relative_to(HAVRE).as_posix(), path.read_text()
    for path in sorted(HAVRE.rglob("templates/**/*.html")):
        yield path.relative_to(HAVRE).as_posix(), templatize(path.read_text(), origin=str(path))


def _extracted(text: str) -> Iterator[Found]:
    found = extract_python(io.BytesIO(text.encode()), KEYWORDS, [], {"encoding": "utf-8"})
    return cast(Iterator[Found], found)  # Babel's type names the four parts in another order than they come


def messages() -> Iterator[Message]:
    """Every message of code and templates: where, text or pair of texts, context."""
    for name, text in _sources():
        for line, function, found, _comments in _extracted(text):
            parts = found if isinstance(found, tuple) else (found,)
            if function and "pgettext" in function:
                yield f"{name}:{line}", parts[1], parts[0]
            elif function and function.startswith("n"):
                yield f"{name}:{line}", (parts[0], parts[1]), None
            elif parts[0]:
                yield f"{name}:{line}", parts[0], None


def homes() -> list[Path]:
    """The folders that hold catalogues, the shared one first."""
    return [SHARED, *(HAVRE / "cases" / stage for stage in STAGES), HAVRE / "exchange"]


def catalogue_of(home: Path, language: str) -> Path:
    """Where a folder keeps its catalogue."""
    return home / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """Every translation there is, of all catalogues."""
    every = Catalog(locale=language)
    for path in filter(Path.exists, (catalogue_of(home, language) for home in homes())):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    every.add(message.id, message.string, context=message.context, flags=message.flags)
    return every


def collect(old: Catalog, language: str) -> dict[Path, Catalog]:
    """For each folder the catalogue with exactly the messages of its code; translations that exist are kept."""
    new = {home: Catalog(locale=language, fuzzy=False, charset="utf-8") for home in homes()}
    texts: dict[Path, list[Message]] = {home: [] for home in new}
    for where, text, context in messages():
        home = HAVRE / Path(where).parent
        texts[next((each for each in new if each in (home, *home.parents)), SHARED)].append((where, text, context))
    seen: set[tuple[object, str | None]] = set()
    for home, mine in texts.items():
        for _where, text, context in mine:
            first = text if isinstance(text, str) else text[0]
            if (first, context) not in seen or new[home].get(first, context):
                seen.add((first, context))
                kept = old.get(first, context)
                new[home].add(text, kept.string if kept else None, context=context)
    return new


def main() -> None:
    """Rewrites every catalogue and says what is still to be translated."""
    for language in LANGUAGES:
        missing: list[object] = []
        for home, catalogue in collect(read(language), language).items():
            missing += [message.id for message in catalogue if message.id and not message.string]
            _write(catalogue_of(home, language), catalogue)
        print(f"{language}: {len(missing)} to translate")
        for text in missing:
            print(f"  {text}")


def _write(path: Path, catalogue: Catalog) -> None:
    if not len(catalogue):
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, catalogue, sort_output=True, omit_header=True, no_location=True, width=120)


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure()
    django.setup()
    main()
