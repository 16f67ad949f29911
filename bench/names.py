"""`python -m bench.names`: how surely names are found as others write them, and what a search costs among 20,000."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from bench import ground, names_pairs
from bench.names_pairs import KINDS, Pair

SIZE = 20_000
FIRST = 10
PASSWORD = "a harbour measured at dawn"
BATCH = 1000
LINKAGE = Path(__file__).resolve().parents[2] / "shared" / "data" / "linkage"  # beside the checkout, when it is there
OUTSIDE = ("ar2en_train", "wd_arabic_train", "wd_russian_train")  # one way to write a word, and another
Search = Callable[[str], Sequence[str]]  # the names found, nearest first


@click.command()
@click.option("--size", default=SIZE, show_default=True, help="How many names one supervisor sees.")
@click.option(
    "--times", default=3, show_default=True, help="How often every pair is searched for when cost is measured."
)
def main(size: int, times: int) -> None:
    """Measure the search by name on a register of its own, built once and used again."""
    pairs = names_pairs.read()
    stored = names_pairs.register(size, [pair.stored for pair in pairs])
    name = f"names_{size}"
    with ground.running() as cluster:
        new = ground.database(cluster, name)
        if new:
            build(stored)
            ground.finished(cluster, name)
        results = {
            "commit": ground.commit(),
            "machine": ground.machine(cluster),
            "names": size,
            "pairs": len(pairs),
            **costs([pair.asked for pair in pairs if pair.half == "held"], times),
        }
    search = in_memory(stored)
    results |= {"found_in_first_ten": recall(pairs, search), "crowding": crowding(pairs, search), "outside": outside()}
    file = ground.keep("names", results)
    show(results)
    print(f"Written to {file.relative_to(ground.ROOT)}")


# ---- how surely


def in_memory(stored: Iterable[str]) -> Search:
    """The search of the program over these names, without a database."""
    from havre.cases.casefile import sounds
    from havre.cases.casefile.ranking import Index

    index = Index()
    names = {index.add(sounds.heard(name)): name for name in dict.fromkeys(stored)}
    everybody = set(names)

    def search(text: str) -> list[str]:
        return [names[number] for number in index.rank(sounds.heard(text), everybody)]

    return search


def recall(pairs: Iterable[Pair], search: Search) -> dict[str, Any]:
    """By half, of each kind and language: the share found in the first ten, and first; the mean place of the found."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for pair in pairs:
        found = search(pair.asked)[:FIRST]
        place = found.index(pair.stored) + 1 if pair.stored in found else 0
        for key in (
            pair.kind,
            f"{pair.kind}: {pair.how}",
            f"language: {pair.language}",
            f"{pair.kind} {pair.language}",
        ):
            places[pair.half, key].append(place)
    told: dict[str, Any] = defaultdict(dict)
    for (half, key), each in sorted(places.items()):
        found_at = [place for place in each if place]
        told[half][key] = {
            "pairs": len(each),
            "first_ten": round(len(found_at) / len(each), 3),
            "first": round(sum(place == 1 for place in each) / len(each), 3),
            "mean_place": round(sum(found_at) / max(1, len(found_at)), 2),
        }
    return told


def crowding(pairs: Iterable[Pair], search: Search) -> dict[str, float]:
    """Of exact names, how many are first; how many names are shown for one that was typed wrong."""
    pairs = [pair for pair in pairs if pair.kind in KINDS]
    exact = [search(pair.stored)[0] == pair.stored for pair in pairs]
    shown = [len(search(pair.asked)[:20]) for pair in pairs]
    return {"exact_name_first": round(sum(exact) / len(exact), 4), "shown": round(sum(shown) / len(shown), 1)}


def outside() -> dict[str, float]:
    """The share of public transliterations found in the first ten among all of their set, where the sets are there."""
    return {name: share for name, share in ((file, outside_share(file)) for file in OUTSIDE) if share is not None}


