"""Two confidential places whose every detail is a word that stands nowhere else: one always was, one became so.

Beside them a public place with words of its own, which show that a way out was really looked into.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import psycopg
from anyascii import anyascii
from django.apps import apps
from django.db import connection, models, transaction

from havre.directory import folding
from havre.directory.actions.cards import save_organisation
from havre.directory.actions.offers import save_service
from havre.directory.actions.places import save_location
from havre.directory.actions.reach import save_contact, save_phone
from havre.directory.models import ConfidentialPlace, Detail, Location, Organisation, Suggestion
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.founding import found_user
from havre.platform.accounts.models import User
from havre.platform.audit.actions import at_work
from tests import harness
from tests.personas import PASSWORD
from tests.sealed.canaries import Canary, word

from .fort import Fort

COUNTRY = "FR"
MOST = 3  # rows of a table that pages are asked for: all places, and some of the rest
KEEPER = "kim"  # keeps the directory of Chloé's agency and nothing else
KNOW = (KEEPER, "chloe")  # where its places are


def digits(many: int) -> str:
    """Figures that stand nowhere else."""
    return "".join(random.SystemRandom().choices("123456789", k=many))


def secret() -> dict[str, str]:
    """All that would find a place."""
    arabic, number = word("Arabic"), digits(9)
    names = ("name", "alternate_name", "description", "external_identifier", "postal_code")
    return {
        **{name: word("Latin") for name in names},
        "address": f"{word('Latin')} {word('Latin')}",
        "city": word("Latin"),
        "transportation": f"{arabic} {word('Latin')}",
        "url": f"https://{word('Latin')}.example",
        "phone_there": f"+33{number}",
        "latitude": f"48.{digits(9)}",
        "longitude": f"2.{digits(9)}",
    }


@dataclass
class Hidden:
    """What was hidden, and whose it is."""

    card: Organisation
    seen: list[str]  # words that everybody may read
    found_by: list[str]  # and by which the service is found
    born: dict[str, str]  # of the place that was confidential from its first day
    moved: dict[str, str]  # of the one that was public before

    @property
    def secrets(self) -> list[str]:
        """Every word and figure that may be nowhere."""
        return parts([*self.born.values(), *self.moved.values()])


def parts(values: Iterable[str]) -> list[str]:
    """The words of these values that can be looked for one by one."""
    told = [each for value in values for each in re.split(r"\s|https://|\.example", value)]
    return [each.removeprefix("+33") for each in told if len(each) > 5]


def pattern(words: Iterable[str]) -> re.Pattern[bytes]:
    """Finds any of the words in any way of writing it."""
    return re.compile(b"|".join(map(re.escape, sorted({form for each in words for form in forms(each)}))), re.I)


def forms(text: str) -> set[bytes]:
    """The word in each spelling, folded, in Latin letters, and a number with blanks or none."""
    plain = {text, folding.fold(text), folding.latin(text).strip() or text, anyascii(text)}
    if re.fullmatch(r"\d{9}", text):
        plain |= {" ".join((text[0], text[1:3], text[3:5], text[5:7], text[7:])), f"{text[:3]} {text[3:6]} {text[6:]}"}
    if re.fullmatch(r"\d+\.\d+", text):
        plain |= {text[:9], text.replace(".", ",")[:9]}
    spelled = {form for each in plain for form in Canary("", each).spellings().values()}
    return {form for form in spelled if len(form) > 5}


def copied(fort: Fort, name: str) -> Fort:
    """The same register in a database of its own."""
    with psycopg.connect(harness.CLUSTER.url("postgres"), autocommit=True) as admin:
        admin.execute(f"drop database if exists {name} with (force)")
        admin.execute(f"create database {name} template {fort.name}")
    return replace(fort, name=name, users=dict(fort.users), secrets=dict(fort.secrets))


def hide(fort: Fort) -> Hidden:
    """The card of Chloé's agency with its places, written by its keeper through the actions."""
    Detail._base_manager.using("owner").update(entity="funding", fields={})  # of the filling, which knows no entity
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("set local role havre_owner")
        agency = fort.users["chloe"].agency
        fort.users[KEEPER] = found_user(agency, KEEPER, "Kim L.", "directory_keeper", PASSWORD, using="default")
        cursor.execute("set local role havre_app")
    with transaction.atomic(), acting_as(fort.users[KEEPER]):
        card, places = _public(fort.users[KEEPER])
    with transaction.atomic(), acting_as(fort.users["boris"]):
        _suggested(card, places["moved"])
    with transaction.atomic(), acting_as(fort.users[KEEPER]):
        hidden = _closed(card, places, fort.users[KEEPER])
    with transaction.atomic():
        fort.sign_in()
    return hidden


