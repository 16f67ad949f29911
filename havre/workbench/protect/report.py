"""The page for whoever reads a release: what is protected, how strongly, what is not, and what the figures are for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from havre import __version__
from havre.workbench.protect import page, words
from havre.workbench.protect.facts import MEAN, Facts, Shown, Told
from havre.workbench.protect.page import decimal, number, percent

MOST_BARS = 12  # values of a column that are drawn; the others fold
MOST_NAMED = 60  # tables that are named as not worth reading; report.json has them all
WEAK = 8.0  # epsilon from which the page says that the promise is weak


def page_parts(facts: Facts, lang: int, first: Sequence[tuple[str, str]]) -> str:
    """All the page says in one language."""
    parts: tuple[Callable[[Facts, int], str], ...] = (_cards, _promise, _use, _columns, _not_worth, _made)
    warnings = "".join(page.warning(each[lang]) for each in first)
    return warnings + page.title(words.TITLE[lang]) + "".join(part(facts, lang) for part in parts)


def whole(facts: Facts, first: Sequence[tuple[str, str]]) -> str:
    """The page, a function of facts that never saw a record."""
    return page.whole(words.TITLE, {lang: page_parts(facts, lang, first) for lang in page.LANGUAGES})


def _cards(facts: Facts, lang: int) -> str:
    """The figures on top."""
    spread = max(1, round(2 * facts.people_sd))
    figures = (
        (words.PERSONS[lang], f"{number(lang, facts.people)} ± {number(lang, spread)}"),
        (words.STRENGTH[lang], f"ε = {decimal(lang, facts.promise.epsilon)}"),
        (words.SUREST[lang], page.ceiling(lang, facts.promise.surest)),
        (words.LONGEST[lang], words.LENGTHS[lang][facts.order - 1]),
    )
    inner = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in figures)
    return f'<dl class="facts">{inner}</dl>'


def _promise(facts: Facts, lang: int) -> str:
    """What is protected and how strongly, beside what is not."""
    promise = facts.promise
    sure = page.ceiling(lang, promise.surest)
    filled = {"sure": sure, "chance": number(lang, 1 / promise.delta), "epsilon": decimal(lang, promise.epsilon)}
    how = [text.format(**filled) for text in words.HOW[lang]]
    if promise.epsilon >= WEAK:
        how.append(words.WEAK[lang].format(**filled))
    counted = words.COUNTED[lang].format(cohort=promise.cohort) if promise.head else words.NOBODY[lang]
    return (
        page.section(words.WHAT_HEAD[lang], page.paragraphs(*words.WHAT[lang]))
        + '<div class="two">'
        + page.section(words.HOW_HEAD[lang], page.paragraphs(*how, counted))
        + page.section(words.NOT_HEAD[lang], page.points(words.NOT[lang]))
        + "</div>"
    )


def _use(facts: Facts, lang: int) -> str:
    """What the figures are good for, with the error to expect by length."""
    rows = [
        (
            words.LENGTHS[lang][each.length - 1],
            f"{number(lang, each.tables)} ({number(lang, each.worth)})",
            number(lang, each.cells),
            percent(lang, each.shown),
            f"± {number(lang, max(1, 2 * each.sd))}" if each.cells else "–",
            percent(lang, each.off) if each.cells else "–",
            number(lang, each.readable) if each.cells else "–",
        )
        for each in facts.lengths
    ]
    shorter = facts.order < min(facts.promise.plan.order, len(facts.columns))
    small = page.paragraphs(words.SMALL[lang].format(longest=words.LENGTHS[lang][facts.order - 1])) if shorter else ""
    return page.section(
        words.USE_HEAD[lang],
        small
        + page.points(words.USE[lang])
        + page.table(words.USE_COLUMNS[lang], rows)
        + page.paragraphs(*words.USE_NOTES[lang]),
    )


def _columns(facts: Facts, lang: int) -> str:
    """The single values of each column, drawn."""
    inner = "".join(_column(facts, each, lang) for each in facts.columns)
    return (
        page.section(words.VALUES_HEAD[lang], page.paragraphs(*words.VALUES[lang])) + f'<div class="flow">{inner}</div>'
    )


def _column(facts: Facts, column: Told, lang: int) -> str:
    drawn = sorted((each for each in column.values if each.count is not None), key=lambda each: -(each.count or 0))
    most = max((each.count or 0 for each in drawn), default=1)
    kept, more = drawn[:MOST_BARS], drawn[MOST_BARS:]
    parts = [_bars(facts, column, kept, most, lang)] if kept else [page.paragraphs(words.NONE[lang])]
    if more:
        parts.append(_folded(words.MORE[lang].format(many=len(more)), _bars(facts, column, more, most, lang)))
    lacking = [_label(facts, column, each, lang) for each in column.values if each.count is None]
    raised = [facts.book.label(column.name, value, page.CODES[lang]) for value in column.raised]
    for names, told in ((lacking, words.LACKING[lang]), (raised, words.RAISED[lang])):
        if names:
            parts.append(_folded(told.format(many=len(names)), page.paragraphs(", ".join(names))))
    return f"<section><h3>{escape(column.name)}</h3>{''.join(parts)}</section>"


def _folded(said: str, inner: str) -> str:
    return f"<details><summary>{escape(said)}</summary>{inner}</details>"


def _bars(facts: Facts, column: Told, values: Sequence[Shown], most: int, lang: int) -> str:
    """A bar for each count and a thin line over its margin (two sd on each side)."""
    rows = []
    for each in values:
        count, top = each.count or 0, 1.08 * most
        low, high = max(0.0, count - 2 * each.sd), min(top, count + 2 * each.sd)
        bar = f'<b style="width:{100 * count / top:.1f}%"></b>'
        line = f'<i style="left:{100 * low / top:.1f}%;width:{max(0.3, 100 * (high - low) / top):.1f}%"></i>'
        said = f"{number(lang, count)} ± {number(lang, max(1, 2 * each.sd))}"
        name = escape(_label(facts, column, each, lang))
        rows.append(f'<span>{name}</span><span class="bar" aria-hidden="true">{bar}{line}</span><span>{said}</span>')
    return f'<div class="bars">{"".join(rows)}</div>'


def _label(facts: Facts, column: Told, each: Shown, lang: int) -> str:
    """The words for a value; a parent stands for the rare values below it only."""
    name = facts.book.label(column.name, each.value, page.CODES[lang])
    if column.name not in facts.book.names and each.value in words.YES_NO:
        name = words.YES_NO[each.value][lang]
    return words.RARE[lang].format(name=name) if each.parent else name


def _not_worth(facts: Facts, lang: int) -> str:
    """The tables that are not worth reading, worst first."""
    poor = sorted((each for each in facts.tables if not each.worth), key=lambda each: (len(each.columns), -each.off))
    if not poor:
        return page.section(words.POOR_HEAD[lang], page.paragraphs(words.ALL_WORTH[lang]))
    rows = [
        (
            " × ".join(each.columns),
            number(lang, each.cells) if each.cells else words.NOT_PUBLISHED[lang],
            percent(lang, each.shown / each.people) if each.people else "–",
            percent(lang, each.off) if each.cells else "–",
        )
        for each in poor
    ]
    told = words.POOR[lang].format(poor=number(lang, len(poor)), all=number(lang, len(facts.tables)))
    most = page.table(words.POOR_COLUMNS[lang], rows[:10])
    more = page.table(words.POOR_COLUMNS[lang], rows[10:MOST_NAMED])
    folded = _folded(words.POOR_MORE[lang], more) if rows[10:] else ""
    return page.section(words.POOR_HEAD[lang], page.paragraphs(told) + most + folded)


def _made(facts: Facts, lang: int) -> str:
    """For whoever checks: settings, steps and hashes."""
    promise = facts.promise
    rows = [
        (
            words.STEPS[lang][step.name]
            + (f" ({words.LENGTHS[lang][step.length - 1]})" if step.name == "tables" else ""),
            decimal(lang, step.sensitivity),
            decimal(lang, step.sd),
            decimal(lang, MEAN * step.sd),
            decimal(lang, step.rho),
        )
        for step in facts.steps
    ]
    filled = {
        "epsilon": decimal(lang, promise.epsilon), "delta": decimal(lang, promise.delta),
        "rho": decimal(lang, promise.rho, 4), "columns": promise.plan.columns, "cap": promise.plan.cap,
        "records": number(lang, facts.records), "version": __version__, "head": promise.head or "–",
    }  # fmt: skip
    told = [text.format(**filled) for text in words.MADE[lang]]
    told += [words.ZEROS[lang]] * bool(facts.book.zeros)
    return page.section(
        words.MADE_HEAD[lang], page.paragraphs(*told) + _zeros(facts, lang) + page.table(words.MADE_COLUMNS[lang], rows)
    )


def _zeros(facts: Facts, lang: int) -> str:
    """The structural zeros, each with its source."""
    declared = facts.book.zeros
    rows = [
        (f"{each.column} = {each.value} × {each.other_column} = {each.other_value}", each.source) for each in declared
    ]
    return page.table(words.ZEROS_COLUMNS[lang], rows) if rows else ""
