"""A release from end to end: what it publishes, that it is one thing, and that none of it has seen a record."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from havre.workbench import codebook, reading
from havre.workbench.counting.fast import dense
from havre.workbench.privacy.counted import UNCOUNTED, Account
from havre.workbench.privacy.noise import Seeded
from havre.workbench.progress import COUNTING, DRAWING, FITTING, REHEARSING
from havre.workbench.protect import custodian, report
from havre.workbench.protect import facts as factual
from havre.workbench.protect import release as releases
from havre.workbench.protect import trial as trials
from havre.workbench.protect.estimate import Cells, Estimate, estimate
from havre.workbench.protect.facts import Promise, Worth
from havre.workbench.protect.plan import Plan
from havre.workbench.protect.release import Asked
from havre.workbench.protect.rolling import Rolled
from havre.workbench.protect.trial import Custody
from havre.workbench.reading import Reading
from havre.workbench.records import Coded, Column
from havre.workbench.refusal import Refusal

PUBLISHED = ("aggregates.csv", "synthetic.csv", "report.html", "report.json")
BOOK = "column,value,parent,label_en,label_fr\n" + "".join(
    f"{line}\n"
    for line in (
        *(f"land,{each},South,," for each in ("NA", "ZA", "BW")),
        *(f"land,{each},North,," for each in ("FR", "DE")),
        "sex,f,,woman,femme",
        "sex,m,,man,homme",
        "form,labour,,,",
        "form,sexual,,,",
        "year,2024,,,",
        "year,2025,,,",
    )
)


def register(many):
    """Invented people: most from two lands, a few from elsewhere."""
    random = np.random.default_rng(3)
    land = random.choice(["NA", "FR", "ZA", "BW", "DE", ""], many, p=[0.5, 0.35, 0.0002, 0.0002, 0.0003, 0.1493])
    sex = random.choice(["f", "m", ""], many)
    form = np.where(random.random(many) < 0.8, np.where(sex == "f", "sexual", "labour"), "labour")
    rows = zip(land, sex, form, random.choice(["2024", "2025"], many), strict=True)
    return "land,sex,form,year\n" + "".join(",".join(row) + "\n" for row in rows)


@pytest.fixture
def made(tmp_path):
    """Makes a release of so many people; gives its folder, its facts and the reading."""
    (tmp_path / "book.csv").write_text(BOOK)
    book = codebook.read(tmp_path / "book.csv")

    def run(many, name="out", account=None, custody=None, **asked):
        (tmp_path / "people.csv").write_text(register(many))
        read = reading.read(tmp_path / "people.csv", book)
        asked = Asked(**({"epsilon": 3.0, "seed": 5} | asked))
        return tmp_path / name, releases.release(read, book, asked, tmp_path / name, account, custody).facts, read

    return run


def rows(file):
    return list(csv.DictReader(file.read_text().splitlines()))


def test_tables_and_records_are_one_thing_and_come_again_with_the_seed(made):
    out, _facts, _read = made(12_000)
    records, told = rows(out / "synthetic.csv"), rows(out / "aggregates.csv")
    assert {len(row["selection"].split(";")) for row in told} == {1, 2, 3}
    for row in told:
        pairs = [pair.split("=") for pair in row["selection"].split(";")]
        assert pairs == sorted(pairs) and int(row["count"]) > 0 and float(row["sd"]) > 0
        assert sum(all(record[c] == v for c, v in pairs) for record in records) == int(row["count"])
    again, _facts, _read = made(12_000, "again")
    assert all((again / each.name).read_bytes() == each.read_bytes() for each in out.iterdir())
    other, _facts, _read = made(12_000, "other", seed=6)
    assert (other / "aggregates.csv").read_bytes() != (out / "aggregates.csv").read_bytes()


def test_a_rare_value_is_shown_by_its_parent_and_what_is_not_shown_is_not_zero(made):
    out, facts, _read = made(12_000)
    land = facts.columns[0]
    assert "BW" in land.raised and any(each.parent and each.value == "South" for each in land.values)
    document = json.loads((out / "report.json").read_text())
    assert "not zero" in document["aggregates"]
    counts = [value["count"] for column in document["columns"] for value in column["values"]]
    assert 0 not in counts
    assert not any(row["count"] == "0" for row in rows(out / "aggregates.csv"))


def test_the_published_files_are_a_function_of_counts_and_noise_alone(made, tmp_path):
    """Another register of as many people, given the first one's noisy counts, gives the same four files to the byte."""
    _out, told, read = made(3_000)
    coded, kept = read.coded, []

    def counts(codes, sizes, sets):
        kept.append(dense(codes, sizes, sets))
        return kept[-1]

    def of_the_first(codes, sizes, sets):
        assert codes.shape[1] == 3_000
        return played.pop(0)

    others = Coded(coded.columns, np.ones_like(coded.codes), coded.cap)
    for name, register_of, count in (("a", coded, counts), ("b", others, of_the_first)):
        played = list(kept)
        estimated = estimate(register_of, told.promise.rho, Seeded(1), told.promise.plan, count)
        stated = factual.of(estimated, told.promise, coded.columns, told.book)
        (tmp_path / name).mkdir()
        releases.write(tmp_path / name, estimated, stated, coded.columns, Asked(3.0, seed=1))
    assert {each.name for each in (tmp_path / "a").iterdir()} == set(PUBLISHED)
    assert all((tmp_path / "a" / each).read_bytes() == (tmp_path / "b" / each).read_bytes() for each in PUBLISHED)


