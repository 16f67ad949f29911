"""The person may take home who saw their file: by their work, never by name, and without the searches."""

from havre.cases.papers import lookers
from havre.cases.people.models import Case
from havre.platform.accounts.claims import acting_as

from .conftest import text


def test_it_says_who_by_their_work_and_in_the_words_of_the_person(paper, sign_in, case):
    amina, chloe = sign_in("amina"), sign_in("chloe")
    for each in (amina, chloe):
        each.get(f"/people/{case.reference}/")
    chloe.get("/people/?lens=house")
    said = paper("seen")
    assert "Caseworker Read your file On " in said and "Supervisor Read your file On " in said
    assert "Supervisor Saw your name or number among others in a list" in said
    assert "Chloé" not in said and "Tell Amina D. , or anybody here you trust." in said


def test_in_french_too(paper, sign_in, case):
    sign_in("chloe").get(f"/people/{case.reference}/")
    said = paper("seen", language="fr")
    assert "Qui a vu votre dossier" in said and "A lu votre dossier Le " in said and "Chloé" not in said


def test_a_search_is_not_on_it(paper, sign_in, case):
    sign_in("chloe").post("/people/", {"q": "salam"})
    assert "Supervisor" not in paper("seen")


def test_a_closed_file_still_gives_it(ask, stand, case, amina, refusals):
    stand("S13")
    assert "data-draft" in amina.get(f"/people/{case.reference}/papers/seen/").content.decode()
    assert ask("seen").status_code == 302
    assert ask("plan").status_code == 422 and len(refusals) == 1


def test_days_are_counted_once_and_people_of_one_kind_of_work_stand_together(personas, sign_in, case):
    for _time in range(3):
        sign_in("amina").get(f"/people/{case.reference}/")
    with acting_as(personas.amina):
        read = [line for line in lookers.of(Case.objects.get(pk=case.pk)) if str(line.what) == "Read your file"]
    assert [(line.who, len(line.people), len(line.days)) for line in read] == [("Caseworker", 1, 1)]


def test_its_page_is_plain(amina, case):
    assert "Who saw the file" in text(amina.get(f"/people/{case.reference}/papers/"))
