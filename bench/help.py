"""From planning on: needs, services, plans, risks, rights, what protects a child, the way home, grants, calls."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from bench.rows import TODAY, Life, some
from havre.cases.assistance import rules as assistance
from havre.cases.assistance.models import LegalStatus, Need, Plan, PlanLine, Referral, Risk, ServiceDelivery
from havre.cases.children.models import Circumstances, Guardian
from havre.cases.followup import rules as calls
from havre.cases.followup.models import ContactAttempt, FollowUp
from havre.cases.health.models import HealthRecord
from havre.cases.reintegration.models import Grant, Instalment
from havre.cases.returns.models import ReturnJourney, TravelLeg
from havre.kernel.vocabularies import load
from havre.site.demo.help import NEEDS, OPEN_SERVICES, OVER, PROVIDERS
from havre.site.demo.tables import table

SERVICES = {code: [row["code"] for row in assistance.suggested(code)] for code in (*NEEDS, "children")}
WINDOWS = {row["code"]: row["window_days"] for row in load("monitoring_schedule").rows}
RISKS, GRANTS = table("risks"), [row for row in table("grants") if row["sector"]]
ZONE = "Europe/Paris"


def tell(life: Life) -> None:
    """All of it for one person."""
    planned = life.told.on("S5")
    if planned and not life.told.refused:
        assist(life, planned)
        risks(life, planned)
        rights(life, planned)
    if life.told.is_child and "S2" in life.told.path and not life.told.refused:
        protect(life)
    if life.told.on("S8"):
        travel(life)
    if life.told.on("S11"):
        rebuild(life)
    follow(life)


def assist(life: Life, planned: date) -> None:
    """Needs, the services that meet them, and the plan that lists both."""
    rng, over = life.rng, life.told.state in ("S11", "S12", "S13")
    lines = []
    for code in rng.sample(NEEDS, min(len(NEEDS), 1 + some(rng, 0.9, 0.8, 9))):
        day = life.after(planned, 0, 4)
        goal = life.said("goal") if rng.random() < 0.5 else ""
        urgency = rng.choice(("now", "today", "week", "week", "later"))
        need = life.written(Need, day, code=code, urgency=urgency, goal=goal, met_on=life.since(day) if over else None)
        for service in rng.sample(SERVICES[code], min(len(SERVICES[code]), rng.choices((0, 1, 2), (12, 68, 20))[0])):
            lines.append((need, code, goal, service, *_service(life, need, service, day, over)))
    if "S6" in life.told.path:
        agreed = life.told.on("S6") or planned
        review = None if over else TODAY + timedelta(days=rng.randint(-4, 45))
        known = {"number": 1, "agreed_on": agreed, "agreed_how": "spoken", "review_on": review}
        plan = life.written(Plan, agreed, **known)
        for need, code, goal, service, key, provider in lines:
            of_need = {"need_id": need, "need_code": code, "goal": goal}
            stood = {"service_id": key, "service_code": service, "provider": provider, "status": "active"}
            life.of_case(PlanLine, plan_id=plan, **of_need, **stood)


def _service(life: Life, need: str, code: str, day: date, over: bool) -> tuple[str, str]:
    rng = life.rng
    status, provider = rng.choice(OVER if over else OPEN_SERVICES), rng.choice(PROVIDERS)
    known = {"need_id": need, "code": code, "status": status, "provider": provider, "worker_id": life.staff.id}
    if status in ("active", "done"):
        known["start"] = life.after(day, 0, 25)
    if status == "done":
        known["end"], known["outcome"] = life.after(known["start"], 20, 160), life.said("outcome")
        known |= {"cost": Decimal(rng.randrange(40, 900, 5)), "currency": "EUR"}
    elif not over:
        known["due"] = TODAY + timedelta(days=rng.randint(-3, 60))
    return life.written(ServiceDelivery, day, **known), provider


def risks(life: Life, planned: date) -> None:
    """What threatens the person, now and after the measures."""
    rng, tongue = life.rng, life.language
    for row in rng.sample(RISKS, rng.choices((0, 1, 2), (30, 55, 15))[0]):
        words = {name: row[f"{name}_{tongue}"] for name in ("threat", "source", "controls")}
        words |= {"about": row["about"], "own_view": row[f"own_{tongue}"], "owner_id": life.staff.id}
        level = {"likelihood": int(row["likelihood"]), "impact": int(row["impact"])}
        level |= {"residual_likelihood": int(row["then_likelihood"]), "residual_impact": int(row["then_impact"])}
        review = None if life.told.state == "S13" else TODAY + timedelta(days=rng.randint(-3, 40))
        life.written(Risk, planned, review_on=review, **words, **level)


def rights(life: Life, planned: date) -> None:
    """Days granted by offices; what was sent on to another body."""
    rng = life.rng
    if not life.internal and rng.random() < 0.7:
        last = planned + timedelta(days=rng.choice((30, 60, 90)))
        state = "granted" if last >= TODAY else "ended"
        known = {"kind": "reflection", "state": state, "authority": "Préfecture", "since": planned, "until": last}
        life.written(LegalStatus, planned, **known)
    if rng.random() < 0.5:
        state = rng.choice(("asked", "granted", "refused"))
        life.written(LegalStatus, planned, kind="complaint", state=state, authority="Police", since=planned)
    if life.shared:
        consent, day = life.shared
        state = rng.choice(("in_progress", "accepted", "done"))
        answered = None if state == "in_progress" else life.after(day, 1, 9)
        to = {"direction": "out", "organisation": "Le Relais des Docks", "services": "RI_VOC", "consent_id": consent}
        more = {"reason": "AdditionalServicesRequired", "sent_on": day, "answered_on": answered, "state": state}
        life.written(Referral, day, **to, **more)
    if rng.random() < 0.3:
        life.written(HealthRecord, planned, phase="after", condition="wound", severity=rng.randint(0, 3), source="self")


def protect(life: Life) -> None:
    """Who stands by a child."""
    opened = life.told.opened
    alone = life.rng.random() < 0.6
    life.written(Circumstances, opened, accompanied="no" if alone else "yes", school="no")
    if alone and life.rng.random() < 0.85:
        known = {"name": "M. Delorme", "body": "Aide sociale à l’enfance", "appointed_on": life.after(opened, 0, 3)}
        life.written(Guardian, opened, **known)


def travel(life: Life) -> None:
    """The way home, as far as it went."""
    told, rng = life.told, life.rng
    chosen, left, there = told.on("S8"), told.on("S9"), told.on("S10")
    assert chosen is not None
    planned = left or TODAY + timedelta(days=rng.randint(5, 20))
    known = {"option": "return", "destination": told.origin["country"], "chosen_on": chosen, "planned_on": planned}
    known |= {"receiving": "Casa Lumina", "receiving_confirmed_on": left}
    departs, arrives = f"{planned} 08:15+00", f"{planned} 16:15+00"
    if left:
        known |= {"departed_at": departs, "departed_zone": ZONE, "due_at": arrives, "declared_on": chosen}
    if there:
        known |= {"arrived_at": arrives, "arrived_zone": ZONE, "confirmed_by": "receiving", "handover_on": there}
    journey = life.written(ReturnJourney, chosen, **known)
    ends = {"from_place": "Lyon", "to_place": told.origin["towns"].partition(";")[0], "mode": "air"}
    times = {"departs_at": departs, "departs_zone": ZONE, "arrives_at": arrives, "arrives_zone": ZONE}
    life.written(TravelLeg, chosen, journey_id=journey, **ends, **times)


def rebuild(life: Life) -> None:
    """A grant for most, in parts."""
    begun = life.told.on("S11")
    if begun is None or life.rng.random() > 0.7:
        return
    row, decided = life.rng.choice(GRANTS), life.after(begun, 3, 30)
    amount = int(row["amount"])
    title = {"kind": row["kind"], "title": row[f"title_{life.language}"], "amount": amount, "currency": "EUR"}
    grant = life.written(Grant, decided, decided_on=decided, **title)
    parts = row[f"parts_{life.language}"].split("|")
    for seq, name in enumerate(parts, 1):
        due = decided + timedelta(days=10 + 75 * (seq - 1))
        paid = due if due < TODAY and life.rng.random() > 0.08 else None
        known = {"seq": seq, "purpose": name, "amount": amount // len(parts), "due": due, "paid_on": paid}
        life.written(Instalment, decided, grant_id=grant, receipt="yes" if paid else "no", **known)


def follow(life: Life) -> None:
    """The calls: those past are done or lost, others wait."""
    begun, rng = life.told.on("S12"), life.rng
    if begun is None or life.told.imported:
        return
    for each in calls.plan(begun):
        if each.optional:
            continue
        due = each.on < TODAY
        state = "planned" if not due or rng.random() < 0.05 else "lost" if rng.random() < 0.06 else "done"
        told = {"done_on": each.on, "safe": "yes", "living": "family", "work": "seeking"} if state == "done" else {}
        known = {"code": each.code, "planned": each.on, "window_days": WINDOWS[each.code], "state": state}
        call = life.written(FollowUp, begun, words=life.said("words") if state == "done" else "", **known, **told)
        if state != "planned":
            result = "reached" if state == "done" else "no_answer"
            life.written(ContactAttempt, each.on, follow_up_id=call, means="call", result=result)
