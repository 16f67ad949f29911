"""The tables of a database: where none of ours is, all are built at once; else migrations bring them on.

Django draws every model anew for each step of a migration; with a hundred tables that is most of a first start. Where
nothing of ours stands only the end counts, so the end is built, and every migration is noted as done.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations import Migration, RunSQL
from django.db.migrations.executor import MigrationExecutor

OURS = "havre."


def bring_up(using: str) -> None:
    """Every table as the code has it."""
    labels = {config.label for config in apps.get_app_configs() if config.name.startswith(OURS)}
    executor = MigrationExecutor(connections[using])
    if any(label in labels for label, _name in executor.loader.applied_migrations):
        call_command("migrate", database=using, verbosity=0, interactive=False)
        return
    leaves = executor.loader.graph.leaf_nodes()
    executor.migrate([leaf for leaf in leaves if leaf[0] not in labels])
    build(using, [each for each, _back in executor.migration_plan(leaves) if each.app_label in labels])


def build(using: str, plan: list[Migration]) -> None:
    """The tables of every model, what the migrations of this plan say in SQL, and the note that they are done."""
    connection: Any = connections[using]
    executor = MigrationExecutor(connection)
    labels = {each.app_label for each in plan}
    with transaction.atomic(using=using):
        with connection.schema_editor() as editor:
            for model in apps.get_models():
                if model._meta.app_label in labels:
                    editor.create_model(model)
        for migration in plan:
            with connection.schema_editor() as editor, connection.cursor() as cursor:
                for step in migration.operations:
                    if isinstance(step, RunSQL):
                        cursor.execute(step.sql)
            executor.recorder.record_applied(migration.app_label, migration.name)
