"""What the pages show beside the questions: the line of subjects, what is known already, what the answers show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.cases.people.actions import about
from havre.cases.people.models import Case
from havre.kernel import places
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Stale
from havre.platform.permissions import Permission
from havre.platform.ui.parts import Basis, Element, Step

from . import questionnaire
from .answers import Age, Told, age, agreed, born
from .forms import FindingForm, SectionForm
from .models import Finding, Interview
from .questionnaire import ELEMENTS, ElementAnswer, Item
from .rules.decision import Reading
from .rules.finding import NOT_A_VICTIM
from .rules.interview import ANSWERED, NOT_ASKED, Said

LETTERS = tuple("ACDEFG")  # asked on pages of this room; B is the consent, H the decision


def language() -> str:
    """The reader's language."""
    return get_language() or "en"


def label(name: str, code: str) -> str:
    """The words of a code; several, joined by ';', are listed."""
    return ", ".join(load(name).label(each, language()) for each in code.split(";") if each)


def address(case: Case, letter: str) -> str:
    """Where a subject of the interview is reached."""
    if letter == "B":
        return reverse("people:consent", args=[case.reference])
    if letter == "H":
        return reverse("screening:finding", args=[case.reference])
    return reverse("screening:section", args=[case.reference, letter])


def steps(case: Case, told: Told, here: str) -> list[Step]:
    """The subjects, how much of each was asked, and where the worker is."""
    return [_step(case, told, section, here) for section in questionnaire.sections()]


def _step(case: Case, told: Told, section: questionnaire.Section, here: str) -> Step:
    letter, title, url = section.code, section.title(language()), address(case, section.code)
    if letter == "B":
        return Step(title, letter, url, "done" if agreed(case) else "todo")
    if letter == "H":
        if here == "H":
            return Step(title, letter, url, "here")
        return Step(title, letter, url) if told.asked("F") else Step(title, letter, note=_("after F"))
    total = sum(item.kind != "elsewhere" for item in questionnaire.items(letter))
    asked = told.asked(letter)
    if letter == here:
        return Step(title, letter, url, "here", _asked(asked, total))
    return Step(title, letter, url, "done" if asked == total else "todo", _asked(asked, total))


def _asked(asked: int, total: int) -> str:
    if not asked:
        return ""
    if asked == total:
        return _("all %(n)s") % {"n": total}
    return _("%(n)s of %(total)s") % {"n": asked, "total": total}


def aloud(words: str) -> str:
    """What the worker may say, between the quotation marks of the language."""
    return _("“%(words)s”") % {"words": words} if words else ""


def may_show(item: Item) -> str:
    """How an item bears on the finding, in a few words."""
    sure = item.element in item.decides
    words = {
        "ACT": _("shows an act") if sure else _("may show an act"),
        "MEANS": _("shows means") if sure else _("may show means"),
        "PURPOSE": _("shows a purpose") if sure else _("may show a purpose"),
    }
    return words.get(item.element, "")


def questions(case: Case, talk: Interview, form: SectionForm, letter: str) -> list[dict[str, Any]]:
    """The questions of a section as the template draws them: to be asked, or known already."""
    return [_question(case, talk, form, item) for item in questionnaire.items(letter)]


def _question(case: Case, talk: Interview, form: SectionForm, item: Item) -> dict[str, Any]:
    told: dict[str, Any] = {"code": item.code, "question": item.question(language()), "weight": may_show(item)}
    if item.kind == "elsewhere":
        known = KNOWN[item.code](case, talk) if item.code in KNOWN else []
        return {
            **told,
            "known": ", ".join(part for part in known if part),
            "elsewhere": True,
            "about": item.section == "C",
        }
    names = [f"{item.code}_{part}" for part in ("codes", "text")]
    boxes = [form[name] for name in names if name in form.fields]
    told |= {"say": aloud(item.say(language())), "state": form[f"{item.code}_state"], "box": boxes[0]}
    # A group of boxes is named by the legend of its question; a single box needs a name of its own.
    alone = item.kind not in ("choice", "multi", "bool", "country")
    return told | {"words": boxes[1] if len(boxes) == 2 else None, "labelled": alone}


