"""Lists are read as they stand, an agency's own file wins, and a broken one is named."""

import csv
from pathlib import Path

import pytest

from havre.kernel.vocabularies import BrokenList, load, names

KEPT = Path(__file__).parent / "data" / "htcds_codes.csv"
SHARED = Path(__file__).parents[4] / "shared" / "domain" / "htcds_values.csv"
HEADER = "code,label_en,label_fr,source,status"


def standard_codes(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["field_code"], row["value_code"].strip()) for row in csv.DictReader(file)]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HAVRE_VOCABULARIES", str(tmp_path))
    return tmp_path


def test_every_value_of_the_data_standard_is_accepted_exactly() -> None:
    published = standard_codes(SHARED if SHARED.exists() else KEPT)
    assert published == standard_codes(KEPT) and len(published) == 182
    assert [(field, code) for field, code in published if code not in load(field)] == []


def test_nothing_but_the_local_value_is_added_to_the_data_standard() -> None:
    ours = {(name, code) for name in names() if name[4:5].isupper() for code in load(name)}
    assert ours - set(standard_codes(KEPT)) == {("vic_MethodsOfControl", "RestrictsMovement")}


def test_the_local_value_goes_out_as_other() -> None:
    row = load("vic_MethodsOfControl").row("RestrictsMovement")
    assert (row["status"], row["export_as"]) == ("local", "Other")


@pytest.mark.parametrize(
    ("text", "code"),
    [("DebtBondage ", "DebtBondage"), ("UsesChildren", "ThreatensChildrenFamily"), ("Threats", "PhysicalThreats")],
)
def test_values_of_other_versions_are_understood(text: str, code: str) -> None:
    assert load("vic_MethodsOfControl").canonical(text) == code


@pytest.mark.parametrize("text", ["", " ", "debtbondage", "Blackmail"])
def test_values_of_no_version_are_not(text: str) -> None:
    assert load("vic_MethodsOfControl").canonical(text) is None


def test_deprecated_values_are_read_and_never_offered() -> None:
    assert "Poverty" in load("vic_Vulnerabilities")
    assert load("vic_Vulnerabilities").choices("en") == []


def test_a_label_falls_back_to_english_and_then_to_the_code() -> None:
    assert load("answer_states").label("declined", "fr") == "Préfère ne pas répondre"
    assert load("answer_states").label("declined", "fr-ca") == "Préfère ne pas répondre"
    assert load("answer_states").label("declined", "ar") == "Rather not say"
    assert load("answer_states").label("gone", "fr") == "gone"


def test_a_list_that_does_not_exist_is_a_key_error() -> None:
    for name in ("nothing", "../registry", ""):
        with pytest.raises(KeyError):
            load(name)


def test_a_file_of_the_agency_replaces_ours(own: Path) -> None:
    (own / "urgency.csv").write_text(
        f"{HEADER},within_days,label_ar\nnow,At once,Maintenant,us,local,0,الآن\n", "utf-8"
    )
    assert load("urgency").codes == ("now",)
    assert load("urgency").label("now", "ar") == "الآن"
    assert "yes" in load("yes_no_unknown")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("code,label_en\n", ":1: no column label_fr, source, status"),
        (f"{HEADER}\nyes,Yes,Oui,us,local\nyes,Yes,Oui,us,local\n", ":3: yes stands twice"),
        (f"{HEADER}\nyes,Yes,Oui,us\n", ":2: more or fewer cells than columns"),
        (f"{HEADER}\nyes,Yes,Oui,us,local,more\n", ":2: more or fewer cells than columns"),
        (f"{HEADER}\n yes,Yes,Oui,us,local\n", ":2: a code is empty or has blanks around it"),
        (f"{HEADER}\nyes,,Oui,us,local\n", ":2: yes has no English text"),
        (f"{HEADER}\nyes,Yes,Oui,us,good\n", ":2: unknown status 'good'"),
        (f'{HEADER}\nyes,"Yes,Oui,us,local\n', ":2: unexpected end of data"),
    ],
)
def test_a_broken_file_is_named_with_line_and_fault(own: Path, text: str, fault: str) -> None:
    (own / "yes_no_unknown.csv").write_text(text, "utf-8")
    with pytest.raises(BrokenList) as caught:
        load("yes_no_unknown")
    assert str(caught.value) == f"{own / 'yes_no_unknown.csv'}{fault}"


def test_a_file_in_another_encoding_is_named(own: Path) -> None:
    (own / "yes_no_unknown.csv").write_bytes(f"{HEADER}\nyes,Yes,Déjà,us,local\n".encode("latin-1"))
    with pytest.raises(BrokenList, match=r"yes_no_unknown\.csv:"):
        load("yes_no_unknown")
