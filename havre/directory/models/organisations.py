"""Organisations and the people one reaches there (HSDS 3.0 organization, program, contact, phone; SPEC 12)."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from havre.platform.accounts.models import Agency
from havre.platform.keeping.rows import KeptRows

from .base import OF_CARD, OF_CHECK, Checked, Kept, codes, word, words


class Organisation(Checked):
    """An organisation as its card tells it; `tenant` when it works in this installation."""

    tenant = models.OneToOneField(Agency, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=300)
    alternate_name = word(300)
    description = words()
    email = word(254)
    website = word(500)
    year_incorporated = models.SmallIntegerField(null=True)
    legal_status = word(200)
    logo = word(500)
    uri = word(500)
    parent_organisation = models.ForeignKey("self", models.SET_NULL, null=True, related_name="parts")
    org_category = word()
    mandate = words()
    nrm_role = codes()
    countries = codes()  # ISO 3166-1 alpha-2: the main key of the directory
    mou_status = word(20)
    vetting_status = models.CharField(max_length=20, default="unvetted")
    folded = word(600)  # name and other name without accents and case, as `folding.fold` writes them

    class Meta:
        indexes = [
            models.Index(fields=["folded"], name="organisation_folded"),
            GinIndex(fields=["countries"], name="organisation_countries", fastupdate=False),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_CARD | OF_CHECK | {"tenant", "name", "alternate_name", "description", "email", "website", "logo"}
        open |= {"year_incorporated", "legal_status", "uri", "parent_organisation", "org_category", "mandate"}
        open |= {"nrm_role", "countries", "mou_status", "vetting_status", "folded"}

    def __str__(self) -> str:
        return self.name


class OfOrganisation(Kept):
    """A row of an organisation's card."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True


class Program(OfOrganisation):
    """A programme under which an organisation puts services."""

    name = models.CharField(max_length=300)
    alternate_name = word(300)
    description = words()

    class Sensitivity:
        rows = KeptRows()
        open = OF_CARD | {"organisation", "name", "alternate_name", "description"}


class Contact(Checked):
    """Somebody, or a desk, to speak to: of the organisation, of one service or of one place."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contacts")
    service = models.ForeignKey("directory.Service", models.CASCADE, null=True, related_name="contacts")
    location = models.ForeignKey("directory.Location", models.CASCADE, null=True, related_name="contacts")
    service_at_location = models.ForeignKey(
        "directory.ServiceAtLocation", models.CASCADE, null=True, related_name="contacts"
    )
    name = word(200)
    title = word(200)
    department = word(200)
    email = word(254)
    is_focal_point = models.BooleanField(default=False)
    focal_role = word()
    out_of_hours = models.BooleanField(default=False)
    languages = codes()  # ISO 639
    clearance = models.CharField(max_length=20, default="none")
    public_key = words()  # OpenPGP or age
    key_fingerprint = word(128)
    key_expires = models.DateField(null=True)
    default_tlp_max = word(20)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(public_key__iregex="private key|secret[ -]key"), name="a_private_key_is_never_kept"
            )
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_CARD | OF_CHECK | {"organisation", "service", "location", "service_at_location", "title"}
        open |= {"department", "is_focal_point", "focal_role", "out_of_hours", "languages", "clearance"}
        open |= {"public_key", "key_fingerprint", "key_expires", "default_tlp_max"}
        never = {"name", "email"}


class Phone(OfOrganisation):
    """A number, and what it is good for."""

    service = models.ForeignKey("directory.Service", models.CASCADE, null=True, related_name="phones")
    location = models.ForeignKey("directory.Location", models.CASCADE, null=True, related_name="phones")
    service_at_location = models.ForeignKey(
        "directory.ServiceAtLocation", models.CASCADE, null=True, related_name="phones"
    )
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, related_name="phones")
    number = models.CharField(max_length=60)  # as it is dialled: an emergency number has no country
    e164 = models.CharField(max_length=20, blank=True, default="")  # empty where it has no such form
    extension = models.IntegerField(null=True)
    type = word()
    description = words()
    is_hotline = models.BooleanField(default=False)
    hours_24_7 = models.BooleanField(default=False)
    toll_free = models.BooleanField(default=False)
    reachable_from_abroad = models.BooleanField(null=True)
    channels = codes()

    class Meta:
        indexes = [
            models.Index(fields=["e164"], condition=~Q(e164=""), name="phone_e164"),
            models.Index(
                fields=["organisation"],
                include=["id", "service", "is_hotline", "toll_free", "visibility", "owner"],
                condition=Q(hours_24_7=True),
                name="phone_day_and_night",
            ),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_CARD | {"organisation", "service", "location", "service_at_location", "contact", "type"}
        open |= {"number", "e164", "extension", "description", "is_hotline", "hours_24_7", "toll_free"}
        open |= {"reachable_from_abroad", "channels"}
