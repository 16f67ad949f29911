"""Who is asked, comes and learns: the pages on which names stand."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from havre.platform.audit.actions import Refused
from havre.platform.keeping.uploads import PAGES
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet

from . import actions, reading, sheet
from .forms import AttendanceForm, ChangeTraineeForm, PeopleFileForm, ScoresForm, TraineeForm
from .models import Trainee
from .rules import gain
from .views import BOTH, WRITE, my_session

PAGES["training:file"] = Permission.PREVENTION_WRITE
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def my_trainee(request: Request, pk: UUID) -> Trainee:
    """Somebody on a list of the reader's agency; to anybody else they are not here."""
    return get_object_or_404(Trainee.objects.select_related("session__course"), pk=pk, owner=request.user.agency_id)


@page(needs=WRITE, methods=BOTH)
def add(request: Request, pk: UUID) -> HttpResponse:
    """One more person: invited by mail, or written down."""
    one = my_session(request, pk)
    page_ = Sheet(request, "trainee", one.pk)
    form = page_.form(TraineeForm)

    def act() -> None:
        told = {"people": [form.values()], "origin": form.cleaned_data["how"]}
        if not actions.add(one, **told, by=request.user):
            raise Refused(_("This person is on the list already."))

    context = {"form": form, "session": one, "course": one.course}
    acted = page_.acted("training/add.html", context, act)
    return acted or page_.done("training:add" if "another" in request.POST else "training:session", one.pk)


@page(needs=WRITE, methods=BOTH)
def file(request: Request, pk: UUID) -> HttpResponse:
    """People from a spreadsheet; what could not be read is said row by row."""
    one = my_session(request, pk)
    form = PeopleFileForm(request.POST or None, request.FILES or None) if request.method == "POST" else PeopleFileForm()
    context = {"form": form, "session": one, "course": one.course}
    if request.method == "POST" and form.is_valid():
        try:
            found = reading.people(form.cleaned_data["file"])
            many = actions.add(one, people=found.people, origin="file", by=request.user)
        except Refused as refusal:
            form.add_error("file", str(refusal))
            request.recorder.refused(request.recorder.page, str(refusal), request.claim)
        else:
            known = len(found.people) - many
            return render(request, "training/file.html", {**context, "found": found, "many": many, "known": known})
    return render(request, "training/file.html", context, status=422 if request.method == "POST" else 200)


@page(needs=WRITE, methods=BOTH)
def trainee(request: Request, pk: UUID) -> HttpResponse:
    """Somebody on the list, to be corrected."""
    one = my_trainee(request, pk)
    page_ = Sheet(request, "trainee", one.pk)
    form = page_.form(ChangeTraineeForm, trainee=one)
    context = {
        "form": form,
        "trainee": one,
        "session": one.session,
        "course": one.session.course,
        "gain": gain(one.pre, one.post, one.session.top_score),
        "certificates": one.certificates.order_by("-issued"),
    }
    version = lambda: form.cleaned_data["version"]  # noqa: E731 - known once the form is valid
    act = lambda: actions.save_trainee(one, values=form.values(), by=request.user, version=version())  # noqa: E731
    return page_.acted("training/trainee.html", context, act) or page_.done("training:session", one.session_id)


@page(needs=WRITE, methods=("POST",))
def remove(request: Request, pk: UUID) -> HttpResponse:
    """Takes somebody off the list."""
    one = my_trainee(request, pk)
    actions.remove(one, by=request.user)
    return redirect("training:session", one.session_id)


@page(needs=WRITE, methods=("POST",))
def invite(request: Request, pk: UUID) -> HttpResponse:
    """Sends the invitation, or sends it again."""
    one = my_trainee(request, pk)
    actions.invite(one, by=request.user)
    return redirect("training:session", one.session_id)


@page(needs=WRITE, methods=BOTH)
def attendance(request: Request, pk: UUID) -> HttpResponse:
    """Who was there on which day."""
    one = my_session(request, pk)
    page_ = Sheet(request, "attendance", one.pk)
    form = page_.form(AttendanceForm, session=one, people=_people(one.pk))
    context = {"form": form, "session": one, "course": one.course}

    def act() -> None:
        actions.attend(one, days=form.days(), by=request.user, version=form.cleaned_data["version"])

    return page_.acted("training/attendance.html", context, act) or page_.done("training:session", one.pk)


def _people(pk: UUID) -> list[Trainee]:
    """Those who did not decline, by name."""
    found = Trainee.objects.filter(session=pk).exclude(answer="declined")
    return sorted(found, key=lambda each: each.name.casefold())


@page(needs=WRITE)
def attendance_list(request: Request, pk: UUID) -> HttpResponse:
    """The list as a workbook."""
    one = my_session(request, pk)
    answer = HttpResponse(sheet.attendance(one, _people(one.pk)), content_type=XLSX)
    name = f"attendance-{one.begins.isoformat()}.xlsx"
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


@page(needs=WRITE, methods=BOTH)
def tests(request: Request, pk: UUID) -> HttpResponse:
    """What each got before and after."""
    one = my_session(request, pk)
    page_ = Sheet(request, "scores", one.pk)
    form = page_.form(ScoresForm, session=one, people=_people(one.pk))
    context = {"form": form, "session": one, "course": one.course}

    def act() -> None:
        told = {"top": form.cleaned_data["top"], "marks": form.marks(), "version": form.cleaned_data["version"]}
        actions.score(one, **told, by=request.user)

    return page_.acted("training/tests.html", context, act) or page_.done("training:session", one.pk)
