"""Invented campaigns of both agencies: live for everybody, evaluated, being tested, and an idea."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from havre.directory.models import Organisation
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.prevention.campaigns import actions
from havre.prevention.campaigns.models import Calls, Campaign, Output
from havre.prevention.rights.actions import record
from havre.site.demo.tables import table

GOOD = {"stereotypes": True, "identifiable": True, "fear": True}
RIGHTS = dict.fromkeys(("do_no_harm", "non_discrimination", "privacy", "non_punishment", "gender", "health"), "yes")
STEPS = ("planned", "pretest", "live", "closed", "evaluated")
TEXTS = (
    *("title", "problem", "objective", "measure", "achievable", "relevant", "country", "area", "baseline"),
    *("call_to_action", "hotline", "pretest_result", "currency", "lessons"),
)
DAYS = ("due", "pretest_on", "begins", "ends")
LISTS = ("target_groups", "channels", "languages")
SUMS = ("budget", "spent")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
PDF += (
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
)
PDF += b"4 0 obj<</Length 44>>stream\nBT /F1 24 Tf 60 400 Td (%s) Tj ET\nendstream endobj\n"
PDF += b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def tell(users: Mapping[str, User]) -> None:
    """Each campaign as its author and the colleague who reviews it would have left it today."""
    for row in table("campaigns"):
        _campaign(row, users[row["author"]], users[row["reviewer"]], localdate())


def _campaign(row: Mapping[str, str], author: User, reviewer: User, today: date) -> None:
    with acting_as(author):
        campaign = actions.save(None, _values(row, today), by=author)
        for house in Organisation.objects.filter(owner=author.agency, tenant=None).order_by("name")[:2]:
            actions.join(campaign, house, does=row["partner_does"], by=author)
        if row["material"]:
            told = {"title": row["material"], "language": row["languages"].split(";")[0], "note": ""}
            body = PDF.replace(b"%s", row["material"].encode("latin-1", "replace"))
            actions.bring(campaign, told, SimpleUploadedFile("depliant.pdf", body), by=author)
        record(campaign, kind="campaign", answers=_rights(row), note=row["rights_note"], by=author)
        for line in table("campaign_outputs"):
            if line["campaign"] == row["code"]:
                actions.put(Output(), campaign, _output(line, today), by=author)
        for line in table("campaign_calls"):
            if line["campaign"] == row["code"]:
                actions.put(Calls(), campaign, _calls(line, today), by=author)
    if row["status"] in ("live", "closed", "evaluated"):
        with acting_as(reviewer):
            actions.review(campaign, by=reviewer, note=row["harm_note"], **GOOD)
    with acting_as(author):
        for to in STEPS[: STEPS.index(row["status"]) + 1] if row["status"] in STEPS else ():
            campaign = actions.step(Campaign.objects.get(pk=campaign.pk), to, by=author)


def _values(row: Mapping[str, str], today: date) -> dict[str, Any]:
    values: dict[str, Any] = {name: row[name] for name in TEXTS}
    values |= {name: _day(row[name], today) for name in DAYS}
    values |= {name: row[name].split(";") if row[name] else [] for name in LISTS}
    values |= {name: Decimal(row[name]) if row[name] else None for name in SUMS}
    values |= {name: _people(row[name]) for name in ("audience", "pretest_people")}
    return values | {"messages": row["messages"].replace("|", "\n"), "visibility": int(row["visibility"])}


def _rights(row: Mapping[str, str]) -> dict[str, str]:
    return {**RIGHTS, "participation": "partly"} if row["rights_note"] else {**RIGHTS, "participation": "yes"}


def _output(line: Mapping[str, str], today: date) -> dict[str, Any]:
    lat, _blank, lon = line["point"].partition(" ")
    return {
        "title": line["title"],
        "on": _day(line["on"], today),
        "until": _day(line["until"], today),
        "channel": line["channel"],
        "place": line["place"],
        "country": line["country"],
        "latitude": float(lat) if lat else None,
        "longitude": float(lon) if lon else None,
        "people": _people(line["people"]),
        "again": int(line["again"] or 0),
        "times": int(line["times"] or 1),
        "engaged": int(line["engaged"]) if line["engaged"] else None,
        "copies": int(line["copies"]) if line["copies"] else None,
    }


def _calls(line: Mapping[str, str], today: date) -> dict[str, Any]:
    days = {"begins": _day(line["begins"], today), "ends": _day(line["ends"], today)}
    return {**days, "calls": int(line["calls"]), "trafficking": int(line["trafficking"])}


def _day(text: str, today: date) -> date | None:
    """A day told from today: -30 is a month ago."""
    return today + timedelta(days=int(text)) if text else None


def _people(text: str) -> dict[str, int]:
    """Counts as the table has them: female.child 12;male.child 9."""
    cells = [each.split(" ") for each in text.split(";") if each]
    return {cell: int(many) for cell, many in cells}
