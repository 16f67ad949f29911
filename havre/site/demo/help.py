"""From planning on: needs, services, calls, and the small things of every day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from havre.cases.assistance import rules as assistance
from havre.cases.assistance.models import Need, ServiceDelivery
from havre.cases.followup import rules as calls
from havre.cases.followup.models import ContactAttempt, FollowUp
from havre.cases.people.models import CaseNote, Task
from havre.kernel.vocabularies import load
from havre.site.demo.people import MINE
from havre.site.demo.sheets import File, moment
from havre.site.demo.tables import Row, said, table

NEEDS = (
    *("safety", "accommodation", "basic_needs", "health", "psychosocial"),
    *("legal", "documents", "family", "education", "work"),
)
PROVIDERS = ("Escale Santé", "Me C. Okoye", "L. Ferrand", "Atelier du Quai", "Le Relais des Docks", "")
MEANS = ("call", "messaging", "visit", "through_person")
FAILED = ("no_answer", "out_of_service", "not_there")
OPEN_SERVICES, OVER = ("active", "active", "active", "accepted", "proposed"), ("done", "done", "cancelled", "refused")
LATE = timedelta(days=40)
WRITTEN_WITHIN = 24  # days: nobody under way is left in silence longer, but for those the desk says so of


def assist(file: File) -> None:
    """Needs and the services that meet them; in immediate safety a bed for the night."""
    told, rng = file.told, file.rng
    if told.refused:
        return
    begun = told.on("S5")
    if begun is None:
        if told.state in ("S1", "S3", "S4") and rng.random() < 0.5:
            _service(file, None, "SHELTER_EMERG", told.opened, "active")
        return
    planned = [row for row in table("plan") if told.desk and row["reference"] == told.case_reference]
    if planned:
        _as_planned(file, planned, begun)
        return
    codes = [*rng.sample(NEEDS, rng.randint(2, 5)), *(["children"] if told.is_child else [])]
    for code in codes:
        goal = said("goal", file.sheets.language, rng) if rng.random() < 0.5 else ""
        urgency = rng.choice(["now", "today", "week", "week", "later"])
        day = min(begun + timedelta(days=rng.randint(0, 4)), file.sheets.today)
        need = file.written(Need, day, "need.add", code=code, urgency=urgency, goal=goal)
        _meet(file, need, day)


def _as_planned(file: File, planned: Sequence[Row], begun: date) -> None:
    """The plan of somebody on the desk, as it is written down."""
    today = file.sheets.today
    for row in planned:
        goal = {"code": row["need"], "urgency": row["urgency"], "goal": row["goal"]}
        need = file.written(Need, begun, "need.add", **goal)
        if row["service"]:
            days = {
                each: today + timedelta(days=int(row[each])) if row[each] else None for each in ("start", "due", "end")
            }
            day = days["start"] or begun
            if row["status"] == "proposed":
                days["start"] = None
            values = {"code": row["service"], "provider": row["provider"], "status": row["status"], **days}
            worker = file.sheets.worker
            file.written(ServiceDelivery, day, "service.add", need_id=need.pk, worker=worker, **values)


def _meet(file: File, need: Need, day: date) -> None:
    """A service for most needs, and a second for some; a few needs wait for somebody to look after them."""
    told, rng = file.told, file.rng
    if "S6" not in told.path and rng.random() < 0.6:
        return
    meant = [row["code"] for row in assistance.suggested(need.code) if not row["code"].startswith("RET_")]
    late = any(state in told.path for state in ("S11", "S12", "S13"))
    for code in rng.sample(meant, min(len(meant), rng.choices([0, 1, 2], [12, 68, 20])[0])):
        status = rng.choice(OVER if late and rng.random() < 0.8 else OPEN_SERVICES)
        start = (told.on("S6") or day) + timedelta(days=rng.randint(0, 25))
        _service(file, need, code, min(start, file.sheets.today), status)
    if late and rng.random() < 0.5:
        need.met_on = min(day + timedelta(days=rng.randint(40, 150)), told.stages[-1][1])


def _service(file: File, need: Need | None, code: str, start: date, status: str) -> None:
    rng, today = file.rng, file.sheets.today
    dates: dict[str, date | None] = {"start": start if status in ("active", "done") else None, "due": None, "end": None}
    if status == "done":
        latest = file.told.stages[-1][1] if file.told.state == "S13" else today
        dates["end"] = max(start, min(start + timedelta(days=rng.randint(20, 160)), latest))
    elif status in ("active", "accepted"):
        dates["due"] = today + timedelta(days=rng.randint(2, 60))
    if file.told.state == "S13" and status in OPEN_SERVICES:
        status, dates = "cancelled", {"start": None, "due": None, "end": None}
    house = file.sheets.worker.agency.name.partition(",")[0]
    provider = house if code.startswith("SHELTER") else rng.choice(PROVIDERS)
    outcome = said("outcome", file.sheets.language, rng) if status == "done" else ""
    values = {"need_id": need.pk if need else None, "code": code, "status": status, "provider": provider, **dates}
    extra = {"worker": file.sheets.worker, "outcome": outcome, "conditional": rng.random() < 0.01}
    file.written(ServiceDelivery, start, "service.add", **values, **extra)


def follow(file: File) -> None:
    """The calls from the arrival, or else from the day follow-up began: those past are done or lost, others wait."""
    told, today = file.told, file.sheets.today
    # Whose day is told in desk.csv has no calls before follow-up: her first page stays as it is drawn.
    home = told.on("S10") if "S12" in told.path or ("S11" in told.path and not told.desk) else None
    anchor = home or told.on("S12")
    if anchor is None or told.imported:
        return
    over = told.stages[-1][1] if told.state == "S13" else None
    for each in calls.plan(anchor):
        if each.optional or (over and each.on > over):
            continue
        on = today if told.desk and each.code == "M6" else each.on
        due = (on < today or (on == today and not told.desk)) and not _waits(file, today - on)
        lost = due and file.rng.random() < 0.06
        state = ("lost" if lost else "done") if due else "planned"
        call = file.of_case(
            FollowUp,
            by=file.sheets.worker,
            at=moment(min(on, today) if due else anchor, file.rng),
            code=each.code,
            planned=on,
            window_days=load("monitoring_schedule").row(each.code)["window_days"],
            state=state,
            **(_told(file, on) if state == "done" else {}),
        )
        if due:
            _tries(file, call, on, lost)


def _waits(file: File, late: timedelta) -> bool:
    """Whether nobody has called yet: on the desks of the others some calls of late wait, a few too long."""
    return file.told.worker != MINE and late <= LATE and file.rng.random() < 0.3


def _told(file: File, on: date) -> dict[str, Any]:
    rng = file.rng
    return {
        "done_on": on,
        "living": rng.choice(["family", "own_home", "friends", "shelter", "employer"]),
        "work": rng.choice(["employed", "training", "seeking", "own_business", "care", "study"]),
        "safe": "no" if rng.random() < 0.04 else "yes",
        "re_trafficking_sign": rng.choices(["no", "unknown"], [93, 7])[0],
        "words": said("words", file.sheets.language, rng) if rng.random() < 0.6 else "",
        "health": rng.choices(["better", "same", "worse", ""], [40, 35, 10, 15])[0],
        "family": rng.choices(["better", "same", "worse", ""], [30, 40, 12, 18])[0],
        "wish_to_leave": rng.choices(["no", "yes", "unknown", ""], [70, 10, 8, 12])[0],
    }


def _tries(file: File, call: FollowUp, on: date, lost: bool) -> None:
    """One that reached the person; or as many as it takes until contact counts as lost."""
    results = (
        [(on + timedelta(days=3 * n), MEANS[n], FAILED[n]) for n in range(3)] if lost else [(on, "call", "reached")]
    )
    for day, means, result in results:
        at = moment(min(day, file.sheets.today), file.rng)
        file.sheets.record(file, at, "followup.record")
        file.of_case(ContactAttempt, by=file.sheets.worker, follow_up_id=call.pk, at=at, means=means, result=result)


def notes(file: File) -> None:
    """A note every few weeks, the last one not long ago; those of the desk fall silent where it says so."""
    told, rng, today = file.told, file.rng, file.sheets.today
    if told.refused:
        return
    last = told.stages[-1][1] if told.state == "S13" else today
    silence = int(told.desk["quiet"]) if told.desk else rng.randint(1, WRITTEN_WITHIN)
    day = max(told.opened, last - timedelta(days=silence))
    sort = "note" if "S6" in told.path else "note_early"
    text = told.desk["note"] if told.desk else said(sort, file.sheets.language, rng)
    kinds = [told.desk["kind"]] if told.desk else ["note", "call", "meeting", "visit"]
    for _number in range(rng.randint(1, 5)):
        file.written(CaseNote, day, "note.add", text=text, kind=rng.choice(kinds))
        day -= timedelta(days=rng.randint(9, 40))
        if day <= told.opened:
            break
        text, kinds = said(sort, file.sheets.language, rng), ["note", "call", "meeting", "visit"]
    if told.desk and told.desk["quiet"] == "41":
        for number, means in enumerate(MEANS[:2]):
            at = moment(today - timedelta(days=44 - 3 * number), rng)
            file.of_case(ContactAttempt, by=file.sheets.worker, at=at, means=means, result="no_answer")


def task(file: File, due: date | None = None) -> None:
    """Something to do: what the desk says, or on that day; some of it done long ago."""
    told, rng, today = file.told, file.rng, file.sheets.today
    if told.desk and told.desk["task"]:
        _task(file, told.desk["task"], today + timedelta(days=int(told.desk["due"])))
    elif due and told.state != "S13" and not told.refused:
        sort = "task" if "S6" in told.path else "task_early"
        _task(file, said(sort, file.sheets.language, rng), due)
    if "S6" in told.path and rng.random() < 0.5:
        past = max(told.opened, told.stages[-1][1] - timedelta(days=rng.randint(3, 60)))
        _task(file, said("task", file.sheets.language, rng), past, done=past)


def _task(file: File, text: str, due: date, done: date | None = None) -> None:
    made = moment(max(file.told.opened, due - timedelta(days=file.rng.randint(4, 12))), file.rng)
    file.sheets.record(file, made, "task.add")
    file.of_case(Task, assignee=file.sheets.worker, text=text, due=due, done_on=done, made_at=made)


def moves(file: File) -> None:
    """Each step of the way, and how it ended."""
    told, rng = file.told, file.rng
    kinds = {(row["from"], row["to"]): row["kind"] for row in load("case_transitions").rows}
    for (before, _day), (state, day) in zip(told.stages, told.stages[1:], strict=False):
        closing = state == "S13" and not told.refused
        reason = said("closing", file.sheets.language, rng) if closing else ""
        file.move(state, before, day, kinds[before, state], reason=reason)
    if told.state == "S13":
        file.case.closed_on, file.case.closure_reason = told.stages[-1][1], _why(file)
        file.sheets.record(file, moment(told.stages[-1][1], rng), "case.move")


def _why(file: File) -> str:
    told, before = file.told, file.told.path[-2]
    if told.refused or before in ("S2", "S3"):
        return "person_withdrew"
    if told.story == "free":
        return "not_a_victim"
    if before == "S12":
        return file.rng.choices(["plan_completed", "lost_contact"], [85, 15])[0]
    return file.rng.choice(["moved", "referred_out", "person_withdrew"])


def read(file: File) -> None:
    """The worker read the file of late, and the supervisor now and then."""
    told, rng, today = file.told, file.rng, file.sheets.today
    day = max(told.opened, today - timedelta(days=rng.randint(0, 9)))
    file.sheets.record(file, moment(day, rng), "page.casefile:case")
    if file.sheets.reader and not told.restricted and rng.random() < 0.3:
        file.sheets.record(file, moment(day, rng), "page.casefile:case", file.sheets.reader)
