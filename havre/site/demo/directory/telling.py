"""Writes the directory as those who keep it: 30 countries, the agencies’ own cards, a few that are there twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count

from django.db import transaction
from django.utils.timezone import localdate

from havre.directory import bulk, facets
from havre.directory.models import Organisation, Service, Vetting
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import Agency, User
from havre.platform.audit.actions import at_work
from havre.site.demo.directory import lists
from havre.site.demo.directory.bodies import SECOND, organise
from havre.site.demo.directory.card import Cards
from havre.site.demo.directory.own import own_cards, twins
from havre.site.demo.tables import table

KEEPERS = {"balise": "chloe", "phare": "boris"}
SERVICES = 1500
AT_ONCE = 20_000


def there() -> bool:
    """Whether a directory stands, whoever keeps it."""
    return Organisation.objects.using("owner").exists()


def vet() -> None:
    """The agency of most personas is vetted, as whoever runs an installation says with `havre directory vet`."""
    house = Agency.objects.using("owner").get(code="balise")
    told = {"status": "vetted", "on": localdate(), "by": "demo", "reason": "Invented for the demonstration."}
    Vetting.objects.using("owner").update_or_create(agency_id=house.pk, defaults=told)


def tell() -> int:
    """The whole directory; how many services are in it."""
    today = localdate()
    keepers = {code: User.objects.select_related("agency").get(login=login) for code, login in KEEPERS.items()}
    made = invent(keepers, today)
    with transaction.atomic():
        for code, keeper in keepers.items():
            with acting_as(keeper, confirmed=True), at_work():
                rows = [row for cards in made if cards.owner.code == code for row in cards.rows]
                bulk.write(rows, AT_ONCE)
                facets.refresh(row.pk for row in rows if isinstance(row, Organisation))
    return len(services(made))


def invent(keepers: dict[str, User], today: date) -> list[Cards]:
    """The rows, not yet written: the same each time, save the days, which count from today."""
    made = [Cards(each, keepers[each.row["keeper"]].agency, today) for each in lists.countries()]
    for cards in made:
        for at, body in enumerate(table("directory/bodies")):
            organise(cards, body, at)
    own = own_cards(keepers, today)
    made += own
    _second(made[: len(made) - len(own)], SERVICES - len(services(made)))
    made += twins(keepers, today)
    return made


def services(made: Sequence[Cards]) -> list[Service]:
    """The services among the rows."""
    return [row for cards in made for row in cards.rows if isinstance(row, Service)]


def _second(made: Sequence[Cards], missing: int) -> None:
    """One more organisation of a kind here and there, until there are as many services as were asked for."""
    bodies = {row["body"]: row for row in table("directory/bodies")}
    for turn in count():
        body = bodies[SECOND[turn % len(SECOND)]]
        offered = lists.codes(body["services"])[:missing]
        if not offered:
            return
        organise(made[turn * 7 % len(made)], {**body, "services": ";".join(offered)}, len(bodies) + turn // len(made))
        missing -= len(offered)
