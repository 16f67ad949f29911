"""Writing courses and sessions, who is asked and comes, what they learned, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale, action
from havre.platform.jobs import ask as ask_for
from havre.platform.keeping.editing import keeps, saved
from havre.platform.permissions import Permission

from . import INVITE
from .models import Course, Module, Outcome, Reaction, Session, Trainee, Trainer

WRITE = Permission.PREVENTION_WRITE
PAUSE = timedelta(minutes=10)  # between two mails to one person
Parts = Sequence[tuple[str, Decimal | None]]


@action("course.save", needs=WRITE)
def save_course(
    course: Course, *, values: Mapping[str, Any], modules: Parts, by: User, version: int | None = None
) -> Course:
    """The course with its modules, in their order; the database lets its sessions be seen as far as it is."""
    course = saved(course, values, by=by, version=version)
    course.modules.all().delete()
    kept = {"owner_id": course.owner_id, "visibility": course.visibility, "course": course}
    for place, (title, hours) in enumerate(modules, 1):
        Module.objects.create(**kept, place=place, title=title, hours=hours)
    return course


@action("training.save", needs=WRITE)
def save_session(
    session: Session,
    *,
    course: Course,
    values: Mapping[str, Any],
    trainers: Iterable[tuple[str, str]],
    by: User,
    version: int | None = None,
) -> Session:
    """The days on which the course is held, and who teaches."""
    keeps(course, by)
    session.course = course
    session = saved(session, values, by=by, version=version)
    session.trainers.all().delete()
    for name, body in trainers:
        Trainer.objects.create(owner_id=session.owner_id, session=session, name=name, body=body)
    return session


@action("trainee.add", needs=WRITE)
def add(session: Session, *, people: Sequence[Mapping[str, Any]], origin: str, by: User) -> int:
    """Adds people who are not on the list yet, and says how many; with the origin `mail` each is invited."""
    keeps(session, by)
    if origin == "mail":
        _can_invite(session, people)
    listed, fresh = {_known(each.name, each.mail) for each in session.trainees.all()}, []
    for each in people:
        known = _known(each["name"], each.get("mail", ""))
        if known not in listed:
            fresh.append(each)
        listed.add(known)
    at = timezone.now()
    for each in fresh:
        told = {"owner_id": session.owner_id, "session": session, "origin": origin, "at": at, **each}
        Trainee.objects.create(**told, asked=at if origin == "mail" else None)
    if origin == "mail" and fresh:
        ask_for(INVITE)
    return len(fresh)


def _can_invite(session: Session, people: Iterable[Mapping[str, Any]]) -> None:
    if session.ends < timezone.localdate():
        raise Refused(_("This session is over, so nobody is invited to it. Add whoever came by hand."))
    if not all(each.get("mail") for each in people):
        raise Refused(_("Without a mail address nobody can be invited by mail. Write one, or add them by hand."))


def _known(name: str, mail: str) -> str:
    """By what somebody is known on the list: their address, else their name."""
    return f"mail:{mail.strip().lower()}" if mail else f"name:{' '.join(name.split()).lower()}"


@action("trainee.save", needs=WRITE)
def save_trainee(trainee: Trainee, *, values: Mapping[str, Any], by: User, version: int) -> Trainee:
    """What is known of somebody on the list."""
    trainee = _held(trainee)
    if version != trainee.version:
        raise Stale(trainee.version, {name: getattr(trainee, name) for name in values})
    if values.get("name", trainee.name) != trainee.name and trainee.certificates.filter(withdrawn=None).exists():
        raise Refused(_("A certificate bears this name. Withdraw it, correct the name, and give a new one."))
    for name, value in values.items():
        setattr(trainee, name, value)
    trainee.version += 1
    trainee.save()
    return trainee


def _held(trainee: Trainee) -> Trainee:
    return Trainee.objects.select_for_update(of=("self",)).select_related("session").get(pk=trainee.pk)


@action("trainee.remove", needs=WRITE)
def remove(trainee: Trainee, *, by: User) -> None:
    """Takes somebody off the list, with all that is known of them here."""
    if trainee.certificates.exists():
        raise Refused(_("A certificate names this person, so they stay on the list. Withdraw it if it is wrong."))
    trainee.delete()


@action("trainee.invite", needs=WRITE)
def invite(trainee: Trainee, *, by: User) -> None:
    """Sends a mail with a new link; an older link is worth nothing from then on."""
    trainee = _held(trainee)
    _can_invite(trainee.session, [{"mail": trainee.mail}])
    if trainee.asked and timezone.now() - trainee.asked < PAUSE:
        raise Refused(_("A mail was sent within the last ten minutes. Give it time to arrive."))
    trainee.asked, trainee.taken, trainee.mailed, trainee.next_try = timezone.now(), None, None, None
    trainee.tries = 0
    trainee.save()
    ask_for(INVITE)


@action("attendance.save", needs=WRITE)
def attend(session: Session, *, days: Mapping[UUID, Sequence[date]], by: User, version: int) -> None:
    """Who was there on which day."""
    held = _latest(session, by, version, lambda each: {f"on-{each.pk}": [str(day) for day in each.attended]})
    known = set(session.days)
    for trainee in held.trainees.select_for_update(of=("self",)):
        if trainee.pk in days:
            trainee.attended = sorted(known & set(days[trainee.pk]))
            trainee.save()


@action("scores.save", needs=WRITE)
def score(
    session: Session,
    *,
    top: int | None,
    marks: Mapping[UUID, tuple[Decimal | None, Decimal | None]],
    by: User,
    version: int,
) -> None:
    """What each got in the test before and after, out of `top`."""
    given = [each for pair in marks.values() for each in pair if each is not None]
    if given and top is None:
        raise Refused(_("Write how many points the test gives at most."))
    if top is not None and any(each > top for each in given):
        raise Refused(_("Somebody has more points than the test gives. Check the scores, or the most it gives."))
    held = _latest(session, by, version, lambda each: {f"pre-{each.pk}": each.pre, f"post-{each.pk}": each.post})
    held.top_score = top
    held.save()
    for trainee in held.trainees.select_for_update(of=("self",)):
        if trainee.pk in marks:
            trainee.pre, trainee.post = marks[trainee.pk]
            trainee.save()


def _latest(session: Session, by: User, version: int, stands: Any) -> Session:
    """The session, noted as changed now; Stale, with what stands of each person, when somebody was quicker."""
    try:
        return saved(session, {}, by=by, version=version)
    except Stale as stale:
        for each in session.trainees.all():
            stale.theirs |= stands(each)
        raise


@action("reaction.add", needs=WRITE)
def react(session: Session, *, marks: Mapping[str, int | None], by: User) -> Reaction:
    """One satisfaction form, without a name."""
    keeps(session, by)
    if not any(marks.values()):
        raise Refused(_("Nothing is marked on this form yet."))
    return Reaction.objects.create(owner_id=session.owner_id, session=session, **marks)


@action("outcome.add", needs=WRITE)
def follow_up(session: Session, *, level: int, values: Mapping[str, Any], by: User) -> Outcome:
    """What was asked months later."""
    keeps(session, by)
    if values["on"] < session.ends:
        raise Refused(_("This is asked after the session. Check the day."))
    told = {name: value for name, value in values.items() if name not in ("on", "asked")}
    if all(value in (None, "", {}) for value in told.values()):
        raise Refused(_("Nothing is told here yet. Write at least one figure or a sentence."))
    return Outcome.objects.create(owner_id=session.owner_id, session=session, level=level, by=by, **values)
