"""Each role lands on a page of its own: what it looks after first, and nobody whom it may not see."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from havre.cases.assistance import actions as assistance
from havre.cases.assistance.models import LegalStatus, Risk
from havre.cases.casefile import caseload
from havre.cases.children.models import BestInterest, Guardian
from havre.cases.health.models import Fitness
from havre.cases.people import actions
from havre.cases.people.models import Case, CaseMove, CaseNote
from havre.cases.reintegration.models import Enterprise, Grant, Instalment
from havre.cases.returns.models import ReturnJourney, TravelDocument
from havre.platform.accounts.claims import acting_as
from havre.platform.permissions import ROLES

TODAY = date.today()
IN = lambda days: TODAY + timedelta(days=days)  # noqa: E731 - read as a word below


@pytest.fixture
def write(personas):
    """Writes rows as whoever may, without the acts of a whole journey: `write(case, Guardian, appointed_on=…)`."""

    def written(case, model, *, by="amina", **values):
        user = getattr(personas, by)
        with acting_as(user):
            dated = {"by": user} if any(each.name == "by" for each in model._meta.fields) else {}
            return model._default_manager.bulk_create([model(case=case, **dated, **values)])[0]

    return written


@pytest.fixture
def set_at(personas):
    """Changes the file itself: `set_at(case, state="S8")`."""

    def changed(case, by="amina", **values):
        with acting_as(getattr(personas, by)):
            Case.objects.filter(pk=case.pk).update(**values)

    return changed


@pytest.fixture
def ask_in(personas):
    """Lets a colleague in by their role: `ask_in(case, "hana")`."""

    def asked(case, login):
        user = getattr(personas, login)
        role = next(each.role for each in user.held)
        with acting_as(personas.amina), connection.cursor() as cursor:
            values = [case.pk, user.principal, int(ROLES[role].compartments), "write", "casework", None, None]
            cursor.execute('select havre."grant"(%s, %s, %s, %s, %s, %s, %s)', values)

    return asked


def home(client):
    return " ".join(client.get("/").content.decode().split())


def test_one_thing_alone_is_filled_though_several_urge(sign_in, newcomer, personas):
    newcomer("Salam", in_danger="yes")
    with acting_as(personas.chloe):
        actions.open_contact(actions.Arrival(on=TODAY, called="Lan", in_danger="yes"), by=personas.chloe)
    shown = home(sign_in("chloe"))
    assert shown.count("See to safety") == 2 and shown.count("hv-btn--go") == 1


def test_a_supervisor_sees_who_is_in_danger_in_the_house(sign_in, newcomer):
    newcomer("Salam", in_danger="yes", dangers=["locked_in"])
    shown = home(sign_in("chloe"))
    assert "In the house one person is in danger now." in shown and "Salam" in shown


def test_a_supervisor_sees_children_without_a_guardian_until_one_is_named(sign_in, newcomer, write, personas):
    girl = newcomer("Hawa")
    with acting_as(personas.amina):
        type(girl.person).objects.filter(pk=girl.person_id).update(presumed_minor=True)
    assert "One child has no guardian." in home(sign_in("chloe"))
    write(girl, Guardian, appointed_on=TODAY)
    assert "no guardian" not in home(sign_in("chloe"))


def test_a_child_who_leaves_waits_for_a_panel(sign_in, newcomer, write, personas):
    girl = newcomer("Hawa")
    with acting_as(personas.amina):
        type(girl.person).objects.filter(pk=girl.person_id).update(birth_year=TODAY.year - 14)
    write(girl, ReturnJourney, option="return")
    assert "no panel has determined yet" in home(sign_in("chloe"))
    decided = {"kind": "determination", "about": "return", "on": TODAY, "panel_size": 3, "outcome": "in_interest"}
    write(girl, BestInterest, **decided)
    assert "no panel has determined yet" not in home(sign_in("chloe"))


@pytest.mark.parametrize(
    ("impact", "review", "there"), [(5, None, True), (5, -1, True), (5, 9, False), (1, None, False)]
)
def test_a_high_risk_without_a_review_is_seen(sign_in, newcomer, write, personas, impact, review, there):
    case = newcomer("Salam")
    on = None if review is None else IN(review)
    write(case, Risk, about="person", likelihood=4, impact=impact, owner=personas.amina, review_on=on)
    assert ("Look at the risk" in home(sign_in("chloe"))) is there


def test_a_return_of_high_risk_asks_for_a_written_word(sign_in, newcomer, write, personas):
    case = newcomer("Salam")
    risk = write(case, Risk, about="return", likelihood=5, impact=5, owner=personas.amina, review_on=IN(9))
    shown = home(sign_in("chloe"))
    assert "One return waits for your decision." in shown and f"/risks/{risk.pk}/override/" in shown


def test_what_is_late_is_counted_by_colleague_and_blames_nobody(sign_in, newcomer, personas):
    for days in (-3, -2):
        case = newcomer("Salam")
        with acting_as(personas.amina):
            actions.add_task(case, by=personas.amina, text="Ring the lawyer.", due=IN(days))
    shown = home(sign_in("chloe"))
    assert "Two things of Amina D.’s people are past their day." in shown and "Ring the lawyer." not in shown


def test_a_very_large_house_is_looked_through_in_the_files_opened_last_save_for_danger(
    sign_in, newcomer, personas, monkeypatch
):
    said = "looks at the 1 files opened last"
    newcomer("Salam", on=IN(-30), in_danger="yes")
    for on in (IN(-20), IN(-10)):
        case = newcomer("Ana", on=on)
        with acting_as(personas.amina):
            actions.add_task(case, by=personas.amina, text="Ring the lawyer.", due=IN(-2))
    shown = home(sign_in("chloe"))
    assert "Two things of Amina D.’s people" in shown and said not in shown
    monkeypatch.setattr(caseload, "FEW", 1)
    shown = home(sign_in("chloe"))
    assert "One thing of Amina D.’s people" in shown and said in shown
    assert "In the house one person is in danger now." in shown


def test_needs_without_help_are_said_in_a_sentence(sign_in, newcomer, personas):
    case = newcomer("Salam")
    with acting_as(personas.amina):
        assistance.add_need(case, by=personas.amina, code="accommodation")
        assistance.add_need(case, by=personas.amina, code="work")
        assistance.add_service(
            case, by=personas.amina, values={"code": "RI_JOB", "status": "active", "need": case.needs.get(code="work")}
        )
    assert "One need has no help yet: Accommodation." in home(sign_in("chloe"))


def test_a_file_without_movement_is_named_until_somebody_writes(sign_in, newcomer, set_at, write, personas):
    case = newcomer("Salam", on=IN(-90))
    set_at(case, state="S6")
    long_ago = timezone.now() - timedelta(days=80)
    with acting_as(personas.amina):
        connection.cursor().execute("set local role havre_owner")
        CaseMove.objects.filter(case=case).update(at=long_ago)
        connection.cursor().execute("set local role havre_app")
    assert "Ask the colleague what would help." in home(sign_in("chloe"))
    write(case, CaseNote, kind="note")
    assert "Ask the colleague what would help." not in home(sign_in("chloe"))


def test_another_house_is_never_shown(sign_in, newcomer):
    newcomer("Salam", in_danger="yes")
    shown = home(sign_in("boris"))
    assert "Salam" not in shown and "in danger now" not in shown


def test_a_return_officer_sees_who_travels_and_what_is_missing(sign_in, newcomer, write, set_at):
    case = newcomer("Rosa", by="rita")
    set_at(case, by="rita", state="S8")
    write(case, ReturnJourney, by="rita", option="return", planned_on=IN(5), declared_on=TODAY)
    write(case, TravelDocument, by="rita", kind="passport", state="held", valid_until=IN(3))
    shown = home(sign_in("rita"))
    assert "One person travels within two weeks." in shown and "Rosa" in shown
    assert "Still missing: the risk of the return, papers that hold, fitness to travel" in shown
    assert "the declaration" not in shown and "Passport: ends" in shown


def test_an_arrival_that_nobody_confirmed_comes_first(sign_in, newcomer, write, set_at):
    case = newcomer("Rosa", by="rita")
    set_at(case, by="rita", state="S9")
    now = timezone.now()
    times = {"departed_at": now - timedelta(hours=60), "due_at": now - timedelta(hours=30)}
    write(case, ReturnJourney, by="rita", option="return", **times)
    shown = home(sign_in("rita"))
    assert "One arrival is not confirmed." in shown and "30 hours" in shown
    assert "Nobody knows where the person is" in shown and "hv-card--flare" in shown
    assert "One arrival is not confirmed." in home(sign_in("chloe"))
    assert "One arrival is not confirmed." not in home(sign_in("hana"))


def test_an_arrival_that_is_late_for_some_hours_waits_with_its_officer(sign_in, newcomer, write, set_at):
    case = newcomer("Rosa", by="amina")
    set_at(case, by="amina", state="S9")
    now = timezone.now()
    times = {"departed_at": now - timedelta(hours=60), "due_at": now - timedelta(hours=3)}
    journey = write(case, ReturnJourney, by="amina", option="return", **times)
    assert "not confirmed" not in home(sign_in("amina"))
    with acting_as(journey.by):
        ReturnJourney.objects.filter(pk=journey.pk).update(due_at=now - timedelta(hours=25))
    assert "Nobody knows where the person is" in home(sign_in("amina"))


def test_an_arrival_to_come_is_told_by_its_hour(sign_in, newcomer, write, set_at):
    case = newcomer("Rosa", by="rita")
    set_at(case, by="rita", state="S9")
    now = timezone.now()
    write(case, ReturnJourney, by="rita", option="return", departed_at=now, due_at=now + timedelta(days=3))
    shown = home(sign_in("rita"))
    assert "Under way." in shown and "hv-card--flare" not in shown and "not confirmed" not in shown


def test_who_was_not_told_is_told_however_long_it_takes(sign_in, newcomer, write):
    case = newcomer("Rosa", by="rita")
    body = {"receiving": "Maison Tremplin", "receiving_confirmed_on": IN(-30)}
    write(case, ReturnJourney, by="rita", option="return", withdrawn_on=IN(-20), number=1, **body)
    assert "Tell the receiving body that nobody comes." in home(sign_in("rita"))
    write(case, ReturnJourney, by="rita", option="return", number=2, **body)
    assert "Tell the receiving body that nobody comes." not in home(sign_in("rita"))


def test_whoever_changed_their_mind_is_told_to_the_receiving_body(sign_in, newcomer, write):
    case = newcomer("Rosa", by="rita")
    write(case, ReturnJourney, by="rita", option="return", withdrawn_on=IN(-1), receiving_confirmed_on=IN(-9))
    assert "Tell the receiving body that nobody comes." in home(sign_in("rita"))


def test_nothing_to_do_says_what_would_be_there(sign_in):
    shown = home(sign_in("rita"))
    assert "Nobody travels in the next 14 days." in shown and "Nobody is under way." in shown
    shown = home(sign_in("sami"))
    assert (
        "Every instalment that was due is paid, with its receipt." in shown and "Nobody came home this week." in shown
    )


def test_a_reintegration_officer_sees_money_businesses_and_who_came_home(sign_in, newcomer, write, personas):
    case = newcomer("Aya", by="sami")
    grant = write(case, Grant, by="sami", kind="RI_MICRO", amount=900, currency="EUR")
    write(case, Instalment, by="sami", grant=grant, seq=1, amount=300, due=IN(-20), paid_on=IN(-20))
    write(case, Instalment, by="sami", grant=grant, seq=2, amount=600, due=IN(-2))
    write(case, Enterprise, by="sami", sector="sewing", started_on=IN(-100))
    write(case, ReturnJourney, by="sami", option="return", arrived_at=timezone.now() - timedelta(days=2))
    shown = home(sign_in("sami"))
    assert "Receipt missing" in shown and "instalment 2: 600.00 EUR." in shown and "at 3 months." in shown
    assert "One person came home this week." in shown and "Two instalments wait for you." in shown


def test_a_health_worker_sees_whom_they_were_asked_to_see(sign_in, newcomer, ask_in, write):
    case, _other = newcomer("Salam"), newcomer("Fatou")
    ask_in(case, "hana")
    assert "Nothing is due in your part." in home(sign_in("hana"))
    write(case, Fitness, fit="yes", on=IN(-20), valid_until=IN(4))
    shown = home(sign_in("hana"))
    assert "Salam" in shown and "Fatou" not in shown and "Fitness to travel ends." in shown
    assert "/people/new/" not in shown


def test_a_child_specialist_sees_the_reviews_of_their_children(sign_in, newcomer, ask_in, write):
    case = newcomer("Hawa")
    ask_in(case, "noor")
    write(case, BestInterest, kind="assessment", about="return", on=IN(-9), review_on=IN(3))
    assert "What is best for the child is looked at again." in home(sign_in("noor"))


def test_a_legal_adviser_sees_which_rights_end(sign_in, newcomer, ask_in, write):
    case = newcomer("Salam")
    ask_in(case, "lucas")
    write(case, LegalStatus, kind="residence", state="granted", until=IN(9))
    assert ": ends." in home(sign_in("lucas"))


@pytest.mark.parametrize("login", ["hana", "noor", "lucas", "rita", "sami", "chloe"])
def test_an_empty_day_is_a_page_in_both_languages(sign_in, login):
    client = sign_in(login)
    assert client.get("/").status_code == 200
    client.post("/language/", {"language": "fr", "next": "/"})
    assert client.get("/").status_code == 200


def test_many_people_cost_the_supervisor_as_many_queries_as_few(sign_in, newcomer, write, personas):
    chloe, counted = sign_in("chloe"), []
    for number in (2, 12):
        for _each in range(number):
            case = newcomer("Somebody", in_danger="yes")
            write(case, Risk, about="return", likelihood=5, impact=5, owner=personas.amina)
        with CaptureQueriesContext(connection) as asked:
            chloe.get("/")
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 60, counted
