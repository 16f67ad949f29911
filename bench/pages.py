"""`python -m bench [--cases N]`: list, long case and saved change on a register of ten thousand cases."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
import psycopg

from bench import ground

LISTED = 50
PERCENTILE = 0.95
LENGTH = """
    select c.reference from people_case c where c.agency_id = %s and c.state <> 'S13'
    order by (select count(*) from people_casenote x where x.case_id = c.id)
      + (select count(*) from people_casemove x where x.case_id = c.id)
      + (select count(*) from assistance_servicedelivery x where x.case_id = c.id), c.id
    offset (select floor(%s * count(*))::int from people_case c where c.agency_id = %s and c.state <> 'S13') limit 1"""


@click.command()
@click.option("--cases", default=10_000, show_default=True, help="How many cases the register has.")
@click.option("--times", default=60, show_default=True, help="How often each request is measured.")
def main(cases: int, times: int) -> None:
    """Measure a register of that size; the register is built once and used again."""
    name = f"bench_{cases}"
    with ground.running() as cluster:
        new = ground.database(cluster, name)
        from bench import register

        if new:
            print(f"Building a register of {cases} cases")
            register.build(cases)
            ground.finished(cluster, name)
        offices = register.offices()
        chosen = {"largest agency": offices[0], "middle agency": offices[len(offices) // 2]}
        measured = [
            figure for title, office in chosen.items() for figure in measure(cluster, name, title, office, times)
        ]
        results = {
            "commit": ground.commit(),
            "machine": ground.machine(cluster),
            "cases": cases,
            "agencies": [office.cases for office in offices],
            "times": times,
            "figures": measured,
        }
        file = ground.keep(f"pages-{cases}", results)
    show(measured)
    print(f"Written to {file.relative_to(ground.ROOT)}")


def measure(cluster: Any, name: str, title: str, office: Any, times: int) -> Iterator[dict[str, Any]]:
    """The three acts, by a supervisor who reaches the whole agency and by one of its caseworkers."""
    for login, user in (("supervisor", office.supervisor), ("caseworker", office.workers[0])):
        with signed_in(user) as client:
            long_case = long_case_of(user, office, login)
            for act, request in acts(client, long_case, "house" if login == "supervisor" else "yours").items():
                yield {
                    "agency": title,
                    "agency_cases": office.cases,
                    "by": login,
                    "act": act,
                    **figures(cluster, name, user, client, request, times),
                }


@contextmanager
def signed_in(user: Any) -> Iterator[Any]:
    """A browser of that user."""
    from django.test import Client

    from bench.register import PASSWORD

    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    answer = client.post("/signin/", {"login": user.login, "password": PASSWORD})
    if answer.status_code != 302:
        raise click.ClickException(f"{user.login} cannot sign in: {answer.status_code}")
    yield client
    client.post("/signout/")


def long_case_of(user: Any, office: Any, role: str) -> str:
    """The reference of the case that is longer than 95 of 100, among those this user reaches."""
    from django.db import connections

    text, values = LENGTH, [office.agency.pk, PERCENTILE, office.agency.pk]
    if role == "caseworker":
        text, values = LENGTH.replace("c.agency_id", "c.owner_id"), [user.pk, PERCENTILE, user.pk]
    with connections["owner"].cursor() as cursor:
        cursor.execute(text, values)
        return str(cursor.fetchone()[0])


def acts(client: Any, reference: str, lens: str) -> dict[str, Callable[[], None]]:
    """The requests that are measured; each refuses to go on when it is not answered as it should be."""
    from django.urls import reverse

    listing = reverse("casefile:list")
    case, note = (reverse(page, args=[reference]) for page in ("casefile:case", "people:note"))

    def answered(answer: Any, status: int) -> None:
        if answer.status_code != status:
            raise click.ClickException(f"{answer.request['PATH_INFO']} answers {answer.status_code}, not {status}")

    def save() -> None:
        sent = {
            "text": "She found a room near her work.",
            "kind": "call",
            "readers": "FACTS",
            "form_token": str(uuid.uuid4()),
        }
        answered(client.post(note, sent), 302)

    return {
        f"list of {LISTED}": lambda: answered(client.get(listing, {"lens": lens}), 200),
        "open a long case": lambda: answered(client.get(case), 200),
        "save a note": save,
    }


def figures(cluster: Any, name: str, user: Any, client: Any, request: Callable[[], None], times: int) -> dict[str, Any]:
    """The cost of the request, and of its SQL with policies and without."""
    from django.conf import settings

    from bench import explicit, measure
    from havre.platform.accounts.claims import token_of

    spent = measure.cost(request, times)
    found = measure.statements(request)
    token = token_of(client.cookies[settings.SESSION_COOKIE_NAME].value)
    with ground.connect(cluster, name, "havre_app") as policies:
        policies.execute("select set_config('havre.token', %s, true)", [token])
        principals = policies.execute("select havre.principals()").fetchone()[0]  # type: ignore[index]
        policies.rollback()
        with psycopg.connect(cluster.url(name), autocommit=True) as admin:
            explicit.make(admin, user, principals)
        with ground.connect(cluster, name, explicit.ROLE) as bypassing:
            sides = measure.sides(found, policies, bypassing)
            under, beside = measure.taking_turns(*sides, rounds=6, times=max(3, times // 4))
    return {
        **spent.shown(),
        "statements": len(found),
        "sql_with_policies_ms": round(under, 2),
        "sql_with_filter_ms": round(beside, 2),
        "ratio": round(under / beside, 2),
    }


def show(measured: list[dict[str, Any]]) -> None:
    """A table of the figures: milliseconds of processor time."""
    from rich.console import Console
    from rich.table import Table

    table = Table(
        "agency", "by", "act", "app ms", "database ms", "together ms", "SQL, policies", "SQL, filter", "ratio"
    )
    for row in measured:
        values = (f"{row[name]:.2f}" for name in (
            "application_ms", "database_ms", "together_ms", "sql_with_policies_ms", "sql_with_filter_ms", "ratio"
        ))  # fmt: skip
        table.add_row(f"{row['agency']} ({row['agency_cases']})", row["by"], row["act"], *values)
    Console(width=130).print(table)


if __name__ == "__main__":
    main()
