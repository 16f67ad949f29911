"""Building a survey, opening and closing it, its links, and files of answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.keeping.editing import keeps, saved
from havre.platform.permissions import Permission

from . import codes, rules
from .models import CLOSED, DRAFT, OPEN, Answer, Item, Link, Load, Survey

MOST_ITEMS, MOST_LINKS = 60, 200
WRITE = Permission.PREVENTION_WRITE
LOADED = gettext_lazy("This very file was loaded already. Take it out first if it is to be loaded again.")


@action("kap.save", needs=WRITE)
def save(survey: Survey | None, values: Mapping[str, Any], *, by: User, version: int | None = None) -> Survey:
    """Title, introduction, languages and who may see the questions."""
    if survey and survey.status != DRAFT and set(survey.languages) - set(values["languages"]):
        raise Refused(_("People answer in these languages already. Add some, but take none away."))
    return saved(survey or Survey(), values, by=by, version=version)


@action("kap.item", needs=WRITE)
def save_item(survey: Survey, values: Mapping[str, Any], *, item: Item | None = None, by: User) -> Item:
    """One question, new or changed, of a draft."""
    taken = list(_draft(survey, by).items.select_for_update(of=("self",)))
    if item is None and len(taken) >= MOST_ITEMS:
        raise Refused(_("Sixty questions are more than anybody answers on a phone. Take one out first."))
    if item is None:
        code = rules.next_code(values["kind"], [each.code for each in taken])
        place = max((each.place for each in taken), default=0) + 1
        item = Item(survey=survey, owner_id=survey.owner_id, visibility=survey.visibility, code=code, place=place)
    for name, value in values.items():
        setattr(item, name, value)
    item.save()
    return item


@action("kap.drop", needs=WRITE)
def drop_item(item: Item, *, by: User) -> None:
    """Takes a question out of a draft."""
    _draft(item.survey, by)
    item.delete()


@action("kap.move", needs=WRITE)
def move_item(item: Item, *, up: bool, by: User) -> None:
    """Asks a question one place earlier or later."""
    order = list(_draft(item.survey, by).items.all())
    here = next(place for place, each in enumerate(order) if each.pk == item.pk)
    there = here + (-1 if up else 1)
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    for place, each in enumerate(order, 1):
        if each.place != place:
            each.place = place
            each.save(update_fields=["place"])


def _draft(survey: Survey, by: User) -> Survey:
    keeps(survey, by)
    survey = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    if survey.status != DRAFT:
        raise Refused(_("The questions are being asked and stay as they are. Make a new edition to change them."))
    return survey


@action("kap.open", needs=WRITE)
def open_(survey: Survey, *, by: User) -> None:
    """Lets people answer, from now on or again."""
    keeps(survey, by)
    if not rules.ready(survey.title, survey.languages, list(survey.items.all())).whole:
        raise Refused(_("Not everything that is asked is there yet. The page of the survey says what is missing."))
    at = survey.opened_at or timezone.now()
    saved(survey, {"status": OPEN, "opened_at": at, "closed_at": None}, by=by)


@action("kap.close", needs=WRITE)
def close(survey: Survey, *, by: User) -> None:
    """Takes no more answers by link."""
    if survey.status != OPEN:
        raise Refused(_("The survey is not open."))
    saved(survey, {"status": CLOSED, "closed_at": timezone.now()}, by=by)


@action("kap.redraft", needs=WRITE)
def redraft(survey: Survey, *, by: User) -> None:
    """Makes the questions changeable again, as long as nobody has answered."""
    keeps(survey, by)
    if Answer.objects.filter(survey=survey).exists():
        raise Refused(_("Somebody has answered, so the questions stay as they are. Make a new edition to change them."))
    saved(survey, {"status": DRAFT, "opened_at": None, "closed_at": None}, by=by)


@action("kap.renew", needs=WRITE)
def renew(survey: Survey, *, by: User) -> Survey:
    """A draft with the same questions: the next edition, or a copy of what another agency asks."""
    mine = survey.owner_id == by.agency_id
    told = {name: getattr(survey, name) for name in ("title", "intro", "languages", "pairing")}
    if mine:
        told |= {"edition": survey.edition + 1, "succeeds": survey, "visibility": survey.visibility}
    made = saved(Survey(), told, by=by)
    for item in survey.items.all():
        item.pk, item.survey, item.owner_id, item.visibility = uuid4(), made, made.owner_id, made.visibility
        item._state.adding = True
        item.save()
    return made


@action("kap.remove", needs=WRITE)
def remove(survey: Survey, *, by: User) -> None:
    """Throws a draft away."""
    survey = _draft(survey, by)
    if Link.objects.filter(survey=survey).exists():
        raise Refused(_("A link to this survey was given out. Close it instead."))
    survey.delete()


@action("kap.link", needs=WRITE)
def link(survey: Survey, *, wave: str, group: str, note: str, by: User) -> Link:
    """An address at which this wave of this group answers."""
    keeps(survey, by)
    if Link.objects.filter(survey=survey).count() >= MOST_LINKS:
        raise Refused(_("This survey has two hundred links. Use one of them."))
    made = Link(survey=survey, owner_id=survey.owner_id, wave=wave, group=group, note=note, made_by=by)
    made.token_hash = codes.token_hash(made.pk)
    made.save()
    return made


@action("kap.end_link", needs=WRITE)
def end_link(link: Link, *, by: User) -> None:
    """Takes no more answers by this address."""
    keeps(link.survey, by)
    link.ended_at = link.ended_at or timezone.now()
    link.save(update_fields=["ended_at"])


@action("kap.load", needs=WRITE)
def load(survey: Survey, *, name: str, digest: str, rows: Sequence[Mapping[str, Any]], by: User) -> Load:
    """The answers of a spreadsheet that was read without a fault: all of them."""
    keeps(survey, by)
    if survey.status == DRAFT:
        raise Refused(_("Open the survey first: a draft is not answered."))
    if Load.objects.filter(survey=survey, digest=digest).exists():
        raise Refused(str(LOADED))
    made = Load.objects.create(survey=survey, owner_id=survey.owner_id, name=name, digest=digest, rows=len(rows), by=by)
    with connection.cursor() as cursor:
        cursor.execute("select havre.survey_load(%s, %s::jsonb)", [made.pk, _json(rows)])
    return made


def _json(rows: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps([{**row, "person": row["person"].hex() if row["person"] else None} for row in rows])


@action("kap.unload", needs=WRITE)
def unload(load: Load, *, by: User) -> None:
    """Takes all answers of a file out again."""
    keeps(load.survey, by)
    load.delete()


def people(survey: UUID, wave: str) -> set[bytes]:
    """The hashes of those who answered in a wave."""
    found = Answer.objects.filter(survey=survey, wave=wave).values_list("person", flat=True)
    return {bytes(each) for each in found if each}
