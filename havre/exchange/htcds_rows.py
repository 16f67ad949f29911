"""From an HTCDS record to rows.

What the standard leaves open is settled here. `con_Consent` is consent to the keeping of data, backed by the seven
points: it becomes one decision of the scope `data`, given or refused, and nothing else; an interview is asked for anew.
A case without a finding waits in screening, with one in planning, and where no trafficking was found in decision. The
standard has no day of closing: a closed case is closed on the day it was referred, else on the day it comes in.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from havre.cases.people.models import (
    Case,
    CaseMove,
    CaseNote,
    Consent,
    Person,
    PersonContact,
    PersonCountry,
    PersonIdentity,
    PersonLanguage,
    PersonName,
    PersonPlace,
)
from havre.cases.screening.models import Finding
from havre.cases.story.models import Episode, EpisodeCode, Leg
from havre.exchange.bulk import Opening
from havre.exchange.formats.htcds import DEPRECATED, KEPT, Record, fields
from havre.platform.accounts.models import User

NOT_A_VICTIM = "NotAVictimOfTrafficking"
CONTACTS = {"prs_MobilePhone": "mobile", "prs_HomePhone": "phone", "prs_Email": "email"}
CODED = (
    "vic_RelationshipToTrafficker",
    "vic_RecruitmentWebsitesAndApps",
    "vic_MethodOfRecruitment",
    "vic_MethodsOfControl",
    "vic_TypeOfExploitation",
    "vic_ForcedLabourIndustry",
    "vic_TypeOfSexExploitation",
    "vic_ExploitationWebsitesAndApps",
)
PLACES = {"vic_LocationOfRecruitment": "recruitment", "vic_LocationOfExploitation": "exploitation"}
EVENT = ("hte_Street", "hte_PostalCode", "hte_City", "hte_State")
PERSON = (
    "outside_reference",
    "gender",
    "birth_year",
    "birth_precision",
    "marital_status",
    "education",
    "number_of_children",
    "deceased",
)
CASE = ("state", "closed_on", "closure_reason", "imported")


@dataclass
class Batch:
    """The rows of some records, ready to be written, and what was left out."""

    by: User
    today: date
    openings: list[Opening] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=dict)
    left: Counter[str] = field(default_factory=Counter)
    source: dict[str, int] = field(default_factory=dict)  # reference to row of the file

    def put(self, model: type[models.Model], **values: Any) -> models.Model:
        """Adds a row."""
        row = model(**values)
        self.rows.setdefault(model, []).append(row)
        return row

    def leave(self, record: Record, *names: str, why: str) -> None:
        """Counts the cells of these fields that have no place in this record."""
        self.left.update(f"{name} ({why})" for name in names if name in record.values)

    def add(self, record: Record) -> None:
        """All rows of one record."""
        known = fields()
        for name in record.values:
            if known[name].kept != KEPT:
                self.left[f"{name} (deprecated)" if known[name].kept == DEPRECATED else name] += 1
        state = _state(record.values)
        on = record.values.get("cas_IncomingReferralDate", self.today)
        opening = Opening("S5" if state == "S13" else state, on)
        self.openings.append(opening)
        self.persons.append(_person(opening, record))
        if record.reference:
            self.source[record.reference] = record.row
        _about(self, opening, record.values)
        _reach(self, opening, record.values)
        _case(self, opening, record, state)
        _story(self, opening, record)


def _state(values: dict[str, Any]) -> str:
    status, finding = values.get("cas_Status", "Active"), values.get("vic_TraffickingStatus")
    if status in ("Closed", "ClosedReferred"):
        return "S13"
    if status == "FollowUp":
        return "S12"
    return "S3" if finding is None else "S4" if finding == NOT_A_VICTIM else "S5"


def _person(opening: Opening, record: Record) -> Person:
    values, born = record.values, record.values.get("prs_Birthdate")
    return Person(
        pk=opening.person,
        outside_reference=record.reference,
        gender=values.get("prs_Gender", ""),
        birth_year=born.value.year if born else None,
        birth_precision=born.precision if born else "",
        marital_status=values.get("prs_MaritalStatus", ""),
        education=values.get("prs_HighestLevelOfEducation", ""),
        number_of_children=values.get("prs_NumberOfChildren"),
        deceased=values.get("prs_Deceased"),
    )


def _about(batch: Batch, opening: Opening, values: dict[str, Any]) -> None:
    person = {"person_id": opening.person}
    given, middle, family = (values.get(f"prs_{part}Name", "") for part in ("First", "Middle", "Second"))
    if full := " ".join(filter(None, (given, middle, family))):
        batch.put(PersonName, **person, kind="legal", full=full, given=given, middle=middle, family=family)
    identity = {
        "born_on": str(values.get("prs_Birthdate", "")),
        "identity_number": values.get("prs_IdentityNumber", ""),
        "salutation": values.get("prs_Salutation", ""),
    }
    if any(identity.values()):
        batch.put(PersonIdentity, **person, **identity)
    for country in values.get("prs_Citizenship", []):
        batch.put(PersonCountry, **person, country=country, kind="citizenship")
    first, second = values.get("prs_PrimaryLanguage"), values.get("prs_SecondaryLanguage")
    for language in dict.fromkeys(filter(None, (first, second))):
        batch.put(PersonLanguage, **person, language=language, preferred=language == first)


def _reach(batch: Batch, opening: Opening, values: dict[str, Any]) -> None:
    """Ways to reach the person. Whether they are safe is not in the file, and so it is not known."""
    for name, kind in CONTACTS.items():
        if name in values:
            batch.put(PersonContact, person_id=opening.person, kind=kind, value=values[name])
    place = {
        "country": values.get("prs_MailingCountry", ""),
        "address": values.get("prs_MailingStreet", ""),
        "city": values.get("prs_MailingCity", ""),
        "area": values.get("prs_MailingState", ""),
        "postal_code": values.get("prs_MailingPostalCode", ""),
    }
    if any(place.values()):
        batch.put(PersonPlace, person_id=opening.person, kind="home", **place)


def _case(batch: Batch, opening: Opening, record: Record, state: str) -> None:
    values, case, by = record.values, {"case_id": opening.case}, {"by": batch.by}
    row = Case(pk=opening.case, state=state, imported=True, closed_on=None, closure_reason="")
    batch.cases.append(row)
    batch.put(CaseMove, **case, **by, to_state=opening.state, kind="open")
    if state == "S13":
        referred = [each for each in values.get("cas_OutgoingReferralDate", []) if opening.on <= each <= batch.today]
        row.closed_on = max(referred, default=batch.today)
        row.closure_reason = "referred_out" if values["cas_Status"] == "ClosedReferred" else "other"
        reason = values.get("cas_ReasonForCaseClosure", "")
        batch.put(CaseMove, **case, **by, from_state=opening.state, to_state=state, kind="close", reason=reason)
    else:
        batch.leave(record, "cas_ReasonForCaseClosure", why="the case is not closed")
    if "con_Consent" in values:
        decision = "given" if values["con_Consent"] else "refused"
        ids = {**case, "person_id": opening.person}
        batch.put(Consent, **ids, **by, scope="data", decision=decision, given_by="", decided_on=opening.on)
    if comment := values.get("cco_CaseComment"):
        batch.put(CaseNote, **case, **by, kind="note", text=comment)


def _story(batch: Batch, opening: Opening, record: Record) -> None:
    values, case = record.values, {"case_id": opening.case}
    body = "vic_TraffickingStatusDecisionMakingOrg"
    if status := values.get("vic_TraffickingStatus"):
        source = {"definition": "", "body": values.get(body, ""), "imported": True}
        batch.put(Finding, **case, by=batch.by, result=status, **source)
    else:
        batch.leave(record, body, why="no trafficking status in the row")
    age, legs = values.get("vic_AgeWhenTrafficked"), _legs(batch, record)
    codes = {name: values[name] for name in CODED if name in values}
    if age is None and not legs and not codes:
        return
    episode = batch.put(Episode, **case, age_at_start=age)
    for name, found in codes.items():
        for code in found if isinstance(found, list) else [found]:
            batch.put(EpisodeCode, **case, episode_id=episode.pk, list=name, code=code)
    for seq, (stage, country, place) in enumerate(legs, start=1):
        batch.put(Leg, **case, episode_id=episode.pk, seq=seq, stage=stage, country=country, place=place)


def _legs(batch: Batch, record: Record) -> list[tuple[str, str, str]]:
    values = record.values
    legs = [(stage, "", values[name]) for name, stage in PLACES.items() if name in values]
    if kind := values.get("hte_Type"):
        where = ", ".join(values[name] for name in EVENT if name in values)
        legs.append((kind.lower(), values.get("hte_Country", ""), where))
    else:
        batch.leave(record, *EVENT, "hte_Country", why="no hte_Type in the row")
    order = ("recruitment", "transit", "exploitation")
    return sorted(legs, key=lambda leg: order.index(leg[0]))
