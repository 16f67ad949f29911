"""Agencies, teams, users, memberships. Who signs in is found here; what they reach is the database's answer."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property

from havre.platform.crypto.fields import ServerText
from havre.platform.database.reading import Prepared
from havre.platform.database.rows import OwnRows, Unguarded, Where
from havre.platform.permissions import CASEWORK_COMPARTMENTS, ROLES, Permission, Role

SIGN_IN = "sign-in and names of colleagues need it before any claim exists; it holds nobody in care"


class Agency(models.Model):
    """An organisation that works in this installation: the tenant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    code = models.SlugField(unique=True)
    country = models.CharField(max_length=2, blank=True)
    principal = models.BigIntegerField(unique=True)
    audit_principal = models.BigIntegerField(unique=True)

    class Sensitivity:
        rows = Unguarded(reason=SIGN_IN)
        open = {"id", "name", "code", "country", "principal", "audit_principal"}

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A group of workers who share a caseload."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)
    principal = models.BigIntegerField(unique=True)
    ended = models.DateTimeField(null=True)
    # The parts the team works with: nobody stands for it whose own role reaches less.
    compartments = models.IntegerField(default=int(CASEWORK_COMPARTMENTS), db_default=int(CASEWORK_COMPARTMENTS))

    class Sensitivity:
        rows = Unguarded(reason=SIGN_IN)
        open = {"id", "agency", "name", "principal", "ended", "compartments"}


class User(AbstractBaseUser):
    """Somebody who works here. Rights come from memberships, never from flags on the user."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="users")
    language = models.CharField(max_length=8, default="en")
    is_active = models.BooleanField(default=True)
    suspended = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)  # gone for good
    principal = models.BigIntegerField(unique=True)
    glass_until = models.DateTimeField(null=True)  # until then a file may be open to them in an emergency
    last_login = None

    objects = BaseUserManager()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Sensitivity:
        rows = Unguarded(reason=SIGN_IN)
        open = {"id", "agency", "language", "is_active", "suspended", "ended", "principal", "glass_until"}
        never = {"login", "name", "password"}

    def __str__(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """True when it is the password; one that was hashed with less effort than is asked today is hashed anew."""

        def again(raw: str) -> None:
            from .claims import set_password  # which needs this model

            self.password = make_password(raw)
            set_password(self, self.password)

        return check_password(raw_password, self.password, again)

    @cached_property
    def held(self) -> list[Membership]:
        """What this user holds now, each with its team."""
        now = timezone.now()
        return [each for each in HELD(self.pk) if each.holds(now)]

    @cached_property
    def roles(self) -> list[Role]:
        """The roles this user holds now."""
        return [ROLES[m.role] for m in self.held]

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """What the roles of this user allow together."""
        return frozenset().union(*(role.permissions for role in self.roles))

    def may(self, permission: Permission) -> bool:
        """True when one of the user's roles holds the permission; whose rows it reaches is the database's answer."""
        return self.is_active and permission in self.permissions


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> MembershipQuerySet:
        """Memberships that hold now."""
        now = timezone.now()
        return self.filter(begins__lte=now).filter(Q(ends=None) | Q(ends__gt=now))


class Membership(models.Model):
    """A role somebody holds for a time. Its reaches are copied from the role, for the functions of the database."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships", null=True)
    role = models.CharField(max_length=40)
    compartments = models.IntegerField(db_default=0)
    holds_cases = models.BooleanField()
    sees_agency = models.BooleanField()
    audits_agency = models.BooleanField()
    begins = models.DateTimeField(default=timezone.now)
    ends = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gt=F("begins")), name="ends_after_it_begins")
        ]

    def holds(self, now: datetime) -> bool:
        """Whether it holds at that moment."""
        return self.begins <= now and (self.ends is None or self.ends > now)

    @property
    def means(self) -> Role:
        """The role, with its title and its sentence."""
        return ROLES[self.role]

    class Sensitivity:
        rows = Unguarded(reason=SIGN_IN)
        open = {"id", "user", "team", "role", "compartments", "begins", "ends"}
        open |= {"holds_cases", "sees_agency", "audits_agency"}


class RoleReach(models.Model):
    """What the code says each role reaches, for the functions that give roles: written anew at each set-up."""

    code = models.CharField(primary_key=True, max_length=40)
    compartments = models.IntegerField()
    holds_cases = models.BooleanField()
    sees_agency = models.BooleanField()
    audits_agency = models.BooleanField()
    opens_cases = models.BooleanField()  # may look after files of their own

    class Sensitivity:
        rows = Unguarded(reason="the roles of the code, the same in every installation")
        open = {"code", "compartments", "holds_cases", "sees_agency", "audits_agency", "opens_cases"}


