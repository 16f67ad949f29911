"""List, long case and saved note, at ten thousand cases and at a million, the two registers taking turns."""

from __future__ import annotations

import multiprocessing
import os
import statistics
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

import click

from bench import ground
from bench.loading import ready

SMALL = 10_000
BUDGET = {"list": 20.0, "open": 20.0, "save": 12.0}  # milliseconds of processor time, issue 4
TITLES = {"list": "list of 50", "open": "open a long case", "save": "save a note"}
AGENCIES = ("largest", "middle")
ROLES = ("supervisor", "caseworker")


@click.command()
@click.option("--cases", default=0, help="The larger register; without it, a million when that is loaded.")
@click.option("--rounds", default=9, show_default=True, help="How often the registers take turns.")
@click.option("--times", default=12, show_default=True, help="How often a request is sent in each turn.")
def main(cases: int, rounds: int, times: int) -> None:
    """Measure list, open and save; the smaller register is loaded when it is missing."""
    with ground.running() as cluster:
        sizes = [SMALL, *([cases] if cases > SMALL else _loaded(cluster))]
        for size in sizes:
            ready(cluster, size)
        before = ground.machine(cluster)
        with registers(cluster, sizes) as held:
            figures = list(measured(held, rounds, times))
            plans = {str(size): held[size].submit(plans_of_list).result() for size in sizes}
        results = {
            "commit": ground.commit(),
            "machine": before,
            "load_after": ground.machine(cluster)["load"],
            "on": ground.today(),
            "sizes": sizes,
            "rounds": rounds,
            "times": times,
            "hashed_subplans": plans,
            "figures": figures,
        }
        file = ground.keep("pages", results)
    show(figures)
    click.echo(f"Written to {file.relative_to(ground.ROOT)}")
    if any(plans.values()):
        raise click.ClickException(f"The access table is hashed in a plan of the list: {plans}")


def _loaded(cluster: Any) -> list[int]:
    return [1_000_000] if ground.remark(cluster, "bench_1000000") else []


@contextmanager
def registers(cluster: Any, sizes: list[int]) -> Iterator[dict[int, ProcessPoolExecutor]]:
    """A process for each register, with a browser for each who is measured: both stay warm while they take turns."""
    spawn = multiprocessing.get_context("spawn")
    held = {
        size: ProcessPoolExecutor(1, spawn, stand, (cluster.url(f"bench_{size}"), cluster.url("postgres"), size))
        for size in sizes
    }
    try:
        yield held
    finally:
        for each in held.values():
            each.shutdown()


def measured(held: dict[int, ProcessPoolExecutor], rounds: int, times: int) -> Iterator[dict[str, Any]]:
    """A figure for each agency, role, act and register."""
    for agency, by in ((agency, by) for agency in AGENCIES for by in ROLES):
        for act in TITLES:
            turns: dict[int, list[tuple[float, float]]] = {size: [] for size in held}
            for process in held.values():
                process.submit(spent, agency, by, act, 2 * times).result()  # the first are not counted
            for turn in range(rounds):
                for size in list(held) if turn % 2 else list(held)[::-1]:
                    turns[size].append(held[size].submit(spent, agency, by, act, times).result())
            together = {size: [sum(each) for each in costs] for size, costs in turns.items()}
            for size, process in held.items():
                grown = [mine / small for mine, small in zip(together[size], together[SMALL], strict=True)]
                yield {
                    "cases": size,
                    **process.submit(sql_of, agency, by, act, rounds, times).result(),
                    "application_ms": round(statistics.median(each[0] for each in turns[size]), 2),
                    "database_ms": round(statistics.median(each[1] for each in turns[size]), 2),
                    "together_ms": round(statistics.median(together[size]), 2),
                    "budget_ms": BUDGET[act],
                    "growth": round(statistics.median(grown), 2),
                }


# What follows runs in the process of one register.

STANDING: dict[str, Any] = {}


