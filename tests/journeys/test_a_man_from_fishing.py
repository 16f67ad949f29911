"""A man kept at work on a fishing boat, from first contact to planned follow-up; axe on each page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Walker
from tests.journeys.steps import NEXT, SAVE, boxes, field, go, pick, save, tab, to_file

NAME = "يوسف عبد الرحمن"
AT_SEA = "Five months without land. The captain held the passports."
MOST = 165
WORDS = {
    "en": {
        "signs": "of eleven are there",
        "order": "It ends before it begins. Check both days.",
        "days": "30 days",
        "adult": "Adult",
        "agreed": "Version 1",
        "closed": "health",
    },
    "fr": {
        "signs": "des onze sont présents",
        "order": "La fin précède le début. Vérifiez les deux dates.",
        "days": "30 jours",
        "adult": "Adulte",
        "agreed": "Version 1",
        "closed": "santé",
    },
}


def unfold(walker: Walker, what: str) -> None:
    """Opens the line behind which a field is kept."""
    walker.click(walker.page.locator(f"main details:has({what}) > summary").first)


def arrives(walker: Walker) -> None:
    walker.check()
    go(walker, "a[href='/people/new/']")
    boxes(walker, "in_danger=no", "gender=Masculine")
    field(walker, "value", "+33 6 39 98 00 02")
    field(walker, "called", NAME)
    save(walker)


def agrees(walker: Walker) -> None:
    go(walker, NEXT)
    boxes(walker, "all_points", *(f"{scope}=given" for scope in ("interview", "data", "assistance", "follow_up")))
    save(walker)


def about(walker: Walker) -> None:
    tab(walker, "about")
    field(walker, "age", "31")
    boxes(walker, "age_basis=stated")
    pick(walker, "citizenships_0", "SN")
    save(walker)


ANSWERS = {
    "A": [],
    "C": ["C05_codes=exploiter"],
    "D": ["D02_codes=labour_migration", "D05_codes=factory", "D06_codes=debt_grew", "D07_codes=M6", "D07_codes=M8"],
    "E": ["E04_codes=not_given_back", "E06_codes=A1", "E06_codes=A2"],
    "F": [
        "F02_codes=fishing",
        "F06_codes=money",
        "F06_codes=leave",
        *(f"F07_codes={how}" for how in ("DebtBondage", "ExcessiveWorkingHours", "WithholdsDocuments")),
        "F11_codes=P3",
    ],
    "G": ["G01_codes=messages", "G04_codes=consistent"],
}


def answers(walker: Walker) -> None:
    go(walker, NEXT)
    boxes(walker, "private_and_safe=yes", "emergency=no")
    save(walker)
    for letter, chosen in ANSWERS.items():
        assert f"/screening/{letter}/" in walker.page.url
        boxes(walker, *chosen)
        if letter == "F":
            field(walker, "F04_codes", "18")
            field(walker, "F04B_codes", "7")
            field(walker, "F05_text", "0")
        save(walker)


def decides(walker: Walker) -> None:
    boxes(walker, "result=ActualVictimOfTrafficking", "body=NGO")
    save(walker)


def second_reader(walker: Walker) -> None:
    """Finds the decision among what waits for her, and agrees."""
    walker.check()
    go(walker, "#waiting a[href*='/people/']")
    boxes(walker, "reading=agrees")
    with walker.page.expect_navigation():
        walker.click(walker.page.locator("form[action$='/finding/confirm/'] button"))
    walker.check()
    expect(walker.page.locator("form[action$='/finding/confirm/']")).to_have_count(0)


def keeps_a_reading(walker: Walker, words: dict[str, str]) -> None:
    to_file(walker)
    go(walker, "#finding a[href$='/indicators/']")
    expect(walker.page.locator("main")).to_contain_text(words["signs"])
    with walker.page.expect_navigation():
        walker.click(walker.page.locator("main form button.hv-btn--go"))
    walker.check()


def tells_the_way(walker: Walker, words: dict[str, str]) -> None:
    tab(walker, "story")
    part(walker, "recruitment", {"from_place": "Saint-Louis", "from_country": "SN", "place": "Dakar", "country": "SN"})
    part(walker, "transit", {"place": "Las Palmas", "country": "ES", "began": "03/2025", "transport": "boat"})
    go(walker, "a[href$='/story/part/']")
    boxes(walker, "stage=exploitation")
    told = {"place": "Nouadhibou", "began": "05/2025", "ended": "04/2025", "note": AT_SEA}
    fills(walker, told | {"country": "MR", "transport": "boat"})
    walker.click(walker.page.locator(SAVE))
    expect(walker.page.locator("[data-errors]")).to_contain_text(words["order"])
    walker.check()
    for name, value in told.items():
        expect(walker.page.locator(f"main [name={name}]")).to_have_value(value)
    field(walker, "ended", "10/2025")
    save(walker)
    expect(walker.page.locator(".hv-legs > li")).to_have_count(3)


def part(walker: Walker, stage: str, values: dict[str, str]) -> None:
    """One part of the way."""
    go(walker, "a[href$='/story/part/']")
    boxes(walker, f"stage={stage}")
    fills(walker, values)
    save(walker)


def fills(walker: Walker, values: dict[str, str]) -> None:
    """Fields and lists of one form."""
    for name, value in values.items():
        (pick if name.endswith("country") or name == "transport" else field)(walker, name, value)


def confirms_what_is_known(walker: Walker) -> None:
    for name in ("control", "industry"):
        go(walker, f"a[href$='/story/known/{name}/']")
        save(walker)
    go(walker, "a[href$='/story/who/']")
    field(walker, "alias", "The captain")
    boxes(walker, "roles=ControlledIndividual", "roles=Exploiter")
    save(walker)
    expect(walker.page.locator("main")).to_contain_text("The captain")


def needs_and_help(walker: Walker) -> None:
    tab(walker, "needs")
    boxes(walker, "need_accommodation", "need_legal")
    save(walker)
    go(walker, "a[href*='/service/?need=']")
    boxes(walker, "code=SHELTER_EMERG", "status=active")
    field(walker, "provider", "Maison Balise")
    unfold(walker, "[name=cost]")
    field(walker, "cost", "420")
    save(walker)


def judges_a_risk(walker: Walker) -> None:
    tab(walker, "risks")
    go(walker, "a[href$='/risks/new/']")
    field(walker, "threat", "The agent knows where his family lives.")
    boxes(walker, "about=family", "likelihood=3", "impact=4", "residual_likelihood=2", "residual_impact=3")
    save(walker)


def may_recover(walker: Walker, words: dict[str, str]) -> None:
    tab(walker, "legal")
    go(walker, "a[href$='/legal/new/']")
    boxes(walker, "kind=reflection", "state=granted")
    field(walker, "authority", "Préfecture du Rhône")
    field(walker, "since", "2026-11-01")
    field(walker, "until", "2026-11-11")
    walker.click(walker.page.locator(SAVE))
    expect(walker.page.locator("[data-errors]")).to_contain_text(words["days"])
    walker.check()
    expect(walker.page.locator("[name=authority]")).to_have_value("Préfecture du Rhône")
    field(walker, "until", "2026-12-15")
    save(walker)


def agrees_on_the_plan(walker: Walker, words: dict[str, str]) -> None:
    tab(walker, "plan")
    save(walker)
    expect(walker.page.locator("main")).to_contain_text(words["agreed"])


def looks_at_vulnerability(walker: Walker) -> None:
    to_file(walker)
    go(walker, "#finding a[href$='/vulnerability/']")
    go(walker, "a[href$='/vulnerability/individual/']")
    boxes(walker, "ind_age_present=no", "ind_origin_present=yes", "ind_origin_weight=2")
    save(walker)


def prints(walker: Walker, kind: str) -> None:
    tab(walker, "papers")
    go(walker, f"a[href$='/papers/{kind}/']")
    boxes(walker, "reason=for_person")
    save(walker)
    expect(walker.page.locator("[data-print]")).to_be_visible()
    expect(walker.page.locator("main")).to_contain_text(NAME)


def brings_in_the_lawyer(walker: Walker) -> None:
    tab(walker, "circle")
    boxes(walker, "purpose=legal")
    walker.click(walker.page.locator("label:has(input[name=colleague])", has_text="Lucas"))
    save(walker)


def the_lawyer(walker: Walker, case: str) -> None:
    """Sees the rights, and nothing of health."""
    walker.check()
    go(walker, f"main a[href='{case}']")
    go(walker, ".hv-tabs a[href$='/legal/']")
    expect(walker.page.locator("main")).to_contain_text("Préfecture du Rhône")
    go(walker, ".hv-tabs a[href$='/needs/']")
    expect(walker.page.locator("main form")).to_have_count(0)
    to_file(walker)
    go(walker, "main a[href$='/health/']")
    expect(walker.page.locator("main")).to_contain_text("Hana S.")
    assert not walker.page.locator("main a[href*='/health/']").count()


def follow_up(walker: Walker) -> None:
    to_file(walker)
    expect(walker.page.locator("#route svg[role=img]")).to_be_visible()
    expect(walker.page.locator("#route .hv-legs > li")).to_have_count(3)
    go(walker, ".hv-head__end a[href$='/step/']")
    boxes(walker, "to=S12")
    save(walker)
    go(walker, ".hv-head__end a[href$='/follow-up/']")
    save(walker)
    expect(walker.page.locator("main a[href*='/follow-up/M']").first).to_be_visible()


@pytest.mark.parametrize(
    ("login", "language", "width"), [pytest.param("amina", "en", 1280, marks=pytest.mark.long), ("gita", "fr", 390)]
)
def test_a_man_from_fishing(walk, login, language, width):
    walker, words = walk(login, language=language, width=width), WORDS[language]
    for step in (arrives, agrees, about, answers, decides):
        step(walker)
    second_reader(walk("chloe", language=language, width=width))
    keeps_a_reading(walker, words)
    tells_the_way(walker, words)
    for step in (confirms_what_is_known, needs_and_help, judges_a_risk):
        step(walker)
    may_recover(walker, words)
    agrees_on_the_plan(walker, words)
    looks_at_vulnerability(walker)
    for kind in ("plan", "summary"):
        prints(walker, kind)
    brings_in_the_lawyer(walker)
    case = "/people/" + walker.page.url.split("/people/")[1].split("/")[0] + "/"
    lawyer = walk("lucas", language=language, width=width)
    the_lawyer(lawyer, case)
    assert lawyer.faults == []
    follow_up(walker)
    print(f"{walker.presses} clicks and key presses for a man from fishing")
    assert walker.presses <= MOST
    assert [each for each in walker.faults if "422" not in each] == []  # Chromium tells of the two that were refused
