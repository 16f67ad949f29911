"""A country in the directory whose cards hold the longest and strangest values: what paper has to bear."""

from __future__ import annotations

from datetime import date, time, timedelta

from havre.directory.models import (
    Address,
    Contact,
    Language,
    Location,
    Organisation,
    Phone,
    Schedule,
    Service,
)

SCRIPTS = {
    "ar": "الجمعية التونسية لمساعدة ضحايا الاتجار بالأشخاص ومرافقتهم، فرع الميناء القديم بصفاقس",
    "th": "สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์ บ้านพักเด็กและครอบครัวท่าเรือเหนือ",
    "am": "የሰዎች ዝውውር ተጎጂዎች መርጃ እና መቋቋሚያ ማኅበር የወደብ አካባቢ ቅርንጫፍ ጽሕፈት ቤት",
    "fr": "Association d’accueil et d’accompagnement des personnes, antenne du quartier du Vieux-Port",
    "ta": "மனித கடத்தலால் பாதிக்கப்பட்டோருக்கான உதவி மையம், துறைமுகக் கிளை",
    "en": "Quay",
}
KINDS = ["SHELTER_EMERG", "LEGAL_COUNSEL", "MHPSS", "MED_GEN", "RI_HOUSING", "BASIC_NEEDS"]


def town(owner, today: date, country: str = "TN", houses: int = 12, services: int = 3, visibility: int = 0):
    """Organisations in six scripts, some of them stale, each with services, hours, numbers and people."""
    kept = {"owner": owner, "visibility": visibility}
    for number in range(houses):
        language, name = list(SCRIPTS.items())[number % len(SCRIPTS)]
        checked = None if number == 1 else today - timedelta(days=30 * (number + 1))
        house = Organisation.objects.create(
            name=f"{name} {number}", alternate_name="House of the Old Harbour, all its parts together",
            folded=f"{number:02}", countries=[country], org_category="ngo", nrm_role=["shelter", "first_responder"],
            email=f"desk{number}@quay.example", website="https://quay.example/a/very/long/path/to/somewhere",
            verified_on=checked, **kept,
        )  # fmt: skip
        _place(house, country, kept)
        _person(house, number, language, checked, kept)
        for which in range(services):
            _service(house, number, which, language, checked, kept)


def _place(house, country, kept):
    place = Location.objects.create(organisation=house, country=country, city="صفاقس", **kept)
    Address.objects.create(
        organisation=house, location=place, address_1="12, Quay of the long name that goes on and on, third floor",
        postal_code="3000", city="صفاقس", country=country, **kept,
    )  # fmt: skip


def _person(house, number, language, checked, kept):
    person = Contact.objects.create(
        organisation=house, name="سلام بنت عبد الرحمن حدّاد" if number % 2 else "Amal Ben Salem",
        title="Head of the night desk", is_focal_point=number % 3 == 0, focal_role="duty_officer",
        out_of_hours=True, email=f"night{number}@quay.example", languages=[language, "fr"], verified_on=checked, **kept,
    )  # fmt: skip
    Phone.objects.create(organisation=house, contact=person, number=f"+216 00 100 {number:03}", extension=12, **kept)


def _service(house, number, which, language, checked, kept):
    service = Service.objects.create(
        organisation=house, name=f"{SCRIPTS[language]} {which}", service_type=[KINDS[(number + which) % 6]],
        population_served=["women", "men", "girls", "boys", "irregular_migrants"][: 1 + number % 5],
        countries=list(house.countries), languages=[language, "fr", "en"], cost_to_person="free", minimum_age=16,
        referral_procedure="Call first. " * (1 + number), verified_on=checked, **kept,
    )  # fmt: skip
    Schedule.objects.create(
        organisation=house, service=service, zone="Africa/Tunis", freq="WEEKLY", byday="MO,TU,WE,TH,FR",
        opens_at=time(8), closes_at=time(17, 30), **kept,
    )  # fmt: skip
    phone = Phone.objects.create(
        organisation=house, service=service, number=f"+216 00 {number:03} {which:03}", hours_24_7=which == 0,
        is_hotline=which < 2, toll_free=number % 2 == 0, reachable_from_abroad=number % 3 == 0 or None,
        channels=["voice", "sms", "whatsapp"], **kept,
    )  # fmt: skip
    Language.objects.create(organisation=house, phone=phone, code=language, **kept)
