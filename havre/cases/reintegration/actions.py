"""Everything that writes a grant, an enterprise or a survey: the only doors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from havre.cases.people.actions.editors import last_editor
from havre.cases.people.actions.record import require_open
from havre.cases.people.models import Case, Consent
from havre.cases.people.rules.consent import REFUSED, WITHDRAWN
from havre.cases.returns.standing import arrived_on
from havre.cases.screening.models import Answer, Interview
from havre.cases.screening.rules.interview import SILENCE, Said, settled
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale, action
from havre.platform.permissions import Permission

from . import survey as questions
from .models import Enterprise, EnterpriseCheck, Grant, Instalment, Survey
from .rules import sums

GRANT = ("kind", "title", "amount", "currency", "provider", "condition", "decided_on")
PART = ("purpose", "amount", "due", "paid_on", "receipt")
ENTERPRISE = ("sector", "plan", "capital", "own_share", "currency", "licence", "started_on")
CHECK = ("status", "turnover_band", "profit_band", "jobs", "on", "words")
TRAVELLING = ("S8", "S9")
FOLLOW_UP = "follow_up"
R = TypeVar("R", Grant, Instalment, Enterprise, EnterpriseCheck)


def money(amount: Decimal) -> str:
    """A sum as people write it, its cents only when there are any."""
    return number_format(amount.quantize(Decimal("0.01")), 0 if amount == int(amount) else 2, force_grouping=True)


@action("grant.add", needs=Permission.CASE_WRITE)
def add_grant(case: Case, *, by: User, values: Mapping[str, Any], parts: Sequence[Mapping[str, Any]] = ()) -> Grant:
    """A grant with its instalments, which never come to more than it."""
    require_open(case)
    grant = Grant(case=case, by=by, **_given(values, GRANT))
    _require_fit(grant, parts)
    grant.save(force_insert=True)
    for seq, part in enumerate(parts, 1):
        Instalment(case=case, by=by, grant=grant, seq=seq, **_given(part, PART)).save(force_insert=True)
    return grant


@action("grant.save", needs=Permission.CASE_WRITE)
def save_grant(
    grant: Grant, *, by: User, version: int, values: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]
) -> Grant:
    """The grant and its instalments as they stand now, held against others; Stale when somebody saved it since."""
    grant = _row(Grant, grant)
    standing = {each.seq: each for each in grant.instalments.all()}
    if grant.version != version:
        raise Stale(grant.version, stored(grant, standing.values()), who=grant.by.name, at=grant.at)
    for name, value in _given(values, GRANT).items():
        setattr(grant, name, value)
    _require_fit(grant, parts)
    for part in parts:
        row = standing.pop(part["seq"], None)
        if row is None:
            Instalment(case=grant.case, by=by, grant=grant, seq=part["seq"], **_given(part, PART)).save()
        elif any(getattr(row, name) != value for name, value in _given(part, PART).items()):
            _write(row, by, **_given(part, PART))
    if any(row.paid_on for row in standing.values()):
        raise Refused(_("An instalment that was paid stays written down. Take its day of payment away first."))
    for row in standing.values():
        row.delete()
    return _write(grant, by)


def stored(grant: Grant, parts: Any) -> dict[str, Any]:
    """A grant and its instalments in the names of its form."""
    values = {name: getattr(grant, name) for name in GRANT}
    return values | {f"{name}_{part.seq}": getattr(part, name) for part in parts for name in PART}


@action("instalment.pay", needs=Permission.CASE_WRITE)
def pay(part: Instalment, *, by: User, on: date) -> Instalment:
    """The instalment, paid on that day; one that was paid before keeps its day."""
    grant, row = _held(part)
    if row.paid_on is None:
        _write(row, by, paid_on=on)
        _write(grant, by)
    return row


@action("instalment.receipt", needs=Permission.CASE_WRITE)
def keep_receipt(part: Instalment, *, by: User, receipt: str = "yes") -> Instalment:
    """The instalment with its receipt, or with the word that none is needed."""
    grant, row = _held(part)
    if row.paid_on is None:
        raise Refused(_("This instalment is not paid yet. The receipt comes with the payment."))
    if row.receipt != receipt:
        _write(row, by, receipt=receipt)
        _write(grant, by)
    return row


@action("enterprise.add", needs=Permission.CASE_WRITE)
def add_enterprise(case: Case, *, by: User, values: Mapping[str, Any]) -> Enterprise:
    """An enterprise of the person's own."""
    require_open(case)
    enterprise = Enterprise(case=case, by=by, **_given(values, ENTERPRISE))
    enterprise.save(force_insert=True)
    return enterprise


@action("enterprise.save", needs=Permission.CASE_WRITE)
def save_enterprise(enterprise: Enterprise, *, by: User, version: int, values: Mapping[str, Any]) -> Enterprise:
    """The enterprise as it stands now; Stale when somebody else saved it since."""
    row = _row(Enterprise, enterprise)
    if row.version != version:
        raise Stale(row.version, {name: getattr(row, name) for name in ENTERPRISE}, who=row.by.name, at=row.at)
    return _write(row, by, **_given(values, ENTERPRISE))


