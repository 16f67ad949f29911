"""The quarterly digest: two issues that were published, one in the making, and what came since. All of it invented."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from havre.knowledge.digest import rules
from havre.knowledge.digest.actions import allow, pick, save_feed
from havre.knowledge.digest.models import OURS, Feed, Issue, Item, Story
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.audit.actions import at_work
from havre.platform.keeping.editing import saved

EDITOR, ADMINISTRATOR = "emile", "ferdinand"
HERE = Path(__file__).parent
PLACE = "invented.example"  # no such place can be
# name, kind of source, countries, why it could not be read, how often
FEEDS = {
    "ministry": ("Ministry of Labour (invented)", "government", ["SN"], "", 0),
    "post": ("The Invented Coast Post", "media", ["NG"], "", 0),
    "passerelle": ("Réseau Passerelle (invented)", "ngo", ["FR", "BE"], "", 0),
    "review": ("Invented Review of Migration", "academia", [], "slow", 3),
    "forum": ("Invented East African Forum", "intergovernmental", ["KE", "UG"], "status 503", 6),
}
INTRO = {
    -2: {
        "intro_en": "Spring was about the door: who may knock on it, and who answers at night.",
        "intro_fr": "Ce printemps, il fut question de portes : qui peut y frapper, et qui répond la nuit.",
    },
    -1: {
        "intro_en": "This quarter, help came nearer: time to decide, a form that travels, and men who ask.",
        "intro_fr": "Ce trimestre, l’aide s’est rapprochée : du temps, un formulaire, des hommes qui demandent.",
    },
}


def tell(users: Mapping[str, User]) -> None:
    """The sources, what came from them, and the issues."""
    editor, today = users[EDITOR], timezone.localdate()
    with acting_as(users[ADMINISTRATOR]):
        allow(PLACE, by=users[ADMINISTRATOR])
    with acting_as(editor), at_work():
        feeds = {code: _feed(code, editor, today) for code in FEEDS}
        for row in _rows("digest_came.csv"):
            _story(row, feeds[row["feed"]], today)
        issues = {when: _issue(when, editor, today) for when in (-2, -1, 0)}
        for row in _rows("digest.csv"):
            _item(row, issues[int(row["when"])], editor, today)
        pick(Story.objects.get(title__startswith="Harbour towns"), by=editor)


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _feed(code: str, editor: User, today: date) -> Feed:
    name, kind, countries, fault, failures = FEEDS[code]
    values = {"url": f"https://{code}.{PLACE}/feed.xml", "name": name, "source_kind": kind, "countries": countries}
    feed = save_feed(None, {**values, "theme": "", "paused": False}, by=editor)
    now = timezone.now()
    told: dict[str, Any] = {
        "fault": fault,
        "failures": failures,
        "tried_at": now,
        "next_try": now + timedelta(hours=20),
    }
    if fault:
        told["next_try"] = now + rules.pause(failures)
    told["worked_at"] = now - timedelta(days=failures)
    Feed.objects.filter(pk=feed.pk).update(**told)
    feed.refresh_from_db()
    return feed


def _story(row: Mapping[str, str], feed: Feed, today: date) -> None:
    title = rules.title_key(row["title"])
    others = [(str(each.leader_id or each.pk), each.title_key) for each in Story.objects.order_by("at")]
    story = Story(owner=feed.owner, visibility=OURS, feed=feed, came="feed", title=row["title"], title_key=title)
    story.link, story.key, story.summary = row["link"], rules.key_of(row["link"]), row["summary"]
    story.day, story.source_name, story.source_kind = today - timedelta(int(row["ago"])), feed.name, feed.source_kind
    story.countries, story.region = feed.countries, rules.region_of(feed.countries)
    leader = rules.leader_of(title, others)
    story.leader_id = leader
    story.save(force_insert=True)
    Feed.objects.filter(pk=feed.pk).update(found=feed.found + 1)
    feed.found += 1


def _first_day(when: int, today: date) -> date:
    """Of the quarter so many quarters from now."""
    year, quarter = rules.quarter_of(today)
    number = year * 4 + quarter - 1 + when
    return rules.days_of(number // 4, number % 4 + 1)[0]


def _issue(when: int, editor: User, today: date) -> Issue:
    first = _first_day(when, today)
    year, quarter = rules.quarter_of(first)
    issue = saved(Issue(visibility=OURS), {"year": year, "quarter": quarter, **INTRO.get(when, {})}, by=editor)
    if when:
        last = rules.days_of(year, quarter)[1] + timedelta(days=9)
        at = timezone.make_aware(datetime.combine(last, time(10, 30)))
        Issue.objects.filter(pk=issue.pk).update(published_at=at, begun=at, visibility=0)
        issue.refresh_from_db()
    return issue


def _item(row: Mapping[str, str], issue: Issue, editor: User, today: date) -> None:
    day = min(_first_day(int(row["when"]), today) + timedelta(int(row["day"])), today)
    countries = [each for each in row["countries"].split(";") if each]
    link = f"https://{PLACE}/{issue.code}/{row['day']}"
    told = {"source_name": row["source"], "source_kind": row["kind"], "theme": row["theme"], "countries": countries}
    told |= {"title_en": row["title_en"], "title_fr": row["title_fr"], "day": day.isoformat(), "link": link}
    told |= {"abstract_en": row["abstract_en"], "abstract_fr": row["abstract_fr"], "key": rules.key_of(link)}
    told |= {"title_key": rules.title_key(row["title_en"]), "region": rules.region_of(countries)}
    saved(Item(issue=issue, visibility=issue.visibility), told, by=editor)
