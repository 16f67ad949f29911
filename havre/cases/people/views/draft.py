"""Where a form that is being filled keeps what was typed."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from havre.cases.people import drafts
from havre.cases.people.models import Draft
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.ways import onward

LONGEST = Draft._meta.get_field("form").max_length or 0


@page(needs=Permission.CASE_READ, methods=("POST",))
def draft(request: Request, form: str, subject: UUID) -> HttpResponse:
    """Keeps a draft under the writer’s own key, or drops it when asked; nobody else’s is reached by any address."""
    # Nothing of a person is shown here, and a line for each pause in typing would bury the record of what was seen.
    request.recorder.page = ""
    if len(form) > LONGEST:
        raise Http404
    back = request.POST.get("drop", "")
    if back:
        drafts.drop(request.user, form, subject)
        return redirect(onward(back, "/"))
    kept = drafts.keep(request.user, form, subject, request.POST)
    return JsonResponse({"saved": f"{timezone.localtime(kept.saved):%H:%M}"})