def stand(url: str, postgres: str, size: int) -> None:
    """Django works on that register."""
    import django

    os.environ["DATABASE_URL"] = url
    django.setup()
    from bench import register

    offices = register.offices(size)
    STANDING.update(url=url, offices={"largest": offices[0], "middle": offices[len(offices) // 2]}, known={})


def browser(agency: str, by: str) -> tuple[Any, Any, dict[str, Callable[[], None]]]:
    """The user, their browser, and the requests that are measured; made once."""
    known = STANDING["known"]
    if (agency, by) not in known:
        office = STANDING["offices"][agency]
        user = office.supervisor if by == "supervisor" else office.worker
        client = signed_in(user)
        known[agency, by] = user, client, acts(client, long_case_of(user, office, by), by)
    return known[agency, by]  # type: ignore[no-any-return]


def spent(agency: str, by: str, act: str, times: int) -> tuple[float, float]:
    """Milliseconds of processor time of application and database for one request."""
    from bench import measure

    cost = measure.cost(browser(agency, by)[2][act], times, warm=1)
    return cost.application, cost.database


def sql_of(agency: str, by: str, act: str, rounds: int, times: int) -> dict[str, Any]:
    """The SQL of one request under policies and with the explicit filter, taking turns."""
    import psycopg

    from bench import explicit, measure

    user, client, requests = browser(agency, by)
    found = measure.statements(requests[act])
    with under_policies(client) as policies:
        principals = policies.execute("select havre.principals()").fetchone()[0]  # type: ignore[index]
        policies.rollback()
        with psycopg.connect(STANDING["url"], autocommit=True) as admin:
            explicit.make(admin, user, principals)
        with ground.connect_to(STANDING["url"], explicit.ROLE) as bypassing:
            sides = measure.sides(found, policies, bypassing)
            with_policies, with_filter, ratio = measure.taking_turns(*sides, rounds=rounds, times=max(3, times // 2))
    return {
        "agency": agency,
        "agency_cases": STANDING["offices"][agency].cases,
        "by": by,
        "act": act,
        "statements": len(found),
        "sql_with_policies_ms": round(with_policies, 2),
        "sql_with_filter_ms": round(with_filter, 2),
        "ratio": round(ratio, 2),
    }


def plans_of_list() -> list[str]:
    """The statements of a list whose plan hashes the access table, for everybody who is measured; none is right."""
    from bench import measure, plans

    hashed: list[str] = []
    for agency, by in ((agency, by) for agency in AGENCIES for by in ROLES):
        _user, client, requests = browser(agency, by)
        found = measure.statements(requests["list"])
        with under_policies(client) as asked:
            hashed += plans.hashing(asked, found)
    return hashed


@contextmanager
def under_policies(client: Any) -> Iterator[Any]:
    """A connection of the application with the claim of that browser, in a transaction that is undone."""
    from django.conf import settings

    from havre.platform.accounts.claims import token_of

    token = token_of(client.cookies[settings.SESSION_COOKIE_NAME].value)
    with ground.connect_to(STANDING["url"], "havre_app") as asked:
        asked.execute("select set_config('havre.token', %s, true)", [token])
        yield asked
        asked.rollback()


def signed_in(user: Any) -> Any:
    """A browser of that user."""
    from django.db import transaction
    from django.test import Client

    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    with transaction.atomic():
        client.force_login(user)
    return client


LONG = """
    select c.reference from people_case c where {whose} and c.state <> 'S13' and not c.restricted
    order by (select count(*) from people_casenote x where x.case_id = c.id)
      + (select count(*) from people_casemove x where x.case_id = c.id)
      + (select count(*) from assistance_servicedelivery x where x.case_id = c.id), c.id
    offset (select floor(0.95 * count(*))::int from people_case c where {whose} and c.state <> 'S13'
      and not c.restricted) limit 1"""


def long_case_of(user: Any, office: Any, by: str) -> str:
    """The reference of the open case that is longer than 95 of 100, among those this user reaches."""
    from django.db import connections

    whose = "c.agency_id = %(key)s" if by == "supervisor" else "c.owner_id = %(key)s"
    with connections["owner"].cursor() as cursor:
        key = office.agency.pk if by == "supervisor" else user.pk
        cursor.execute(LONG.format(whose=whose), {"key": key})
        return str(cursor.fetchone()[0])


def acts(client: Any, reference: str, by: str) -> dict[str, Callable[[], None]]:
    """The requests that are measured; each refuses to go on when it is not answered as it should be."""
    import uuid

    from django.urls import reverse

    listing = reverse("casefile:list")
    case, note = (reverse(page, args=[reference]) for page in ("casefile:case", "people:note"))
    lens = {"lens": "house" if by == "supervisor" else "yours"}
    sent = {"text": "She found a room near her work.", "kind": "call", "readers": "FACTS"}

    def answered(answer: Any, status: int) -> None:
        if answer.status_code != status:
            raise RuntimeError(f"{answer.request['PATH_INFO']} answers {answer.status_code}, not {status}")

    return {
        "list": lambda: answered(client.get(listing, lens), 200),
        "open": lambda: answered(client.get(case), 200),
        "save": lambda: answered(client.post(note, {**sent, "form_token": str(uuid.uuid4())}), 302),
    }


def show(figures: list[dict[str, Any]]) -> None:
    """A table of the figures: milliseconds of processor time."""
    from rich.console import Console
    from rich.table import Table

    columns = ("cases", "agency", "by", "act", "application_ms", "database_ms", "together_ms", "growth", "ratio")
    table = Table(*columns)
    for row in figures:
        table.add_row(*(f"{row[name]:,}" if name == "cases" else str(row[name]) for name in columns))
    Console(width=130).print(table)
