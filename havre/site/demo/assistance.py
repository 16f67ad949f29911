"""Plans that were agreed and changed since, risks, rights with their days, referrals, what help costs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, TypeVar

from havre.cases.assistance.models import LegalStatus, Need, Plan, PlanLine, Referral, Risk, ServiceDelivery
from havre.cases.assistance.rules import risk as risks
from havre.cases.people.models import Consent
from havre.site.demo.people import SEED
from havre.site.demo.sheets import File, moment
from havre.site.demo.tables import table

DESK = "7QK-4M2"
FUNDERS = ("Own means", "Ministry of Solidarity", "European fund", "")
COSTS = {"SHELTER": (900, 2400), "MED": (40, 700), "LEGAL": (150, 900), "RI": (200, 1800), "RET": (150, 1400)}
RIGHTS = ("residence", "complaint", "proceedings", "compensation", "labour_claim", "asylum")
DAY = timedelta(days=1)
R = TypeVar("R", Need, ServiceDelivery, Consent)


def tell(file: File) -> None:
    """What goes with the needs and services that are written down already."""
    told = file.told
    if told.refused or told.on("S5") is None:
        return
    # A chance of its own, so that what is drawn here moves nothing that was drawn before.
    rng = Random(f"{SEED}|assistance|{told.case_reference}")  # noqa: S311 - the same register each time is the point
    needs, services = _of(file, Need), _of(file, ServiceDelivery)
    for each in services:
        _cost(each, rng)
    agreed = told.on("S6")
    if agreed:
        _plans(file, rng, agreed, needs, services)
    _risks(file, rng)
    _rights(file, rng)
    _referrals(file, rng)


def _of(file: File, model: type[R]) -> list[R]:
    """The rows of that kind that are written about this person already."""
    rows = file.sheets.rows.get(model, ())
    return [each for each in rows if isinstance(each, model) and each.case_id == file.case.pk]


def _cost(service: ServiceDelivery, rng: Random) -> None:
    span = next((span for start, span in COSTS.items() if service.code.startswith(start)), None)
    if span and service.status in ("active", "done") and rng.random() < 0.7:
        service.cost, service.currency = Decimal(rng.randrange(*span, 5)), "EUR"
        service.funder = rng.choice(FUNDERS)


def _last(file: File) -> date:
    """The last day on which anything was written."""
    return file.told.stages[-1][1] if file.told.state == "S13" else file.sheets.today


def _at(file: File, rng: Random, day: date, act: str) -> dict[str, Any]:
    """Who wrote a row and when, with its line in the record."""
    at = moment(min(day, file.sheets.today), rng)
    file.sheets.record(file, at, act)
    return {"by": file.sheets.worker, "at": at}


def _plans(file: File, rng: Random, begun: date, needs: list[Need], services: list[ServiceDelivery]) -> None:
    """One version when help began, others on later days: each with what stood by then."""
    days = [begun]
    while len(days) < (3 if file.told.case_reference == DESK else rng.choice((1, 1, 2, 3))):
        days.append(min(days[-1] + timedelta(days=rng.randint(20, 35)), _last(file)))
    last: Plan | None = None
    for number, day in enumerate(sorted(set(days)), 1):
        values = {"number": number, "agreed_on": day, "agreed_how": rng.choice(("spoken", "spoken", "signed"))}
        values |= {"agreed_by": "both" if file.told.is_child else "self", "supersedes": last}
        open_review = file.told.state != "S13" and day == max(days)
        review = file.sheets.today + timedelta(days=rng.randint(-4, 45)) if open_review else day + 30 * DAY
        last = file.of_case(Plan, review_on=max(day, review), **values, **_at(file, rng, day, "plan.agree"))
        _lines(file, last, day, needs, services)


def _lines(file: File, plan: Plan, day: date, needs: list[Need], services: list[ServiceDelivery]) -> None:
    by_key: dict[object, Need] = {each.pk: each for each in needs}
    for each in services:
        if each.start and each.start > day:
            continue
        need = by_key.get(each.need_id)
        of_need = {"need_id": need.pk, "need_code": need.code, "goal": need.goal} if need else {}
        status = "active" if each.status == "done" and each.end and each.end > day else each.status
        stood = {"service_code": each.code, "provider": each.provider, "status": status}
        file.of_case(PlanLine, plan=plan, service_id=each.pk, **stood, start=each.start, due=each.due, **of_need)
    helped = {each.need_id for each in services}
    for need in needs:
        if need.pk not in helped:
            file.of_case(PlanLine, plan=plan, need_id=need.pk, need_code=need.code, goal=need.goal)


def _risks(file: File, rng: Random) -> None:
    told, rows = file.told, table("risks")
    if told.case_reference == DESK:
        chosen = [rows[0], rows[3]]
    else:
        about = [row for row in rows if row["about"] not in risks.OVERRIDDEN_FOR]
        chosen = rng.sample(about, rng.choices((0, 1, 2), (30, 55, 15))[0])
    if told.on("S7"):
        chosen += [rng.choice([row for row in rows if row["about"] == each]) for each in risks.OVERRIDDEN_FOR]
    for row in chosen:
        _risk(file, rng, row)


def _risk(file: File, rng: Random, row: dict[str, str]) -> None:
    told, tongue = file.told, file.sheets.language
    day = told.on("S8") or told.on("S7") if row["about"] in risks.OVERRIDDEN_FOR else told.on("S5")
    begun = min((day or told.opened) + timedelta(days=rng.randint(0, 3)), file.sheets.today)
    words = {name: row[f"{name}_{tongue}"] for name in ("threat", "source", "controls")}
    values: dict[str, Any] = {**words, "about": row["about"], "owner": file.sheets.worker}
    values |= {name: int(row[name]) for name in ("likelihood", "impact")}
    first = file.of_case(Risk, **values, **_at(file, rng, begun, "risk.assess"))
    later = min(begun + timedelta(days=rng.randint(10, 30)), _last(file))
    if later <= begun and row["about"] not in risks.OVERRIDDEN_FOR:
        return
    after: dict[str, Any] = {
        "residual_likelihood": int(row["then_likelihood"]),
        "residual_impact": int(row["then_impact"]),
    }
    after |= {"own_view": row[f"own_{tongue}"], "version": 2, "supersedes": first}
    if row["about"] == "return":
        after["country_level"] = rng.choice(("low", "medium", "medium", "high"))
    review = 11 if told.case_reference == DESK else rng.randint(-3, 40)
    after["review_on"] = file.sheets.today + timedelta(days=review) if told.state != "S13" else None
    second = file.of_case(Risk, **{**values, **after}, **_at(file, rng, later, "risk.assess"))
    if row["about"] == "return" and told.on("S9") and risks.is_high(risks.level(second.residual)):
        _let_go(file, second, later)


def _let_go(file: File, risk: Risk, day: date) -> None:
    """Who travelled at a high risk did so by the written word of the supervisor, or after better measures."""
    if file.sheets.reader:
        risk.override_by, risk.override_on = file.sheets.reader, day
        risk.override_reason = OVERRIDES[file.sheets.language]
    else:
        risk.residual_likelihood = 2


OVERRIDES = {
    "en": "The person knows the risk and wishes to go. The partner is at the gate, in another town.",
    "fr": "La personne connaît le risque et souhaite partir. Le partenaire attend à la porte, dans une autre ville.",
}
OFFICES = {
    "reflection": ("Préfecture", "Préfecture"),
    "residence": ("Préfecture", "Préfecture"),
    "asylum": ("Asylum office", "Office de l’asile"),
    "complaint": ("Police", "Police"),
    "proceedings": ("Criminal court", "Tribunal correctionnel"),
    "compensation": ("Compensation commission", "Commission d’indemnisation"),
    "labour_claim": ("Labour court", "Conseil de prud’hommes"),
}


def _rights(file: File, rng: Random) -> None:
    told, today, begun = file.told, file.sheets.today, file.told.on("S5")
    assert begun is not None
    if told.case_reference == DESK:
        _right(file, rng, "reflection", begun, today + 8 * DAY, "granted")
        _right(file, rng, "compensation", begun + 9 * DAY, today + 21 * DAY, "asked")
        return
    if told.origin["country"] != "FR" and rng.random() < 0.7:
        last = begun + timedelta(days=rng.choice((30, 60, 90)))
        _right(file, rng, "reflection", begun, last, "granted" if last >= today else "ended")
    for kind in rng.sample(RIGHTS, rng.choices((0, 1, 2), (35, 45, 20))[0]):
        since = begun + timedelta(days=rng.randint(5, 40))
        state = rng.choice(("asked", "asked", "granted", "refused", "planned"))
        until = since + timedelta(days=rng.randint(60, 400)) if state in ("granted", "asked") else None
        over = told.state == "S13" or (until is not None and until < today - 20 * DAY)
        _right(file, rng, kind, since, until, "ended" if over else state)


def _right(file: File, rng: Random, kind: str, since: date, until: date | None, state: str) -> None:
    authority = OFFICES[kind][file.sheets.language == "fr"]
    written = _at(file, rng, min(since, _last(file)), "legal.add")
    file.of_case(LegalStatus, kind=kind, since=since, until=until, state=state, authority=authority, **written)


def _referrals(file: File, rng: Random) -> None:
    """One to each body the person agreed to share with; who agrees no longer has it asked back, or soon."""
    asked = _of(file, Consent)
    taken_back = {each.supersedes_id: each for each in asked if each.decision == "withdrawn"}
    for consent in asked:
        if consent.scope != "share" or consent.decision != "given":
            continue
        on = min(consent.decided_on + timedelta(days=rng.randint(0, 3)), _last(file))
        state = rng.choices(("in_progress", "accepted", "done", "rejected"), (25, 45, 20, 10))[0]
        answered = None if state == "in_progress" else min(on + timedelta(days=rng.randint(1, 9)), _last(file))
        withdrawn = taken_back.get(consent.pk)
        recalled = max(on, withdrawn.decided_on) if withdrawn and rng.random() < 0.5 else None
        values = {"organisation": consent.recipient, "sent_on": on, "consent": consent}
        values |= {"state": "revoked" if recalled else state, "answered_on": answered, "recalled_on": recalled}
        values |= {"reason": "AdditionalServicesRequired", "services": SERVICES.get(consent.recipient, "")}
        file.of_case(Referral, direction="out", **values, **_at(file, rng, on, "referral.send"))


SERVICES = {"Me C. Okoye": "LEGAL_COUNSEL;COMPENSATION", "Escale Santé": "MED_GEN", "Le Relais des Docks": "RI_VOC"}
