"""`havre add agency` and `havre add user`: the first people of an installation, made by whoever holds its keys."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from havre.platform.permissions import ROLES
from havre.site.running import DATA, REFUSED, database, start_django

ROLE_NAMES = tuple(ROLES)


@click.group()
def add() -> None:
    """Add an agency, or somebody who works there."""


@contextmanager
def as_owner(data: Path | None) -> Iterator[None]:
    """The database opened as its owner; what it refuses becomes one line."""
    with database(data):
        start_django(owner=True)
        from django.db import IntegrityError, transaction

        try:
            with transaction.atomic(using="owner"):
                yield
        except IntegrityError:
            click.echo("That code or login is taken: choose another.", err=True)
            sys.exit(REFUSED)


@add.command()
@click.argument("code")
@click.argument("name")
@click.option("--country", default="", help="Two letters, for example FR.")
@DATA
def agency(code: str, name: str, country: str, data: Path | None) -> None:
    """Add an agency: CODE is short and used in commands, NAME is shown."""
    with as_owner(data):
        from havre.platform.accounts.founding import found_agency

        found_agency(code, name, country.upper(), using="owner")
    click.echo(f"{name} is there. Add its people: havre add user LOGIN --agency {code} --name NAME --role ROLE")


@add.command()
@click.argument("login")
@click.option("--agency", "code", required=True, help="Code of the agency.")
@click.option("--name", required=True, help="The name colleagues see.")
@click.option("--role", type=click.Choice(ROLE_NAMES), required=True)
@click.option("--language", type=click.Choice(["en", "fr"]), default="en", show_default=True)
@click.password_option(help="Asked for when left out; 12 characters or more.")
@DATA
def user(login: str, code: str, name: str, role: str, language: str, password: str, data: Path | None) -> None:
    """Add somebody who works in an agency, with one role."""
    with as_owner(data):
        from django.contrib.auth.password_validation import validate_password
        from django.core.exceptions import ValidationError

        from havre.platform.accounts.founding import found_user
        from havre.platform.accounts.models import Agency

        try:
            validate_password(password)
        except ValidationError as weak:
            click.echo(" ".join(weak.messages), err=True)
            sys.exit(REFUSED)
        house = Agency.objects.using("owner").filter(code=code).first()
        if house is None:
            click.echo(f"No agency has the code {code}: add it with `havre add agency`.", err=True)
            sys.exit(REFUSED)
        found_user(house, login, name, role, password, using="owner", language=language)
    click.echo(f"{login} may sign in as {role}.")