def _named(case: Case, talk: Interview) -> list[str]:
    person = about.read(case.person)
    return [person.called or person.full_name, *person.other_names, label("prs_Gender", person.gender)]


def _born(case: Case, talk: Interview) -> list[str]:
    day = born(case)
    return [day.words(language()) if day else "", label("age_bases", case.person.age_basis)]


def _citizen(case: Case, talk: Interview) -> list[str]:
    return [places.country_label(code, language()) for code in about.read(case.person).citizenships]


KNOWN: dict[str, Callable[[Case, Interview], list[str]]] = {
    "A01": lambda case, talk: [case.reference],
    "A03": lambda case, talk: [talk.interviewer.name, talk.interviewer.agency.name],
    "A05": lambda case, talk: [label("referral_sources", case.referred_by)],
    "C01": _named,
    "C02": _born,
    "C03": _citizen,
}


def setting(told: Told, consents: bool) -> list[tuple[str, str]]:
    """Icon and words for what the worker should know of the setting while asking."""
    place, safe, tongue = told.said("A02").text, told.said("A07").codes, told.said("A06").codes
    facts = []
    if place or safe == ("yes",):
        private = _("Private and safe") if safe == ("yes",) else ""
        facts.append(("lock", " · ".join(part for part in (place, private) if part)))
    agrees = ("circle-check", _("Agreed to the interview"))
    facts.append(agrees if consents else ("hand-stop", _("No longer agrees to the interview: nothing more is written")))
    if tongue:
        facts.append(("language", places.language_label(tongue[0], language())))
    return facts


def elements(case: Case, told: Told, aged: Age) -> list[Element]:
    """Act, means and purpose with the answers they rest on; for a child the means are not needed."""
    return [_element(case, told, aged, name) for name in ELEMENTS]


def _element(case: Case, told: Told, aged: Age, name: str) -> Element:
    title = label("elements", name)
    if name == "MEANS" and aged.group == "child":
        title = _("Means (not needed for a child)")
    state = told.element(name)
    shown = [one for one in told.elements if one.element == name and one.answer != "unknown"]
    rests = list(dict.fromkeys(_basis(case, told, one) for one in shown))
    if state == "unknown":
        rests += [
            _silent(case, told, one.item) for one in told.elements if one.element == name and one.answer == "unknown"
        ]
    return Element(title, state, rests)


def place_of(case: Case, code: str) -> str:
    """The address of one question."""
    return f"{address(case, questionnaire.item(code).section)}#{code}"


def _basis(case: Case, told: Told, one: ElementAnswer) -> Basis:
    item = questionnaire.item(one.item)
    chosen = [o for o in item.options if o.code in told.said(one.item).codes and tuple(one[:3]) in o.shows]
    text = ", ".join(option.label(language()) for option in chosen)
    return Basis(one.item, text, place_of(case, one.item))


def _silent(case: Case, told: Told, code: str) -> Basis:
    state = told.said(code).state
    text = _("answered, but does not settle it") if state == ANSWERED else label("answer_states", state)
    return Basis(code, text if state != NOT_ASKED else _("not asked yet"), place_of(case, code))


def panel(case: Case, told: Told, aged: Age) -> dict[str, Any]:
    """What the answers show, for the reading aid."""
    reading = Reading(aged.group, *(told.element(name) for name in ELEMENTS))
    lead = {
        "adult": _("So far, for an adult"),
        "child": _("So far, for a child"),
        "unknown": _("So far, with the age not known"),
    }
    return {
        "lead": lead[aged.group],
        "result": label("vic_TraffickingStatus", reading.result),
        "note": " ".join(open_points(reading)),
        "elements": elements(case, told, aged),
    }


def open_points(reading: Reading) -> list[str]:
    """A sentence for each needed element that is not known yet."""
    words = {
        "ACT": _("The act is not known yet."),
        "MEANS": _("The means are not known yet."),
        "PURPOSE": _("The purpose is not known yet."),
    }
    needed = [name for name in ELEMENTS if name != "MEANS" or reading.age_group != "child"]
    return [words[name] for name in needed if reading.states[name] == "unknown"]


