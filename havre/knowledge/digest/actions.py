"""All that people do with the digest is written here: sources, stories, items and issues."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.db.utils import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.fetching import host_of, is_allowed
from havre.platform.jobs import ask
from havre.platform.keeping.editing import keeps, saved
from havre.platform.keeping.rows import Visibility
from havre.platform.permissions import Permission

from . import SEND, rules
from .models import OURS, AllowedHost, Feed, Issue, Item, Story
from .shown import conditions

Values = Mapping[str, Any]
WRITE, ADMINISTER = Permission.KNOWLEDGE_WRITE, Permission.ACCOUNTS_WRITE
OF_A_STORY = ("key", "title_key", "link", "day", "source_name", "source_kind", "theme", "region", "countries")


@action("host.allow", needs=ADMINISTER)
def allow(name: str, *, by: User) -> AllowedHost:
    """Lets feeds be read from a place and its subdomains; those that waited for it are read now."""
    host = host_of(name if "//" in name else f"https://{name.strip()}")
    if "." not in host and host != "localhost":
        raise Refused(_("Write the name of the place, such as news.example.org."))
    found = AllowedHost.objects.filter(owner=by.agency, name=host).first()
    if found:
        return found
    made = AllowedHost(owner=by.agency, name=host, by=by)
    made.save(force_insert=True)
    _again([feed for feed in Feed.objects.filter(owner=by.agency) if is_allowed(host_of(feed.url), [host])])
    return made


@action("host.forbid", needs=ADMINISTER)
def forbid(host: AllowedHost, *, by: User) -> None:
    """Takes a place off the list."""
    host.delete()


def _again(feeds: list[Feed]) -> None:
    Feed.objects.filter(pk__in=[each.pk for each in feeds]).update(next_try=timezone.now(), failures=0)


@action("feed.save", needs=WRITE)
def save_feed(feed: Feed | None, values: Values, *, by: User, version: int | None = None) -> Feed:
    """A feed with these values; it is read within a minute."""
    row = feed or Feed(visibility=OURS)
    twin = Feed.objects.filter(owner=by.agency, url=values["url"]).exclude(pk=row.pk).first()
    if twin:
        raise Refused(_("This feed is among the sources already, as “%(name)s”.") % {"name": twin.name})
    fresh: dict[str, Any] = {"next_try": timezone.now(), "failures": 0, "fault": ""}
    if feed and feed.url != values["url"]:
        fresh |= {"etag": "", "modified": ""}
    return saved(row, {**values, **fresh}, by=by, version=version)


@action("feed.again", needs=WRITE)
def read_again(feed: Feed, *, by: User) -> None:
    """A feed is read within a minute, whatever went wrong before."""
    keeps(feed, by)
    _again([feed])


@action("feed.remove", needs=WRITE)
def remove_feed(feed: Feed, *, by: User) -> None:
    """Takes a feed off; what came from it stays."""
    keeps(feed, by)
    Story.objects.filter(feed=feed).update(feed=None)
    feed.delete()


@action("story.write", needs=WRITE)
def write_story(values: Values, *, by: User, came: str = "hand", other: str = "") -> Story:
    """A story by hand or from a mail; the same link comes once, and one that tells the same joins its group."""
    title = rules.title_key(values["title"])
    key = rules.key_of(values.get("link", ""), other) or rules.key_of("", title)
    twin = Story.objects.filter(owner=by.agency, key=key).first()
    if twin:
        raise Refused(_("This story is here already: “%(title)s”.") % {"title": twin.title})
    since = timezone.now() - timedelta(days=14)
    recent = Story.objects.filter(owner=by.agency, at__gt=since).order_by("at", "pk")
    leader = rules.leader_of(title, [(str(each.leader_id or each.pk), each.title_key) for each in recent[:2000]])
    told = {**values, "key": key, "title_key": title, "came": came, "region": rules.region_of(values["countries"])}
    story = Story(owner=by.agency, visibility=OURS, leader_id=leader, **told)
    story.day = story.day or timezone.localdate()
    story.save(force_insert=True)
    return story


@action("story.aside", needs=WRITE)
def put_aside(story: Story, *, by: User, aside: bool = True) -> None:
    """The story, and those that tell the same, are not wanted; or wanted after all."""
    keeps(story, by)
    Story.objects.filter(Q(pk=story.pk) | Q(leader=story)).update(aside=aside)


@action("story.part", needs=WRITE)
def part(story: Story, *, by: User) -> None:
    """The story is another than the one it was put with."""
    keeps(story, by)
    Story.objects.filter(pk=story.pk).update(leader=None)


@action("item.pick", needs=WRITE)
def pick(story: Story, *, by: User) -> Item:
    """The story comes into the issue of its quarter, to be told in own words; the issue begins with its first item."""
    keeps(story, by)
    taken = Item.objects.filter(owner=by.agency, key=story.key).exclude(key="").select_related("issue").first()
    if taken:
        raise Refused(_("This story stands in the issue %(issue)s already.") % {"issue": taken.issue.code})
    issue = _open_for(story, by)
    if issue.items.filter(title_key=story.title_key).exclude(title_key="").exists():
        raise Refused(_("A story of this title stands in the issue already."))
    values = {name: getattr(story, name) for name in OF_A_STORY}
    return saved(Item(issue=issue, story=story, visibility=issue.visibility), values, by=by)


def _open_for(story: Story, by: User) -> Issue:
    """The draft that the story belongs in: of its own quarter or the one before this, unless that is published."""
    now = rules.quarter_of(timezone.localdate())
    for year, quarter in dict.fromkeys((rules.wanted(story.day, timezone.localdate()), now)):
        issue = Issue.objects.filter(owner=by.agency, year=year, quarter=quarter).first()
        if issue is None:
            return saved(Issue(visibility=OURS), {"year": year, "quarter": quarter}, by=by)
        if issue.published_at is None:
            return issue
    raise Refused(_("The issue of this quarter is published. The next one begins with the next quarter."))


@action("item.save", needs=WRITE)
def save_item(item: Item, values: Values, *, by: User, version: int | None = None) -> Item:
    """An item in the editor's words. Refused when they are those of the source."""
    source = item.story.summary if item.story else ""
    for abstract in (values["abstract_en"], values["abstract_fr"]):
        if not rules.is_own(abstract, source):
            raise Refused(_("This abstract repeats the text of its source. Tell it in your own words."))
    told = {**values, "region": values.get("region") or rules.region_of(values["countries"])}
    try:
        with transaction.atomic():
            row = saved(item, told, by=by, version=version)
    except IntegrityError:
        raise Refused(_("Another item has this link or this title.")) from None
    if item.issue.published_at:
        Issue.objects.filter(pk=item.issue_id).update(corrected_on=timezone.localdate())
    return row


