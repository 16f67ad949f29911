"""A person, in tables cut by compartment. Whatever could name or find them is sealed under their own key."""

from __future__ import annotations

from django.db import models

from havre.platform.accounts.models import Agency
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import person_rows
from havre.platform.permissions import Compartment

from .base import CaseTable

ALL = ("insert", "update", "delete")


class Person(CaseTable):
    """Somebody in care, without a name: coded facts only."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=9, unique=True)
    outside_reference = models.CharField(max_length=80, blank=True, db_default="")
    gender = models.CharField(max_length=40, blank=True, db_default="")
    birth_year = models.SmallIntegerField(null=True)
    birth_precision = models.CharField(max_length=5, blank=True, db_default="")
    age_basis = models.CharField(max_length=10, blank=True, db_default="")
    presumed_minor = models.BooleanField(db_default=False)
    marital_status = models.CharField(max_length=40, blank=True, db_default="")
    education = models.CharField(max_length=60, blank=True, db_default="")
    number_of_children = models.SmallIntegerField(null=True)
    deceased = models.BooleanField(null=True)
    version = models.IntegerField(db_default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "outside_reference"],
                condition=~models.Q(outside_reference=""),
                name="a_reference_once_an_agency",
            )
        ]

    class Sensitivity:
        rows = person_rows(Compartment.FACTS, "update", column="id")
        open = {
            "id",
            "agency",
            "gender",
            "age_basis",
            "presumed_minor",
            "marital_status",
            "education",
            "deceased",
            "version",
        }
        coarse = {"birth_year": "age band", "birth_precision": "age band", "number_of_children": "band"}
        never = {"reference", "outside_reference"}


class OfPerson(CaseTable):
    """A row about one person."""

    person = models.ForeignKey(Person, models.CASCADE)

    class Meta:
        abstract = True


class PersonCountry(OfPerson):
    """A citizenship, a residence or a country of birth."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="countries", db_index=False)
    country = models.CharField(max_length=2)
    kind = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "country"], name="a_country_once")]

    class Sensitivity:
        rows = person_rows(Compartment.FACTS, "insert", "delete")
        open = {"id", "person", "country", "kind"}


class PersonLanguage(OfPerson):
    """A language the person speaks."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="languages", db_index=False)
    language = models.CharField(max_length=3)
    preferred = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "language"], name="a_language_once")]

    class Sensitivity:
        rows = person_rows(Compartment.FACTS, "insert", "update", "delete")
        open = {"id", "person", "language", "preferred"}


class PersonName(OfPerson):
    """A name the person goes by, as they write it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="names")
    kind = models.CharField(max_length=10, default="known_as")
    full = SealedText(subject="person_id")
    given = SealedText(subject="person_id")
    middle = SealedText(subject="person_id")
    family = SealedText(subject="person_id")
    version = models.IntegerField(default=1)

    class Sensitivity:
        rows = person_rows(Compartment.IDENTITY, *ALL)
        open = {"id", "person", "kind", "version"}
        never = {"full", "given", "middle", "family"}


class PersonIdentity(OfPerson):
    """What proves who somebody is."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="identity")
    born_on = SealedText(subject="person_id")
    identity_number = SealedText(subject="person_id")
    salutation = SealedText(subject="person_id")
    position = SealedText(subject="person_id")  # held in an organisation: prs_Title
    version = models.IntegerField(default=1)

    class Sensitivity:
        rows = person_rows(Compartment.IDENTITY, *ALL)
        open = {"id", "person", "version"}
        never = {"born_on", "identity_number", "salutation", "position"}


class PersonContact(OfPerson):
    """A way to reach somebody, and how to do so without harm."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=20)
    value = SealedText(subject="person_id")
    safe_times = SealedText(subject="person_id")
    code_word = SealedText(subject="person_id")
    who_answers = SealedText(subject="person_id")
    leave_message = models.BooleanField(default=False)
    safe = models.BooleanField(null=True)
    version = models.IntegerField(default=1)

    class Sensitivity:
        rows = person_rows(Compartment.WHEREABOUTS, *ALL)
        open = {"id", "person", "kind", "leave_message", "safe", "version"}
        never = {"value", "safe_times", "code_word", "who_answers"}


class PersonPlace(OfPerson):
    """Where somebody lives, stays or would return to."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="places")
    kind = models.CharField(max_length=10)
    country = models.CharField(max_length=2, blank=True)
    address = SealedText(subject="person_id")
    city = SealedText(subject="person_id")
    area = SealedText(subject="person_id")
    postal_code = SealedText(subject="person_id")
    version = models.IntegerField(default=1)

    class Sensitivity:
        rows = person_rows(Compartment.WHEREABOUTS, *ALL)
        open = {"id", "person", "kind", "version"}
        coarse = {"country": "region"}
        never = {"address", "city", "area", "postal_code"}
