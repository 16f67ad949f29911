"""The organisations of a country: who they are, where they are and whom one asks for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from havre.directory import keys
from havre.directory.models import Address, ConfidentialPlace, Contact, Location, Organisation
from havre.platform.keeping.rows import Visibility
from havre.site.demo.directory import lists
from havre.site.demo.directory.card import Card, Cards, opened, site
from havre.site.demo.directory.lists import Text, in_latin, said, words
from havre.site.demo.directory.services import offer
from havre.site.demo.tables import Row, table

KEYED = ("line", "women", "police", "legal")
SECOND = ("legal", "women", "health", "training", "men")  # of which a large country has one more


def organise(cards: Cards, body: Row, at: int) -> Card:
    """An organisation with its place, its services and its contacts."""
    country = cards.country
    town = country.towns[0] if body["body"] == "line" else country.towns[at % len(country.towns)]
    name = said(country.language, "body", body["body"]).of(country.word(at), town)
    card = Card(cards, cards.put(Organisation, **_organisation(cards, body, name)))
    spoken = country.spoken[: cards.rng.randint(2, 4)]
    card.phone(cards.number(), spoken, reachable_from_abroad=True, channels=_channels(cards))
    _offers(card, body, at, town)
    _contacts(card, body["body"], spoken)
    return card


def _offers(card: Card, body: Row, at: int, town: Row) -> None:
    """Its services, those that are hidden at a place of their own: not in the town that an office is named after."""
    keys, hidden = lists.codes(body["services"]), lists.codes(body["confidential"])
    seen = [key for key in keys if key not in hidden]
    if seen:
        place = _place(card, town, hidden=False)
        for key in seen:
            offer(card, key, body, place, town)
        town = card.cards.country.towns[(at + 1) % len(card.cards.country.towns)]
    if len(seen) < len(keys):
        place = _place(card, town, hidden=True)
        for key in keys:
            if key in hidden:
                offer(card, key, body, place, town)


def _organisation(cards: Cards, body: Row, name: Text) -> dict[str, Any]:
    rng, home = cards.rng, site(name.latin, cards.country.code)
    shown = Visibility.OWNER_ONLY if body["body"] == "survivors" and rng.random() < 0.1 else opened(body["visibility"])
    state = body["category"] in ("ngo", "legal_aid", "faith_based", "survivor_led", "health")
    return {
        "name": name.own,
        "alternate_name": name.other,
        "description": name.more,
        "email": f"contact@{home}",
        "website": f"https://{home}",
        "year_incorporated": rng.randint(1986, 2021),
        "org_category": body["category"],
        "nrm_role": lists.codes(body["nrm_role"]),
        "countries": [cards.country.code],
        "mou_status": rng.choice(("signed", "signed", "draft", "none", "expired")) if state else "none",
        "vetting_status": rng.choice(("vetted", "vetted", "vetted", "in_progress", "unvetted")),
        "visibility": int(shown),
        **cards.checked(often=False),
    }


def _channels(cards: Cards) -> list[str]:
    more = ("sms", "whatsapp", "signal", "telegram", "web_chat", "email")
    return ["voice", *sorted(cards.rng.sample(more, cards.rng.randint(0, 2)), key=more.index)]


def _place(card: Card, town: Row, *, hidden: bool) -> Location:
    cards, rng = card.cards, card.cards.rng
    house = rng.randint(100, 199) if hidden else rng.randint(2, 98)  # so that one of them is found again in a search
    street = rng.choice(words(cards.country.language, "street")).own.replace("{n}", str(house))
    known: dict[str, Any] = {
        "country": cards.country.code,
        "region": in_latin(town, "region"),
        "address_confidential": hidden,
    }
    if hidden:
        place = card.put(Location, **known, **cards.checked())
        cards.rows.append(hide(card, place, town, street))
        return place
    where: dict[str, Any] = {
        "latitude": round(float(town["lat"]) + rng.uniform(-0.02, 0.02), 4),
        "longitude": round(float(town["lon"]) + rng.uniform(-0.02, 0.02), 4),
        "name": town["name"],
        "alternate_name": town["latin"],
        "city": in_latin(town, "name"),
    }
    place = card.put(Location, **known, **where, **cards.checked())
    own: dict[str, Any] = {"city": town["name"], "region": town["region"], "state_province": town["region"]}
    code = f"{rng.randint(0, 99):05d}"
    card.put(Address, location=place, address_1=street, postal_code=code, country=cards.country.code, **own)
    return place


def hide(card: Card, place: Location, town: Row, street: str) -> ConfidentialPlace:
    """Where a confidential place is, for its keeper."""
    told = {"address": street, "city": town["name"], "phone": card.cards.number()}
    return ConfidentialPlace(location=place, owner=card.cards.owner, **told)


def _contacts(card: Card, body: str, spoken: list[str]) -> None:
    cards = card.cards
    language = cards.country.language
    home = card.organisation.email.partition("@")[2]
    if body == "line":
        _contact(card, "focal", spoken, f"focal@{home}", focal_role="national_focal_point", is_focal_point=True)
    if body in ("women", "men", "children"):
        role = "child_focal_point" if body == "children" else "duty_officer"
        _contact(card, "duty", spoken, f"duty@{home}", focal_role=role, is_focal_point=True, out_of_hours=True)
    elif body in ("legal", "police", "return"):
        shown = {"focal_role": "liaison_officer", "is_focal_point": True}
        _contact(card, "desk", spoken, f"liaison@{home}", **shown)
    elif cards.rng.random() < 0.4:
        title = said(language, "title", "desk").own
        card.put(Contact, title=title, email=f"desk@{home}", languages=spoken, **cards.checked(often=False))


def _contact(card: Card, title: str, spoken: list[str], email: str, **values: Any) -> None:
    cards = card.cards
    values |= {"title": said(cards.country.language, "title", title).own, "languages": spoken}
    values |= {"name": cards.person(), "email": email, **cards.checked(), **_key(card)}
    visibility = max(int(Visibility.PARTNERS), card.organisation.visibility)
    contact = card.put(Contact, visibility, **values)
    signal = {"channels": ["voice", "signal"], "reachable_from_abroad": True}
    card.phone(cards.number(), spoken[:2], contact=contact, visibility=visibility, **signal)


def _key(card: Card) -> dict[str, Any]:
    """A key for some: a few end soon, a few have ended."""
    rng, today = card.cards.rng, card.cards.today
    if rng.random() < 0.45:
        return {"clearance": "none", "default_tlp_max": "TLP:GREEN"}
    ends = today + timedelta(days=rng.choice((-40, 12, 200, 330, 400, 700)))
    text = rng.choice(table("directory/keys"))["key"]
    kept = keys.kept({"public_key": text, "key_expires": ends})
    return {"clearance": rng.choice(("restricted", "confidential")), "default_tlp_max": "TLP:AMBER", **kept}
