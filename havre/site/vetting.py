"""`havre directory vet`: that an agency of this installation was vetted, said by whoever runs it."""

from __future__ import annotations

import sys
import uuid
from pathlib import Path

import click

from havre.directory.command import directory
from havre.site.adding import as_owner
from havre.site.running import DATA, REFUSED

STATUSES = ("unvetted", "in_progress", "vetted", "suspended")


@directory.command()
@click.argument("agency")
@click.option("--status", type=click.Choice(STATUSES), required=True)
@click.option("--by", required=True, help="Who decided, such as a board.")
@click.option("--reason", required=True, help="On what grounds: what was seen, and when.")
@DATA
def vet(agency: str, status: str, by: str, reason: str, data: Path | None) -> None:
    """Say whether AGENCY, by its code, is vetted: it then reads the cards that are for vetted agencies."""
    if not by.strip() or not reason.strip():
        click.echo("Say who decided and on what grounds: --by and --reason are kept with it.", err=True)
        sys.exit(REFUSED)
    with as_owner(data):
        name = _vet(agency, status, by.strip()[:200], reason.strip())
    click.echo(f"{name}: {status.replace('_', ' ')}.")


def _vet(code: str, status: str, by: str, reason: str) -> str:
    from django.utils.timezone import localdate

    from havre.directory.models import Organisation, Vetting
    from havre.platform.accounts.models import Agency
    from havre.platform.audit.models import AuditEvent

    house = Agency.objects.using("owner").filter(code=code).first()
    if house is None:
        click.echo(f"No agency has the code {code}.", err=True)
        sys.exit(REFUSED)
    told = {"status": status, "on": localdate(), "by": by, "reason": reason}
    Vetting.objects.using("owner").update_or_create(agency_id=house.pk, defaults=told)
    Organisation.objects.using("owner").filter(tenant_id=house.pk).update(vetting_status=status)
    event = AuditEvent(request_id=uuid.uuid4(), act="agency.vet", reason=status, watcher=house.audit_principal)
    event.save(using="owner", force_insert=True)
    return house.name