class Reader(HTMLParser):
    """The text of a page by language, and every address and script in it."""

    def __init__(self, text):
        super().__init__()
        self.languages, self.now, self.foreign, self.open = {"en": "", "fr": ""}, "", [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.now = given.get("lang", self.now) if tag == "div" else self.now
        self.foreign += [tag] * (tag in ("script", "link", "img", "iframe") or bool({"src", "href"} & given.keys()))
        self.open += [tag] if tag not in ("meta", "input") else []

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.now:
            self.languages[self.now] += data


def test_the_page_stands_by_itself_in_two_languages(made):
    out, facts, _read = made(12_000)
    page = Reader((out / "report.html").read_text())
    assert page.foreign == [] and page.open == []
    english, french = page.languages["en"], page.languages["fr"]
    assert "95% sure at most" in english and "95\u202f% au plus" in french
    assert "woman" in english and "femme" in french and "femme" not in english
    assert f"{facts.people:,}" in english and f"{facts.people:,}".replace(",", "\u202f") in french
    assert "South: rare values, together" in english
    assert "{" not in english + french


def test_tables_that_are_noise_or_nearly_empty_are_named(made):
    _out, facts, _read = made(12_000)
    assert all(each.worth for each in facts.tables if len(each.columns) == 1)
    assert "There is none." in report.whole(replace(facts, tables=facts.tables[:1]), [])
    noise = Worth(("land", "sex"), cells=3, shown=900, people=1000, off=0.4)
    hollow = Worth(("land", "form"), cells=3, shown=400, people=1000, off=0.1)
    empty = Worth(("sex", "form", "year"), cells=0, shown=0, people=0, off=0.0)
    text = Reader(report.whole(replace(facts, tables=(noise, hollow, empty) * 5), [])).languages
    assert "15 of 15 tables" in text["en"] and "15 tableaux sur 15" in text["fr"]
    assert "land × sex390%40%" in text["en"] and "sex × form × yearnon publié––" in text["fr"]


def test_a_weak_promise_is_called_weak(made):
    out, _facts, _read = made(300, epsilon=12.0)
    text = Reader((out / "report.html").read_text()).languages
    assert "the promise is weak" in text["en"] and "> 99.8% sure" in text["en"] and "est faible" in text["fr"]


def test_without_a_ledger_that_is_the_first_line_and_a_seed_is_no_release(made, tmp_path):
    out, _facts, _read = made(300)
    document = json.loads((out / "report.json").read_text())
    assert document["first"][:2] == list(UNCOUNTED) and not document["release"]
    page = Reader((out / "report.html").read_text()).languages["fr"]
    assert page.startswith(UNCOUNTED[1]) and "non une publication" in page
    out, _facts, _read = made(300, "b", Account(tmp_path / "ledger.jsonl", "2024", (3.0, 1e-6)), seed=None)
    document = json.loads((out / "report.json").read_text())
    assert document["first"] == [] and document["release"] and len(document["promise"]["ledger"]) == 64


def test_a_small_register_says_how_far_it_goes(made):
    out, facts, _read = made(500)
    assert facts.order == 1
    page = Reader((out / "report.html").read_text()).languages
    assert "too small" in page["en"] and "trop petit" in page["fr"]
    assert all("," not in row["selection"] and ";" not in row["selection"] for row in rows(out / "aggregates.csv"))


@pytest.mark.parametrize("many", [4, 12])
def test_a_handful_of_people_is_drowned_in_noise_and_nothing_breaks(made, many):
    for seed in range(4):
        out, facts, _read = made(many, f"out{seed}", epsilon=0.2, seed=seed)
        assert len(rows(out / "synthetic.csv")) == facts.records == facts.people


def test_the_custodian_learns_the_truth_and_is_told_to_keep_it(made):
    out, _facts, read = made(12_000)
    page = Reader((out / "custodian.html").read_text())
    assert page.languages["en"].startswith("NOT FOR PUBLICATION") and page.languages["fr"].startswith("NE PAS PUBLIER")
    assert f"{read.coded.codes.shape[1]:,}" in page.languages["en"] and page.foreign == []
    assert (out / "custodian.html").stat().st_mode & 0o077 == 0


def test_attacks_change_nothing_that_is_published(made):
    plain, _facts, _read = made(3_000)
    out, _facts, _read = made(3_000, "b", custody=Custody(targets=40, quasi=("land", "sex")))
    assert all((out / each).read_bytes() == (plain / each).read_bytes() for each in PUBLISHED)
    english, french = Reader((out / "custodian.html").read_text()).languages.values()
    assert "Nobody was attacked" in english and "Personne n’a été attaqué" in french
    assert "by land, sex alone" in english and "No attack was tried" in (plain / "custodian.html").read_text()


def wide(seed, many=300):
    """Strangers of seven columns with many answers: nearly everybody is rare."""
    columns = tuple(Column(f"c{number}", tuple("abcdefgh"), (-1,) * 8, ()) for number in range(7))
    return Coded(columns, np.random.default_rng(seed).integers(0, 9, (7, many)).astype(np.uint16), 7)


def test_without_people_from_outside_half_of_the_file_is_rehearsed_with():
    trial = trials.rehearse(wide(1), 0.2, Plan(7, 7), Custody(targets=100, secrets=("c1",)))
    assert trial.rehearsed and (trial.risk.members, trial.risk.controls, trial.risk.targets) == (150, 150, 100)
    assert not any(each.alarm for each in trial.risk.figures.values()) and "secret c1" in trial.risk.figures
    assert trials.rehearse(wide(1, 30), 0.2, Plan(7, 7), Custody()) is None


@pytest.mark.parametrize(
    ("of", "epsilon", "said"),
    [
        (1, 3.0, "That is more than the promise allows"),
        (1, 12.0, "within what epsilon 12 allows"),
        (3, 3.0, "No attack"),
    ],
)
def test_the_custodian_is_told_whether_an_attack_found_what_the_promise_allows(tmp_path, of, epsilon, said):
    """A release of the members themselves, and one of strangers."""
    members = wide(1)
    rolled = tuple(Rolled(column.values, 8, np.arange(9, dtype=np.uint16)) for column in members.columns)
    nothing = Cells(np.zeros((1, 0), dtype=np.uint16), np.zeros(0, dtype=np.int64), np.zeros(0))
    made = Estimate(1, {(0,): nothing}, wide(of).codes.T, rolled, 300.0)
    custody, promise = Custody(wide(2), targets=200), Promise(epsilon, 1e-6, 0.1, Plan(7, 7))
    trial = trials.against(made, members, custody)
    custodian.write(tmp_path / "c.html", Reading(members, (), 0), made, promise, custody, trial)
    page = Reader((tmp_path / "c.html").read_text()).languages
    assert said in page["en"] and "The release itself was attacked" in page["en"]
    assert page["fr"].count("ALERTE") == page["en"].count("ALARM")


def test_whoever_waits_is_told_how_far_it_is_and_gets_the_same(made):
    plain, _facts, read = made(3_000)
    told = {}

    def passed(step, done, of):
        assert told.get(step, (0, 0))[0] <= done <= of
        told[step] = done, of

    book = codebook.read(plain.parent / "book.csv")
    releases.release(read, book, Asked(3.0, seed=5), plain.parent / "b", custody=Custody(targets=40), passed=passed)
    assert all((plain.parent / "b" / each).read_bytes() == (plain / each).read_bytes() for each in PUBLISHED)
    assert set(told) == {REHEARSING, COUNTING, DRAWING, FITTING}
    assert (
        all(told[step][0] == told[step][1] for step in (COUNTING, DRAWING)) and told[FITTING][1] > told[FITTING][0] > 4
    )


def test_a_column_that_is_not_there_is_refused_before_anything_is_charged(made, tmp_path):
    with pytest.raises(Refusal, match="no column 'forms'"):
        made(50, account=Account(tmp_path / "l.jsonl", "2024", (3.0, 1e-6)), custody=Custody(secrets=("forms",)))
    assert not (tmp_path / "l.jsonl").exists()


def test_duckdb_counts_the_same_release(made):
    out, _facts, _read = made(2_500)
    other, _facts, _read = made(2_500, "other", engine="duckdb")
    assert all((other / each.name).read_bytes() == each.read_bytes() for each in out.iterdir())


@pytest.mark.parametrize("cap", [1, 2, 4, 12])
def test_a_wide_register_under_any_cap(tmp_path, cap):
    names = [f"c{number}" for number in range(12)]
    (tmp_path / "wide.csv").write_text("column,value\n" + "".join(f"{c},{v}\n" for c in names for v in "ab"))
    answers = np.random.default_rng(2).choice(["a", "a", "b", ""], (12_000, 12))
    answers[:, 6:] = answers[:, :6]
    (tmp_path / "people.csv").write_text(",".join(names) + "\n" + "".join(",".join(row) + "\n" for row in answers))
    book = codebook.read(tmp_path / "wide.csv")
    read = reading.read(tmp_path / "people.csv", book, cap=cap)
    facts = releases.release(read, book, Asked(3.0, seed=1), tmp_path / "out").facts
    assert facts.order == min(cap, 3) and sum(step.rho for step in facts.steps) == pytest.approx(facts.promise.rho)
    assert len(rows(tmp_path / "out" / "synthetic.csv")) == facts.people


def test_tables_too_large_to_measure_are_refused_before_the_charge(made, tmp_path):
    wide = "".join(f"c{c},v{v}\n" for c in range(3) for v in range(400))
    (tmp_path / "wide.csv").write_text("column,value\n" + wide)
    (tmp_path / "people.csv").write_text("c0,c1,c2\n" + "v1,v2,v3\n" * 3)
    book = codebook.read(tmp_path / "wide.csv")
    read, account = reading.read(tmp_path / "people.csv", book), Account(tmp_path / "l.jsonl", "2024", (3.0, 1e-6))
    with pytest.raises(Refusal, match="lower --order"):
        releases.release(read, book, Asked(3.0), tmp_path / "out", account)
    assert not account.path.exists() and not (tmp_path / "out").exists()
