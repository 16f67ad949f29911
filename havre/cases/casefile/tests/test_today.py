"""The first page: what waits for whoever signed in, and nothing of anybody else."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from havre.cases.people import actions
from havre.platform.accounts.claims import acting_as

TODAY = date.today()


@pytest.fixture
def task(personas):
    """Adds a task: `task(case, "Ring her", days=-3)`."""

    def add(case, text, days=0, by="amina"):
        user = getattr(personas, by)
        with acting_as(user):
            return actions.add_task(case, by=user, text=text, due=TODAY + timedelta(days))

    return add


def home(client):
    return client.get("/").content.decode()


def test_it_says_in_sentences_what_waits(sign_in, newcomer, task):
    salam, fatou = newcomer("Salam"), newcomer("Fatou")
    task(salam, "Ring the lawyer.", -3)
    task(fatou, "Go to the prefecture.")
    task(fatou, "Far away.", 9)
    shown = home(sign_in("amina"))
    assert "One person expects you today." in shown and "One thing is late." in shown
    assert "Ring the lawyer." in shown and "3 days" in shown and "Far away." not in shown


def test_danger_comes_first(sign_in, newcomer):
    newcomer("Salam", in_danger="yes", dangers=["locked_in"])
    shown = home(sign_in("amina"))
    assert "One person is in danger now." in shown and "See to safety" in shown


def test_nobody_is_in_danger_because_the_check_was_done(sign_in, newcomer):
    newcomer("Salam", in_danger="no")
    shown = home(sign_in("amina"))
    assert "in danger now" not in shown and "Nobody expects you today." in shown


def test_a_supervisor_reads_her_own_people_and_not_the_house(sign_in, newcomer, task):
    task(newcomer("Salam"), "Ring the lawyer.")
    shown = home(sign_in("chloe"))
    assert "Salam" not in shown and "Ring the lawyer." not in shown and "No one waits for your answer." in shown


@pytest.mark.parametrize(("login", "page"), [("dao", "/seen/"), ("ferdinand", "/accounts/")])
def test_who_may_not_read_files_is_led_to_their_own_page(sign_in, login, page):
    client = sign_in(login)
    assert client.get("/").headers["Location"] == page
    assert client.get(page).status_code == 200


def test_many_people_cost_as_many_queries_as_few(sign_in, newcomer, task):
    amina, counted = sign_in("amina"), []
    for number in (2, 30):
        for each in range(number):
            task(newcomer("Somebody", in_danger="yes"), "Ring her.", -each)
        with CaptureQueriesContext(connection) as asked:
            amina.get("/")
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 36, counted
