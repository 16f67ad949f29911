"""A form on a page: its draft, its errors, what another editor saved in between, and where it goes on to."""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from havre.cases.people import drafts
from havre.cases.people.models import Draft
from havre.platform.audit.actions import Stale

F = TypeVar("F", bound=Form)


class Sheet:
    """One form of one page, by name, about one subject (a case, or the user for a form about nobody yet)."""

    def __init__(self, request: HttpRequest, name: str, subject: UUID) -> None:
        self.request, self.name, self.subject = request, name, subject

    @cached_property
    def draft(self) -> Draft | None:
        """What was typed here and not sent."""
        return drafts.kept(self.request.user, self.name, self.subject)

    @property
    def posted(self) -> bool:
        """True when the form was sent."""
        return self.request.method == "POST"

    def form(self, form_class: type[F], initial: dict[str, Any] | None = None, **more: Any) -> F:
        """The form with what was sent, else with the draft over the stored values."""
        if self.posted:
            return form_class(self.request.POST, initial=initial, **more)
        form = form_class(initial=initial, **more)
        if self.draft:
            typed = QueryDict(self.draft.body)
            for name, field in form.fields.items():
                value = field.widget.value_from_datadict(typed, {}, form.add_prefix(name))
                if value not in (None, ""):
                    form.initial[name] = value
        return form

    def context(self) -> dict[str, Any]:
        """What the form's template needs: where drafts go, the field to return to, when the draft was kept."""
        draft = self.draft
        return {
            "draft_url": reverse("people:draft", args=[self.name, self.subject]),
            "draft_at": QueryDict(draft.body).get("_at", "") if draft and not self.posted else "",
            "draft_saved": timezone.localtime(draft.saved) if draft and not self.posted else None,
        }

    def show(self, template: str, context: dict[str, Any], status: int | None = None) -> HttpResponse:
        """The page with the form; 422 when what was sent needs another look."""
        status = status or (422 if self.posted else 200)
        return render(self.request, template, {**context, **self.context()}, status=status)

    def conflict(self, template: str, context: dict[str, Any], stale: Stale) -> HttpResponse:
        """The page with both values, when somebody else saved in between; sending it again keeps what is chosen now."""
        form: Form = context["form"]
        theirs = [
            {"label": form[name].label, "mine": form[name].value(), "theirs": value}
            for name, value in stale.theirs.items()
            if name in form.fields and str(form[name].value() or "") != str(value or "")
        ]
        form.data = form.data.copy()
        form.data["version"] = str(stale.version)
        return self.show(template, {**context, "conflict": {"who": stale.who, "at": stale.at, "fields": theirs}}, status=409)

    def done(self, to: Any, *args: Any) -> HttpResponse:
        """Forgets the draft and goes on."""
        drafts.drop(self.request.user, self.name, self.subject)
        return redirect(to, *args)
