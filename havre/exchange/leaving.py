"""A register goes out: the people whoever asks may see, each named in the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, Literal
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from havre.cases.people.models import Case
from havre.exchange.formats.htcds import REFERENCE, fields, write
from havre.exchange.htcds_records import cells, files
from havre.platform.accounts.models import User
from havre.platform.agreements import actions as agreements
from havre.platform.audit.actions import Refused, action
from havre.platform.audit.recorder import current
from havre.platform.permissions import Permission

SIZE = 250
ALONE = 100  # people that one person takes out without a second one (SECURITY-DESIGN 8)
Kind = Literal["csv", "xlsx"]
Passed = Callable[[int, int], None]  # how many are done, and of how many
# A person has the office's own number, else ours; of a second case of the same person, or a number that is there twice,
# the row says which it is: `R-1/2`. An anonymous file has our number.
ORDERED = """
    with file as (
      select c.id, c.opened_on, case when p.outside_reference = '' or c.anonymous then p.reference
        else p.outside_reference end as reference
      from people_case c join people_person p on p.id = c.person_id where c.agency_id = %s),
    numbered as (select *, row_number() over (partition by reference order by opened_on, id) as number from file),
    named as (select id, reference || case when number = 1 then '' else '/' || number end as name from numbered)
    select id, name from named order by name collate "C" """
# The fields that are not of the core, and where something of them stands.
HELD = {
    "prs_MiddleName": "people_personname where middle <> ''",
    "prs_Deceased": "people_person where deceased is not null",
    "prs_MaritalStatus": "people_person where marital_status <> ''",
    "prs_NumberOfChildren": "people_person where number_of_children is not null",
    "prs_PrimaryLanguage": "people_personlanguage where preferred",
    "prs_SecondaryLanguage": "people_personlanguage where not preferred",
    "prs_HighestLevelOfEducation": "people_person where education <> ''",
    "prs_IdentityNumber": "people_personidentity where identity_number <> ''",
    "vic_RelationshipToTrafficker": "story_episodecode where list = 'vic_RelationshipToTrafficker'",
    "vic_AgeWhenTrafficked": "story_episode where age_at_start is not null",
    "vic_RecruitmentWebsitesAndApps": "story_episodecode where list = 'vic_RecruitmentWebsitesAndApps'",
    "vic_ExploitationWebsitesAndApps": "story_episodecode where list = 'vic_ExploitationWebsitesAndApps'",
    "per_RoleInProcess": "story_perpetratorrole",
    "cco_CaseComment": "people_casenote where compartment = 1",
    "hte_City": "story_leg where place <> '' and (event or stage = 'transit')",
    "hte_Country": "story_leg where country <> '' and (event or stage = 'transit')",
    "hte_Date": "story_leg where began is not null and (event or stage = 'transit')",
    "hte_Type": "story_leg where event or stage = 'transit'",
    "hte_Description": "story_leg where note <> '' and (event or stage = 'transit')",
}
KEPT = "select distinct k.name from people_keptcell k join people_case c on c.id = k.case_id where c.agency_id = %s"


def unseen(done: int, many: int) -> None:
    """Nobody watches."""


@action("register.export", needs=Permission.REGISTER_EXPORT)
def export_register(
    out: BinaryIO,
    *,
    by: User,
    kind: Kind,
    strict: bool = False,
    passed: Passed = unseen,
    agreement: UUID | None = None,
) -> int:
    """Writes the people of the agency that `by` may see, a row a case, and says how many.

    `strict` is for those who read the standard and nothing else: no column of the office's own, no code of ours.
    Above a hundred people the agreement of a second person is used up; without one that is good, Refused.
    """
    many = how_many(by)
    if many > ALONE:
        _agreed(agreement, many)
    titles = columns(by, strict=strict)

    def told() -> Iterator[dict[str, str]]:
        done = 0
        for some in _batches(by):
            for file, (_case, reference) in zip(files(case for case, _reference in some), some, strict=True):
                yield cells(file, reference, strict=strict)
            done += len(some)
            passed(done, many)
            recorder = current()
            if recorder:
                recorder.flush()

    return write(told(), titles, out, kind)


def how_many(by: User) -> int:
    """How many files of the agency this user sees: each is a row."""
    return Case.objects.filter(agency_id=by.agency_id).count()


def _agreed(agreement: UUID | None, many: int) -> None:
    if agreement is None:
        raise Refused(
            _(
                "%(many)s people: above %(most)s a second person agrees first. Ask under People, “Take the register"
                " out”; then take it out there, or give the number of the agreement with --agreement."
            )
            % {"many": many, "most": ALONE}
        )
    if not agreements.use(agreement, many):
        raise Refused(
            _(
                "This agreement is not good for %(many)s people: it was used, refused, is older than a day, or was"
                " given for fewer. Ask for a new one under People, “Take the register out”."
            )
            % {"many": many}
        )


def columns(by: User, *, strict: bool = False) -> Sequence[str]:
    """The reference, the core of the standard, what else of it this register holds, and the office's own columns."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(f'exists(select 1 from {each})' for each in HELD.values())}")  # noqa: S608
        held = {name for name, some in zip(HELD, cursor.fetchone(), strict=True) if some}
        cursor.execute(KEPT, [by.agency_id])
        kept = {name for (name,) in cursor.fetchall()}
    known = [each for each in fields().values() if not each.deprecated]
    standard = [each.name for each in known if each.core or each.name in held | kept]
    return [REFERENCE, *standard, *(() if strict else sorted(kept - fields().keys()))]


def _batches(by: User) -> Iterator[list[tuple[UUID, str]]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(ORDERED, [by.agency_id])
        yield from iter(lambda: cursor.fetchmany(SIZE), [])
