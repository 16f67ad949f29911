"""Treaties, laws, scores and drafting as whoever works with them does: read, change, be refused, lose nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused
from havre.prevention.law import actions, shown
from havre.prevention.law.models import Comment, Help, HelpStep, LawPoint, NationalLaw, Score, TextVersion, TreatyStatus
from havre.prevention.rights.models import RightsCheck
from tests.personas import signed_in

DRAFT = "Article 1\nTrafficking is recruitment by force.\nArticle 2\nFive years."


@pytest.fixture
def chloe(personas, refusals):
    return signed_in("chloe")


@pytest.fixture
def boris(personas, refusals):
    return signed_in("boris")


@pytest.fixture
def law(personas):
    """A law of Chloé's that partners see."""
    with acting_as(personas.chloe):
        values = {"country": "TN", "title": "Act on trafficking", "stage": "in_force", "visibility": 1}
        return actions.save_law(NationalLaw(), values, by=personas.chloe)


@pytest.fixture
def help(personas):
    """A request that Chloé's agency keeps to itself, with two versions."""
    by = personas.chloe
    with acting_as(by):
        values = {"country": "TN", "about": "law", "title": "A new act", "visibility": 3}
        one = actions.save_help(Help(), values, by=by)
        for body in (DRAFT, DRAFT.replace("force", "force or fraud")):
            actions.add_text(one, {"body": body, "called": "", "language": "en", "on": None}, by=by)
    return one


def sent(client, name, *args, query="", **values):
    return client.post(reverse(f"law:{name}", args=args) + query, values)


def read(client, name, *args, query=""):
    answer = client.get(reverse(f"law:{name}", args=args) + query)
    return answer.status_code, answer.content.decode()


def test_where_a_country_stands_is_written_once_and_shown_with_its_doubt(chloe, personas):
    where = ("status", "TN", "PALERMO")
    assert (
        sent(chloe, *where, status="ratified", on="2003-07-14", standing="example", visibility="1").status_code == 302
    )
    assert sent(chloe, *where, status="signed").status_code == 409  # without a version it fits nothing
    status, page = read(chloe, "treaties")
    assert status == 200 and "Ratified" in page and "14 Jul 2003" in page and "example" in page
    with acting_as(personas.chloe):
        assert TreatyStatus.objects.get().status == "ratified"
        assert shown.of_country("TN").bound == 1


def test_what_was_checked_names_its_source(chloe):
    answer = sent(chloe, "status", "TN", "CRC", status="ratified", standing="checked", reservation="To article 22.")
    page = answer.content.decode()
    assert answer.status_code == 422 and "needs its source" in page and "To article 22." in page
    assert sent(chloe, "status", "TN", "NO_SUCH").status_code == 404
    assert sent(chloe, "status", "QQ", "CRC").status_code == 404


def test_a_law_says_what_is_missing(chloe, law, personas):
    known = {"version": "1", "A1": "yes", "A1_article": "art. 2", "A2": "no", "A2_article": "", "A3_article": ""}
    assert sent(chloe, "points", law.pk, "ACT", **known).status_code == 302
    _status, page = read(chloe, "law", law.pk)
    assert "1 of 5 covered" in page and "Not covered: transportation" in page and "art. 2" in page
    assert "Not read up: transfer" in page
    _status, page = read(chloe, "compare", query="?c=TN&c=FR")
    assert "art. 2" in page and "no law in force recorded" in page
    with acting_as(personas.chloe):
        assert LawPoint.objects.count() == 2


def test_of_two_who_change_what_a_law_covers_the_later_sees_both(chloe, law):
    sent(chloe, "points", law.pk, "LIST", version="1", CONSENT="no", CONSENT_article="3")
    answer = sent(chloe, "points", law.pk, "LIST", version="1", CONSENT="yes", CONSENT_article="4")
    assert answer.status_code == 409 and "Not covered" in answer.content.decode()


def test_a_law_that_is_kept_closer_takes_its_points_and_reviews_with_it(chloe, boris, law, personas):
    sent(chloe, "points", law.pk, "ACT", version="1", A1="yes", A1_article="")
    sent(chloe, "rights", law.pk, do_no_harm="yes")
    assert read(boris, "law", law.pk)[0] == 200
    assert sent(boris, "law_edit", law.pk, "about", title="Ours").status_code in (403, 404)
    told = {"title": law.title, "country": "TN", "visibility": "3", "version": "2", "stage": "in_force"}
    assert sent(chloe, "law_edit", law.pk, "about", **told).status_code == 302
    assert read(boris, "law", law.pk)[0] == 404
    with acting_as(personas.boris):
        assert not LawPoint.objects.exists() and not RightsCheck.objects.exists()


