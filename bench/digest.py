"""`python -m bench.digest`: twelve feeds, eight of them bad, become an issue; the worker is killed as it mails it."""

from __future__ import annotations

import os
import re
import signal
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import click
import psycopg
from django.db import transaction

from bench import ground

os.environ.setdefault("HAVRE_TEST_DATA", str(Path(__file__).parents[1] / ".havre" / "prove"))
os.environ["PYTEST_XDIST_WORKER"] = "digest"  # the database of the harness is ours alone
URL = "https://havre.example"
TOLD = {
    "abstract_en": "What it means, told by us.",
    "abstract_fr": "Ce que cela veut dire, raconté par nous.",
    "theme": "trends",
    "source_kind": "media",
    "countries": ["SN"],
    "region": "",
    "source_name": "",
}


@click.command()
@click.option("--subscribers", default=200, show_default=True)
@click.option("--kills", default=4, show_default=True, help="How often the worker is killed while it sends.")
def main(subscribers: int, kills: int) -> None:
    """From twelve feeds to a mailed issue; every subscriber gets exactly one."""
    import django

    from tests import harness

    django.setup()
    harness.clone()
    from havre.knowledge.digest.tests.web import served
    from havre.platform.notices.tests.post import office
    from tests.personas import make_personas

    with transaction.atomic():
        make_personas()
    with served() as web, office() as post:
        environment(post.port)
        proof: dict[str, Any] = {"commit": ground.commit(), "machine": ground.machine(harness.CLUSTER)}
        proof["feeds"] = _gathered(web)
        issue = _told()
        _subscribed(post, subscribers)
        _publish(issue)
        proof["mails"] = _sent(post, subscribers, kills)
        ground.keep("digest", proof)
    print(proof["feeds"], proof["mails"])
    if not (proof["feeds"]["as_expected"] and proof["mails"]["each_exactly_one"]):
        raise SystemExit(1)


def environment(port: int) -> None:
    """Where the worker's mails go, in this process and in those that are started."""
    from django.conf import settings

    told = {"HAVRE_MAIL_HOST": "127.0.0.1", "HAVRE_MAIL_PORT": str(port), "HAVRE_MAIL_TLS": "none"}
    os.environ |= {**told, "HAVRE_MAIL_FROM": "Havre <havre@office.example>", "HAVRE_URL": URL}
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    settings.HAVRE_URL, settings.HAVRE_FETCH_LOOPBACK = URL, True


def _person(login: str) -> Any:
    from havre.platform.accounts.models import User

    return User.objects.get(login=login)


def _gathered(web: Any) -> dict[str, Any]:
    """One round over the twelve, timed with the five seconds that a feed may take."""
    from havre.knowledge.digest import actions, gathering
    from havre.knowledge.digest.models import Feed, Story
    from havre.knowledge.digest.tests.web import BAD, GOOD
    from havre.platform.accounts.claims import acting_as
    from tests.working import under_the_role_of_the_worker

    with acting_as(ferdinand := _person("ferdinand")):
        actions.allow("127.0.0.1", by=ferdinand)
    with acting_as(editor := _person("chloe")):
        for path in (*GOOD, *BAD):
            values = {"url": web.url(path), "name": path, "source_kind": "media", "theme": "trends", "paused": False}
            actions.save_feed(None, {**values, "countries": ["SN"]}, by=editor)
    with under_the_role_of_the_worker():
        began = time.monotonic()
        many = gathering.gather()
        took = time.monotonic() - began
    with acting_as(editor):
        found = {each.name: each.fault for each in Feed.objects.filter(paused=False)}
        stories = Story.objects.filter(feed__paused=False).count()
    faults = {name: fault for name, fault in found.items() if fault}
    said = {"feeds": many, "seconds": round(took, 1), "faults": faults, "stories": stories}
    return {**said, "as_expected": faults == BAD and stories == 5 and took < 12}


def _told() -> Any:
    """An editor picks what came and tells it."""
    from havre.knowledge.digest import actions
    from havre.knowledge.digest.models import Story
    from havre.platform.accounts.claims import acting_as

    with acting_as(editor := _person("chloe")):
        for story in Story.objects.filter(feed__paused=False, leader=None):
            item = actions.pick(story, by=editor)
            actions.save_item(item, {**TOLD, "title_en": story.title, "title_fr": story.title}, by=editor)
        return item.issue


def _publish(issue: Any) -> None:
    from havre.knowledge.digest import actions
    from havre.platform.accounts.claims import acting_as

    with acting_as(editor := _person("chloe")):
        actions.publish(issue, by=editor)


def _subscribed(post: Any, many: int) -> None:
    """So many addresses, each confirmed by the link in its mail."""
    from django.test import Client

    from havre.platform.accounts.models import SignInTry

    for number in range(many):
        Client(REMOTE_ADDR=f"10.0.{number // 200}.{number % 200}").post(
            "/digest/subscribe/", {"address": f"r{number}@quay.example", "language": ("en", "fr")[number % 2]}
        )
    while _worked(post, None) == 0 and len(post.came) < many:
        time.sleep(0.1)
    for mail in post.mails():
        text = mail.get_payload(decode=True).decode()
        link = urlsplit(re.findall(rf"{URL}\S+confirm\S+", text)[0])
        SignInTry.objects.all().delete()
        Client().post(f"{link.path}?{link.query}")
    post.came.clear()


def _owner(question: str) -> list[Any]:
    from tests import harness

    with psycopg.connect(harness.CLUSTER.url(harness.NAME)) as asked:
        return asked.execute(question.encode()).fetchall()


def _sent(post: Any, many: int, kills: int) -> dict[str, Any]:
    """Sends, and kills the worker so often: by turns while a mail is announced, and when it came but no answer did."""
    runs, moments = 0, sorted(Random(7).sample(range(5, many), kills))
    for place, moment in enumerate([*moments, None]):
        while len(post.came) < (many if moment is None else moment):
            code = _worked(post, moment, ("then", "at_door")[place % 2])
            runs += 1
            if code != 0:
                break
            if runs > 60:
                raise SystemExit("it does not come to an end")
    counts = Counter(mail["To"] for mail in post.mails())
    ((unknown,),) = _owner("select count(*) from digest_delivery where mailed is null")
    wanted = {f"r{number}@quay.example" for number in range(many)}
    each = set(counts) == wanted and set(counts.values()) == {1}
    twice = sum(number > 1 for number in counts.values())
    said = {"subscribers": many, "kills": kills, "runs": runs, "came": sum(counts.values()), "twice": twice}
    return {**said, "missing": len(wanted - set(counts)), "of_unknown_fate": unknown, "each_exactly_one": each}


def _worked(post: Any, moment: int | None, where: str = "") -> int:
    """One worker, killed when so many mails came; its code."""
    from tests.working import start

    worker = start("--once")

    def kill() -> None:
        if moment is not None and len(post.came) >= moment:
            worker.send_signal(signal.SIGKILL)
            time.sleep(0.3)  # the answer finds nobody

    post.at_door, post.then = (kill if where == "at_door" else None), (kill if where == "then" else None)
    return worker.wait(120)


if __name__ == "__main__":
    main()
