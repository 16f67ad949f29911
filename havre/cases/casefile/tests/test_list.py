"""The list of people: pages by keyset, lenses, a bounded cost."""

import re
from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from havre.cases.casefile.caseload import Cursor
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.models import AuditSubject

DAY = date(2026, 3, 12)


def references(answer):
    return re.findall(r'<a class="hv-who" href="/people/([^/]+)/"', answer.content.decode())


def next_address(answer):
    found = re.search(r'href="([^"]*after=[^"]*)"', answer.content.decode())
    return "/people/" + found[1].partition("/people/")[2].replace("&amp;", "&") if found else ""


def test_pages_neither_lose_nor_repeat_anybody_though_a_file_is_opened_in_between(sign_in, newcomer):
    everybody = {newcomer(on=DAY - timedelta(number // 20)).reference for number in range(120)}
    amina, address, seen = sign_in("amina"), "/people/", []
    while address:
        answer = amina.get(address)
        seen += references(answer)
        newcomer(on=DAY)
        address = next_address(answer)
    assert len(seen) == len(set(seen))
    assert everybody <= set(seen)


def test_a_page_holds_fifty_and_leaves_a_line_for_each_file_it_shows(sign_in, newcomer, personas):
    for _number in range(52):
        newcomer(on=DAY)
    shown = references(sign_in("amina").get("/people/"))
    with acting_as(personas.amina):
        lines = AuditSubject.objects.filter(act="page.casefile:list").values_list("case_id", flat=True)
        assert len(shown) == len(lines) == len(set(lines)) == 50


def test_fifty_people_cost_as_many_queries_as_two(sign_in, newcomer):
    amina, counted = sign_in("amina"), []
    for number in (2, 48):
        for _each in range(number):
            newcomer("Somebody", on=DAY)
        with CaptureQueriesContext(connection) as asked:
            amina.get("/people/")
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 24, counted


def test_a_lens_is_offered_to_those_who_hold_it_only(sign_in, newcomer):
    hers, other = newcomer("Salam"), newcomer("Fatou", by="gita")
    amina, chloe = sign_in("amina"), sign_in("chloe")
    assert references(amina.get("/people/?lens=house")) == [hers.reference]
    assert set(references(chloe.get("/people/?lens=house"))) == {hers.reference, other.reference}
    assert references(chloe.get("/people/")) == []


def test_a_restricted_file_is_not_in_the_house(sign_in, newcomer):
    newcomer("Salam", restricted=True)
    assert references(sign_in("chloe").get("/people/?lens=house")) == []


def test_an_address_that_was_tampered_with_begins_at_the_beginning(sign_in, newcomer):
    case, amina = newcomer("Salam"), sign_in("amina")
    for after in ("x", "2026-13-45.x", f"2026-03-12.{case.reference}", "'; drop table", "2026-03-12"):
        assert references(amina.get("/people/", {"after": after})) == [case.reference]
    assert str(Cursor.read(f"{DAY}.{case.pk}")) == f"{DAY}.{case.pk}"
