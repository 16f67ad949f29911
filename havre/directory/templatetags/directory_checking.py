"""`{% checked_badge row %}`, `{% check_press row %}` and `{% suggest_link row %}`, for pages with rows of a card."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Q
from django.utils.timezone import localdate

from havre.directory.checking import suggestible
from havre.directory.finding import is_stale
from havre.directory.models import Contact, Duplicate, Organisation
from havre.directory.models.base import Checked, Kept
from havre.platform.keeping.rows import Visibility
from havre.platform.permissions import Permission

register = template.Library()


@register.filter
def table(row: Kept) -> str:
    """The name of its table, as the addresses of this room have it."""
    return str(row._meta.model_name)


@register.inclusion_tag("directory/checking/badge.html")
def checked_badge(row: Checked) -> dict[str, Any]:
    """When it was checked, or that this is too long ago."""
    return {"row": row, "stale": is_stale(row, localdate())}


@register.inclusion_tag("directory/checking/press.html", takes_context=True)
def check_press(context: template.RequestContext, row: Checked) -> dict[str, Any]:
    """Buttons by which its keeper says in one press that it was checked; for a contact with a mail address, to ask."""
    asks = isinstance(row, Contact) and bool(row.email) and row.visibility < Visibility.OWNER_ONLY
    return {"row": row, "asks": asks, "request": context["request"], "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("directory/checking/suggest_link.html", takes_context=True)
def suggest_link(context: template.RequestContext, row: Kept, called: str = "") -> dict[str, Any]:
    """The way to suggest a change of this row, for whoever may; nothing for a confidential place."""
    may = bool(suggestible.fields_of(row)) and context["user"].may(Permission.DIRECTORY_SUGGEST)
    return {"row": row, "called": called, "may": may}


@register.inclusion_tag("directory/checking/suggest_new.html", takes_context=True)
def suggest_new(context: template.RequestContext, card: Organisation, entity: str) -> dict[str, Any]:
    """The way to suggest what is missing on a card, for whoever may."""
    may = context["user"].may(Permission.DIRECTORY_SUGGEST)
    return {"card": card, "entity": entity, "kind": suggestible.KINDS[entity], "may": may}


@register.inclusion_tag("directory/checking/twin.html")
def twin_note(card: Organisation) -> dict[str, Any]:
    """The card to go by, where somebody said that this one is of the same organisation."""
    twins = Duplicate.objects.filter(Q(first=card) | Q(second=card), same=True).exclude(leads_to=card)
    twin = twins.filter(leads_to__isnull=False).select_related("leads_to", "owner").order_by("-at").first()
    return {"twin": twin}
