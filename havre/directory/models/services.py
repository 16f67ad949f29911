"""What an organisation offers, to whom, when and in what languages (HSDS 3.0 service and schedule; SPEC 12)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from havre.platform.keeping.rows import KeptRows

from .base import OF_CARD, OF_CHECK, Checked, codes, word, words
from .organisations import OfOrganisation, Organisation, Program


class Service(Checked):
    """A service. The columns under `found by` repeat what its other rows say; `facets.refresh` writes them."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="services")
    program = models.ForeignKey(Program, models.SET_NULL, null=True, related_name="services")
    name = models.CharField(max_length=300)
    alternate_name = word(300)
    description = words()
    url = word(500)
    email = word(254)
    status = models.CharField(max_length=20, default="active")
    interpretation_services = words()
    application_process = words()
    fees_description = words()
    accreditations = words()
    eligibility_description = words()
    minimum_age = models.SmallIntegerField(null=True)
    maximum_age = models.SmallIntegerField(null=True)
    alert = words()
    assured_date = models.DateField(null=True)
    assurer_email = word(254)
    service_type = codes()
    population_served = codes()  # empty: not said
    accepts_children_accompanied = models.BooleanField(null=True)
    accepts_unaccompanied_minors = models.BooleanField(null=True)
    accepts_men = models.BooleanField(null=True)
    accepts_with_pets_or_dependants = models.BooleanField(null=True)
    exploitation_types_served = codes()
    conditional_on_cooperation = models.BooleanField(null=True)
    capacity_total = models.IntegerField(null=True)
    capacity_available = models.IntegerField(null=True)
    capacity_as_of = models.DateTimeField(null=True)
    max_stay_days = models.IntegerField(null=True)
    cost_to_person = word(10)
    referral_procedure = words()
    # found by
    countries = codes()  # where it is, or which it serves
    languages = codes()  # of the service and of its numbers
    always_open = models.BooleanField(default=False)  # a number of it answers day and night
    hours = ArrayField(models.UUIDField(), default=list, blank=True)  # its schedules, or else those of its places
    folded = SearchVectorField(null=True)  # its words and its organisation’s, without accents

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(maximum_age=None) | Q(minimum_age=None) | Q(maximum_age__gte=models.F("minimum_age")),
                name="ages_of_a_service_in_order",
            ),
            models.CheckConstraint(
                condition=Q(capacity_available=None)
                | Q(capacity_total=None)
                | Q(capacity_available__lte=models.F("capacity_total")),
                name="no_more_places_free_than_there_are",
            ),
        ]
        indexes = [
            GinIndex(
                fields=["countries", "service_type", "population_served", "languages", "folded"],
                name="service_found_by",
                gin_pending_list_limit=128,  # kB: many rows are taken in quickly, and what waits is read in no time
            ),
            models.Index(
                models.F("verified_on").desc(nulls_last=True),
                "id",
                name="service_last_checked",
                condition=Q(status="active"),
            ),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_CARD | OF_CHECK | {"organisation", "program", "name", "alternate_name", "description", "url", "email"}
        open |= {"status", "interpretation_services", "application_process", "fees_description", "accreditations"}
        open |= {"eligibility_description", "minimum_age", "maximum_age", "alert", "assured_date", "assurer_email"}
        open |= {"service_type", "population_served", "accepts_children_accompanied", "accepts_unaccompanied_minors"}
        open |= {"accepts_men", "accepts_with_pets_or_dependants", "exploitation_types_served", "referral_procedure"}
        open |= {"conditional_on_cooperation", "capacity_total", "capacity_available", "capacity_as_of"}
        open |= {"max_stay_days", "cost_to_person", "countries", "languages", "always_open", "hours"}
        open |= {"folded"}

    def __str__(self) -> str:
        return self.name


class Schedule(OfOrganisation):
    """When it is open: a rule of repetition in the zone of the place. Closing before opening is after midnight."""

    service = models.ForeignKey(Service, models.CASCADE, null=True, related_name="schedules")
    location = models.ForeignKey("directory.Location", models.CASCADE, null=True, related_name="schedules")
    service_at_location = models.ForeignKey(
        "directory.ServiceAtLocation", models.CASCADE, null=True, related_name="schedules"
    )
    zone = word(60)  # IANA: an offset alone does not know of daylight saving
    timezone = models.DecimalField(max_digits=4, decimal_places=2, null=True)  # HSDS: hours from UTC
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    dtstart = models.DateField(null=True)
    until = models.DateField(null=True)
    count = models.IntegerField(null=True)
    wkst = word(3)
    freq = word(10)
    interval = models.IntegerField(null=True)
    byday = word(60)
    byweekno = word(60)
    bymonthday = word(60)
    byyearday = word(60)
    opens_at = models.TimeField(null=True)
    closes_at = models.TimeField(null=True)
    description = words()
    schedule_link = word(500)
    attending_type = word(60)
    notes = words()
    last_on = models.DateField(null=True)  # its last day where it ends after `count` times; `facets.refresh` writes it

    class Sensitivity:
        rows = KeptRows()
        open = OF_CARD | {"organisation", "service", "location", "service_at_location", "zone", "timezone", "last_on"}
        open |= {"valid_from", "valid_to", "dtstart", "until", "count", "wkst", "freq", "interval", "byday"}
        open |= {"byweekno", "bymonthday", "byyearday", "opens_at", "closes_at", "description", "schedule_link"}
        open |= {"attending_type", "notes"}


class ServiceArea(OfOrganisation):
    """Whom a service serves by where they are; `country` where the area lies in one."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="areas")
    name = word(300)
    description = words()
    extent = words()
    extent_type = word(60)
    uri = word(500)
    country = word(2)

    class Sensitivity:
        rows = KeptRows()
        open = OF_CARD | {"organisation", "service", "name", "description", "extent", "extent_type", "uri", "country"}


class Language(OfOrganisation):
    """A language spoken: at a service, at a place or on a number."""

    service = models.ForeignKey(Service, models.CASCADE, null=True, related_name="spoken")
    location = models.ForeignKey("directory.Location", models.CASCADE, null=True, related_name="spoken")
    phone = models.ForeignKey("directory.Phone", models.CASCADE, null=True, related_name="spoken")
    name = word(120)
    code = word(10)
    note = words()

    class Sensitivity:
        rows = KeptRows()
        open = OF_CARD | {"organisation", "service", "location", "phone", "name", "code", "note"}
