"""A form on a page: its draft, its errors, what another editor saved in between, and where it goes on to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.forms import BoundField, Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale

from .requests import Request

F = TypeVar("F", bound=Form)


class Draft(Protocol):
    """What was typed in a form and not sent."""

    body: Any  # as a form is sent
    saved: datetime


class Drafts(Protocol):
    """Where drafts are kept: the room that keeps them says so in `STORES`, once, when the program starts."""

    def kept(self, user: User, form: str, subject: UUID) -> Draft | None:
        """The draft of this form, if there is one that has not run out."""

    def drop(self, user: User, form: str, subject: UUID) -> None:
        """Forgets it."""

    def address(self, form: str, subject: UUID) -> str:
        """Where the page sends what is typed."""


STORES: list[Drafts] = []


def said(field: BoundField, value: Any) -> str:
    """A value in the words the form shows for it."""
    value = field.field.prepare_value(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    choices: Iterator[tuple[object, object]] = flatten_choices(getattr(field.field, "choices", []))
    labels = {str(code): str(label) for code, label in choices}
    parts = value if isinstance(value, list | tuple) else [value]
    return ", ".join(labels.get(str(part), str(part)) for part in parts if part not in (None, ""))


class Sheet:
    """One form of one page, by name, about one subject (a case, or the user for a form about nobody yet)."""

    def __init__(self, request: Request, name: str, subject: UUID) -> None:
        self.request, self.name, self.subject = request, name, subject

    @cached_property
    def draft(self) -> Draft | None:
        """What was typed here and not sent."""
        return STORES[-1].kept(self.request.user, self.name, self.subject)

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
                key = form.add_prefix(name)
                # What was emptied stays empty; what the draft's page did not have keeps its stored value.
                if not field.widget.value_omitted_from_data(typed, {}, key):
                    form.initial[name] = field.widget.value_from_datadict(typed, {}, key)
        return form

    def context(self) -> dict[str, Any]:
        """What the form's template needs: where drafts go, the field to return to, when the draft was kept."""
        draft = self.draft
        return {
            "draft_url": STORES[-1].address(self.name, self.subject),
            "draft_at": QueryDict(draft.body).get("_at", "") if draft and not self.posted else "",
            "draft_saved": self._found() if draft and not self.posted else "",
        }

    def _found(self) -> str:
        """The sentence of the save bar when a draft was found."""
        saved = timezone.localtime(self.draft.saved) if self.draft else timezone.localtime()
        if saved.date() == timezone.localdate():
            return _("What you typed at %(time)s is here again.") % {"time": date_format(saved, "TIME_FORMAT")}
        return _("What you typed on %(day)s is here again.") % {"day": date_format(saved, "MONTH_DAY_FORMAT")}

    def show(self, template: str, context: dict[str, Any], status: int | None = None) -> HttpResponse:
        """The page with the form; 422 when what was sent needs another look."""
        status = status or (422 if self.posted else 200)
        return render(self.request, template, {**context, **self.context()}, status=status)

    def acted(self, template: str, context: dict[str, Any], act: Callable[[], object]) -> HttpResponse | None:
        """Nothing once the form was sent and acted upon; else the page to show, with what stands against it."""
        if not self.posted or not context["form"].is_valid():
            return self.show(template, context)
        try:
            act()
        except Stale as stale:
            return self.conflict(template, context, stale)
        except Refused as refusal:
            return self.refused(template, context, refusal)
        return None

    def refused(self, template: str, context: dict[str, Any], refusal: Refused) -> HttpResponse:
        """The page with what was typed and the sentence of the refusal, which is recorded."""
        context["form"].add_error(None, str(refusal))
        self.request.recorder.refused(self.request.recorder.page, str(refusal), self.request.claim)
        return self.show(template, context)

    def conflict(self, template: str, context: dict[str, Any], stale: Stale) -> HttpResponse:
        """The page with both values, when somebody else saved in between; sending it again keeps what is chosen now."""
        form: Form = context["form"]
        data = self.request.POST.copy()
        data[form.add_prefix("version")] = str(stale.version)
        form.data = data
        both = {"who": stale.who, "at": stale.at, "fields": self._differing(form, stale.theirs)}
        return self.show(template, {**context, "conflict": both}, status=409)

    def _differing(self, form: Form, theirs: Mapping[str, Any]) -> list[dict[str, Any]]:
        pairs = [(form[name], value) for name, value in theirs.items() if name in form.fields]
        both = [
            {"field": field, "label": field.label, "mine": said(field, field.value()), "theirs": said(field, value)}
            for field, value in pairs
        ]
        return [each for each in both if each["mine"] != each["theirs"]]

    def done(self, to: Any, *args: Any) -> HttpResponse:
        """Forgets the draft and goes on."""
        STORES[-1].drop(self.request.user, self.name, self.subject)
        return redirect(to, *args)
