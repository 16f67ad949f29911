"""With which agencies of this installation a file may be shared: those the person agrees to today (SPEC 8.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from havre.cases.people import circle
from havre.cases.people.models import Case, Consent
from havre.platform.accounts.models import Agency, Membership, User

GIVEN = "given"


@dataclass(frozen=True)
class Body:
    """An agency the person was asked about: the decision that stands, and the how manieth it is."""

    agency: Agency
    consent: Consent
    version: int

    @property
    def over(self) -> bool:
        """Whether a yes ran out."""
        return self.consent.expires is not None and self.consent.expires < localdate()

    @property
    def agreed(self) -> bool:
        """Whether the person agrees today."""
        return self.consent.decision == GIVEN and not self.over


def asked(case: Case) -> list[Body]:
    """Each agency of this installation the person was asked about, in the order in which that happened."""
    rows = Consent.objects.filter(case=case, scope="share").exclude(body=None).select_related("body").order_by("at")
    about: dict[object, list[Consent]] = {}
    for each in rows:
        about.setdefault(each.body_id, []).append(each)
    return [Body(_agency(every[-1]), every[-1], len(every)) for every in about.values()]


def _agency(consent: Consent) -> Agency:
    if consent.body is None:
        raise ValueError("a decision about no agency of this installation")
    return consent.body


@dataclass(frozen=True)
class Recipient:
    """Somebody a file can be shared with, under which yes."""

    principal: int
    name: str
    body: Body


def recipients(case: Case, by: User) -> list[Recipient]:
    """The supervisors of each agency the person agrees to, as one, and each of those there who hold files."""
    agreed = {each.agency.pk: each for each in asked(case) if each.agreed and each.agency.pk != case.agency_id}
    held = Membership.objects.current().filter(holds_cases=True, user__agency__in=agreed, user__is_active=True)
    users = {each.user_id: each.user for each in held.select_related("user") if each.user.pk != by.pk}
    seeing = {each.user.agency_id for each in held if each.sees_agency}
    found = [
        Recipient(body.agency.principal, circle.supervisors_of(body.agency), body)
        for key, body in agreed.items()
        if key in seeing
    ]
    roles = dict(circle.described(sorted(users.values(), key=lambda each: each.name)))
    named = [(user, f"{roles[str(user.pk)]} · {agreed[user.agency_id].agency.name}") for user in users.values()]
    return found + [Recipient(user.principal, name, agreed[user.agency_id]) for user, name in named]


def latest(body: Body, until: date) -> bool:
    """Whether a share until that day outlasts the yes it stands on."""
    return body.consent.expires is not None and until > body.consent.expires
