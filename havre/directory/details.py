"""What came with a file of HSDS and is carried as it came, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Detail

ENTITIES: dict[str, Promise] = {
    "accessibility": _("Accessibility"),
    "funding": _("Funding"),
    "cost_option": _("A price"),
    "required_document": _("A document that is asked for"),
    "organization_identifier": _("An official number"),
    "taxonomy": _("A list of words"),
    "taxonomy_term": _("A word of a list"),
    "attribute": _("An attribute"),
    "metadata": _("A note on a change"),
    "meta_table_description": _("A note on a table"),
}


def entity_of(row: Detail) -> str:
    """What it is; the name in the file for what HSDS does not know."""
    return str(ENTITIES.get(row.entity, row.entity))


def told(row: Detail) -> list[tuple[str, str]]:
    """Its fields by their names in the file, those that say something."""
    return [(name, str(value)) for name, value in row.fields.items() if value not in (None, "", [], {})]
