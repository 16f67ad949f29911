"""`havre directory`: what is done with the directory at the machine. The site adds what reads and writes files."""

from __future__ import annotations

import click


@click.group()
def directory() -> None:
    """The directory of organisations: bring cards in, take them out, say which agencies are vetted."""
