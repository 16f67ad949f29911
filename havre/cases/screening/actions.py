"""Everything that writes an interview, an answer or a finding: the only doors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from havre.cases.people.actions.editors import last_editor
from havre.cases.people.actions.move import advance
from havre.cases.people.actions.record import require_open
from havre.cases.people.models import Case, Task
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale, action
from havre.platform.permissions import Permission

from . import answers, questionnaire
from .answers import TO_PERSON, Told
from .models import Answer, Finding, Interview
from .rules.decision import Decision, needs_reason
from .rules.finding import NOT_A_VICTIM
from .rules.interview import ANSWERED, SILENCE, Said, settled, stop_at_start

SETTING = "A07"
ANSWER_WITHIN = timedelta(days=1)


def _require_consent(case: Case) -> None:
    require_open(case)
    if not answers.agreed(case):
        raise Refused(
            _("The person does not agree to the interview, or no longer does. Record what they decide first.")
        )


@action("interview.begin", needs=Permission.CASE_WRITE)
def begin(case: Case, *, by: User, private_and_safe: str, emergency: str) -> Interview:
    """The interview under way, a new sitting of it, or one that a stop rule ended before it began."""
    _require_consent(case)
    Case.objects.select_for_update().get(pk=case.pk)
    last = answers.latest_interview(case)
    talk = last if last and not last.ended else _sitting(case, by)
    reason = stop_at_start(private_and_safe, emergency)
    _keep(talk, Told(case), SETTING, Said(ANSWERED, (private_and_safe,)))
    return _end(talk, reason) if reason else talk


def _sitting(case: Case, by: User) -> Interview:
    talk = Interview(
        case=case,
        kind="screening",
        questionnaire="havre-screening",
        questionnaire_version=questionnaire.version(),
        interviewer=by,
        began=timezone.now(),
    )
    talk.save(force_insert=True)
    return talk


def _end(talk: Interview, reason: str = "") -> Interview:
    talk.ended, talk.stopped_because = timezone.now(), reason
    talk.save(update_fields=["ended", "stopped_because"])
    return talk


@action("interview.stop", needs=Permission.CASE_WRITE)
def stop(talk: Interview, *, by: User, because: str) -> Interview:
    """The interview, stopped for a reason of the list; what was said is kept."""
    require_open(talk.case)
    if because not in load("interview_stops"):
        raise Refused(_("Choose why the interview stops."))
    return _end(talk, because)


@action("interview.complete", needs=Permission.CASE_WRITE)
def complete(talk: Interview, *, by: User) -> Interview:
    """The interview, declared complete: the case goes on to the decision."""
    require_open(talk.case)
    if not talk.ended:
        _end(talk)
    advance(talk.case, by=by, past="S3", to="S4")
    return talk


@action("answers.save", needs=Permission.CASE_WRITE)
def save_answers(talk: Interview, *, by: User, section: str, sent: Mapping[str, Said], version: int) -> None:
    """Keeps the answers of a section. Where somebody changed it meanwhile, silence leaves theirs, the rest is Stale."""
    case = Case.objects.select_for_update().select_related("person").get(pk=talk.case_id)
    _require_consent(case)
    if talk.stopped_because:
        raise Refused(_("The interview was stopped. Begin it again before anything more is written."))
    told = Told(case)
    current = version == told.version(section)
    given = {code: settled(said, told.said(code).state if current else "") for code, said in sent.items()}
    if not current:
        given = {code: said for code, said in given.items() if said != SILENCE}
        theirs = {code: told.said(code) for code, said in given.items() if told.said(code) not in (said, SILENCE)}
        if theirs:
            raise Stale(told.version(section), theirs, *last_editor(case, "answers.save"))
    for code, said in given.items():
        _keep(talk, told, code, said)
    _tell_person(case, given)


def _keep(talk: Interview, told: Told, item: str, said: Said) -> None:
    """Writes an answer when it is another than before; an earlier sitting keeps its own."""
    if said == told.said(item):
        return
    row = told.rows.get(item)
    if row is None or row.interview_id != talk.pk:
        row = Answer(interview=talk, case_id=talk.case_id, item=item, version=0)
    row.state, row.codes, row.text = said.state, ";".join(said.codes), said.text
    row.version += 1
    row.save()


def _tell_person(case: Case, given: Mapping[str, Said]) -> None:
    """What is asked here and belongs to the person is kept there too, so that nobody asks again."""
    person, changed = case.person, []
    for code, said in given.items():
        column = TO_PERSON.get(questionnaire.item(code).field)
        if not column or not said.codes:
            continue
        value = int(said.codes[0]) if column == "number_of_children" else said.codes[0]
        if getattr(person, column) != value:
            setattr(person, column, value)
            changed.append(column)
    if changed:
        person.version += 1
        person.save(update_fields=[*changed, "version"])


@action("finding.decide", needs=Permission.FINDING_DECIDE)
def decide(case: Case, *, by: User, decision: Decision, version: int, today: date) -> Finding:
    """A finding that supersedes the one that stood, which stays as it was; it waits for a second reader."""
    case = Case.objects.select_for_update().select_related("person").get(pk=case.pk)
    require_open(case)
    standing, made = answers.standing(case), Finding.objects.filter(case=case).count()
    if standing and version != made:
        raise Stale(made, {"result": standing.result, "reason": standing.reason}, standing.by.name, standing.at)
    shown = answers.read(case, Told(case), today)
    if needs_reason(shown, decision) and not decision.reason:
        raise Refused(_("Say in one sentence why the decision differs from what the answers show."))
    computed = decision.reading(shown.age_group).result
    known = {"age_group": shown.age_group, "computed": computed, "supersedes": standing}
    decided = Finding(case=case, by=by, **known, **vars(decision))
    decided.save(force_insert=True)
    advance(case, by=by, past="S3", to="S4")
    return decided


@action("finding.confirm", needs=Permission.FINDING_CONFIRM)
def confirm(finding: Finding, *, by: User, reading: str, note: str = "") -> Finding:
    """The finding with its second reader; or, when they see it otherwise, a task for its author."""
    finding = Finding.objects.select_for_update(of=("self",)).select_related("case", "by").get(pk=finding.pk)
    _may_read(finding, by, reading, note)
    if reading != "agrees":
        _send_back(finding, by, reading, note)
        return finding
    finding.second_reader, finding.confirmed_on = by, timezone.now()
    finding.save(update_fields=["second_reader", "confirmed_on"])
    if finding.result != NOT_A_VICTIM:
        advance(finding.case, by=by, past="S4", to="S5")
    return finding


def _may_read(finding: Finding, by: User, reading: str, note: str) -> None:
    require_open(finding.case)
    if finding.by_id == by.pk:
        raise Refused(_("A second reader is another person than the one who decided. Ask a colleague to read it."))
    if Finding.objects.filter(supersedes=finding).exists():
        raise Refused(_("A later decision stands in place of this one. Read that one."))
    if finding.confirmed_on:
        raise Refused(_("This decision was read a second time already."))
    if reading not in load("second_reading"):
        raise Refused(_("Say whether you agree, see it otherwise, or ask for more."))
    if reading != "agrees" and not note:
        raise Refused(_("Write a sentence to the colleague who decided."))


def _send_back(finding: Finding, by: User, reading: str, note: str) -> None:
    language = finding.by.language
    with override(language):
        said = load("second_reading").label(reading, language)
        values = {"name": by.name, "said": said, "note": note}
        text = _("Second reading by %(name)s: %(said)s. %(note)s") % values
    Task(case=finding.case, assignee=finding.by, text=text, due=timezone.localdate() + ANSWER_WITHIN).save()
