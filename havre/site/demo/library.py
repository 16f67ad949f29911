"""The library of the demonstration: what the founding brochure lists, and papers that nobody ever wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from havre.knowledge.library import actions, seed
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.site.demo.paper import pdf

EDITOR, PARTNER = "emile", "boris"
NIGHT = [
    "Night buses\nHow people are met at four coach stations\n\nInvented for the demonstration.",
    "Summary\n\nOver one winter, outreach workers spoke with travellers at four coach stations. Most of those who "
    "had been promised work did not know the name of their employer. A card with a telephone number, handed over "
    "without a word, was kept by two travellers in three.",
    "What was learned\n\nPeople speak after midnight, when nobody waits for them. Drivers and cleaners see more than "
    "inspectors do. Whoever is asked about debts talks about them; whoever is asked about trafficking does not.",
]
SAISON = [
    "Le temps des cerises\nTravail saisonnier et dettes de voyage\n\nInventé pour la démonstration.",
    "Résumé\n\nNous avons suivi trente cueilleurs au long d’une saison. Onze avaient payé leur place avant de partir ; "
    "pour sept d’entre eux, la dette dépassait le salaire promis. Aucun n’avait gardé ses papiers.",
    "Recommandations\n\nAfficher le salaire dans la langue des cueilleurs. Donner à chacun une copie de son contrat. "
    "Dire où se plaindre sans perdre son logement.",
]
PAPERS: dict[str, list[tuple[dict[str, Any], list[str]]]] = {
    EDITOR: [
        (
            {
                "kind": "report",
                "title": "Le temps des cerises : travail saisonnier et dettes de voyage",
                "titles": {"en": "Cherry time: seasonal work and travel debts"},
                "title_language": "fr",
                "authors": [{"family": "Quéméner", "given": "Émile"}, {"literal": "Maison Balise, Lyon"}],
                "year": 2025,
                "publisher": "Maison Balise",
                "place": "Lyon",
                "languages": ["fr"],
                "countries": ["FR"],
                "topics": ["labour_exploitation", "prevention"],
                "abstract": "Trente cueilleurs, une saison : qui part endetté reste quand tout va mal. Invention.",
                "downloadable": True,
                "visibility": 0,
            },
            SAISON,
        ),
        (
            {
                "kind": "report",
                "title": "Notes for the next round table",
                "title_language": "en",
                "year": 2026,
                "languages": ["en"],
                "topics": ["policy"],
                "abstract": "For our agency only, until the partners have read it.",
                "visibility": 3,
            },
            [],
        ),
    ],
    PARTNER: [
        (
            {
                "kind": "book",
                "title": "Night buses: how people are met at four coach stations",
                "titles": {"fr": "Cars de nuit : rencontrer les voyageurs dans quatre gares routières"},
                "title_language": "en",
                "authors": [{"family": "Kovač", "given": "Boris"}, {"family": "حدّاد", "given": "سلام"}],
                "year": 2024,
                "publisher": "Le Phare",
                "place": "Marseille",
                "isbn": "978-2-00-000000-8",
                "languages": ["en"],
                "countries": ["FR", "IT"],
                "topics": ["trends", "assistance"],
                "keywords": ["outreach"],
                "abstract": "What outreach workers heard over one winter, and what they would do again. Invented.",
                "downloadable": True,
                "visibility": 0,
            },
            NIGHT,
        ),
    ],
}


def tell(users: Mapping[str, User]) -> None:
    """What both agencies keep; the words of the papers are read already."""
    with acting_as(users[EDITOR]):
        actions.bring(seed.brochure(), by=users[EDITOR], visibility=0, source=seed.SOURCE)
    for login in PAPERS:
        with acting_as(users[login]):
            for values, pages in PAPERS[login]:
                _keep(values, pages, users[login])


def _keep(values: dict[str, Any], pages: list[str], by: User) -> None:
    row = actions.save(None, values, by=by)
    if pages:
        language = values["languages"][0]
        file = actions.add_file(row, SimpleUploadedFile(f"{row.code}.pdf", pdf(pages)), by=by, language=language)
        actions.settle(file, enumerate(pages, 1), by=by, pages=len(pages))
