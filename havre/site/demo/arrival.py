"""From the first contact to the decision."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from havre.cases.people.models import (
    CaseMove,
    CaseNote,
    Consent,
    PersonContact,
    PersonCountry,
    PersonIdentity,
    PersonLanguage,
    PersonName,
    PersonPlace,
)
from havre.cases.screening import questionnaire
from havre.cases.screening.models import Answer, Finding, Interview
from havre.cases.screening.rules import finding as rules
from havre.kernel.vocabularies import load
from havre.site.demo.people import HOME, born
from havre.site.demo.sheets import File, moment
from havre.site.demo.tables import drawn, one, said, table

GENDERS = {"woman": "Feminine", "girl": "Feminine", "man": "Masculine", "boy": "Masculine"}
NEEDED = ("medical", "food", "shelter", "interpreter", "clothing", "contact_family")
DANGERS = ("exploiter_near", "threats", "violence", "no_shelter")
SECTIONS = "ACDEFG"
WORDS = {"E01": "way", "F08": "told"}


def contact(file: File) -> None:
    """Who came, how they were sent, whether there was danger."""
    told, rng, case = file.told, file.rng, file.case
    case.referred_by = drawn("referred", rng)
    case.in_danger, case.dangers = _danger(file)
    case.immediate_needs = ";".join(sorted(rng.sample(NEEDED, rng.randint(0, 2))))
    file.person.gender = GENDERS[told.who]
    at = moment(told.opened, rng, hour=9)
    file.sheets.record(file, at, "case.open")
    file.of_case(CaseMove, by=file.sheets.worker, at=at, to_state="S0", kind="open")
    if told.refused:
        return
    text = said("contact", file.sheets.language, rng)
    file.of_case(CaseNote, by=file.sheets.worker, at=at, text=text, kind="note")
    _names(file)
    _countries(file)
    _reach(file)


def _danger(file: File) -> tuple[str, str]:
    told, rng = file.told, file.rng
    if told.desk or told.path == ["S0"]:
        return ("no" if len(told.path) > 1 else "unknown"), ""
    if told.state == "S1" and rng.random() < 0.3:
        return "yes", "child_alone" if told.is_child else rng.choice(DANGERS)
    return ("yes", rng.choice(DANGERS)) if rng.random() < 0.12 else ("no", "")


def _names(file: File) -> None:
    told, rng = file.told, file.rng
    called = told.full if told.desk or rng.random() < 0.5 else told.given
    file.of_person(PersonName, kind="known_as", full=called)
    if "S3" in told.path:
        file.of_person(PersonName, kind="legal", given=told.given, family=told.family, full=told.full)
        day = born(told, file.sheets.today)
        known = rng.choices(["day", "month", "year"], [80, 5, 15])[0]
        file.person.birth_year, file.person.birth_precision = day.year, known
        file.person.age_basis = rng.choice(["document", "stated"]) if known == "day" else "estimated"
        file.person.presumed_minor = told.is_child and known == "year"
        file.of_person(PersonIdentity, born_on=day.isoformat()[: {"year": 4, "month": 7, "day": 10}[known]])
    elif told.is_child:
        file.person.presumed_minor = True
    if told.desk and told.desk["alias"]:
        file.of_person(PersonName, kind="alias", full=told.desk["alias"])


def _countries(file: File) -> None:
    country = file.told.origin["country"]
    file.of_person(PersonCountry, country=country, kind="citizenship")
    file.of_person(PersonCountry, country=HOME, kind="residence")
    file.of_person(PersonLanguage, language=file.told.origin["language"], preferred=True)
    if file.told.origin["language"] != "fr" and file.rng.random() < 0.4:
        file.of_person(PersonLanguage, language="fr", preferred=False)


def _reach(file: File) -> None:
    """A telephone of the numbers that are never given to anybody, when it is safe, what to say first."""
    rng, french = file.rng, file.sheets.language == "fr"
    if rng.random() < 0.85:
        number = f"+33 6 39 98 {rng.randint(0, 99):02d} {rng.randint(0, 99):02d}".replace(" ", "")
        hours = ("Tuesday and Thursday after 18:00", "mardi et jeudi après 18 h") if rng.random() < 0.5 else ("", "")
        word = ("say it is the library", "dire que c’est la bibliothèque") if rng.random() < 0.3 else ("", "")
        values = {"safe_times": hours[french], "code_word": word[french], "leave_message": rng.random() < 0.2}
        file.of_person(PersonContact, kind="mobile", value=number, safe=True, **values)
    if "S5" in file.told.path:
        city = "Lyon" if file.sheets.worker.agency.code == "balise" else "Marseille"
        file.of_person(
            PersonPlace, kind="present", country=HOME, city=city, address=f"{rng.randint(2, 90)} quai des Lilas"
        )
    if "S7" in file.told.path:
        town = rng.choice(file.told.origin["towns"].split(";"))
        file.of_person(PersonPlace, kind="return", country=file.told.origin["country"], city=town)


def consent(file: File) -> None:
    """What the person agreed to. Who refuses the interview leaves no name behind."""
    told, rng = file.told, file.rng
    day = told.on("S3") or told.on("S2")
    if day is None or (told.state == "S2" and not told.refused):
        return
    if told.refused:
        _decisions(file, day, {"interview": "refused"})
        file.case.anonymous = True
        offer = (
            "La personne a reçu l’adresse d’un autre lieu d’aide."
            if file.sheets.language == "fr"
            else "A referral was offered."
        )
        file.written(CaseNote, day, "note.add", text=offer, kind="handover")
        return
    decided = {"interview": "given", "data": "given", "assistance": "given", "research": drawn("research", rng)}
    _decisions(file, day, decided)
    late = told.on("S12") or told.on("S11")
    if late:
        _decisions(file, late, {"follow_up": "given" if told.state == "S12" else drawn("follow_up", rng)})
    if "S6" in told.path and (told.desk or rng.random() < 0.4):
        _share(file, told.on("S6") or day)


def _share(file: File, day: date) -> None:
    body = file.rng.choice(["Me C. Okoye", "Le Relais des Docks", "Escale Santé"])
    (shared,) = _decisions(file, day, {"share": "given"}, recipient=body)
    later = day + timedelta(days=file.rng.randint(10, 60))
    if later < (file.told.on("S13") or file.sheets.today) and file.rng.random() < 0.2:
        _decisions(file, later, {"share": "withdrawn"}, recipient=body, supersedes=shared)


def _decisions(file: File, day: date, decided: dict[str, str], **more: Any) -> list[Consent]:
    rng, at = file.rng, moment(day, file.rng)
    file.sheets.record(file, at, "consent.record")
    talk = {
        "given_by": "both" if file.told.is_child else "self",
        "assent": True if file.told.is_child else None,
        "language": file.told.origin["language"],
        "interpreter": file.told.origin["country"] != HOME and rng.random() < 0.6,
        "method": rng.choice(["spoken", "signed"]),
        "points": ";".join(load("consent_points")),
    }
    by = {"by": file.sheets.worker, "at": at, "decided_on": day, "person_id": file.person.pk}
    kept = {scope: decision for scope, decision in decided.items() if decision}
    return [file.of_case(Consent, scope=scope, decision=each, **by, **talk, **more) for scope, each in kept.items()]


def screening(file: File) -> None:
    """The interview: half of it while the file stands in screening, all of it afterwards."""
    told, rng, day = file.told, file.rng, file.told.on("S3")
    if day is None:
        return
    ended = told.on("S4")
    began = moment(day, rng, hour=10)
    file.sheets.record(file, began, "interview.begin")
    talk = file.of_case(
        Interview,
        kind="screening",
        questionnaire="havre-screening",
        questionnaire_version=questionnaire.version(),
        interviewer=file.sheets.worker,
        began=began,
        ended=moment(ended, rng) if ended else None,
    )
    letters = SECTIONS if ended else SECTIONS[: rng.randint(1, 4)]
    answers = {item: each for item, each in _answers(file).items() if item[0] in letters}
    for item, (state, codes, text) in answers.items():
        file.of_case(Answer, interview_id=talk.pk, item=item, state=state, codes=codes, text=text)
    file.sheets.record(file, began, "answers.save")
    file.person.marital_status, file.person.education = (answers.get(each, ("", "", ""))[1] for each in ("C06", "C06B"))
    children = answers.get("C06C", ("", "", ""))[1]
    file.person.number_of_children = int(children) if children else None
    if ended:
        _decide(file, {item: (state, codes.split(";")) for item, (state, codes, _text) in answers.items()})


def _answers(file: File) -> dict[str, tuple[str, str, str]]:
    """State, codes and words of each question; now and then somebody would rather not say, or does not know."""
    told, rng = file.told, file.rng
    given = {row["item"]: (one(row[told.story], rng), "") for row in table("stories")} | _own(file)
    if told.origin["country"] == HOME:
        given["E03"] = ("no_border", "")
    answers: dict[str, tuple[str, str, str]] = {}
    for item in (each.code for each in questionnaire.items() if each.code in given):
        codes, text = given[item]
        silent = item not in ("A07", "F11") and rng.random() < 0.07
        state = rng.choice(["declined", "unknown", "not_asked"]) if silent else "answered"
        answers[item] = (state, "", "") if silent else (state, codes, text)
    return answers


def _own(file: File) -> dict[str, tuple[str, str]]:
    """The answers that are this person's own."""
    told, rng, language = file.told, file.rng, file.sheets.language
    left = told.opened - timedelta(days=rng.randint(120, 900))
    town, young = rng.choice(told.origin["towns"].split(";")), told.is_child
    return {
        "A02": (("", "Salle 2") if language == "fr" else ("", "Room 2")),
        "A04": ("none" if told.origin["country"] == HOME else rng.choice(["present", "phone", "none"]), ""),
        "A06": (told.origin["language"], ""),
        "A07": ("yes", ""),
        "A08": (file.case.immediate_needs or "none", ""),
        "C04": ("", town),
        "C06": ("Single" if young else rng.choice(["Single", "Married", "Separated", "Widowed"]), ""),
        "C06B": (rng.choice(["PrimaryEducation", "LowerSecondaryEducation", "UpperSecondaryEducation"]), ""),
        "C06C": ("0" if young else str(rng.choice([0, 0, 1, 1, 2, 3])), ""),
        "D01": ("", left.isoformat()[: rng.choice([4, 7])]),
        "D05B": ("", f"{rng.randint(4, 14) * 100} EUR"),
        "E01": ("", said("way", language, rng)),
        "F01": ("", (left + timedelta(days=40)).isoformat()[:7]),
        "F03": (HOME, ""),
        "F04": (str(rng.randint(4, 7)), ""),
        "F08": ("", said("told", language, rng)),
    }


