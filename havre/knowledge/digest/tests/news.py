"""What the tests of the digest begin with: a story on Chloé's desk, an issue that is ready."""

from __future__ import annotations

from typing import Any

from havre.knowledge.digest import actions
from havre.knowledge.digest.models import Item, Story
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User

TOLD = {
    "title_en": "A list of recruiters",
    "title_fr": "Une liste de recruteurs",
    "abstract_en": "Whoever is offered work can look a recruiter up.",
    "abstract_fr": "À qui l’on propose un travail, le recruteur est connu.",
    "theme": "policy",
    "source_kind": "government",
    "countries": ["SN"],
    "region": "",
    "source_name": "A ministry",
}


def story(by: User, title: str = "Ministry publishes the list of recruiters", **more: Any) -> Story:
    """A story by hand."""
    values = {"title": title, "link": f"https://m.example/{abs(hash(title))}", "countries": ["SN"], **more}
    return actions.write_story(values, by=by)


def told(by: User, title: str = "Ministry publishes the list of recruiters", **more: Any) -> Item:
    """A story that was picked and told."""
    return actions.save_item(actions.pick(story(by, title), by=by), {**TOLD, **more}, by=by)


def drafted(by: User, title: str = "Ministry publishes the list of recruiters") -> Item:
    """The item of an issue that is ready."""
    with acting_as(by):
        return told(by, title)


def publish(item: Item, by: User) -> None:
    """Its issue is for everybody."""
    with acting_as(by):
        actions.publish(item.issue, by=by)


def published(by: User) -> Item:
    """The item of an issue that everybody may read."""
    with acting_as(by):
        item = told(by)
        actions.publish(item.issue, by=by)
    return item
