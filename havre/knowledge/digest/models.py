"""The quarterly digest (SPEC 13.5): where news comes from, what came, the issue that is made of it, who gets it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from havre.platform.accounts.models import Agency, User
from havre.platform.audit.actions import WrittenByActions
from havre.platform.crypto.fields import ServerText
from havre.platform.database.rows import Where
from havre.platform.keeping.models import OF_EDITED, OF_KEPT, Edited, Kept, codes, word, words
from havre.platform.keeping.rows import KeptRows, Visibility, house_rows

OF_NEWS = {"theme", "region", "countries", "source_kind", "source_name", "day", "link", "key", "title_key"}
OURS = Visibility.OWNER_ONLY


class AllowedHost(WrittenByActions):
    """A place on the web from which this agency lets feeds be read, its subdomains too; said by an administrator."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = word(253)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], condition=~Q(name=""), name="a_host_is_allowed_once")
        ]

    class Sensitivity:
        rows = Where(
            writes=("insert", "delete"),
            select="owner_id = (select havre.agency())",
            insert="owner_id = (select havre.administers())",
            delete="owner_id = (select havre.administers())",
        )
        open = {"id", "owner", "name", "at", "by"}


class Feed(Edited):
    """An RSS or Atom feed, and how its last reading went; the worker writes that part."""

    name = word(200)
    url = word(500)
    source_kind = word()
    theme = word()
    countries = codes()
    paused = models.BooleanField(default=False)
    etag = word(300)
    modified = word(100)  # as the server said it
    tried_at = models.DateTimeField(null=True)
    worked_at = models.DateTimeField(null=True)
    next_try = models.DateTimeField(default=timezone.now)
    failures = models.SmallIntegerField(default=0)  # one after the other
    fault = word()  # of `fetching` or of the reader; empty when the last reading went well
    found = models.IntegerField(default=0)  # stories that came from it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "url"], condition=~Q(url=""), name="a_feed_once")]
        indexes = [models.Index(fields=["next_try"], condition=Q(paused=False), name="feeds_to_read")]

    class Sensitivity:
        rows = KeptRows()
        open = OF_EDITED | {"name", "url", "source_kind", "theme", "countries", "paused", "etag", "modified"}
        open |= {"tried_at", "worked_at", "next_try", "failures", "fault", "found"}


class Story(Kept):
    """Something that came: from a feed, by hand or by mail. Of several that tell the same, one leads."""

    feed = models.ForeignKey(Feed, models.SET_NULL, null=True, related_name="+")
    came = word(8)  # feed, hand, mail
    key = word(64)  # of its link without what only counts clicks; the same one comes once
    title = word(300)
    title_key = word(300)
    summary = words()  # as the source has it: to be read, never printed
    link = word(1000)
    day = models.DateField(null=True)
    at = models.DateTimeField(default=timezone.now)
    source_name = word(200)
    source_kind = word()
    theme = word()
    region = word()
    countries = codes()
    leader = models.ForeignKey("self", models.SET_NULL, null=True, related_name="others")
    aside = models.BooleanField(default=False)  # the editor does not want it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], condition=~Q(key=""), name="a_story_once")]
        indexes = [models.Index(fields=["-at"], name="stories_by_arrival")]

    class Sensitivity:
        rows = KeptRows()
        open = OF_KEPT | OF_NEWS | {"feed", "came", "title", "summary", "at", "leader", "aside"}


class Issue(Edited):
    """The digest of a quarter. A draft is its agency's alone; a published one is for everybody, at one address."""

    year = models.SmallIntegerField(default=0)
    quarter = models.SmallIntegerField(default=0)
    intro_en = words()
    intro_fr = words()
    published_at = models.DateTimeField(null=True)
    corrected_on = models.DateField(null=True)
    begun = models.DateTimeField(null=True)  # the worker wrote down who gets it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "year", "quarter"], condition=Q(year__gt=0), name="one_issue_a_quarter"
            ),
            models.UniqueConstraint(
                fields=["year", "quarter"], condition=~Q(published_at=None), name="an_address_is_one_issues"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(visibility=0, quarter__gte=1, quarter__lte=4),
                name="a_published_issue_is_for_everybody",
            ),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_EDITED | {"year", "quarter", "intro_en", "intro_fr", "published_at", "corrected_on", "begun"}

    @property
    def code(self) -> str:
        """As its address says it: 2026-4."""
        return f"{self.year}-{self.quarter}"


class Item(Edited):
    """A story as the digest tells it, in the editor's own words."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="items")
    story = models.ForeignKey(Story, models.SET_NULL, null=True, related_name="items")
    key = word(64)
    title_key = word(300)
    title_en = word(300)
    title_fr = word(300)
    abstract_en = words()
    abstract_fr = words()
    link = word(1000)
    day = models.DateField(null=True)
    source_name = word(200)
    source_kind = word()
    theme = word()
    region = word()
    countries = codes()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], condition=~Q(key=""), name="a_link_in_one_issue"),
            models.UniqueConstraint(
                fields=["issue", "title_key"], condition=~Q(title_key=""), name="a_title_once_in_an_issue"
            ),
        ]

    class Sensitivity:
        rows = KeptRows()
        open = OF_EDITED | OF_NEWS | {"issue", "story", "title_en", "title_fr", "abstract_en", "abstract_fr"}


class Subscriber(models.Model):
    """An address that asked for the digest, and whether its owner confirmed it; written by functions alone.

    The address is sealed; a keyed hash tells the same one again. Who leaves is deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    address = ServerText()
    hashed = models.BinaryField(null=True)
    language = models.CharField(max_length=2, default="en")
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    leave_hash = models.BinaryField(null=True)  # of the secret in the link that ends it
    token_hash = models.BinaryField(null=True)  # of the secret in the mail that asks
    asks = models.SmallIntegerField(default=0)  # mails that asked
    tries = models.SmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    taken = models.DateTimeField(null=True)
    mailed = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "hashed"], condition=~Q(hashed=None), name="an_address_once")
        ]
        indexes = [
            models.Index(fields=["leave_hash"], name="subscriber_who_leaves"),
            models.Index(fields=["token_hash"], name="subscriber_who_confirms"),
        ]

    class Sensitivity:
        rows = house_rows()
        open = {"id", "owner", "language", "asked_at", "confirmed_at", "asks", "tries", "next_try", "taken", "mailed"}
        never = {"address", "hashed", "leave_hash", "token_hash"}


class Delivery(models.Model):
    """One issue to one subscriber: taken before it is handed over, so that no crash sends it twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="deliveries", db_index=False)
    subscriber = models.ForeignKey(Subscriber, models.SET_NULL, null=True, related_name="+")
    tries = models.SmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    taken = models.DateTimeField(null=True)
    mailed = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "subscriber"], name="one_mail_a_subscriber")]
        indexes = [models.Index(fields=["next_try"], condition=Q(taken=None), name="digests_to_send")]

    class Sensitivity:
        rows = house_rows()
        open = {"id", "owner", "issue", "subscriber", "tries", "next_try", "taken", "mailed"}
