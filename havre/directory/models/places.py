"""Where it is. A confidential place keeps country and region here; the rest is a sealed row of its own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from havre.directory.rows import place_rows
from havre.platform.accounts.models import Agency
from havre.platform.audit.actions import WrittenByActions
from havre.platform.crypto.fields import ServerText
from havre.platform.keeping.rows import KeptRows

from .base import OF_CARD, OF_CHECK, Checked, word, words
from .organisations import OfOrganisation, Organisation
from .services import Service


class Location(Checked):
    """A place of an organisation. What would find a confidential one is not here."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="locations")
    location_type = models.CharField(max_length=10, default="physical")
    url = word(500)
    name = word(300)
    alternate_name = word(300)
    description = words()
    transportation = words()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    external_identifier = word(200)
    external_identifier_type = word(60)
    country = word(2)
    region = word(120)
    city = word(120)
    address_confidential = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["country", "city"], name="location_country")]
        constraints = [
            models.CheckConstraint(
                condition=Q(address_confidential=False)
                | Q(latitude=None, longitude=None, city="", name="", alternate_name="", description="")
                & Q(transportation="", url="", external_identifier=""),
                name="a_confidential_place_tells_country_and_region_only",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="a_place_on_earth",
            ),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_CARD | OF_CHECK | {"organisation", "location_type", "url", "name", "alternate_name", "description"}
        open |= {"transportation", "latitude", "longitude", "external_identifier", "external_identifier_type"}
        open |= {"country", "region", "city", "address_confidential"}


class Address(OfOrganisation):
    """A postal or physical address; a confidential place has none."""

    location = models.ForeignKey(Location, models.CASCADE, related_name="addresses")
    attention = word(300)
    address_1 = word(300)
    address_2 = word(300)
    city = word(120)
    region = word(120)
    state_province = word(120)
    postal_code = word(20)
    country = word(2)
    address_type = models.CharField(max_length=10, default="physical")

    class Sensitivity:
        rows = KeptRows()
        open = OF_CARD | {"organisation", "location", "attention", "address_1", "address_2", "city", "region"}
        open |= {"state_province", "postal_code", "country", "address_type"}


class ConfidentialPlace(WrittenByActions):
    """Where a confidential place is: sealed, for its keeper's roles that must know. It is in no way out."""

    location = models.OneToOneField(Location, models.CASCADE, primary_key=True, related_name="secret")
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    address = ServerText()
    city = ServerText()
    phone = ServerText()
    directions = ServerText()
    version = models.IntegerField(default=1)

    class Sensitivity:
        rows = place_rows()
        open = {"location", "owner", "version"}
        never = {"address", "city", "phone", "directions"}


class ServiceAtLocation(OfOrganisation):
    """That a service is offered at a place."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="at_locations", db_index=False)
    location = models.ForeignKey(Location, models.CASCADE, related_name="services_here")
    description = words()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "location"], name="a_service_once_at_a_place")]

    class Sensitivity:
        rows = KeptRows()
        open = OF_CARD | {"organisation", "service", "location", "description"}
