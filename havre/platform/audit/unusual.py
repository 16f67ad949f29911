"""What is unusual in the record: rules a director can read, each with a threshold and no score (ADR 26).

The rules stand in unusual.csv. They are looked for in the events of the last thirty days of the agency, in one reading.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

DAYS = 30
MOST_EVENTS = 200_000  # of which the newest are looked at
SHOWN = 200
SOON = timedelta(minutes=10)
TAKEN = ("register.export", "record.export")
OPENING = "file is not null and act like 'page.%%' and not refused"
# Which events a rule is about, and what it counts of them; the same words choose the events that a finding leads to.
WHERE = {
    "many": OPENING,
    "outside": f"{OPENING} and through = 'supervision'",
    "night": "user_id is not null and act not like 'session.%%' and"
    " (extract(hour from {here}) >= %(from_hour)s or extract(hour from {here}) < %(to_hour)s)",
    "colleague": "act = 'search.colleague'",
    "refused": "refused and user_id is not null",
    "door": "act = 'session.refused' and user_id is null and reason <> ''",
    "glass": "act = 'glass.open'",
    "taken": "act = any(%(taken)s)",
}
# The rules that count different files: which of those opened, and how they are counted.
FILES = {"many": ("true", "count(*)"), "outside": ("outside", "count(distinct file)")}
BEGUN = {
    "day": "date_trunc('day', here)",
    "night": "date_trunc('day', here - interval '12 hours')",
}
LATELY = """
    with lately as materialized (
      select user_id, at, at at time zone %(zone)s as here, act, refused, reason, file, through from audit_auditevent
      where watcher = %(watcher)s and at >= %(since)s order by at desc limit %(most_events)s),
    opened as materialized (
      select user_id, date_trunc('hour', here) as hour, file, bool_or(through = 'supervision') as outside,
        min(at) as since, max(at) as until
      from lately where {opening} group by 1, 2, 3)
    select * from ({rules}) found order by until desc limit %(shown)s"""
ROOM = "set local work_mem = '64MB'"  # for two hundred thousand events, which otherwise go by way of the disk
COUNTED = """
    select count(*) from (
      select from audit_auditevent where watcher = %(watcher)s and at >= %(since)s limit %(most_events)s + 1) counted"""
RULE = """
    (select '{code}' as rule, {who} as who, count(*)::int as many, min(at) as since, max(at) as until from lately
    where {where} group by {who}, {begun} having count(*) >= {most})"""
# Of different files: counted from those that each opened within an hour, which are fewer than the times they did.
RULE_OF_FILES = """
    (select '{code}' as rule, user_id::text as who, {many}::int as many, min(since) as since, max(until) as until
    from opened where {where} group by user_id, date_trunc('{per}', hour) having {many} >= {most})"""
# Of the files that such a search found, those the searcher opened soon after.
FOLLOWED = """
    select s.user_id, s.at, count(distinct o.file) from audit_auditevent s
    join audit_auditsubject x on x.event_id = s.id
    join audit_auditevent o on o.watcher = s.watcher and o.at > s.at and o.at <= s.at + %(soon)s
      and o.user_id = s.user_id and o.file = x.case_id and o.act like 'page.%%'
    where s.watcher = %(watcher)s and s.at >= %(since)s and s.act = 'search.colleague'
    group by s.user_id, s.at"""

Found = tuple[str, str | None, int, datetime, datetime]  # rule, who, how many, from when to when
Opened = tuple[UUID, datetime, int]  # who searched, when, and how many files were opened then


@dataclass(frozen=True)
class Rule:
    """One rule as its line in the list says it."""

    code: str
    most: int
    per: str
    hours: tuple[int, int]
    words: dict[str, str]

    @property
    def title(self) -> str:
        """Its name, in the reader's language."""
        return self.words[f"title_{_tongue()}"]

    @property
    def sentence(self) -> str:
        """What it looks for, in the reader's language."""
        told = self.words[f"rule_{_tongue()}"]
        return told.format(most=self.most, from_hour=self.hours[0], to_hour=self.hours[1])

    @property
    def counts_files(self) -> bool:
        """Whether it counts different files, not events."""
        return self.code in FILES


@dataclass(frozen=True)
class Finding:
    """One rule, one colleague or account, one span of time."""

    rule: Rule
    who: UUID | None
    many: int
    since: datetime
    until: datetime
    opened: int = 0  # files that a search by a colleague's name found, and that were opened then


def _tongue() -> str:
    return "fr" if (get_language() or "en").startswith("fr") else "en"


@cache
def rules() -> dict[str, Rule]:
    """The rules in their order, by code."""
    with files(__package__).joinpath("unusual.csv").open(encoding="utf-8") as file:
        return {row["code"]: _rule(row) for row in csv.DictReader(file)}


def _rule(row: dict[str, str]) -> Rule:
    hours = int(row["from_hour"] or 0), int(row["to_hour"] or 0)
    return Rule(row["code"], int(row["most"]), row["per"], hours, row)


def where(rule: str) -> str:
    """The condition of a rule on the events of the record."""
    return WHERE[rule].format(here="(at at time zone %(zone)s)")


def values() -> dict[str, Any]:
    """What the conditions of the rules ask for."""
    begins, ends = rules()["night"].hours
    return {
        "zone": get_current_timezone_name(),
        "from_hour": begins,
        "to_hour": ends,
        "taken": list(TAKEN),
    }


def findings(watcher: int) -> tuple[list[Finding], bool]:
    """What is unusual of late in the agency that this principal audits, and whether all of these days was looked at."""
    asked = {**values(), "watcher": watcher, "since": timezone.now() - timedelta(days=DAYS)}
    asked |= {"most_events": MOST_EVENTS, "shown": SHOWN, "soon": SOON}
    with connection.cursor() as cursor:
        cursor.execute(ROOM)
        cursor.execute(_statement(), asked)
        found = cursor.fetchall()
        cursor.execute(COUNTED, asked)
        whole = cursor.fetchone()[0] <= MOST_EVENTS
        opened = _opened(cursor, asked) if any(row[0] == "colleague" for row in found) else []
    return [_finding(row, opened) for row in found], whole


@cache
def _statement() -> str:
    return LATELY.format(opening=OPENING, rules=" union all ".join(_asked(rule) for rule in rules().values()))


def _asked(rule: Rule) -> str:
    if rule.code in FILES:
        where, many = FILES[rule.code]
        return RULE_OF_FILES.format(code=rule.code, where=where, many=many, per=rule.per, most=rule.most)
    who = "reason" if rule.code == "door" else "user_id::text"
    return RULE.format(
        code=rule.code, who=who, where=WHERE[rule.code].format(here="here"), begun=BEGUN[rule.per], most=rule.most
    )


def _opened(cursor: Any, asked: dict[str, Any]) -> Sequence[Opened]:
    cursor.execute(FOLLOWED, asked)
    return list(cursor.fetchall())


def _finding(row: Found, opened: Sequence[Opened]) -> Finding:
    code, who, many, since, until = row
    key = account(who or "")
    then = sum(each[2] for each in opened if code == "colleague" and each[0] == key and since <= each[1] <= until)
    return Finding(rules()[code], key, many, since, until, then)


def account(text: str) -> UUID | None:
    """The number of an account that stands in a text; none when it is something else."""
    try:
        return UUID(text)
    except ValueError:
        return None