def test_figures_that_contradict_each_other_are_asked_again(chloe, law):
    answer = sent(chloe, "law_edit", law.pk, "terms", version="1", penalty_min_years="9", penalty_max_years="3")
    assert answer.status_code == 422 and "least penalty is above" in answer.content.decode()


def test_a_score_outside_one_to_five_or_without_a_source_is_refused(chloe, personas):
    good = {"country": "TN", "year": "2010", "prosecution": "3", "protection": "2", "prevention": "4"}
    assert sent(chloe, "score_new", **good, source="").status_code == 422
    for wrong in ({"prosecution": "6"}, {"prevention": "0"}, {"year": "1999"}, {"protection": "x"}):
        answer = sent(chloe, "score_new", **{**good, "source": "Report"} | wrong)
        assert answer.status_code == 422
    assert sent(chloe, "score_new", **good, source="Report").status_code == 302
    again = sent(chloe, "score_new", **good, source="Report")
    assert again.status_code == 422 and "already" in again.content.decode()
    with acting_as(personas.chloe):
        assert Score.objects.get().total == 9
    assert "In 2010 the sum is 9 of 15." in read(chloe, "country", "TN")[1]


def test_two_versions_stand_side_by_side_and_a_comment_is_answered(chloe, help, personas):
    status, page = read(chloe, "side", help.pk)
    assert status == 200 and "One article of 2 is not the same." in page
    assert page.count("<ins>") == 2 and "or fraud" in page  # one of them is the key
    assert sent(chloe, "comment", help.pk, 2, query="?article=2", said="Too short.").status_code == 302
    assert sent(chloe, "comment", help.pk, 2, query="?article=9", said="?").status_code == 404
    with acting_as(personas.chloe):
        row = Comment.objects.get()
    assert sent(chloe, "answer", help.pk, row.pk, answer="taken", reply="Ten years now.").status_code == 302
    _status, page = read(chloe, "text", help.pk, 2)
    assert "Too short." in page and "Taken up" in page and "Ten years now." in page


def test_the_log_names_people_and_stays_in_the_house(chloe, boris, help, personas):
    kept = {"title": "Second reading", "who": "Leïla M., judge", "on": "2026-03-02", "note": "قرأنا المادة 4"}
    assert sent(chloe, "step_new", help.pk, "meeting", **kept).status_code == 302
    assert "Leïla M., judge" in read(chloe, "help", help.pk)[1]
    backwards = {"on": "2026-03-05", "until": "2026-03-01"}
    assert sent(chloe, "step_new", help.pk, "mission", **backwards).status_code == 422
    assert sent(chloe, "step_new", help.pk, "banquet").status_code == 404
    shared = {"country": "TN", "about": "law", "title": "A new act", "state": "agreed", "visibility": "1"}
    assert sent(chloe, "help_edit", help.pk, **shared, version="1").status_code == 302
    status, page = read(boris, "help", help.pk)
    assert status == 200 and "Leïla" not in page and "Version 2" in page
    with acting_as(personas.boris):
        assert TextVersion.objects.count() == 2 and not HelpStep.objects.exists()


def test_nobody_else_finds_a_request_that_is_the_agencys_own(boris, help):
    assert read(boris, "help", help.pk)[0] == read(boris, "text", help.pk, 1)[0] == 404
    assert sent(boris, "text_new", help.pk, body="x").status_code in (403, 404)


def test_an_empty_version_is_refused_and_another_agency_writes_nothing(chloe, help, law, personas):
    assert sent(chloe, "text_new", help.pk, body="  ").status_code == 422
    with acting_as(personas.boris), pytest.raises(Refused):
        actions.save_law(law, {"title": "Ours"}, by=personas.boris)


def test_what_is_public_is_read_without_an_account_or_a_cookie(chloe, law):
    stranger = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert read(stranger, "open_law", law.pk)[0] == 404
    told = {"title": law.title, "country": "TN", "visibility": "0", "version": "1", "stage": "in_force"}
    sent(chloe, "law_edit", law.pk, "about", **told)
    for name, args in (("open", ()), ("open_country", ("TN",)), ("open_law", (law.pk,))):
        answer = stranger.get(reverse(f"law:{name}", args=args), {"in": "fr"})
        assert answer.status_code == 200 and not answer.cookies and "Tunisie" in answer.content.decode()
        assert answer.headers["Referrer-Policy"] == "no-referrer"
