"""A form answers in our own sentences: whatever is sent, none of Django's is shown."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from datetime import date
from importlib import import_module
from inspect import getmembers, isclass
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.core import validators
from django.forms import fields, models
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import translation

from havre.cases.assistance.models import Referral, ServiceDelivery
from havre.cases.followup.rules import Planned
from havre.cases.people.actions import About
from havre.cases.people.models import Case, Person
from havre.cases.reintegration import survey
from havre.cases.screening import questionnaire
from havre.cases.story.parts import PARTS
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import Agency, User
from havre.platform.permissions import Compartment
from havre.platform.ui.forms import Form
from havre.prevention.campaigns.models import Campaign
from havre.prevention.events.models import Plan
from havre.prevention.law.rules import coverage
from havre.prevention.surveys import models as kap
from havre.prevention.surveys.linked import Asked
from havre.prevention.training.models import Session, Trainee

from .code import HAVRE, python

LOOK = "havre.platform.ui.look"  # a page for looking; nothing is sent from it
OF_SESSIONS = ("TableForm", "AttendanceForm", "ScoresForm")
FEW = ("", "nonsense", "9" * 30)  # for the second language: what was asked for in the first is asked in its words
NONSENSE = ("\0", "x" * 30_000, "nonsense", "9" * 30, "-5", "2026-13-45", "0001-01-01", "a@b")
GAP = 7777
DAY = date(2026, 3, 12)


ITEMS = [{"code": "K1", "kind": "knowledge", "text": {"en": "It is free."}}]
ASKED = Asked("", uuid4(), uuid4(), "Le Phare", "open", {}, {}, ["en"], True, ITEMS)


def classes() -> dict[str, type[forms.BaseForm]]:
    """Every form of the house by its name."""
    paths = [path for path in python() if path.is_relative_to(HAVRE) and not {"tests", "migrations"} & set(path.parts)]
    paths = [path.relative_to(HAVRE.parent).with_suffix("") for path in paths if "Form" in path.read_text()]
    modules = [import_module(".".join(path.parts).removesuffix(".__init__")) for path in paths]
    found = [each for module in modules for _name, each in getmembers(module, isclass)]
    ours = [each for each in found if each.__module__.startswith("havre.") and each.__module__ != LOOK]
    return {each.__name__: each for each in ours if issubclass(each, forms.BaseForm)}


def made_of(name: str) -> list[dict[str, Any]]:
    """What a form needs besides what is sent; some are looked at in several shapes."""
    case, user = Case(person=Person(), owner=User(name="Gita N.")), User(name="Amina D.")
    return {
        "AskForm": [{"user": user}],
        "AnswerForm": [{"states": ["accepted"]}],
        "BeginForm": [{"contacts": [("M0", "Arrival")]}],
        "DimensionForm": [
            {"items": survey.items(each), "told": survey.Told([]), "dimension": each}
            for each in load("reintegration_dimensions")
        ],
        "LetInForm": [{"users": [user], "teams": []}],
        "ColleagueForm": [{"users": [user]}],
        "ShareForm": [{"recipients": [], "parts": Compartment.FACTS | Compartment.IDENTITY}],
        "HandOverForm": [{"receivers": [user], "files": [], "may_stay": True}],
        "RehomeForm": [{"receivers": [user]}],
        **{each: [{"agency": Agency()}] for each in ("InviteForm", "AppointForm")},
        "LetterForm": [{"going": [Referral(organisation="Le Relais", sent_on=DAY)]}],
        "LevelForm": [{"level": each} for each in load("vulnerability_levels")],
        "MarkForm": [{"signs": [("DR01", "A sign")], "filled": {}}],
        "PlaceForm": [{"levels": ["community", "structural"]}],
        "RiskForm": [{"people": [user]}],
        "SatisfactionForm": [{"services": [ServiceDelivery(code="MHPSS")]}],
        "AboutForm": [{"about": About()}],
        **of_a_journey(),
        **of_prevention(user),
        "CodesForm": [{"part": PARTS["act"], "known": {}}],
        "ConsentForm": [{"case": case, "standing": []}],
        "MoveForm": [{"options": []}],
        "TaskForm": [{"case": case, "user": user}],
        "SectionForm": [{"section": each.code} for each in questionnaire.sections()],
        "ServiceForm": [{"needs": []}],
        "PlanForm": [{"contacts": [Planned("M0", DAY, DAY, DAY, optional=False)]}],
        "SendForm": [{}, {"held_back": True}],
        "SignInForm": [{"request": RequestFactory().post("/signin/")}],
        "PasswordForm": [{"user": User(login="amina", name="Amina D.")}],
    }.get(name, [{}])


def of_a_journey() -> dict[str, list[dict[str, Any]]]:
    """The forms of a return, which know what zones are near and whether somebody has left."""
    return {
        "ArrivalForm": [{"near": ["Europe/Paris"], "left": None}],
        "Clocked": [{"near": []}],
        "DeclarationForm": [{"is_child": True}, {"is_child": False}],
        "DepartForm": [{"near": ["Europe/Paris"]}],
        "EndForm": [{"departed": False}],
        "TravelLegForm": [{"near": []}],
    }


def of_prevention(user: User) -> dict[str, list[dict[str, Any]]]:
    """The forms of the tools of prevention."""
    return {
        "ActionForm": [{"plan": Plan()}],
        "HelpForm": [{"laws": []}],
        "StepForm": [{"kind": each} for each in load("law_help_steps")],
        "PointsForm": [{"group": each} for each in coverage.GROUPS],
        "QuestionForm": [{"survey": kap.Survey(), "kind": each} for each in kap.KINDS],
        "QuestionsForm": [{"asked": ASKED, "language": "ar"}],
        "ChangeTraineeForm": [{"trainee": Trainee(name="Ada")}],
        **{each: [{"session": Session(begins=DAY, ends=DAY), "people": [Trainee(name="Ada")]}] for each in OF_SESSIONS},
        "TestForm": [{"colleagues": [user]}],
        **{each: [{"campaign": Campaign()}] for each in ("PartnerForm", "OutputForm")},
    }


def of_django() -> list[re.Pattern[str]]:
    """Django's own sentences in the language of now, whatever stands in their gaps."""
    kinds = [each for module in (fields, models, validators) for _name, each in getmembers(module, isclass)]
    said = [one for each in kinds for one in vars(each).get("default_error_messages", {}).values()]
    said += [each.message for each in kinds if getattr(each, "message", None)]
    gaps: dict[str, int] = defaultdict(lambda: GAP)
    return [re.compile(re.escape(str(one % gaps)).replace(str(GAP), ".+")) for one in said]


FORMS = classes()


def test_every_form_is_one_of_ours():
    assert [name for name, each in FORMS.items() if not issubclass(each, Form) and each is not forms.Form] == []


def filled(name: str, needed: dict[str, Any], sent: str) -> forms.BaseForm:
    """The form with the same words in every field, and in the parts of those that have parts."""
    data = QueryDict(mutable=True)
    for each in FORMS[name](**needed).fields if sent else ():
        for key in (each, *(f"{each}_{number}" for number in range(3))):
            data[key] = sent
    return FORMS[name](data=data, **needed)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", FORMS)
def test_no_error_is_in_the_words_of_django(name, language):
    with translation.override(language):
        theirs = [*of_django(), re.compile("Hidden field|Champ masqué")]
        for needed, sent in product(made_of(name), ("", *NONSENSE) if language == "en" else FEW):
            form = filled(name, needed, sent)
            shown = html.unescape(str(form)) + str(form.errors.as_data())
            assert [each.pattern for each in theirs if each.search(shown)] == []