def _decide(file: File, given: dict[str, tuple[str, list[str]]]) -> None:
    """The finding as the answers show it, once somebody has decided, and its second reader."""
    told, rng = file.told, file.rng
    after = told.stages[told.path.index("S4") + 1 :]
    if not after and rng.random() < 0.4:
        return  # the interview is complete, nobody has decided yet
    last = after[0][1] if after else file.sheets.today
    day = min((told.on("S4") or last) + timedelta(days=rng.randint(0, 2)), last)
    group: rules.AgeGroup = "child" if told.is_child else "adult"
    shown = questionnaire.element_answers(given)
    act, means, purpose = (
        rules.element(each.answer for each in shown if each.element == name) for name in questionnaire.ELEMENTS
    )
    found = rules.compute(group, act, means, purpose)
    result, reason = found, ""
    if found == rules.NOT_A_VICTIM and "S5" in told.path:
        result, reason = rules.POSSIBLE, said("reason", file.sheets.language, rng)
    known = {"act": act, "means": means, "purpose": purpose, "age_group": group, "computed": found}
    body = rng.choice(["NGO", "NGO", "Police"])
    texts = {"result": result, "reason": reason, "body": body, "definition": "palermo"}
    decision = file.written(Finding, day, "finding.decide", 11, **known, **texts)
    _second(file, decision, bool(after), last)


def _second(file: File, decision: Finding, wanted: bool, last: date) -> None:
    reader = file.sheets.reader
    if reader is None or reader == file.sheets.worker or not wanted or file.told.restricted:
        return
    at: datetime = moment(last, file.rng, hour=14)
    decision.second_reader, decision.confirmed_on = reader, at
    file.sheets.record(file, at, "finding.confirm", reader)