def outside_share(file: str, asked: int = 1000, among: int = SIZE) -> float | None:
    """Every n-th pair of the set, looked for among words of the set; words with several ways count for any of them."""
    source = LINKAGE / f"{file}.tsv"
    if not source.exists():
        return None
    rows = [line.split("\t") for line in source.read_text().splitlines()]
    known = [(row[0].strip(), row[1].replace(" ", "")) for row in rows if len(row[0].strip()) > 2]
    chosen = known[:: max(1, len(known) // among)][:among]
    search = in_memory(first for first, _second in chosen)
    right: dict[str, set[str]] = defaultdict(set)
    for first, second in chosen:
        right[second].add(first)
    tried = list(right.items())[:: max(1, len(right) // asked)][:asked]
    return round(sum(bool(firsts & set(search(second)[:FIRST])) for second, firsts in tried) / len(tried), 3)


# ---- what it costs


def build(stored: Sequence[str]) -> None:
    """One agency whose supervisor sees that many people; written as the owner of the tables."""
    from django.contrib.auth.hashers import make_password
    from django.db import connections, transaction

    from havre.platform.accounts.founding import found_agency

    with transaction.atomic(using="owner"):
        agency = found_agency("names", "Names", "FR", using="owner")
        supervisor = _user(agency, "supervisor", make_password(PASSWORD))
        worker = _user(agency, "caseworker", make_password(PASSWORD))
    each = list(enumerate(stored))
    for start in range(0, len(each), BATCH):
        _store(each[start : start + BATCH], agency, supervisor, worker)
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")


def _user(agency: Any, role: str, hashed: str, login: str = "") -> Any:
    from django.db import connections

    from havre.platform.accounts.founding import give_role
    from havre.platform.accounts.models import User
    from havre.platform.crypto import keyring
    from havre.platform.crypto.models import SubjectKey

    with connections["owner"].cursor() as cursor:
        cursor.execute("select nextval('accounts_principal')")
        principal = cursor.fetchone()[0]
    user = User(agency=agency, login=login or role, name=role.title(), principal=principal, password=hashed)
    user.save(using="owner", force_insert=True)
    give_role(user, role, using="owner")
    key = SubjectKey(subject_id=user.pk, kind="user", agency_id=agency.pk, wrapped=keyring.fresh(agency.pk, user.pk))
    key.save(using="owner", force_insert=True)
    return user


def _store(batch: Iterable[tuple[int, str]], agency: Any, supervisor: Any, worker: Any) -> None:
    """People with a name, their files, keys and rows of access: every 300th is the caseworker's, as a caseload is."""
    from django.db import transaction

    from havre.cases.people.models import Case, CaseAccess, Person, PersonName
    from havre.platform.crypto import keyring
    from havre.platform.crypto.models import SubjectKey
    from havre.platform.permissions import CASEWORK_COMPARTMENTS

    kinds: dict[type[Any], list[Any]] = {model: [] for model in (Person, Case, SubjectKey, CaseAccess, PersonName)}
    day = date(2026, 3, 12)
    with keyring.held(), transaction.atomic(using="owner"):
        for number, name in batch:
            owner = supervisor if number % 300 else worker
            reference = f"{number:06}".translate(str.maketrans("0123456789", "ABCDEFGHJK"))
            reference = f"{reference[:3]}-{reference[3:]}"
            person = Person(agency_id=agency.pk, reference=reference, gender="female", birth_year=1998)
            case = Case(
                person=person, agency_id=agency.pk, owner_id=owner.pk, reference=reference, state="S2", opened_on=day,
                cohort_year=2026,
            )  # fmt: skip
            for kind, subject in (("person", person.pk), ("case", case.pk)):
                key = SubjectKey(subject_id=subject, kind=kind, agency_id=agency.pk,
                                 wrapped=keyring.fresh(agency.pk, subject))  # fmt: skip
                keyring.load([])[subject] = {1: keyring._unwrapped(subject, 1, agency.pk, key.wrapped)}
                kinds[SubjectKey].append(key)
            for principal, purpose in ((owner.principal, "casework"), (agency.principal, "supervision")):
                kinds[CaseAccess].append(CaseAccess(
                    case=case, person_id=person.pk, principal=principal, compartments=int(CASEWORK_COMPARTMENTS),
                    level="write", purpose=purpose, opened=day,
                ))  # fmt: skip
            kinds[Person].append(person)
            kinds[Case].append(case)
            kinds[PersonName].append(PersonName(person=person, full=name))
        for model, rows in kinds.items():
            model._base_manager.using("owner").bulk_create(rows, batch_size=BATCH)


def costs(asked: Sequence[str], times: int) -> dict[str, Any]:
    """Milliseconds of processor time of `names.find` and of the page, in turn for each of these texts."""
    from django.db import transaction
    from django.test import Client

    from bench import measure
    from havre.cases.casefile import names, views
    from havre.platform.accounts import tries
    from havre.platform.accounts.claims import acting_as
    from havre.platform.accounts.models import User

    user = User.objects.get(login="supervisor")
    told: dict[str, Any] = {}
    with acting_as(user):
        told["first_use"] = measure.cost(lambda: names.find(asked[0], by=user), 1, warm=0).shown()
        texts = itertools.cycle(asked)
        told["find"] = measure.cost(lambda: names.find(next(texts), by=user), len(asked) * times).shown()
    views.SEARCHES = tries.Limit("bench", 10**9)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    with transaction.atomic():
        client.force_login(user)
    told["page"] = measure.cost(lambda: client.post("/people/", {"q": next(texts)}), len(asked)).shown()
    return told


def show(results: dict[str, Any]) -> None:
    """The figures as tables."""
    from rich.console import Console
    from rich.table import Table

    table = Table("", "half", "pairs", "in the first ten", "first", "mean place")
    for half, kinds in results["found_in_first_ten"].items():
        for kind, row in kinds.items():
            table.add_row(kind, half, *(str(row[each]) for each in ("pairs", "first_ten", "first", "mean_place")))
    console = Console(width=110)
    console.print(table)
    for key in ("first_use", "find", "page", "crowding", "outside"):
        console.print(key, results[key])


if __name__ == "__main__":
    main()