class Invitation(models.Model):
    """The way in for somebody new: good once, for three days; of its secret the hash alone is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    token_hash = models.BinaryField(max_length=32, db_index=True)
    at = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    replaced = models.DateTimeField(null=True)

    class Sensitivity:
        rows = Where(select="agency_id = (select havre.administers())")
        open = {"id", "user", "agency", "at", "expires", "used", "replaced"}
        never = {"token_hash"}


class AccountChange(models.Model):
    """What was done to an account, by whom: written by the functions alone, read by administrators and auditors."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    watcher = models.BigIntegerField()  # the principal that audits the agency
    user = models.ForeignKey(User, models.PROTECT, related_name="changes")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    act = models.CharField(max_length=40)
    roles = models.CharField(max_length=300, blank=True)  # codes joined by ';'
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", null=True, db_index=False)

    class Sensitivity:
        rows = Where(
            select="agency_id = (select havre.administers()) or watcher = any((select havre.principals())::bigint[])"
        )
        open = {"id", "agency", "watcher", "user", "by", "act", "roles", "team"}
        coarse = {"at": "year"}


HELD = Prepared(lambda user: Membership.objects.filter(user_id=user).select_related("team"))


class SentForm(models.Model):
    """A form that was acted upon, by its token: sent twice, it is saved once and answered alike."""

    token = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    location = models.CharField(max_length=400)
    at = models.DateTimeField(default=timezone.now)

    class Sensitivity:
        rows = OwnRows(writes=("insert", "update", "delete"))
        open = {"token", "user", "location", "at"}


class SignInTry(models.Model):
    """Wrong passwords and searches of late, by a keyed hash of whose they are: enough to slow down, naming nobody."""

    key = models.BinaryField(max_length=32)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["key", "at"])]

    class Sensitivity:
        rows = Unguarded(
            reason="counted before anybody is signed in; holds keyed hashes only", verbs=("select", "insert", "delete")
        )
        open = {"id", "key", "at"}


class Session(models.Model):
    """A signed-in browser or a running job. For the claims functions alone: nobody is granted anything."""

    token_hash = models.BinaryField(primary_key=True, max_length=32)
    id = models.UUIDField(db_default=RandomUUID(), unique=True)  # what its user calls it by, to end it
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)  # browser, job, or door: the password was right, the second factor is due
    data = models.TextField()
    idle = models.DurationField()
    began = models.DateTimeField()
    seen = models.DateTimeField()
    expires = models.DateTimeField()
    confirmed = models.DateTimeField(null=True)  # when its user last proved who they are, with all that it takes

    class Sensitivity:
        rows = Unguarded(reason="reached through the claims functions only", verbs=(), backed_up=False)
        open = {"user", "kind", "idle", "began", "seen", "expires", "confirmed"}
        never = {"token_hash", "id", "data"}


class Factor(models.Model):
    """What somebody holds beside a password: a passkey, an app that shows codes, or one recovery code.

    For the functions of the door alone: whoever is signed in, injected SQL included, reads and writes none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)  # passkey, app, recovery
    sealed = ServerText()  # its name and what it is checked with, under a key of the server
    counted = models.BigIntegerField(default=0)  # signatures of a passkey, the last step of an app, uses of a code
    began = models.DateTimeField(default=timezone.now)
    used = models.DateTimeField(null=True)

    class Sensitivity:
        rows = Unguarded(reason="reached through the functions of the door only", verbs=())
        open = {"user", "kind", "counted", "began", "used"}
        never = {"id", "sealed"}


class Spent(models.Model):
    """Something that counts once and was used: a second look at it finds it here. Keyed hashes only."""

    key = models.BinaryField(primary_key=True, max_length=32)
    at = models.DateTimeField(default=timezone.now)

    class Sensitivity:
        rows = Unguarded(
            reason="asked before anybody is signed in; holds keyed hashes only", verbs=("select", "insert", "delete")
        )
        open = {"key", "at"}


class Secret(models.Model):
    """The claims key, padded as RFC 2104 asks. For the claims functions alone."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    inner_pad = models.BinaryField()
    outer_pad = models.BinaryField()

    class Sensitivity:
        rows = Unguarded(reason="reached through the claims functions only", verbs=(), backed_up=False)
        never = {"id", "inner_pad", "outer_pad"}
