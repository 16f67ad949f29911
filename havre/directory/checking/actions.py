"""Checking a row, asking its contact, suggesting, and deciding on what was suggested."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from havre.directory import actions as writing
from havre.directory.history import record_change
from havre.directory.models import Contact, Location, Organisation, Service, Suggestion, Verification
from havre.directory.models.base import Checked, Kept
from havre.platform import notices
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.jobs import ask as ask_for
from havre.platform.keeping.rows import Visibility
from havre.platform.permissions import Permission

from . import ASK, suggestible

DAYS = timedelta(days=180)  # SPEC 12
NEEDED = {
    "phone": _lazy("Write the number."),
    "service": _lazy("Write what the service is called."),
    "contact": _lazy("Write whom to ask for: a name, what they do, or a mail address."),
}
METHODS = ("call", "visit", "web")
SAVE: Mapping[str, Callable[..., Any]] = {
    "service": writing.save_service,
    "location": writing.save_location,
    "contact": writing.save_contact,
    "phone": writing.save_phone,
    "schedule": writing.save_schedule,
}


@action("card.check", needs=Permission.DIRECTORY_WRITE)
def check(row: Checked, *, method: str, by: User) -> None:
    """Says that it was checked today; of an organisation, with all its services, places and contacts."""
    if method not in METHODS:
        raise Refused(_("Say how it was checked: by a call, a visit or on the web."))
    checked(row, method=method, by=by, who=by.name)
    if isinstance(row, Organisation):
        for model in (Service, Location, Contact):
            model._default_manager.filter(organisation=row).update(**_stamp(method, by.name))


def checked(row: Checked, *, method: str, by: User, who: str) -> None:
    """Writes the check down, with its history; within an action."""
    _kept_by(row, by)
    stamp = _stamp(method, who)
    before = {name: getattr(row, name) for name in stamp}
    type(row)._default_manager.filter(pk=row.pk).update(**stamp)
    about = {"owner_id": row.owner_id, "entity": row._meta.model_name, "row_id": row.pk, "method": method, "by": by}
    answered = {"answered": timezone.now(), "answer": "confirmed"}
    Verification.objects.create(organisation=suggestible.card_of(row), **about, **answered)
    record_change(row, before, stamp, by, "checked")


def _stamp(method: str, who: str) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "verified_on": today,
        "verified_by": who[:200],
        "verification_method": method,
        "next_check_due": today + DAYS,
    }


def _kept_by(row: Kept, by: User) -> None:
    if row.owner_id != by.agency_id:
        raise Refused(_("Another agency keeps this card. Suggest the change to it instead."))


@action("contact.ask", needs=Permission.DIRECTORY_WRITE)
def ask(contact: Contact, *, by: User) -> None:
    """Asks a contact by mail, now, whether their entry is right."""
    _kept_by(contact, by)
    if not contact.email:
        raise Refused(_("This contact has no mail address. Write one down first, or check by a call."))
    if contact.visibility >= Visibility.OWNER_ONLY:
        raise Refused(_("You keep this contact to yourselves, so no mail is sent. Check by a call."))
    since = timezone.now() - timedelta(days=1)
    if Verification.objects.filter(contact=contact, method="email", at__gt=since).exists():
        raise Refused(_("This contact was asked within the last day. Give them time to answer."))
    about = {"owner_id": contact.owner_id, "organisation_id": contact.organisation_id, "entity": "contact"}
    Verification.objects.create(**about, row_id=contact.pk, contact=contact, method="email", by=by)
    ask_for(ASK)


@action("suggestion.make", needs=Permission.DIRECTORY_SUGGEST)
def suggest(row: Kept, *, texts: Mapping[str, str], gone: bool = False, why: str = "", by: User) -> Suggestion:
    """Tells whoever keeps the card what should stand there instead."""
    card, stands = suggestible.card_of(row), suggestible.texts_of(row)
    if not stands:
        raise Refused(_("Nothing is suggested about a confidential place. Speak with the agency that keeps it."))
    after = {name: text for name, text in texts.items() if name in stands and text != stands[name]}
    gone = gone or after.get("number") == ""  # a number that is emptied is to go
    if not (after or gone or why):
        raise Refused(_("Nothing is different yet. Change what is not right, or write what is missing."))
    after = {} if gone else after
    _readable(row, after)
    about = {"owner_id": card.owner_id, "organisation": card, "entity": row._meta.model_name, "row_id": row.pk}
    kind = "gone" if gone else "change"
    before = stands if gone else {name: stands[name] for name in after}
    told = {"kind": kind, "before": before, "after": after, "why": why}
    made = Suggestion.objects.create(**about, **told, agency=by.agency, user=by)
    notices.mail_soon()
    return made


@action("suggestion.add", needs=Permission.DIRECTORY_SUGGEST)
def suggest_new(card: Organisation, entity: str, *, texts: Mapping[str, str], why: str = "", by: User) -> Suggestion:
    """Tells whoever keeps the card of a number, a service or a contact that is missing on it."""
    model, needed = suggestible.NEW[entity]
    after = {name: texts[name] for name in suggestible.FIELDS[model] if texts.get(name)}
    if not any(after.get(name) for name in needed):
        raise Refused(NEEDED[entity])
    _readable(model(), after)
    about = {"owner_id": card.owner_id, "organisation": card, "entity": entity, "kind": "add", "after": after}
    made = Suggestion.objects.create(**about, why=why, agency=by.agency, user=by)
    notices.mail_soon()
    return made


def _readable(row: Kept, after: Mapping[str, str]) -> dict[str, Any]:
    try:
        return suggestible.values_of(row, after)
    except ValidationError as error:
        raise Refused(_("One of these cannot be kept like that: %s") % " ".join(error.messages)) from None


@action("suggestion.approve", needs=Permission.DIRECTORY_WRITE)
def approve(suggestion: Suggestion, *, answer: str = "", by: User) -> None:
    """Writes what was suggested on the card, and tells whoever suggested it."""
    row = _row(suggestion, by)
    if suggestion.kind == "add":
        _add(suggestion, by)
    elif suggestion.kind == "gone":
        if row and isinstance(row, Organisation):
            raise Refused(_("A whole card is removed on its own page. Do that first, or refuse."))
        if row:
            writing.remove(row, by=by)
    elif row is None:
        raise Refused(_("This is no longer on the card. Refuse the suggestion and say so."))
    else:
        _apply(suggestion, row, by)
    _answer(suggestion, True, answer)


def _add(suggestion: Suggestion, by: User) -> None:
    card = Organisation.objects.get(pk=suggestion.organisation_id)
    model, _needed = suggestible.NEW[suggestion.entity]
    values = _readable(model(), suggestion.after)
    SAVE[suggestion.entity](None, values, organisation=card, by=by, how="suggested")


def _apply(suggestion: Suggestion, row: Kept, by: User) -> None:
    card = suggestible.card_of(row)
    values = _readable(row, suggestion.after)
    if values and isinstance(row, Organisation):
        writing.save_organisation(row, values, by=by, how="suggested")
    elif values:
        SAVE[suggestion.entity](row, values, organisation=card, by=by, how="suggested")
    asked = Verification.objects.filter(pk=suggestion.verification_id).first() if suggestion.verification_id else None
    contact = Contact.objects.filter(pk=asked.contact_id).first() if asked and asked.contact_id else None
    if contact:  # whoever corrects what is said of them has checked it
        checked(contact, method="email", by=by, who=contact.name or contact.title)


@action("suggestion.refuse", needs=Permission.DIRECTORY_WRITE)
def refuse(suggestion: Suggestion, *, answer: str, by: User) -> None:
    """Leaves the card as it is, and says why."""
    _row(suggestion, by)
    if not answer.strip():
        raise Refused(_("Say in a word why it stays as it is. Whoever suggested it reads that."))
    _answer(suggestion, False, answer)


def _row(suggestion: Suggestion, by: User) -> Kept | None:
    if suggestion.owner_id != by.agency_id:
        raise Refused(_("Another agency keeps this card, and decides."))
    if suggestion.status:
        raise Refused(_("This was decided already."))
    return suggestible.row_of(suggestion.entity, suggestion.row_id)


def _answer(suggestion: Suggestion, approved: bool, answer: str) -> None:
    column: Any = Suggestion._meta.get_field("answer")
    sealed = bytes(column.sealed(suggestion, answer)) if answer else b""
    with connection.cursor() as cursor:
        cursor.execute("select havre.suggestion_answer(%s, %s, %s)", [suggestion.pk, approved, sealed])
        if not cursor.fetchone()[0]:
            raise Refused(_("This was decided already."))
    notices.mail_soon()
