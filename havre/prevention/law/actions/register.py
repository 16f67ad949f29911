"""Treaties, laws, what laws cover, and scores: one row of each agency, edited by whoever writes there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale, action
from havre.platform.keeping.editing import saved
from havre.platform.permissions import Permission
from havre.prevention.law.models import LawPoint, NationalLaw, Score, TreatyStatus
from havre.prevention.law.models.base import Sourced
from havre.prevention.rights.actions import follow

WRITE = Permission.PREVENTION_WRITE
R = TypeVar("R", bound=Sourced)
Values = Mapping[str, Any]
Answers = Mapping[str, Values]  # by point: answer, article, note


@action("treaty.save", needs=WRITE)
def save_status(row: TreatyStatus, values: Values, *, by: User, version: int | None = None) -> TreatyStatus:
    """Where a country stands with a treaty; a row that is not in the database yet is begun."""
    return _written(row, values, by, version)


@action("score.save", needs=WRITE)
def save_score(row: Score, values: Values, *, by: User, version: int | None = None) -> Score:
    """The scores of a country in one year, with where they come from."""
    if not values.get("source", row.source).strip():
        raise Refused(_("Name where these scores come from. A score without a source is nobody’s."))
    return _written(row, values, by, version)


@action("law.save", needs=WRITE)
def save_law(law: NationalLaw, values: Values, *, by: User, version: int | None = None) -> NationalLaw:
    """The record of a law; what it covers, and reviews of it, are seen as far as it is."""
    law = _written(law, values, by, version)
    law.points.exclude(visibility=law.visibility).update(visibility=law.visibility)
    follow(law)
    return law


def _written(row: R, values: Values, by: User, version: int | None) -> R:
    standing = values.get("standing", row.standing)
    known = values.get("source", row.source) and values.get("checked_on", row.checked_on)
    if standing == "checked" and not known:
        raise Refused(_("What was checked needs its source, and the day somebody looked. Give both, or say how else."))
    try:
        with transaction.atomic():
            return saved(row, values, by=by, version=version)
    except IntegrityError as error:
        if getattr(error.__cause__, "sqlstate", "") != "23505":
            raise
    raise Refused(_("Your agency has written this down already. Open it and change it there."))


@action("law.points", needs=WRITE)
def save_points(law: NationalLaw, answers: Answers, *, by: User, version: int | None = None) -> NationalLaw:
    """What a law covers of these points; one without an answer is taken as not read up."""
    theirs = standing(law, answers)
    try:
        law = saved(law, {}, by=by, version=version)
    except Stale as stale:
        raise Stale(stale.version, theirs, who=stale.who, at=stale.at) from None
    for point, given in answers.items():
        told = {name: given.get(name, "") for name in ("answer", "article", "note")}
        if told["answer"]:
            told |= {"owner_id": law.owner_id, "visibility": law.visibility}
            LawPoint.objects.update_or_create(law=law, point=point, defaults=told)
        else:
            law.points.filter(point=point).delete()
    return law


def standing(law: NationalLaw, codes: Mapping[str, Any]) -> dict[str, Any]:
    """What stands on these points, in the names that the fields of their form have."""
    found = {each.point: each for each in law.points.filter(point__in=codes)}
    said: dict[str, Any] = {}
    for code in codes:
        row = found.get(code)
        said[code] = row.answer if row else ""
        said[f"{code}_article"] = row.article if row else ""
        said[f"{code}_note"] = row.note if row else ""
    return said