def age_words(aged: Age) -> list[str]:
    """The sentences that say which age group is used and why."""
    told = [label("age_groups", aged.group)]
    if aged.born:
        basis = label("age_bases", aged.basis)
        born = _("Born: %(date)s.") % {"date": aged.born.words(language())}
        told.append(f"{born} {basis}." if basis else born)
    else:
        told.append(_("No date of birth or age is recorded."))
    if aged.began:
        told.append(_("The age when it began counts: %(date)s.") % {"date": aged.began.words(language())})
    if aged.presumed:
        told.append(_("The age is uncertain and the person may be a child, so counts as one until it is verified."))
    return told


def principles() -> list[str]:
    """What to keep in mind before an interview."""
    return [words for _code, words in load("interview_principles").choices(language())]


def stopped(talk: Interview | None) -> dict[str, str] | None:
    """Why the interview stopped, and what to do now; nothing when it goes on or is complete."""
    if talk is None or not talk.stopped_because:
        return None
    because = talk.stopped_because
    return {"because": because, "title": label("interview_stops", because), "text": _what_to_do(because)}


def _what_to_do(because: str) -> str:
    words = {
        "setting": _("Nothing is asked here. Find a place where nobody can listen, or agree on another day."),
        "consent": _("Write down what the person decided. Help does not depend on the interview."),
        "emergency": _(
            "Call the emergency number or the nurse on duty, and stay with the person. The interview can wait."
        ),
        "child": _("Ask the guardian or a specialist for children first, and go on with them beside the child."),
        "asked": _("What was said is kept. Go on another day, if the person wishes."),
        "tired": _(
            "Offer quiet and something to drink. What was said is kept; go on another day, if the person wishes."
        ),
        "time": _("What was said is kept. Agree on the next day together."),
    }
    return words.get(because, words["asked"])


def decision(case: Case, told: Told, reading: Reading, standing: Finding | None, user: User) -> dict[str, Any]:
    """What the page of the decision shows beside its form."""
    aged = age(case, told, localdate())
    waits = standing is not None and standing.confirmed_on is None and not standing.imported
    own = standing is not None and standing.by_id == user.pk
    return {
        "aged": age_words(aged),
        "panel": panel(case, told, aged),
        "steps": steps(case, told, "H"),
        "earlier": Finding.objects.filter(case=case).select_related("by", "second_reader").order_by("-at"),
        "waits": waits,
        "may_confirm": waits and not own and user.may(Permission.FINDING_CONFIRM),
        "not_a_victim": standing is not None and standing.result == NOT_A_VICTIM,
    }


def both_decisions(form: FindingForm, stale: Stale) -> dict[str, Any]:
    """Both decisions, when somebody decided in between."""
    mine = form.decision()
    fields = [
        {
            "field": form["result"],
            "label": form["result"].label,
            "mine": label("vic_TraffickingStatus", mine.result),
            "theirs": label("vic_TraffickingStatus", stale.theirs["result"]),
        },
        {"field": form["reason"], "label": form["reason"].label, "mine": mine.reason, "theirs": stale.theirs["reason"]},
    ]
    return {
        "who": stale.who,
        "at": stale.at,
        "fields": [each for each in fields if each["mine"] or each["theirs"]],
    }


def both(form: SectionForm, stale: Stale) -> dict[str, Any]:
    """Both answers to each question that two people answered, in words."""
    sent = form.sent()
    fields = [
        {
            "field": form[f"{code}_state"],
            "label": questionnaire.item(code).question(language()),
            "mine": words(code, sent[code]),
            "theirs": words(code, said),
        }
        for code, said in stale.theirs.items()
    ]
    return {"who": stale.who, "at": stale.at, "fields": fields}


def words(code: str, said: Said) -> str:
    """An answer as a person reads it."""
    if said.state != ANSWERED and not said.has_content:
        return label("answer_states", said.state)
    item = questionnaire.item(code)
    tongues: dict[str, Callable[[str, str], str]] = {"country": places.country_label, "language": places.language_label}
    name = tongues.get(item.kind, item.option_label)
    parts = [name(each, language()) for each in said.codes] + [said.text]
    return "; ".join(part for part in parts if part) or label("answer_states", said.state)
