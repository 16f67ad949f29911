"""The worker's part: feeds that are due are fetched at once and read apart, so that a bad one delays no other."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from havre.platform import fetching

from . import rules
from .reading import Told, Unreadable, read

AT_ONCE = 12  # a round lasts as long as its slowest feed: 5 s of the net and 4 s of the processor at most
ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1"


@dataclass(frozen=True)
class Due:
    """A feed to be read, as the database hands it out."""

    feed: UUID
    url: str
    etag: str
    modified: str
    failures: int
    countries: list[str]
    hosts: list[str]


@dataclass(frozen=True)
class Read:
    """How it went."""

    due: Due
    fault: str = ""
    etag: str = ""
    modified: str = ""
    stories: list[Told] = field(default_factory=list)


def gather() -> int:
    """Reads what is due; how many feeds that were. Nothing is asked of the database while the net is waited for."""
    due = [Due(*row) for row in _asked("select * from havre.feed_take(%s)", AT_ONCE)]
    if not due:
        return 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for each in as_completed([pool.submit(_read, one) for one in due]):
            _keep(each.result())
    return len(due)


def _read(due: Due) -> Read:
    try:
        came = fetching.fetch(due.url, hosts=due.hosts, etag=due.etag, modified=due.modified, accept=ACCEPT)
        stories = [] if came.same else read("feed", came.body, came.url, came.media)
    except fetching.Fault as fault:
        return Read(due, f"{fault.code} {fault.told}".strip()[:40] if fault.code == "status" else fault.code)
    except Unreadable as unreadable:
        return Read(due, unreadable.code)
    except Exception:  # of this feed alone: it must not keep the others from being written down
        return Read(due, "malformed")
    kept = (due.etag, due.modified) if came.same else (came.etag, came.modified)
    return Read(due, "", *kept, stories)


@transaction.atomic
def _keep(done: Read) -> None:
    """Stories and the state of their feed, together or not at all."""
    found = _asked("select * from havre.feed_recent(%s)", done.due.feed) if done.stories else []
    recent = [(str(leader or story), key) for story, leader, key in found]
    region = rules.region_of(done.due.countries)
    rows = [{**_row(told, recent), "region": region} for told in reversed(done.stories) if told.title]
    failures = done.due.failures + 1 if done.fault else 0
    again = timezone.now().astimezone(UTC) + rules.pause(failures)
    told = [done.due.feed, done.fault, done.etag, done.modified, again, json.dumps(rows)]
    _asked("select havre.feed_done(%s, %s, %s, %s, %s, %s::jsonb)", *told)


def _row(told: Told, recent: list[tuple[str, str]]) -> dict[str, Any]:
    """A story as it is kept; `recent` learns of it, so that the next one is compared with it too."""
    number, title = str(uuid4()), rules.title_key(told.title)
    leader = rules.leader_of(title, recent)
    recent.append((leader or number, title))
    return {
        "id": number,
        "key": rules.key_of(told.link, told.guid) or rules.key_of("", title),
        "title": told.title,
        "title_key": title,
        "summary": told.summary,
        "link": told.link,
        "day": (told.day or timezone.localdate()).isoformat(),
        "leader": leader,
    }


def _asked(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())