@action("enterprise.check", needs=Permission.CASE_WRITE)
def check_enterprise(
    enterprise: Enterprise, *, by: User, month: int, version: int, values: Mapping[str, Any]
) -> EnterpriseCheck:
    """How the enterprise stands after that many months, written once; Stale when somebody did meanwhile."""
    held = _row(Enterprise, enterprise)
    if held.started_on and values["on"] < held.started_on:
        raise Refused(_("The enterprise had not begun on that day. Check both days."))
    row = EnterpriseCheck.objects.select_related("by").filter(enterprise=held, month=month).first()
    if row is None:
        row = EnterpriseCheck(case=held.case, by=by, enterprise=held, month=month, **_given(values, CHECK))
        row.save(force_insert=True)
        return row
    if row.version != version:
        raise Stale(row.version, {name: getattr(row, name) for name in CHECK}, who=row.by.name, at=row.at)
    return _write(row, by, **_given(values, CHECK))


@action("survey.begin", needs=Permission.CASE_WRITE)
def begin_survey(case: Case, *, by: User, contact: str, on: date) -> Survey:
    """The survey of that contact: a new one, or the one that was begun before."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    require_open(case)
    _may_ask(case, on)
    begun = Survey.objects.filter(case=case, contact=contact).first()
    if begun:
        return begun
    known = {"kind": questions.KIND, "questionnaire": questions.QUESTIONNAIRE}
    talk = Interview(
        case=case, interviewer=by, began=timezone.now(), questionnaire_version=questions.version(), **known
    )
    talk.save(force_insert=True)
    begun = Survey(case=case, interview=talk, contact=contact, on=on)
    begun.save(force_insert=True)
    return begun


@action("survey.save", needs=Permission.CASE_WRITE)
def save_survey(survey: Survey, *, by: User, dimension: str, sent: Mapping[str, Said], version: int) -> None:
    """Keeps the answers of a dimension. Where somebody changed it meanwhile, silence leaves theirs; else Stale."""
    case = Case.objects.select_for_update().get(pk=survey.case_id)
    require_open(case)
    told = questions.Told.of(survey)
    current = version == told.version(dimension)
    given = {code: settled(said, told.said(code).state if current else "") for code, said in sent.items()}
    if not current:
        given = {code: said for code, said in given.items() if said != SILENCE}
        theirs = {code: told.said(code) for code, said in given.items() if told.said(code) not in (said, SILENCE)}
        if theirs:
            raise Stale(told.version(dimension), theirs, *last_editor(case, "survey.save"))
    for code, said in given.items():
        _keep(survey, told, code, said)


def _keep(survey: Survey, told: questions.Told, item: str, said: Said) -> None:
    if said == told.said(item):
        return
    row = told.rows.get(item) or Answer(interview_id=survey.interview_id, case_id=survey.case_id, item=item, version=0)
    row.state, row.codes, row.text = said.state, ";".join(said.codes), said.text
    row.version += 1
    row.save()


@action("survey.complete", needs=Permission.CASE_WRITE)
def complete_survey(survey: Survey, *, by: User) -> Survey:
    """The survey, gone through to its end; it can still be put right."""
    require_open(survey.case)
    talk = survey.interview
    if not talk.ended:
        talk.ended = timezone.now()
        talk.save(update_fields=["ended"])
    return survey


def _may_ask(case: Case, on: date) -> None:
    """Refuses a survey nobody may put: against the person's wish, on the way, or of a day before the arrival."""
    wish = Consent.objects.standing().filter(case=case, scope=FOLLOW_UP).order_by("-decided_on", "-at").first()
    if wish and wish.decision in (REFUSED, WITHDRAWN):
        raise Refused(_("The person does not wish to be contacted. A new decision is written down under consent."))
    if case.state in TRAVELLING:
        raise Refused(_("The person has not arrived yet. The survey begins with the arrival."))
    arrived = arrived_on(case)
    if arrived and on < arrived:
        raise Refused(_("The person arrived later than that day. Give the day on which you spoke."))


def _require_fit(grant: Grant, parts: Sequence[Mapping[str, Any]]) -> None:
    amounts = [part["amount"] for part in parts]
    if not sums.fits(grant.amount, amounts):
        known = {"sum": money(sum(amounts, Decimal(0))), "grant": money(grant.amount), "currency": grant.currency}
        raise Refused(
            _(
                "The instalments come to %(sum)s %(currency)s, and the grant is %(grant)s %(currency)s."
                " Lower an instalment, or raise the grant."
            )
            % known
        )


def _held(part: Instalment) -> tuple[Grant, Instalment]:
    """The instalment as it stands, its grant held, so that two who pay act one after the other."""
    grant = _row(Grant, part.grant)
    return grant, Instalment.objects.get(pk=part.pk)


def _row(model: type[R], row: R) -> R:
    """The row as it stands in the database, held for this transaction, in a file that is open."""
    held = model.objects.select_for_update(of=("self",)).select_related("case", "by").get(pk=row.pk)
    require_open(held.case)
    return held


def _given(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


def _write(row: R, by: User, **values: Any) -> R:
    for name, value in values.items():
        setattr(row, name, value)
    row.by, row.at, row.version = by, timezone.now(), row.version + 1
    row.save()
    return row
