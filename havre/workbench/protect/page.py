"""One self-contained page in English and French: no script, no address of anything else, prints as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

LANGUAGES = (0, 1)  # English, French
CODES = ("en", "fr")
NAMES = ("English", "Français")
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
CUSTODIAN = ("For the custodian only", "Pour le dépositaire seul")

STYLE = """
:root { --ink: #122a31; --soft: #40565d; --fog: #f2f6f5; --paper: #fff; --line: #d5e0df; --edge: #74898e;
  --brand: #0b5d6a; --light: #d3e8e9; --sand: #f8f2e4; --sand-ink: #5d4b23; --sand-line: #bda263;
  color-scheme: light dark }
@media (prefers-color-scheme: dark) { :root { --ink: #e7f0f0; --soft: #b9cacc; --fog: #0b171b; --paper: #11232a;
  --line: #25404a; --edge: #6f8a92; --brand: #7fc9cd; --light: #1e515c; --sand: #262115; --sand-ink: #e3d3a6;
  --sand-line: #a08a54 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--fog); color: var(--ink); line-height: 1.5; overflow-wrap: break-word;
  font: 1rem/1.5 "Segoe UI", -apple-system, "Noto Sans", Roboto, Ubuntu, "Helvetica Neue", sans-serif }
main { max-width: 66rem; margin: auto; padding: 1rem 1.25rem 3rem }
h1 { font-size: 1.75rem; line-height: 1.2; margin: .5rem 0 1rem } h2 { font-size: 1.2rem; line-height: 1.25; margin:
  0 0 .5rem }
h3 { font-size: 1rem; margin: 0 0 .5rem } p { margin: 0 0 .6rem; max-width: 46rem } ul { margin: 0; padding-left:
  1.2rem }
li { margin-bottom: .3rem; max-width: 44rem }
.lang { position: absolute; opacity: 0 } .choose { display: flex; gap: .5rem; justify-content: flex-end }
.choose label { padding: .45rem .9rem; border: 1px solid var(--edge); border-radius: .4rem; cursor: pointer }
#l0:checked ~ .choose label[for=l0], #l1:checked ~ .choose label[for=l1] { background: var(--brand); color:
  var(--paper);
  border-color: var(--brand) }
#l0:focus-visible ~ .choose label[for=l0], #l1:focus-visible ~ .choose label[for=l1] { outline: 3px solid
  var(--sand-line) }
#l0:checked ~ .t1, #l1:checked ~ .t0 { display: none }
section { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.25rem;
  margin-bottom: 1rem; min-width: 0 }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr)); gap: 0 1rem;
  align-items: start }
.flow { columns: 2 24rem; column-gap: 1rem; margin-bottom: 1rem } .flow section { break-inside: avoid }
.warn { background: var(--sand); color: var(--sand-ink); border: 2px solid var(--sand-line); border-radius: .6rem;
  padding: .7rem 1rem; margin: .75rem 0; font-weight: 600; max-width: none }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr)); gap: 1rem; margin: 0
  0 1rem }
.facts div { border-left: 4px solid var(--brand); padding-left: .75rem } .facts dt { color: var(--soft); font-size:
  .9rem }
.facts dd { margin: 0; font-size: 1.6rem; font-weight: 600; line-height: 1.25 }
.scroll { overflow-x: auto; margin-bottom: .6rem }
table { border-collapse: collapse; font-size: .95rem; font-variant-numeric: tabular-nums
  }
th, td { text-align: right; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align:
  bottom }
th { color: var(--soft); font-weight: 600 } th:first-child, td:first-child { text-align: left }
td:first-child { min-width: 9rem }
.bars { display: grid; grid-template-columns: fit-content(10rem) minmax(3rem, 1fr) auto; gap: .2rem .6rem; font-size:
  .9rem;
  align-items: center }
