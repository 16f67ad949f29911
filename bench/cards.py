"""A directory of size: invented organisations of sixty countries in their own scripts, the same from the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db.models import Model

from bench.copying import number
from havre.directory.models import (
    Address,
    Contact,
    Language,
    Location,
    Organisation,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from havre.kernel.vocabularies import load

TODAY = date(2026, 11, 26)
EACH = 5  # services of an organisation, in the middle
# A country, its zone, what is spoken, some towns and some words of names.
LANDS: tuple[tuple[str, str, str, str, str], ...] = (
    ("FR", "Europe/Paris", "fr en ar", "Lyon;Marseille;Orléans;Besançon", "Maison;Étoile;Port;Refuge;Espoir;Femmes"),
    ("TN", "Africa/Tunis", "ar fr", "تونس;صفاقس;سوسة;قابس", "دار;المينا;الأمل;جمعية;الياسمين;النساء"),
    ("UA", "Europe/Kyiv", "uk ru", "Київ;Львів;Одеса;Ужгород", "Дім;Надія;Гавань;Захист;Зірка;Жінки"),
    ("CN", "Asia/Shanghai", "zh en", "北京;昆明;广州;成都", "妇女;之家;希望;港湾;中心;儿童"),
    ("TH", "Asia/Bangkok", "th en", "กรุงเทพ;เชียงใหม่;ภูเก็ต;ระนอง", "บ้านพัก;ฉุกเฉิน;ความหวัง;สตรี;เด็ก;ศูนย์"),
    ("NP", "Asia/Kathmandu", "ne hi en", "काठमाडौं;पोखरा;विराटनगर;जनकपुर", "आशा;घर;महिला;केन्द्र;बाल;सेवा"),
    ("ET", "Africa/Addis_Ababa", "am om en", "አዲስ አበባ;ባሕር ዳር;ጎንደር;ሐዋሳ", "ቤት;ተስፋ;ሴቶች;ማዕከል;ልጆች;ወደብ"),
    ("GR", "Europe/Athens", "el en", "Αθήνα;Θεσσαλονίκη;Πάτρα;Χανιά", "Σπίτι;Ελπίδα;Λιμάνι;Γυναίκες;Κέντρο;Αστέρι"),
    ("NG", "Africa/Lagos", "en yo ha ig", "Lagos;Benin City;Kano;Abuja", "Haven;Hope;Harbour;Women;Sisters;Light"),
    ("MA", "Africa/Casablanca", "ar fr ber", "الدار البيضاء;طنجة;فاس;أكادير", "دار;الأمان;جمعية;الأمل;الشمس;المرأة"),
    ("RO", "Europe/Bucharest", "ro en", "București;Iași;Timișoara;Brașov", "Casa;Speranța;Adăpost;Femei;Lumina;Port"),
    ("BR", "America/Sao_Paulo", "pt es", "São Paulo;Belém;Manaus;Maceió", "Casa;Esperança;Abrigo;Mulheres;Porto;Luz"),
)
OTHERS = (  # noqa: SIM905 - shorter to read
    "DE IT ES BE NL PL MD BG AL RS TR EG LB JO IQ SD SN ML CI GH CM CD KE UG TZ ZA IN BD LK MM VN KH LA PH ID MY JP KR"
    " MX GT CO PE AR US CA GB SE"
).split()
NEIGHBOURS = {code: LANDS[place % len(LANDS)] for place, code in enumerate(OTHERS)}
COUNTRIES = [land[0] for land in LANDS] + OTHERS
HEAVY = [1 / (place + 3) for place in range(len(COUNTRIES))]
TYPES, POPULATIONS = load("services").codes, load("populations").codes
ROLES = load("nrm_roles").codes
HOURS = ((9, 17), (8, 16), (10, 18), (9, 12), (14, 19), (20, 6), (0, 0))
DAYS = ("MO,TU,WE,TH,FR", "MO,TU,WE,TH,FR,SA", "MO,WE,FR", "SA,SU", "SU,MO,TU,WE,TH", "MO,TU,WE,TH,FR,SA,SU")


def cards(services: int, owner: Any, rng: Random) -> Iterator[Model]:
    """Organisations with what hangs on them, each after what it hangs on, until there are so many services."""
    made = 0
    while made < services:
        many = min(services - made, rng.choice((1, 2, 4, 5, 6, 8, 9)))
        yield from _card(many, owner, rng)
        made += many


def _card(many: int, owner: Any, rng: Random) -> Iterator[Model]:
    code = rng.choices(COUNTRIES, HEAVY)[0]
    _like, zone, tongues, towns, words = next((x for x in LANDS if x[0] == code), NEIGHBOURS.get(code, LANDS[0]))
    kept = {"owner_id": owner, "visibility": rng.choices((0, 1, 2, 3), (40, 45, 10, 5))[0]}
    name = " ".join(rng.sample(words.split(";"), 3))
    known = {"countries": [code], "nrm_role": [rng.choice(ROLES)], "description": _told(rng, words)}
    house = Organisation(id=number(rng), name=f"{name} {rng.randrange(10**5)}", **kept, **known, **_checked(rng))
    yield house
    kept["organisation_id"] = house.pk
    places = [_place(rng, kept, code, towns) for _each in range(rng.choice((1, 1, 2)))]
    yield from places
    yield from (_address(rng, kept, place) for place in places if not place.address_confidential)
    for _each in range(many):
        yield from _service(rng, kept, places, words, (zone, tongues.split(), code))
    yield Contact(
        id=number(rng), name="Desk", email=f"desk{rng.randrange(10**6)}@quay.example", **kept, **_checked(rng)
    )


def _place(rng: Random, kept: dict[str, Any], code: str, towns: str) -> Location:
    hidden = rng.random() < 0.2
    where = {"latitude": rng.uniform(-40, 60), "longitude": rng.uniform(-90, 130), "city": rng.choice(towns.split(";"))}
    shown = {} if hidden else where
    return Location(id=number(rng), country=code, address_confidential=hidden, **kept, **shown, **_checked(rng))


def _address(rng: Random, kept: dict[str, Any], place: Location) -> Address:
    line = f"{rng.randrange(1, 200)} Quay Street"
    return Address(id=number(rng), location_id=place.pk, address_1=line, city=place.city, country=place.country, **kept)


def _service(
    rng: Random, kept: dict[str, Any], places: list[Location], words: str, land: tuple[str, list[str], str]
) -> Iterator[Model]:
    zone, tongues, code = land
    service = Service(id=number(rng), name=" ".join(rng.sample(words.split(";"), 2)), **kept, **_offer(rng, words))
    at = rng.choice(places)
    yield service
    of = {**kept, "service_id": service.pk}
    if rng.random() < 0.85:
        yield ServiceAtLocation(id=number(rng), location_id=at.pk, **of)
    night = rng.random() < 0.12
    yield Phone(id=number(rng), number=f"00 80 {rng.randrange(10**6):06}", hours_24_7=night, is_hotline=night, **of)
    for code_of_tongue in rng.sample(tongues, rng.randint(1, len(tongues))):
        yield Language(id=number(rng), code=code_of_tongue, **of)
    if rng.random() < 0.3:
        yield ServiceArea(id=number(rng), name="Nord", country=code, **of)
    for _each in range(rng.choice((0, 1, 1, 2))):
        yield _hours(rng, of, zone)


def _offer(rng: Random, words: str) -> dict[str, Any]:
    some = rng.random()
    offer = {
        "status": rng.choices(("active", "inactive", "temporarily closed"), (94, 3, 3))[0],
        "description": _told(rng, words),
        "service_type": rng.sample(TYPES, rng.choice((1, 1, 2))),
        "population_served": rng.sample(POPULATIONS, rng.choice((0, 1, 2, 4))),
        "minimum_age": rng.choice((None, None, 0, 15, 18)),
        "maximum_age": rng.choice((None, None, None, 18, 25)),
        "accepts_children_accompanied": rng.choice((None, True, False)),
        "accepts_unaccompanied_minors": rng.choice((None, False, True)),
        "conditional_on_cooperation": rng.choice((None, False, False, True)),
        "cost_to_person": rng.choice(("free", "free", "free", "partly", "paid", "")),
    }
    if some < 0.4:
        free = datetime(2026, 11, 20, 9, tzinfo=UTC)
        offer |= {"capacity_total": 12, "capacity_available": rng.choice((0, 0, 1, 2, 5)), "capacity_as_of": free}
    return offer | _checked(rng)


def _hours(rng: Random, of: dict[str, Any], zone: str) -> Schedule:
    opens, closes = rng.choice(HOURS)
    clock = {"opens_at": time(opens), "closes_at": time(closes), "zone": zone}
    rule = {"freq": "WEEKLY", "byday": rng.choice(DAYS)}
    some = rng.random()
    if some < 0.05:
        rule = {"freq": "MONTHLY", "byday": rng.choice(("1TU", "-1FR", "2MO,4MO"))}
    elif some < 0.1:
        rule |= {"interval": 2, "dtstart": date(2026, 1, 5)}
    return Schedule(id=number(rng), **of, **clock, **rule)


def _checked(rng: Random) -> dict[str, Any]:
    if rng.random() < 0.1:
        return {}
    day = TODAY - timedelta(days=rng.randrange(300))
    return {"verified_on": day, "verification_method": "call", "next_check_due": day + timedelta(days=180)}


def _told(rng: Random, words: str) -> str:
    return " ".join(rng.choices(words.split(";"), k=rng.randint(8, 40)))
