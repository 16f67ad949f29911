"""`python -m bench.alike`: how long the queue of cards that look alike takes at 20,000 organisations."""

from __future__ import annotations

import os
from pathlib import Path
from statistics import median

import click

from bench import ground

os.environ.setdefault("HAVRE_TEST_DATA", str(Path(__file__).parents[1] / ".havre" / "prove"))
NAME = "bench_alike"
# Each fiftieth has the name, each seventieth the number, each ninetieth the website of the one before it.
CARDS = """
    insert into directory_organisation (id, owner_id, visibility, name, alternate_name, description, email, website,
      legal_status, logo, uri, org_category, mandate, nrm_role, countries, mou_status, vetting_status, folded,
      verified_by, verification_method, source, version)
    select gen_random_uuid(), case when n %% 4 = 0 then %(mine)s else %(other)s end, n %% 2,
      'Foyer de l’Étoile ' || (n - (n %% 50 = 1)::int), '', '', '',
      'https://www.house-' || (n - (n %% 90 = 1)::int) || '.example/fr', '', '', '', '', '', '{}',
      array[case n / 2 %% 3 when 0 then 'FR' when 1 then 'TN' else 'MD' end], '', 'unvetted', '', '', '', '', 1
    from generate_series(1, %(cards)s) n"""
PHONES = """
    insert into directory_phone (id, owner_id, visibility, organisation_id, number, e164, type, description, is_hotline,
      hours_24_7, toll_free, channels)
    select gen_random_uuid(), owner_id, visibility, id, k.number, k.number, '', '', false, false, false, '{}'
    from (select *, row_number() over (order by name, id) as n from directory_organisation) o
    cross join lateral (select '+33' || 600000000 + o.n - (o.n %% 70 = 1)::int as number) k"""


@click.command()
@click.option("--cards", default=20_000, show_default=True)
@click.option("--most", default=1.0, show_default=True, help="Seconds of processor time that it may take.")
def main(cards: int, most: float) -> None:
    """Fill a database, open the queue as a keeper, and write down what it took."""
    import django

    from tests import harness

    django.setup()
    from django.db import connection, transaction

    from bench.measure import spent_by, spent_here
    from havre.directory.checking import alike
    from havre.platform.accounts.claims import acting_as
    from tests.personas import make_personas
    from tests.rows.world import standing_in

    harness.clone(NAME)
    with standing_in(NAME):
        with transaction.atomic():
            people = make_personas()
            with connection.cursor() as cursor:
                cursor.execute("set local role havre_owner")
                houses = {"mine": people.chloe.agency_id, "other": people.boris.agency_id, "cards": cards}
                cursor.execute(CARDS, houses)
                cursor.execute(PHONES, {})
        with connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            (pid,) = cursor.fetchone()
        took = []
        for _each in range(7):
            with acting_as(people.chloe):
                begun = spent_here() + spent_by(pid)
                found = alike.pairs(people.chloe.agency_id)
                took.append(spent_here() + spent_by(pid) - begun)
    ground.keep("alike", {"commit": ground.commit(), "cards": cards, "pairs": len(found), "seconds": median(took)})
    click.echo(f"{len(found)} pairs among {cards} cards: {median(took):.3f} s of processor time")
    if median(took) > most:
        raise SystemExit(f"more than {most} s")


if __name__ == "__main__":
    main()
