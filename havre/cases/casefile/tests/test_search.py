"""Finding somebody by name: however it is written, and only among those one may see."""

import pytest

from havre.cases.casefile import names, sounds
from havre.cases.casefile.ranking import Index
from havre.cases.people.models import PersonName
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.models import AuditEvent, AuditSubject

from .test_list import references

WRITTEN = ["سلام حدّاد", "Олена Ткаченко", "Precious Osagie", "Nguyễn Thị Hạnh", "محمود عبد الرحمن", "Mohamed Ali"]


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("salam haddad", "سلام حدّاد"),
        ("Hadad Salaam", "سلام حدّاد"),
        ("سلام", "سلام حدّاد"),
        ("Olena Tkachenko", "Олена Ткаченко"),
        ("tkatchenko elena", "Олена Ткаченко"),
        ("Ткаченко", "Олена Ткаченко"),
        ("precius", "Precious Osagie"),
        ("osagie precious", "Precious Osagie"),
        ("hanh nguyen", "Nguyễn Thị Hạnh"),
        ("mahmoud abderrahmane", "محمود عبد الرحمن"),
        ("muhammad ali", "Mohamed Ali"),
        ("Precious Osagie-Williams", "Precious Osagie"),
    ],
)
def test_a_name_is_found_misspelt_in_another_order_or_in_another_script(asked, written):
    index = Index()
    known = {index.add(sounds.heard(name)): name for name in WRITTEN}
    assert known[index.rank(sounds.heard(asked), set(known))[0]] == written


def test_a_name_that_nobody_has_finds_nobody():
    index = Index()
    known = {index.add(sounds.heard(name)) for name in WRITTEN}
    assert index.rank(sounds.heard("Ingeborg Wachtmeister"), known) == []


def test_the_page_finds_own_people_and_never_those_of_another_agency(sign_in, newcomer):
    hers = newcomer("سلام حدّاد")
    theirs = newcomer("Salam Haddad", by="boris")
    assert references(sign_in("amina").post("/people/", {"q": "salam hadad"})) == [hers.reference]
    assert references(sign_in("boris").post("/people/", {"q": "salam hadad"})) == [theirs.reference]
    assert references(sign_in("gita").post("/people/", {"q": "salam hadad"})) == []


def test_a_name_that_was_changed_is_found_under_the_new_one_only(sign_in, newcomer, personas):
    from havre.cases.people.actions.about import About, save_about

    case, amina = newcomer("Salam Haddad"), sign_in("amina")
    assert references(amina.post("/people/", {"q": "salam"})) == [case.reference]
    with acting_as(personas.amina):
        case.person.refresh_from_db()
        save_about(case, by=personas.amina, about=About(called="Ingeborg"), version=case.person.version)
    assert references(amina.post("/people/", {"q": "ingeborg"})) == [case.reference]
    assert references(amina.post("/people/", {"q": "salam"})) == []


def test_a_search_is_recorded_without_what_was_searched_for(sign_in, newcomer, personas):
    case = newcomer("Salam Haddad")
    sign_in("amina").post("/people/", {"q": "salaam"})
    with acting_as(personas.dao):
        event = AuditEvent.objects.get(act="search.names")
        assert not event.refused and "sala" not in event.reason.lower()
        assert list(AuditSubject.objects.filter(event_id=event.pk).values_list("case_id", flat=True)) == [case.pk]


def test_a_reference_leads_to_the_file_however_it_is_typed(sign_in, newcomer):
    case = newcomer("Salam")
    typed = case.reference.lower().replace("-", " ")
    assert sign_in("amina").post("/people/", {"q": typed}).headers["Location"] == f"/people/{case.reference}/"


def test_a_reference_of_another_agency_reads_like_one_that_does_not_exist(sign_in, newcomer):
    case, boris = newcomer("Salam"), sign_in("boris")
    theirs, none = boris.post("/people/", {"q": case.reference}), boris.post("/people/", {"q": "222-222"})
    assert theirs.status_code == none.status_code == 200
    assert "Nothing here under that reference." in theirs.content.decode()
    assert "Nothing here under that reference." in none.content.decode()


def test_names_stay_in_memory_romanised_and_are_forgotten(newcomer, personas):
    newcomer("سلام حدّاد")
    with acting_as(personas.amina):
        assert names.find("salam", by=personas.amina) == list(PersonName.objects.values_list("person_id", flat=True))
    kept = names._shelves[personas.amina.agency_id].index
    assert [name.words for name in kept.names.values()] == [("slm", "hdd")]
    timer = names._timers[personas.amina.agency_id]
    timer.function(*timer.args)
    assert not names._shelves and not names._timers


def test_two_letters_are_too_few(newcomer, personas):
    newcomer("Li Wu")
    with acting_as(personas.amina):
        assert names.find("Li", by=personas.amina) == []
        assert names.find("!!!", by=personas.amina) == []


def test_an_address_with_a_name_in_it_searches_for_nothing(sign_in, newcomer):
    case, other = newcomer("Salam Haddad"), newcomer("Fatou Diallo")
    answer = sign_in("amina").get("/people/", {"q": "salam"})
    assert set(references(answer)) == {case.reference, other.reference}


def test_an_empty_search_leads_back_to_the_list(sign_in):
    assert sign_in("amina").post("/people/", {"q": "  "}).headers["Location"] == "/people/"


def test_the_thirty_first_search_of_a_minute_waits_and_is_recorded(sign_in, newcomer, refusals):
    newcomer("Salam Haddad")
    amina = sign_in("amina")
    for _each in range(30):
        assert amina.post("/people/", {"q": "salam"}).status_code == 200
    answer = amina.post("/people/", {"q": "salam"})
    assert answer.status_code == 422 and "Wait a minute, then search again." in answer.content.decode()
    assert references(answer) == [] and len(refusals) == 1
    assert sign_in("gita").post("/people/", {"q": "salam"}).status_code == 200


def test_nobody_is_shown_beyond_the_twentieth(sign_in, newcomer):
    for _each in range(21):
        newcomer("Salam Haddad")
    assert len(references(sign_in("amina").post("/people/", {"q": "salam haddad"}))) == 20


@pytest.mark.parametrize(("login", "page"), [("ferdinand", "/accounts/"), ("dao", "/seen/")])
def test_who_may_not_read_files_is_offered_no_search_and_no_names_to_hide(sign_in, login, page):
    shown = sign_in(login).get(page).content.decode()
    assert 'name="q"' not in shown and "/names/" not in shown and "Sign out" in shown
