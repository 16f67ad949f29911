"""Builds the sheet, the script and the icon sprite that pages load: `python -m havre.platform.ui.assets`."""

import re
import sys
from collections import Counter
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from havre.platform.ui.icons import ICONS

SOURCE = Path(__file__).parent / "static" / "havre"
BUILD = SOURCE / "build"
MODULES = (
    *("say", "place", "exit", "send", "drafts", "passkey", "lock"),
    *("keep", "answers", "print", "look", "invited"),
)
SVG = "{http://www.w3.org/2000/svg}"


def dark_block(tokens: str) -> str:
    """The declarations of the dark theme, as written once in tokens.css."""
    found = re.search(r'\[data-theme="dark"\]\s*\{([^}]*)\}', tokens)
    if found is None:
        raise SystemExit('tokens.css: the block [data-theme="dark"] is missing; put it back.')
    return found.group(1)


def with_device_theme(tokens: str) -> str:
    """The tokens, with the dark block repeated for devices that ask for dark and users who chose nothing."""
    rule = f":root:not([data-theme]) {{{dark_block(tokens)}}}"
    return f"{tokens}\n@media screen and (prefers-color-scheme: dark) {{ {rule} }}\n"


def tighten_css(text: str) -> str:
    """The same sheet without comments and idle space."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*([{};,>])\s*", r"\1", text)
    return re.sub(r":\s+", ":", text).replace(";}", "}").strip() + "\n"


def build_css() -> str:
    """One sheet: the order of the layers, the tokens in the first, then everything else, the parts by their names."""
    sheet = re.sub(r"/\*.*?\*/", "", (SOURCE / "havre.css").read_text("utf-8"), flags=re.S)
    order, rest = sheet.split(";", 1)
    tokens = with_device_theme((SOURCE / "tokens.css").read_text("utf-8"))
    parts = " ".join(path.read_text("utf-8") for path in sorted((SOURCE / "parts").glob("*.css")))
    return tighten_css(f"{order}; @layer tokens {{ {tokens} }} {rest} {parts}")


def build_script() -> str:
    """One script: our modules in their order, with imports and exports taken away, since they share one scope."""
    parts = [(SOURCE / "js" / f"{name}.js").read_text("utf-8") for name in MODULES]
    lines = [line for part in parts for line in part.splitlines()]
    refuse_twins(lines)
    kept = [re.sub(r"^export ", "", line.strip()) for line in lines]
    return "\n".join(line for line in kept if line and not line.startswith(("//", "import "))) + "\n"


def refuse_twins(lines: Iterable[str]) -> None:
    """Stops the build when two modules give the same name at their top level."""
    top = re.compile(r"(?:export )?(?:async function|function|const|let) (\w+)")
    names = Counter(found.group(1) for line in lines if (found := top.match(line)))
    if twins := sorted(name for name, times in names.items() if times > 1):
        raise SystemExit(f"js: {', '.join(twins)} is defined twice; rename one of them.")


def symbol(ours: str, svg: ElementTree.Element) -> str:
    """One icon of the sprite under our own name; colour and stroke come from the sheet."""
    inner = ""
    for node in svg:
        told = "".join(f' {name}="{value}"' for name, value in node.attrib.items())
        inner += f"<{node.tag.removeprefix(SVG)}{told}/>"
    return f'<symbol id="{ours}" viewBox="0 0 24 24">{inner}</symbol>'


def build_icons() -> str:
    """The sprite: every icon of ICONS, in the order of our names."""
    with files("lucide").joinpath("lucide.zip").open("rb") as stream, ZipFile(stream) as archive:
        known = set(archive.namelist())
        missing = [theirs for theirs in ICONS.values() if f"{theirs}.svg" not in known]
        if missing:
            raise SystemExit(f"icons.py: the package lucide has no {', '.join(missing)}; choose another.")
        # The drawings come from a package pinned by hash, not from outside.
        drawings = {ours: ElementTree.fromstring(archive.read(f"{theirs}.svg")) for ours, theirs in ICONS.items()}  # noqa: S314
    drawn = "".join(symbol(ours, drawings[ours]) for ours in sorted(drawings))
    return f'<svg xmlns="http://www.w3.org/2000/svg">{drawn}</svg>\n'


def build(target: Path = BUILD) -> dict[str, int]:
    """Writes the three files into the target and returns the size of each."""
    target.mkdir(parents=True, exist_ok=True)
    made = {"havre.css": build_css(), "havre.js": build_script(), "icons.svg": build_icons()}
    for name, text in made.items():
        (target / name).write_text(text, "utf-8", newline="\n")
    return {name: len(text.encode()) for name, text in made.items()}


def main() -> int:
    """Builds everything and says so in one line."""
    sizes = build()
    print("assets: " + ", ".join(f"{name} {size / 1000:.1f} kB" for name, size in sizes.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
