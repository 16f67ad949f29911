"""Who belongs together with somebody, as the reader may see it: a file out of reach is not there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from havre.cases.people.models import Case, CaseGroup, KeptCell, PersonLink, PersonName
from havre.cases.people.shown import best
from havre.platform.crypto import keyring
from havre.platform.database.reading import Prepared

GROUPS = Prepared(lambda case: CaseGroup.objects.filter(case_id=case))
LINKS = Prepared(lambda person: PersonLink.objects.filter(person_id=person))
KEPT = Prepared(lambda case: KeptCell.objects.filter(case_id=case).order_by("name"))
LINK = "person_link_kinds"
MOST = 60  # people of one group on one page


@dataclass(frozen=True)
class Companion:
    """Somebody who belongs with the person: what they are to each other, or what joins their files."""

    case: Case
    called: str
    kind: str
    vocabulary: str

    @property
    def is_link(self) -> bool:
        """Whether it is a link that was written down, which can be taken back."""
        return self.vocabulary == LINK


def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """What each of these people is called, as far as the reader may know: two queries."""
    wanted = list(people)
    found: dict[UUID, list[PersonName]] = {}
    for name in PersonName.objects.filter(person_id__in=wanted).order_by("pk"):
        found.setdefault(name.person_id, []).append(name)
    keyring.load(found)
    return {person: best(names) for person, names in found.items()}


def together(case: Case) -> dict[str, Any]:
    """What `people/together.html` shows of a case: family first, then those of the same group."""
    groups = {row.group: row.kind for row in GROUPS(case.pk)}
    links = {row.other_id: row.kind for row in LINKS(case.person_id)}
    if not groups and not links:
        return {"case": case, "companions": []}
    marks = dict(CaseGroup.objects.filter(group__in=groups).exclude(case=case).values_list("case_id", "group")[:MOST])
    cases = Case.objects.filter(Q(pk__in=marks) | Q(person_id__in=links)).exclude(pk=case.pk).select_related("person")
    files = list(cases[:MOST])
    names = names_of(each.person_id for each in files)
    found = [_companion(each, names, links, groups, marks) for each in files]
    found.sort(key=lambda each: (not each.is_link, each.called, each.case.reference))
    return {"case": case, "companions": found}


def kept(case: Case) -> dict[str, Any]:
    """What `people/kept.html` shows of a case that came with a register: its cells without a place of their own."""
    return {"kept": KEPT(case.pk) if case.imported else []}


def _companion(
    case: Case, names: dict[UUID, str], links: dict[UUID, str], groups: dict[UUID, str], marks: dict[UUID, UUID]
) -> Companion:
    called = names.get(case.person_id, "")
    if case.person_id in links:
        return Companion(case, called, links[case.person_id], LINK)
    return Companion(case, called, groups[marks[case.pk]], "case_group_kinds")