Places = dict[str, tuple[Location, dict[str, str]]]


def _public(by: User) -> tuple[Organisation, Places]:
    """The card with its places, while only one of them is confidential."""
    told = {"name": f"Harbour {word('Latin')}", "countries": [COUNTRY], "visibility": 0, "website": "https://a.example"}
    card = save_organisation(None, told, by=by)
    told = {name: secret() for name in ("born", "moved", "open")}
    places = {name: (_place(card, words, by, confidential=name == "born"), words) for name, words in told.items()}
    place, words = places["moved"]
    save_phone(None, {"location": place, "number": words["phone_there"]}, organisation=card, by=by)
    save_location(place, {"address": words["address"].upper()}, organisation=card, by=by)
    return card, places


def _suggested(card: Organisation, moved: tuple[Location, dict[str, str]]) -> None:
    """What a partner said of the place while it was public."""
    place, words = moved
    told = {"city": words["city"], "address": words["address"]}
    kept = {"owner_id": card.owner_id, "organisation": card, "entity": "location", "row_id": place.pk}
    user = User.objects.get(login="boris")
    with at_work():
        Suggestion.objects.create(before=told, after={**told, "region": "Rhone"}, user=user, agency=user.agency, **kept)


def _closed(card: Organisation, places: Places, by: User) -> Hidden:
    """The place becomes confidential; services are offered at all of them."""
    place, words = places["moved"]
    save_location(place, {**place_values(words), "address_confidential": True}, organisation=card, by=by)
    seen = [word("Latin") for _ in range(3)]
    _offers(card, seen, by)
    open_ = places["open"][1]
    found_by = [card.name.partition(" ")[2], seen[0], open_["city"]]
    return Hidden(card, [*found_by, *seen, open_["name"]], found_by, places["born"][1], words)


def place_values(words: dict[str, str]) -> dict[str, Any]:
    """A place as its keeper's form says it."""
    numbers = {name: float(words[name]) for name in ("latitude", "longitude")}
    return {**words, **numbers, "country": COUNTRY, "region": "Rhône", "visibility": 0}


def _place(card: Organisation, words: dict[str, str], by: User, *, confidential: bool) -> Location:
    return save_location(None, {**place_values(words), "address_confidential": confidential}, organisation=card, by=by)


def _offers(card: Organisation, seen: list[str], by: User) -> None:
    places = list(Location.objects.filter(organisation=card))
    offer = {"name": f"Beds {seen[0]}", "service_type": ["SHELTER_EMERG"], "places": places, "areas": [COUNTRY]}
    service = save_service(None, offer, organisation=card, by=by)
    due = date.today() + timedelta(days=3)
    person = {"name": f"Desk {seen[1]}", "email": "desk@quay.example", "is_focal_point": True}
    contact = save_contact(None, person, organisation=card, by=by)
    type(contact).objects.filter(pk=contact.pk).update(next_check_due=due)
    for hung in ({"service": service}, {"contact": contact}):
        line = {"number": f"00 80 000 {digits(3)}", "description": f"Line {seen[2]}", "hours_24_7": True}
        save_phone(None, {**line, **hung}, organisation=card, by=by)


def rows_of(card: Organisation) -> dict[type[models.Model], list[models.Model]]:
    """Some rows of each table of the directory that belong to this card, read as the owner of the tables."""
    found = {}
    for model in apps.get_app_config("directory").get_models():
        names = {each.name for each in model._meta.concrete_fields}
        rows = model._base_manager.using("owner")
        if model is Organisation:
            found[model] = list(rows.filter(pk=card.pk))
        elif "organisation" in names or "card" in names:
            found[model] = list(rows.filter(**{"organisation" if "organisation" in names else "card": card.pk})[:MOST])
        elif model is ConfidentialPlace:
            found[model] = list(rows.filter(location__organisation=card))
    return found
