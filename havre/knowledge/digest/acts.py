"""What the record calls the acts of this room, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "host.allow": _("Let feeds be read from a place"),
    "host.forbid": _("Took a place off those that feeds are read from"),
    "feed.save": _("Saved a feed of the digest"),
    "feed.again": _("Had a feed of the digest read again"),
    "feed.remove": _("Took a feed off the digest"),
    "story.write": _("Wrote down a story for the digest"),
    "story.aside": _("Put a story for the digest aside, or back"),
    "story.part": _("Said that two stories for the digest are not the same"),
    "item.pick": _("Picked a story for the digest"),
    "item.save": _("Saved an item of the digest"),
    "item.drop": _("Took an item out of the digest"),
    "issue.save": _("Saved the first words of a digest"),
    "issue.publish": _("Published a digest"),
    "issue.again": _("Sent mails of a digest again"),
    "page.digest:desk": _("Read the desk of the digest"),
    "page.digest:write": _("Wanted to write down a story for the digest"),
    "page.digest:pick": _("Wanted to pick a story for the digest"),
    "page.digest:aside": _("Wanted to put a story for the digest aside"),
    "page.digest:part": _("Wanted to part two stories for the digest"),
    "page.digest:sources": _("Read the sources of the digest"),
    "page.digest:feed_new": _("Wanted to add a feed to the digest"),
    "page.digest:feed": _("Wanted to change a feed of the digest"),
    "page.digest:feed_again": _("Wanted to have a feed of the digest read again"),
    "page.digest:feed_remove": _("Wanted to take a feed off the digest"),
    "page.digest:hosts": _("Looked after the places that feeds are read from"),
    "page.digest:host_remove": _("Wanted to take a place off those that feeds are read from"),
    "page.digest:issue": _("Read an issue of the digest before everybody"),
    "page.digest:words": _("Wanted to write the first words of a digest"),
    "page.digest:publish": _("Wanted to publish a digest"),
    "page.digest:again": _("Wanted to send mails of a digest again"),
    "page.digest:item": _("Wanted to tell an item of the digest"),
    "page.digest:drop": _("Wanted to take an item out of the digest"),
}
