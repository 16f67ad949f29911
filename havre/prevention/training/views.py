"""Courses, the sessions in which they are held, and what each of the four levels shows of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet
from havre.prevention.rights.showing import recorded

from . import actions, shown
from .forms import CourseForm, SessionForm
from .models import Course, Session

READ, WRITE = Permission.PREVENTION_READ, Permission.PREVENTION_WRITE
BOTH = ("GET", "POST")


def my_course(request: Request, pk: UUID) -> Course:
    """The course, when the reader's agency keeps it; to anybody else it is not here."""
    return get_object_or_404(Course, pk=pk, owner=request.user.agency_id)


def my_session(request: Request, pk: UUID) -> Session:
    """The session, likewise, with its course."""
    return get_object_or_404(Session.objects.select_related("course"), pk=pk, owner=request.user.agency_id)


@page(needs=READ)
def listed(request: Request) -> HttpResponse:
    """What is held next, and all courses that the reader may see."""
    today = localdate()
    courses = Course.objects.select_related("owner").annotate(
        many=Count("sessions", filter=Q(sessions__begins__lte=today))
    )
    coming = Session.objects.filter(ends__gte=today).select_related("course", "owner").order_by("begins", "pk")[:20]
    context = {
        "courses": courses.order_by("title", "pk")[:500],
        "coming": coming,
        "due": shown.due(request.user, today),
    }
    return render(request, "training/list.html", context)


@page(needs=WRITE, methods=BOTH)
def new(request: Request) -> HttpResponse:
    """A course that is not there yet."""
    return _course(request, None, Sheet(request, "course", request.user.pk))


@page(needs=WRITE, methods=BOTH)
def change(request: Request, pk: UUID) -> HttpResponse:
    """A course as it stands; of two who change it, the later sees both."""
    return _course(request, my_course(request, pk), Sheet(request, "course", pk))


def _course(request: Request, course: Course | None, sheet: Sheet) -> HttpResponse:
    form, made = sheet.form(CourseForm, course=course), list[Course]()

    def act() -> None:
        told = {"values": form.values(), "modules": form.cleaned_data["modules"], "by": request.user}
        version = form.cleaned_data["version"] if course else None
        made.append(actions.save_course(course or Course(), **told, version=version))

    acted = sheet.acted("training/course_form.html", {"form": form, "course": course}, act)
    return acted or sheet.done("training:course", made[0].pk)


@page(needs=READ)
def course(request: Request, pk: UUID) -> HttpResponse:
    """A course: what it is, when it was held, and whether it was reviewed."""
    rows = Course.objects.select_related("owner").prefetch_related(
        "modules", Prefetch("sessions", Session.objects.order_by("-begins", "pk"))
    )
    one = get_object_or_404(rows, pk=pk)
    context = {"course": one, "today": localdate(), "mine": shown.mine(one, request.user)}
    return render(request, "training/course.html", context)


@page(needs=WRITE, methods=BOTH)
def rights(request: Request, pk: UUID) -> HttpResponse:
    """The short review of human rights, gender and health."""
    one = my_course(request, pk)
    back = reverse("training:course", args=[one.pk])
    return recorded(request, one, kind="course", name=one.title, back=back)


@page(needs=WRITE, methods=BOTH)
def new_session(request: Request, pk: UUID) -> HttpResponse:
    """Days on which a course is held."""
    one = my_course(request, pk)
    initial = {"hours": one.hours, "language": one.languages[0] if one.languages else ""}
    return _session(request, one, None, Sheet(request, "training", one.pk), initial)


@page(needs=WRITE, methods=BOTH)
def change_session(request: Request, pk: UUID) -> HttpResponse:
    """A session as it stands."""
    one = my_session(request, pk)
    return _session(request, one.course, one, Sheet(request, "training", one.pk), {})


def _session(
    request: Request, course: Course, session: Session | None, sheet: Sheet, initial: dict[str, object]
) -> HttpResponse:
    form, made = sheet.form(SessionForm, initial=initial, session=session), list[Session]()

    def act() -> None:
        told: dict[str, Any] = {"values": form.values(), "trainers": form.teaching(), "by": request.user}
        version = form.cleaned_data["version"] if session else None
        made.append(actions.save_session(session or Session(), course=course, **told, version=version))

    acted = sheet.acted("training/session_form.html", {"form": form, "course": course, "session": session}, act)
    return acted or sheet.done("training:session", made[0].pk)


@page(needs=READ)
def session(request: Request, pk: UUID) -> HttpResponse:
    """A session: who is expected and came, and what each level shows; names are for those who keep it."""
    rows = Session.objects.select_related("course", "owner").prefetch_related("trainees", "trainers")
    one = get_object_or_404(rows, pk=pk)
    mine = shown.mine(one, request.user)
    context = {"session": one, "course": one.course, "mine": mine, "today": localdate()}
    if one.owner_id == request.user.agency_id:
        context |= shown.told(one, localdate())
    return render(request, "training/session.html", context)