@action("item.drop", needs=WRITE)
def drop(item: Item, *, by: User) -> None:
    """Takes an item out of a draft; the story waits again."""
    keeps(item, by)
    if item.issue.published_at:
        raise Refused(_("This issue is published. Correct the item instead: what was sent cannot be taken back."))
    item.delete()


@action("issue.save", needs=WRITE)
def save_issue(issue: Issue, values: Values, *, by: User, version: int | None = None) -> Issue:
    """What the editor says first."""
    told = dict(values)
    if issue.published_at:
        told["corrected_on"] = timezone.localdate()
    return saved(issue, told, by=by, version=version)


@action("issue.publish", needs=WRITE)
def publish(issue: Issue, *, by: User) -> Issue:
    """The issue is for everybody, at its address for good; its mails go out with the worker's next round."""
    keeps(issue, by)
    row = Issue.objects.select_for_update().get(pk=issue.pk)
    if row.published_at:
        raise Refused(_("This issue is published already."))
    if not all(each.state == "yes" for each in conditions(row)):
        raise Refused(_("Something is still missing; the list says what."))
    other = Issue.objects.exclude(published_at=None).exclude(owner=by.agency).select_related("owner").first()
    if other:
        raise Refused(_("%(agency)s publishes the digest here, and there is one.") % {"agency": other.owner.name})
    values = {"published_at": timezone.now(), "visibility": int(Visibility.PUBLIC)}
    saved(row, values, by=by)
    ask(SEND)
    return row


@action("issue.again", needs=WRITE)
def send_again(issue: Issue, *, by: User) -> int:
    """Mails of which nobody knows whether they went go again; the editor takes it that some come twice. How many."""
    keeps(issue, by)
    with connection.cursor() as cursor:
        cursor.execute("select havre.digest_again(%s)", [issue.pk])
        (many,) = cursor.fetchone()
    ask(SEND)
    return int(many)
