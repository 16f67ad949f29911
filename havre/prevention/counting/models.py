"""A column of counts, and the check that the database holds on it. There is no table here."""

from __future__ import annotations

from django.db import models


class WholeNumbers(models.Func):
    """Whether a column of counts holds whole numbers from zero, and nothing else."""

    template = """(not jsonb_path_exists(%(expressions)s, '$.* ? (@.type() != "number" || @ < 0 || @ != @.floor())'))"""
    output_field = models.BooleanField()


def people() -> models.JSONField:
    """People by sex and age group, `{}` when nobody counted."""
    return models.JSONField(default=dict, blank=True)


def counted(column: str, name: str) -> models.CheckConstraint:
    """The check for such a column, with a name of its own."""
    return models.CheckConstraint(condition=WholeNumbers(models.F(column)), name=name)