.bars > span:nth-child(3n) { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
.bar { position: relative; height: .95rem; background: var(--light); border-radius: .15rem } .bar b { display: block;
  height: 100%; background: var(--brand); border-radius: .15rem; min-width: 1px } .bar i { position: absolute; top:
  50%;
  height: 2px; margin-top: -1px; background: var(--sand-line) } .none { color: var(--soft) }
details { margin-top: .6rem; font-size: .9rem } summary { cursor: pointer; color: var(--soft); padding: .2rem 0 }
td.loud { color: var(--sand-ink); background: var(--sand); font-weight: 600 }
.small { font-size: .9rem; color: var(--soft) }
@media (max-width: 40rem) { thead { display: block; width: 1px; height: 1px; overflow: hidden;
  position: absolute } table, tbody, tr { display: block }
  tr { border-bottom: 1px solid var(--line); padding: .35rem 0 } td { display: flex; justify-content: space-between;
  gap: 1rem; border: 0; padding: .1rem 0 } td:first-child { font-weight: 600 } td:not(:first-child)::before {
  content: attr(data-head); color: var(--soft); text-align: left } td:first-child { min-width: 0 } }
@media print { body { background: #fff } section { break-inside: avoid; border-color: #999 } .choose { display: none
  } }
"""


def whole(title: tuple[str, str], body: Mapping[int, str]) -> str:
    """The page: both languages in it, one shown at a time, English first."""
    radios = "".join(
        f'<input class="lang" type="radio" name="l" id="l{n}"{" checked" if n == 0 else ""}>' for n in LANGUAGES
    )
    labels = "".join(f'<label for="l{n}" lang="{CODES[n]}">{NAMES[n]}</label>' for n in LANGUAGES)
    texts = "".join(f'<div class="t{n}" lang="{CODES[n]}">{body[n]}</div>' for n in LANGUAGES)
    head = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(' · '.join(title))}</title><style>{STYLE}</style></head>"
    )
    return f'{head}<body><main>{radios}<div class="choose">{labels}</div>{texts}</main></body></html>\n'


def title(text: str) -> str:
    """The heading of the page."""
    return f"<h1>{escape(text)}</h1>"


def warning(text: str) -> str:
    """A sentence that must be read first."""
    return f'<p class="warn" role="note">{escape(text)}</p>'


def section(heading: str, inner: str) -> str:
    """A part of the page."""
    return f"<section><h2>{escape(heading)}</h2>{inner}</section>"


def paragraphs(*texts: str) -> str:
    """Sentences."""
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def points(texts: Sequence[str]) -> str:
    """A list of sentences."""
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], loud: str = "") -> str:
    """Rows of text under a head, which scroll sideways by themselves where narrow; `loud` marks cells that end so."""
    names = "".join(f'<th scope="col">{escape(each)}</th>' for each in head)
    top = f"<thead><tr>{names}</tr></thead>" if head else ""
    body = "".join(f"<tr>{''.join(_cells(head, row, loud))}</tr>" for row in rows)
    return f'<div class="scroll" tabindex="0"><table>{top}<tbody>{body}</tbody></table></div>'


def _cells(head: Sequence[str], row: Sequence[str], loud: str) -> Iterator[str]:
    """The cells of a row, each with its head, which stands before it on a narrow screen."""
    for place, text in enumerate(row):
        name = f' data-head="{escape(head[place])}"' if head else ""
        mark = ' class="loud"' if loud and text.endswith(loud) else ""
        yield f"<td{name}{mark}>{escape(text)}</td>"


def number(lang: int, value: float) -> str:
    """A whole number as readers of the language write it."""
    return f"{value:,.0f}".replace(",", "," if lang == 0 else "\u202f")


def decimal(lang: int, value: float, digits: int = 3) -> str:
    """A number with so many significant digits."""
    digit, _, power = f"{value:.{digits}g}".partition("e")
    text = digit.replace(".", "." if lang == 0 else ",")
    return f"{text} × 10{str(int(power)).translate(RAISED)}" if power else text


def percent(lang: int, share: float) -> str:
    """A share of one: a whole number of per cent, or one decimal below ten."""
    value = 100 * share
    text = f"{value:.0f}" if value >= 9.95 or value == 0 else f"{value:.1f}"
    return text.replace(".", "." if lang == 0 else ",") + ("%" if lang == 0 else "\u202f%")


def fixed(lang: int, value: float) -> str:
    """A number with one decimal."""
    return f"{value:.1f}".replace(".", "." if lang == 0 else ",").replace("-", "\u2212")


def ceiling(lang: int, share: float) -> str:
    """A probability in per cent, never rounded up to certainty."""
    text = f"{100 * share:.0f}" if share < 0.985 else f"{100 * share:.1f}" if share < 0.9985 else "> 99.8"
    return text.replace(".", "." if lang == 0 else ",") + ("%" if lang == 0 else "\u202f%")
