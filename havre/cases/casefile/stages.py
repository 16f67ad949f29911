"""What the later stages show on the page of a file: asked only where something of theirs can stand."""

from __future__ import annotations

from datetime import date
from typing import Any

from havre.cases.assessment import panels as assessment
from havre.cases.assistance import panels as assistance
from havre.cases.children import panels as children
from havre.cases.followup import panels as followup
from havre.cases.health import panels as health
from havre.cases.people.models import Case
from havre.cases.people.panels import GROUPS, KEPT, LINKS, kept, together
from havre.cases.people.shown import child
from havre.cases.reintegration import panels as reintegration
from havre.cases.returns import panels as returns
from havre.cases.story import panels as story
from havre.platform.database.reading import Asked, Prepared
from havre.platform.permissions import Compartment

BEFORE_STORY = ("S0", "S1", "S2")
BEFORE_HELP = (*BEFORE_STORY, "S3", "S4", "S5")
ALWAYS: tuple[Prepared[Any], ...] = (
    *(assistance.SERVICES, assistance.NEEDS, assistance.AGREED, assistance.RIGHTS),
    followup.FOLLOW_UPS,
)
NAMED: tuple[Prepared[Any], ...] = (GROUPS, health.SAID, assistance.RISKS)  # of a file that names somebody
REBUILDING = ("S10", "S11", "S12", "S13")
YOUNG = 21  # years: a child of the last years has pages that stay open to whoever reads what was written then


def questions(case: Case, today: date) -> list[Asked]:
    """What the page of this file will ask, to be asked at once; what is missing here is asked when it is needed."""
    if case.anonymous:
        return [(each, case.pk) for each in ALWAYS]
    stage = case.before_safety or case.state
    wanted = [*ALWAYS, *NAMED, *((KEPT,) if case.imported else ())]
    if may_be_young(case, today):
        wanted += (children.SAID, children.GUARDIANS, children.INTERESTS)
    if stage not in BEFORE_STORY:
        wanted += (story.LEGS, story.EPISODES, assessment.READINGS, assessment.ASSESSED)
    if stage not in BEFORE_HELP:
        wanted.append(returns.JOURNEYS)
    if stage in REBUILDING:
        wanted += (reintegration.GRANTS, reintegration.SURVEYS, reintegration.ENTERPRISES)
    return [*((each, case.pk) for each in wanted), (LINKS, case.person_id)]


def panels(case: Case, reached: Compartment, today: date) -> dict[str, Any]:
    """What each panel needs, all of it together; nothing of a stage that this file cannot have reached."""
    if case.anonymous:
        return {}
    shown: dict[str, Any] = {**together(case), **kept(case), **health.panel(case)}
    if reached & Compartment.WHEREABOUTS:
        shown["risk"] = assistance.risk_facts(case)
    if reached & Compartment.CHILD and may_be_young(case, today):
        shown |= children.panel(case)
    stage = case.before_safety or case.state
    if stage not in BEFORE_STORY:
        shown |= {**story.panel(case), **assessment.panel(case)}
    if stage not in BEFORE_HELP:
        shown |= returns.panel(case)
    if stage in REBUILDING:
        shown |= reintegration.panel(case)
    return shown


def may_be_young(case: Case, today: date) -> bool:
    """Whether the person is a child or was one not long ago."""
    year = case.person.birth_year
    return child(case.person, today) or (year is not None and today.year - year <= YOUNG)
