"""Everything that writes a campaign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from havre.directory.models import Organisation
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.keeping import files
from havre.platform.keeping.editing import keeps, saved
from havre.platform.keeping.models import Kept
from havre.platform.permissions import Permission

from . import rules
from .models import REVIEWED, Campaign, HarmReview, Material, Output, Partner, Status
from .standing import facts_of

WRITE = Permission.PREVENTION_WRITE
SAID = ("messages", "call_to_action", "hotline")
P = TypeVar("P", bound=Kept)


@action("campaign.save", needs=WRITE)
def save(campaign: Campaign | None, values: Mapping[str, Any], *, by: User, version: int | None = None) -> Campaign:
    """The campaign with these values; what it says stays as it was reviewed while it is out."""
    row = campaign or Campaign(said_by=by)
    if row.status in REVIEWED and any(name in values and values[name] != getattr(row, name) for name in SAID):
        raise Refused(
            _("What a campaign says stays as it was reviewed while it is out. Take it back to the test to change it.")
        )
    return saved(row, values, by=by, version=version)


@action("campaign.step", needs=WRITE)
def step(campaign: Campaign, to: str, *, by: User, version: int | None = None) -> Campaign:
    """The campaign at its next step, or taken back by one; Refused while something is missing."""
    if to == rules.after(campaign.status):
        if not all(need.met for need in rules.needs(campaign.status, campaign, facts_of(campaign))):
            raise Refused(_("Something is still missing for this step. The page of the campaign says what."))
    elif not to or to != rules.before(campaign.status):
        raise Refused(_("A campaign goes one step at a time. Open its page again to see where it stands."))
    return saved(campaign, {"status": Status(to)}, by=by, version=version)


@action("campaign.review", needs=WRITE)
def review(campaign: Campaign, *, by: User, note: str = "", **free: bool) -> HarmReview:
    """Whether it does no harm, said by somebody else than its author."""
    keeps(campaign, by)
    if not rules.may_review(campaign, by.pk):
        raise Refused(_("You wrote this campaign. Ask a colleague to review whether it does no harm."))
    return HarmReview.objects.create(**_hung(campaign), **free, note=note, by=by)


@action("campaign.partner", needs=WRITE)
def join(campaign: Campaign, organisation: Organisation, *, does: str, by: User) -> Partner:
    """An organisation of the directory that takes part."""
    keeps(campaign, by)
    partner = Partner.objects.filter(campaign=campaign, organisation=organisation).first()
    partner = partner or Partner(**_hung(campaign), organisation=organisation)
    partner.does = does
    partner.save()
    return partner


@action("campaign.material", needs=WRITE)
def bring(campaign: Campaign, values: Mapping[str, Any], upload: UploadedFile, *, by: User) -> Material:
    """A file, as the next version of the material of that title and language."""
    keeps(campaign, by)
    same = Material.objects.filter(campaign=campaign, title=values["title"], language=values["language"])
    number = (same.aggregate(Max("number"))["number__max"] or 0) + 1
    file = files.keep(upload, visibility=campaign.visibility, by=by)
    try:
        with transaction.atomic():
            return Material.objects.create(**_hung(campaign), **values, number=number, file=file, by=by)
    except IntegrityError:
        raise Refused(_("Somebody brought a version at the same moment. Send yours again.")) from None


@action("campaign.output", needs=WRITE)
def put(row: P, campaign: Campaign, values: Mapping[str, Any], *, by: User) -> P:
    """What was done or counted: an output, or calls."""
    keeps(campaign, by)
    row.owner_id, row.visibility = campaign.owner_id, campaign.visibility
    for name, value in {**values, "campaign": campaign}.items():
        setattr(row, name, value)
    row.save()
    return row


@action("campaign.remove", needs=WRITE)
def remove(row: Kept, *, by: User) -> None:
    """Takes off what hangs on a campaign; what was given out of a material stays counted with the output."""
    keeps(row, by)
    file = row.file if isinstance(row, Material) else None
    row.delete()
    if file is not None:
        file.delete()


def _hung(campaign: Campaign) -> dict[str, Any]:
    return {"campaign": campaign, "owner_id": campaign.owner_id, "visibility": campaign.visibility}


__all__ = ["Output", "bring", "join", "put", "remove", "review", "save", "step"]
