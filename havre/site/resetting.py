"""`havre reset`: when nobody is left who could let somebody in again on the page."""

from __future__ import annotations

import sys
import uuid
from pathlib import Path

import click

from havre.site.adding import as_owner
from havre.site.running import DATA, REFUSED


@click.command()
@click.argument("login")
@DATA
def reset(login: str, data: Path | None) -> None:
    """Take away the second factors of LOGIN, who sets a new one up at the next sign-in; open sessions end."""
    with as_owner(data):
        from havre.platform.accounts.models import Factor, Session, User
        from havre.platform.audit.models import AuditEvent

        user = User.objects.using("owner").select_related("agency").filter(login=login).first()
        if user is None:
            click.echo(f"Nobody has the login {login}.", err=True)
            sys.exit(REFUSED)
        Factor.objects.using("owner").filter(user=user).delete()
        Session.objects.using("owner").filter(user=user).delete()
        event = AuditEvent(request_id=uuid.uuid4(), act="factor.reset", reason=str(user.pk))
        event.watcher = user.agency.audit_principal
        event.save(using="owner", force_insert=True)
    click.echo(f"{login} signs in with the password and sets a new second factor up.")
