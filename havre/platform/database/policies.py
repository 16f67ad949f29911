"""Grants and policies of every table, made from what each model says of itself. No list elsewhere can drift from it."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

from .rows import Queue, Rows, Unguarded

NOTHING = Unguarded(reason="Django's own; holds nothing of a person", verbs=())
THIRD_PARTY: dict[str, Rows] = {
    "django_migrations": Unguarded(reason="start-up compares it with the code"),
    "django_content_type": NOTHING,
    "auth_permission": NOTHING,
    "auth_group": NOTHING,
    "auth_group_permissions": NOTHING,
    "procrastinate_jobs": Queue(
        reason="numbers of rows; the application adds, and reads no more than the number of what it added",
        app="insert, select (id)",
        worker="select, update, delete",
    ),
    "procrastinate_events": Queue(reason="when a job was asked for and done", app="insert", worker="select, insert"),
    "procrastinate_workers": Queue(reason="which workers live", worker="select, insert, update, delete"),
    "procrastinate_periodic_defers": Queue(reason="jobs by the clock: none yet", worker="select, update"),
}
# Every function of the queue runs with the rights of whoever calls it, and PostgreSQL lets everybody call a new one.
QUEUE_FUNCTIONS = {
    "havre_app": ("procrastinate_defer_jobs_v1(procrastinate_job_to_defer_v1[])",),
    "havre_worker": (
        "procrastinate_fetch_job_v2(character varying[], bigint)",
        "procrastinate_finish_job_v1(bigint, procrastinate_job_status, boolean)",
        "procrastinate_register_worker_v1()",
        "procrastinate_unregister_worker_v1(bigint)",
        "procrastinate_update_heartbeat_v1(bigint)",
        "procrastinate_prune_stalled_workers_v1(double precision)",
    ),
}


class Undeclared(Exception):
    """A model does not say which rows of it may be reached."""


def rows_of(model: type[Model]) -> Rows:
    """What the model declares, or Undeclared."""
    table = model._meta.db_table
    if table in THIRD_PARTY:
        return THIRD_PARTY[table]
    declared = getattr(getattr(model, "Sensitivity", None), "rows", None)
    if not isinstance(declared, Rows):
        raise Undeclared(f"{model._meta.label}: name its rows in `class Sensitivity` (havre/platform/database/rows.py)")
    return declared


def tables() -> dict[str, Rows]:
    """Every table of the installation with its rule."""
    models = apps.get_models(include_auto_created=True)
    return {**THIRD_PARTY, **{model._meta.db_table: rows_of(model) for model in models}}


def statements() -> Iterator[str]:
    """The SQL that takes every right away and gives back what is declared; to be run as one transaction."""
    yield "revoke all on all tables in schema public from havre_app, havre_worker, havre_stats, havre_backup;"
    yield (
        "do $$ declare p record;"
        " begin for p in select policyname, tablename from pg_policies where schemaname = 'public'"
        " loop execute format('drop policy %I on public.%I', p.policyname, p.tablename); end loop; end $$;"
    )
    for table, rows in sorted(tables().items()):
        yield from rows.sql(table)
    yield "revoke execute on all functions in schema public from public, havre_app, havre_worker;"
    for role, functions in QUEUE_FUNCTIONS.items():
        yield from (f"grant execute on function {each} to {role};" for each in functions)
    yield "grant usage on all sequences in schema public to havre_app, havre_worker;"
    yield "grant select on all sequences in schema public to havre_backup;"


if __name__ == "__main__":
    import django

    django.setup()
    print("\n".join(statements()))
