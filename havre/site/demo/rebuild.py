"""Rebuilding a life: grants and instalments, an enterprise, the survey at M0, M6 and M12, words about the help."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from havre.cases.assistance.models import ServiceDelivery
from havre.cases.followup.models import Satisfaction
from havre.cases.followup.said import GIVEN
from havre.cases.reintegration import survey as questions
from havre.cases.reintegration.ledger import MONTHS
from havre.cases.reintegration.models import Enterprise, EnterpriseCheck, Grant, Instalment, Survey
from havre.cases.reintegration.rules import score
from havre.cases.reintegration.rules.score import Question
from havre.cases.screening.models import Answer, Interview
from havre.kernel.dates import months_after
from havre.site.demo.people import MINE, SEED
from havre.site.demo.sheets import File, moment
from havre.site.demo.tables import Row, said, table

SURVEYS = (("M0", 0), ("M6", 6), ("M12", 12))
ASKED_FOR_WORDS = (("M3", 3), ("M6", 6), ("M12", 12))
TURNOVER = ("none", "to_100", "100_200", "200_400", "400_800", "above_800")
PROFIT = ("loss", "to_50", "50_150", "150_300", "above_300")


def tell(file: File) -> None:
    """What somebody rebuilds, from the arrival or the end of the plan on."""
    told = file.told
    begun = began(file)
    if begun is None or told.refused or told.imported:
        return
    rng = Random(f"{SEED}|rebuild|{told.case_reference}")  # noqa: S311 - its own, so that no other stage shifts
    last = told.stages[-1][1] if told.state == "S13" else file.sheets.today
    closed = told.state == "S13"
    if rng.random() < (0.5 if closed else 0.85):
        grants(file, rng, begun, last)
    if not told.is_child and rng.random() < (0.3 if closed else 0.85):
        surveys(file, rng, begun, last)
    words(file, rng, begun, last)


def began(file: File) -> date | None:
    """The day from which everything counts: the arrival of somebody who went home, else the end of the plan."""
    if not {"S11", "S12"} & set(file.told.path):
        return None
    return file.told.on("S10") or file.told.on("S12") or file.told.on("S11")


def grants(file: File, rng: Random, begun: date, last: date) -> None:
    """An enterprise for some, help with the home or a course for most; a child goes back to school."""
    rows = [row for row in table("grants") if (row["kind"] == "RI_EDU") == file.told.is_child]
    firms = [row for row in rows if row["sector"]]
    others = [row for row in rows if not row["sector"]]
    chosen = [*rng.sample(firms, int(bool(firms) and rng.random() < 0.6)), *rng.sample(others, 1)]
    for row in chosen:
        decided = begun + timedelta(days=rng.randint(3, 30))
        if decided > last:
            continue
        _grant(file, rng, row, decided, last)
        if row["sector"]:
            enterprise(file, rng, row, decided, last)


def _grant(file: File, rng: Random, row: Row, decided: date, last: date) -> None:
    language, amount = file.sheets.language, Decimal(row["amount"])
    known = {"kind": row["kind"], "title": row[f"title_{language}"], "amount": amount, "currency": "EUR"}
    house = file.sheets.worker.agency.name.partition(",")[0]
    grant = file.written(Grant, decided, "grant.add", decided_on=decided, provider=house, **known)
    names = row[f"parts_{language}"].split("|")
    shares = [amount / len(names) // 10 * 10 for _name in names]
    shares[0] += amount - sum(shares)
    for seq, (name, share) in enumerate(zip(names, shares, strict=True), 1):
        due = decided + timedelta(days=10 + 75 * (seq - 1))
        paid = due + timedelta(days=rng.randint(0, 8))
        # On the desks of the others a few are late; nothing is paid after the file was closed.
        late = file.told.worker != MINE and rng.random() < 0.08
        paid_on = paid if paid <= last and not late else None
        receipt = rng.choices(("yes", "no", "waived"), (85, 11, 4))[0] if paid_on else "no"
        at = moment(min(paid_on or decided, file.sheets.today), rng)
        day = {"due": due, "paid_on": paid_on, "receipt": receipt}
        by = file.sheets.worker
        file.of_case(Instalment, by=by, at=at, grant_id=grant.pk, seq=seq, purpose=name, amount=share, **day)


def enterprise(file: File, rng: Random, row: Row, decided: date, last: date) -> None:
    """What the grant began, looked at after three, six and twelve months."""
    started = decided + timedelta(days=rng.randint(14, 40))
    capital = Decimal(row["amount"]) + Decimal(rng.choice((0, 100, 200, 300)))
    values: dict[str, Any] = {"sector": row["sector"], "plan": row[f"plan_{file.sheets.language}"], "currency": "EUR"}
    values |= {"capital": capital, "own_share": capital - Decimal(row["amount"])}
    licence = rng.choice(("held", "asked_for", "not_needed"))
    begun = started if started <= last else None
    firm = file.written(Enterprise, decided, "enterprise.add", started_on=begun, licence=licence, **values)
    level, status = rng.randint(0, 2), "open"
    for month in MONTHS if begun else ():
        on = months_after(started, month) + timedelta(days=rng.randint(0, 12))
        if on > last or status == "closed":
            break
        status = rng.choices(("open", "changed", "closed"), (85, 6, 9))[0]
        level = min(level + rng.choice((0, 1, 1)), 4)
        bands = {"turnover_band": TURNOVER[level + 1], "profit_band": PROFIT[level]} if status == "open" else {}
        jobs = rng.choice((1, 1, 1, 2, 3)) if status != "closed" else 0
        known = {"enterprise_id": firm.pk, "month": month, "status": status, "jobs": jobs, "on": on}
        file.written(EnterpriseCheck, on, "enterprise.check", **known, **bands)


@cache
def _asked() -> tuple[Question, ...]:
    return tuple(score.questions())


@cache
def _version() -> str:
    return questions.version()


def surveys(file: File, rng: Random, begun: date, last: date) -> None:
    """The survey at its contacts, life going better for most; now and then a subject was left out."""
    levels = {name: rng.uniform(0.15, 0.55) for name in ("economic", "social", "psychosocial")}
    for contact, month in SURVEYS:
        on = months_after(begun, month) + timedelta(days=rng.randint(1, 12))
        if on > last:
            return
        at = moment(on, rng)
        known = {"kind": questions.KIND, "questionnaire": questions.QUESTIONNAIRE, "questionnaire_version": _version()}
        talk = file.of_case(Interview, interviewer=file.sheets.worker, began=at, ended=at, **known)
        file.sheets.record(file, at, "survey.begin")
        file.of_case(Survey, interview_id=talk.pk, contact=contact, on=on)
        left_out = rng.choice(list(levels)) if rng.random() < 0.12 else ""
        answered: dict[str, str] = {}
        for each in _asked():
            _answer(file, rng, talk, each, levels[each.dimension], each.dimension == left_out, answered)
        levels = {name: min(max(level + rng.gauss(0.11, 0.07), 0), 1) for name, level in levels.items()}


def _answer(
    file: File, rng: Random, talk: Interview, each: Question, level: float, left_out: bool, answered: dict[str, str]
) -> None:
    if each.only_if and answered.get(each.only_if[0]) != each.only_if[1]:
        return
    silent = rng.random() < (0.75 if left_out else 0.05)
    if silent:
        state = rng.choice(("declined", "unknown", "not_asked"))
        if state != "not_asked":
            file.of_case(Answer, interview_id=talk.pk, item=each.code, state=state)
        return
    ranked = sorted((c for c, v in each.scores.items() if v is not None), key=lambda code: each.scores[code] or 0)
    if ranked:
        place = round(min(max(level + rng.gauss(0, 0.22), 0), 1) * (len(ranked) - 1))
        code = ranked[place]
    else:
        code = rng.choice(list(each.scores)) if each.scores else ""
    answered[each.code] = code
    text = "" if each.scores else said("leaving", file.sheets.language, rng)
    file.of_case(Answer, interview_id=talk.pk, item=each.code, state="answered", codes=code, text=text)


def words(file: File, rng: Random, begun: date, last: date) -> None:
    """What the person says of each service, at the last contact that asked for it."""
    days = [(code, months_after(begun, month)) for code, month in ASKED_FOR_WORDS]
    past = [(code, on) for code, on in days if on <= last]
    if not past:
        return
    contact, on = past[-1]
    given = [row for row in file.sheets.rows.get(ServiceDelivery, ()) if isinstance(row, ServiceDelivery)]
    for service in [row for row in given if row.case_id == file.case.pk and row.status in GIVEN]:
        figure = rng.choices((1, 2, 3, 4, 5), (3, 8, 22, 40, 27))[0]
        text = said("help_high" if figure > 3 else "help_low", file.sheets.language, rng) if rng.random() < 0.3 else ""
        known = {"service_id": service.pk, "score": figure, "words": text, "contact": contact, "on": on}
        file.written(Satisfaction, on, "satisfaction.record", **known)
