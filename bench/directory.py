"""`python -m bench directory`: a search with five filters, the page of a country, among a hundred thousand services."""

from __future__ import annotations

import itertools
import time
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import click

from bench import ground

SIZE = 100_000
AGENCIES = 20
FIVE = "country, service, for whom, language, open now"
BUDGET = {FIVE: 20.0, "page: a country": 15.0}  # milliseconds of processor time, issue 7
FREE_NOW = ["free_places", "open_now"]
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


@click.command()
@click.option("--services", default=SIZE, show_default=True, help="How many services the directory has.")
@click.option("--times", default=200, show_default=True, help="How often each is asked.")
@click.option("--anew", is_flag=True, help="Make the directory again.")
def main(services: int, times: int, anew: bool) -> None:
    """Measure the search and the page of a country; the directory is made when it is missing."""
    with ground.running() as cluster:
        name = f"directory_{services}"
        took = {}
        if ground.database(cluster, name, anew=anew):
            with ground.in_bulk(cluster):
                took = {"load_s": round(build(services), 1)}
            ground.finished(cluster, name)
        results = {
            "commit": ground.commit(),
            "machine": ground.machine(cluster),
            "on": ground.today(),
            "services": services,
            **took,
            "times": times,
            "figures": figures(times),
            "load_after": ground.machine(cluster)["load"],
        }
    file = ground.keep("directory", results)
    for each in results["figures"]:
        click.echo(f"{each['what']:40} {each['together_ms']:8} ms  {each['found'] or ''}")
    click.echo(f"Written to {file.relative_to(ground.ROOT)}")


def build(services: int) -> float:
    """Twenty agencies with their cards, written as the application writes many rows; seconds by the clock."""
    from django.contrib.auth.hashers import make_password
    from django.db import connections, transaction

    from bench.cards import cards
    from bench.names import PASSWORD, _user
    from havre.directory import bulk, facets
    from havre.directory.models import Organisation
    from havre.platform.accounts.claims import acting_as
    from havre.platform.accounts.founding import found_agency
    from havre.platform.audit.actions import at_work

    hashed = make_password(PASSWORD)
    began = time.monotonic()
    for place in range(AGENCIES):
        with transaction.atomic(using="owner"):
            agency = found_agency(f"agency{place}", f"Agency {place}", "FR", using="owner")
            keeper = _user(agency, "supervisor", hashed, f"supervisor{place}")
        with acting_as(keeper), at_work():
            bulk.many_rows()
            bulk.write(cards(services // AGENCIES, agency.pk, Random(f"directory {place}")))
            facets.refresh(Organisation.objects.filter(owner=agency).values_list("pk", flat=True))
        click.echo(f"agency {place}: {time.monotonic() - began:.0f} s")
    with connections["owner"].cursor() as cursor:
        cursor.execute("vacuum analyze")
    return time.monotonic() - began


def questions() -> dict[str, list[Any]]:
    """What is asked: five filters at once, in many mixtures; each filter alone."""
    from bench.cards import COUNTRIES
    from havre.directory.finding import Query

    lands = [*COUNTRIES[:6], *COUNTRIES[20:24]]
    whom, tongues = ("women", "men", "girls", "foreigners"), ("ar", "fr", "en", "uk")
    types = ("SHELTER_EMERG", "LEGAL_COUNSEL", "MHPSS", "INTERPRET")
    moments = [MONDAY + timedelta(hours=7 * each) for each in range(24)]
    mixed = list(itertools.product(lands, types, whom, tongues))
    Random("mixed").shuffle(mixed)
    at = itertools.cycle(moments)
    return {
        FIVE: [
            Query(countries=[c], service_types=[t], populations=[p], languages=[g], marks=["open_now"], at=next(at))
            for c, t, p, g in mixed
        ],
        "country, need, cost, free places, open now": [
            Query(
                countries=[c], needs=["accommodation"], costs=["free"], marks=["free_places", "open_now"], at=next(at)
            )
            for c in lands
        ],
        "country, for whom, age, text, open now": [
            Query(countries=[c], populations=[p], age=19, text="maison", marks=["open_now"], at=next(at))
            for c, p in itertools.product(lands, whom)
        ],
        "country": [Query(countries=[c]) for c in lands],
        "service": [Query(service_types=[t]) for t in types],
        "text": [Query(text=text) for text in ("étoile", "妇女", "المينا", "надия", "maison port", "refuge 4")],
        "area": [Query(area=text) for text in ("lyon", "besancon", "سوسة", "北京")],
        "open now": [Query(marks=["open_now"], at=moment) for moment in moments],
        "day and night": [Query(marks=["always_open"])],
        "role in the referral": [Query(nrm_roles=["coordinator"])],
    }


def figures(times: int) -> list[dict[str, Any]]:
    """Milliseconds of processor time for each question with the rows of the page it shows, and for whole pages."""
    from bench import measure
    from havre.directory import finding
    from havre.platform.accounts.claims import acting_as
    from havre.platform.accounts.models import User

    told: list[dict[str, Any]] = []
    user = User.objects.get(login="supervisor1")
    with acting_as(user):
        for what, asked in questions().items():
            turn = itertools.cycle(asked)
            cost = measure.cost(lambda turn=turn: finding.find(next(turn)), times)  # type: ignore[misc]
            some = asked[:40]
            total = sum(finding.find(each).total for each in some) / len(some)
            told.append({"what": what, **cost.shown(), "found": round(total), "budget_ms": BUDGET.get(what)})
    for what, addresses in pages().items():
        turn = itertools.cycle(addresses)
        client = signed_in(user)
        cost = measure.cost(lambda turn=turn, client=client: answered(client, next(turn)), times)  # type: ignore[misc]
        told.append({"what": what, **cost.shown(), "found": None, "budget_ms": BUDGET.get(what)})
    return told


def pages() -> dict[str, list[str]]:
    """Whole pages, by what they show."""
    from bench.cards import COUNTRIES
    from havre.directory.search.asked import address

    five = next(iter(questions().values()))
    return {
        "page: five filters": [f"/directory/find/?{address(each)}" for each in five],
        "page: a country": [f"/directory/in/{code}/" for code in COUNTRIES[:8]],
    }


def signed_in(user: Any) -> Any:
    """A browser of that user."""
    from django.db import transaction
    from django.test import Client

    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    with transaction.atomic():
        client.force_login(user)
    return client


def answered(client: Any, address: str) -> None:
    """One page, which must come."""
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")


if __name__ == "__main__":
    main()
