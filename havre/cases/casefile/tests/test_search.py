"""Finding somebody by name: however it is written, and only among those one may see."""

import pytest

from havre.cases.casefile import names, sounds
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
    known = {name: sounds.heard(name) for name in WRITTEN}
    assert sounds.rank(sounds.heard(asked), known)[0] == written


def test_a_name_that_nobody_has_finds_nobody():
    known = {name: sounds.heard(name) for name in WRITTEN}
    assert sounds.rank(sounds.heard("Ingeborg Wachtmeister"), known) == []


def test_the_page_finds_own_people_and_never_those_of_another_agency(sign_in, newcomer):
    hers = newcomer("سلام حدّاد")
    theirs = newcomer("Salam Haddad", by="boris")
    assert references(sign_in("amina").get("/people/?q=salam+hadad")) == [hers.reference]
    assert references(sign_in("boris").get("/people/?q=salam+hadad")) == [theirs.reference]
    assert references(sign_in("gita").get("/people/?q=salam+hadad")) == []


def test_a_name_that_was_changed_is_found_under_the_new_one_only(sign_in, newcomer, personas):
    from havre.cases.people.actions.about import About, save_about

    case, amina = newcomer("Salam Haddad"), sign_in("amina")
    assert references(amina.get("/people/?q=salam")) == [case.reference]
    with acting_as(personas.amina):
        case.person.refresh_from_db()
        save_about(case, by=personas.amina, about=About(called="Ingeborg"), version=case.person.version)
    assert references(amina.get("/people/?q=ingeborg")) == [case.reference]
    assert references(amina.get("/people/?q=salam")) == []


def test_a_search_is_recorded_without_what_was_searched_for(sign_in, newcomer, personas):
    case = newcomer("Salam Haddad")
    sign_in("amina").get("/people/?q=salaam")
    with acting_as(personas.dao):
        event = AuditEvent.objects.get(act="search.names")
        assert not event.refused and "sala" not in event.reason.lower()
        assert list(AuditSubject.objects.filter(event_id=event.pk).values_list("case_id", flat=True)) == [case.pk]


def test_a_reference_leads_to_the_file_however_it_is_typed(sign_in, newcomer):
    case = newcomer("Salam")
    typed = case.reference.lower().replace("-", " ")
    assert sign_in("amina").get("/people/", {"q": typed}).headers["Location"] == f"/people/{case.reference}/"


def test_a_reference_of_another_agency_reads_like_one_that_does_not_exist(sign_in, newcomer):
    case, boris = newcomer("Salam"), sign_in("boris")
    theirs, none = boris.get("/people/", {"q": case.reference}), boris.get("/people/", {"q": "222-222"})
    assert theirs.status_code == none.status_code == 200
    assert "Nothing here under that reference." in theirs.content.decode()
    assert "Nothing here under that reference." in none.content.decode()


def test_names_stay_in_memory_romanised_and_are_forgotten(newcomer, personas):
    newcomer("سلام حدّاد")
    with acting_as(personas.amina):
        assert names.find("salam", by=personas.amina) == list(PersonName.objects.values_list("person_id", flat=True))
    kept = names._kept[personas.amina.agency_id]
    assert [name.words for _version, name in kept.values()] == [("slm", "hdd")]
    names._timers[personas.amina.agency_id].function(*names._timers[personas.amina.agency_id].args)
    assert not names._kept and not names._timers


def test_two_letters_are_too_few(newcomer, personas):
    newcomer("Li Wu")
    with acting_as(personas.amina):
        assert names.find("Li", by=personas.amina) == []
        assert names.find("!!!", by=personas.amina) == []
