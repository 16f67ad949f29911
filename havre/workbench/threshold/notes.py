"""What stands beside a table or a k-anonymous file, for whoever reads it: in English and in French."""

from __future__ import annotations

from havre.workbench.threshold.kanon import AS_IT_IS, EMPTIED, LEVELS, Protected

Words = tuple[str, str]  # English, French

FRENCH = {
    AS_IT_IS: "telle quelle",
    EMPTIED: "vidée",
    **dict(
        zip(
            LEVELS,
            ("un niveau plus haut", *(f"{n} niveaux plus haut" for n in ("deux", "trois", "quatre"))),
            strict=True,
        )
    ),
}
NOT_A_SAMPLE = (
    "Identified cases are not a sample of all victims.",
    "Les cas identifiés ne forment pas un échantillon de toutes les victimes.",
)
NOT_RECORDED = (
    "“column=” without a value means: not recorded.",
    "«\u202fcolonne=\u202f» sans valeur signifie\u00a0: non renseigné.",
)
NOT_PRIVATE = (
    "This file is not differentially private and is never combined with a release that is.",
    "Ce fichier n’a pas de confidentialité différentielle et ne s’ajoute jamais à une publication qui en a.",
)
ONE_USE = (
    "It is for one use, by people who signed for it. Do not try to find anybody in it.",
    "Il sert une seule fois, à des personnes qui ont signé. Ne cherchez à y retrouver personne.",
)
ONE_ANSWER = (
    "In some group all share one sensitive answer: knowing who is in it tells that answer.",
    "Dans un groupe, tous ont la même réponse sensible\u00a0: savoir qui en est, c’est la connaître.",
)


def of_table(k: int, hidden: int, cells: int) -> str:
    """Beside a table with hidden cells."""
    marked = (
        f"{hidden:,} of {cells:,} counts are marked “not published”: some are small, others keep the small hidden.",
        f"{_number(hidden)} effectifs sur {_number(cells)} portent «\u202fnot published\u202f»\u00a0: certains sont"
        " petits, les autres empêchent de retrouver les petits.",
    )
    return _both(
        (
            f"No count from 1 to {k - 1} is shown, and none follows from the counts that are.",
            f"Aucun effectif de 1 à {k - 1} n’est montré, et aucun ne se déduit de ceux qui le sont.",
        ),
        *([marked] if hidden else []),
        ("A combination that is not listed has nobody.", "Une combinaison absente ne compte personne."),
        NOT_RECORDED,
    )


def of_rounded(base: int) -> str:
    """Beside a table whose counts are rounded."""
    least = (base + 1) // 2
    return _both(
        (
            f"Each count, and each total by itself, is rounded to the nearest {base}: parts need not add up.",
            f"Chaque effectif, et chaque total à part, est arrondi au multiple de {base} le plus proche\u00a0: la somme"
            " des parties peut différer du total.",
        ),
        (
            f"Combinations of fewer than {least} are not listed.",
            f"Les combinaisons de moins de {least} ne figurent pas.",
        ),
        NOT_RECORDED,
    )


def of_kanon(found: Protected, quasi: list[str], cells: int, records: int) -> str:
    """Beside a k-anonymous file; `cells` and `records` are those there were."""
    told, names = found.measures, ", ".join(quasi)
    emptied, removed = 100 * found.emptied / max(1, cells), 100 * found.removed / max(1, records)
    return _both(
        (
            f"By {names}, each record has at least {told.k - 1} others alike (k = {told.k}).",
            f"Selon {names}, chaque fiche a au moins {told.k - 1} semblables (k = {told.k}).",
        ),
        (
            f"Cells emptied for that: {emptied:.2f} % of those columns; records removed: {removed:.2f} %.",
            f"Cases vidées pour cela\u00a0: {_decimal(emptied)} % de ces colonnes\u202f; fiches retirées\u00a0:"
            f" {_decimal(removed)} %.",
        ),
        _recoded(found),
        *_within_groups(found),
        NOT_PRIVATE,
        ONE_USE,
    )


def _recoded(found: Protected) -> Words:
    """How the whole of each column was recoded."""
    ways = found.recoded.items()
    english = ", ".join(f"{name} {way}" for name, way in ways)
    french = ", ".join(f"{name} {FRENCH[way]}" for name, way in ways)
    return f"Columns: {english}.", f"Colonnes\u00a0: {french}."


def _within_groups(found: Protected) -> list[Words]:
    """What l and t say of each sensitive column, where there are any."""
    told = found.measures
    if not told.diversity:
        return []
    each = [(name, l_, told.closeness[name]) for name, l_ in told.diversity.items()]
    english = "; ".join(f"{name} l = {l_}, t = {t:.2f}" for name, l_, t in each)
    french = "\u202f; ".join(f"{name} l = {l_}, t = {_decimal(t)}" for name, l_, t in each)
    said = (
        f"Different answers in the least varied group (l), and how far a group is from all, 0 to 1 (t): {english}.",
        f"Réponses différentes dans le groupe le moins varié (l), et écart d’un groupe à l’ensemble, de 0 à 1"
        f" (t)\u00a0: {french}.",
    )
    return [said, ONE_ANSWER] if min(told.diversity.values()) == 1 else [said]


def _both(*said: Words) -> str:
    english, french = zip(*said, NOT_A_SAMPLE, strict=True)
    return "\n".join(["ENGLISH", "", *english, "", "FRANÇAIS", "", *french, ""])


def _number(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def _decimal(number: float) -> str:
    return f"{number:.2f}".replace(".", ",")
