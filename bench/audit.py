"""What the record costs: eight writers with and without sealing; a million rows sealed, taken out, checked, read."""

from __future__ import annotations

import secrets
import statistics
import threading
import time
import uuid
from gzip import decompress
from io import BytesIO
from typing import Any

import click

from bench import ground
from bench.measure import spent_by, spent_here

NAME = "audit"
WRITERS = 8
SECONDS, ROUNDS = 4.0, 5
MANY = 1_000_000
RATE, SLOWER = 500, 1.10  # rows a second at least; with sealing over without, at most (issue 6)
FILL = """
    insert into audit_auditevent
      (id, at, user_id, watcher, act, refused, reason, request_id, files, file, through, mark)
    select gen_random_uuid(), now() - (%(span)s * (%(many)s - n) / %(many)s) * interval '1 day',
      (%(users)s::uuid[])[1 + n %% cardinality(%(users)s::uuid[])], %(watcher)s,
      (array['page.casefile:case', 'page.casefile:case', 'note.add', 'page.casefile:list', 'search.names'])[1 + n %% 5],
      n %% 97 = 0, '', gen_random_uuid(), 1, md5((n %% 20000)::text)::uuid,
      case n %% 11 when 0 then 'supervision' else 'casework' end, %(first)s + n / 400
    from generate_series(1, %(many)s) n"""


@click.command()
def main() -> None:
    """Measure the writing, the sealing, the checking and the pages of a record of a million events."""
    with ground.running() as cluster:
        ground.database(cluster, NAME, anew=True)
        from bench import tampering

        before = ground.machine(cluster)
        with tampering.as_superuser():
            auditor, _agencies = tampering.people()
            worker = _somebody(auditor.agency)
        written = writing(cluster, worker)
        with tampering.as_superuser():
            large = a_million(auditor, worker)
        found = {
            "commit": ground.commit(),
            "machine": before,
            "load_after": ground.machine(cluster)["load"],
            "on": ground.today(),
            "writers": WRITERS,
            "writing": written,
            "budget": {"rows_per_s": RATE, "with_over_without": SLOWER},
            "events": MANY,
            "a_million": large,
        }
    file = ground.keep("audit", found)
    for part in (written, large):
        for name, value in part.items():
            click.echo(f"{name}: {value}")
    click.echo(f"Written to {file.relative_to(ground.ROOT)}")
    if written["rows_per_s_while_sealing"] < RATE and written["with_over_without"] > SLOWER:
        raise click.ClickException("writing the record costs more than it may")


def _somebody(agency: Any) -> Any:
    from havre.platform.accounts.founding import found_user
    from havre.platform.accounts.models import User

    found = User.objects.filter(login="amina").first()
    return found or found_user(agency, "amina", "Amina D.", "caseworker", "a quiet harbour at dawn", using="default")


def writing(cluster: Any, user: Any) -> dict[str, Any]:
    """Rows a second and the time of one transaction, rounds with and without a sealer taking turns."""
    rounds: dict[bool, list[tuple[float, float, float]]] = {False: [], True: []}
    for number in range(2 * ROUNDS):
        sealing = number % 2 == 1
        rounds[sealing].append(_round(cluster, user, sealing=sealing))

    def middle(sealing: bool, place: int) -> float:
        return round(statistics.median(each[place] for each in rounds[sealing]), 2)

    return {
        "rows_per_s_without": middle(False, 0),
        "rows_per_s_while_sealing": middle(True, 0),
        "ms_median_without": middle(False, 1),
        "ms_median_while_sealing": middle(True, 1),
        "ms_p95_without": middle(False, 2),
        "ms_p95_while_sealing": middle(True, 2),
        "with_over_without": round(middle(True, 1) / middle(False, 1), 3),
    }


def _round(cluster: Any, user: Any, *, sealing: bool) -> tuple[float, float, float]:
    """Eight connections of the application write what a page writes: an event and the file it showed."""
    end = time.monotonic() + SECONDS
    took: list[list[float]] = [[] for _ in range(WRITERS)]
    writers = [threading.Thread(target=_write, args=(cluster, user, end, each)) for each in took]
    sealer = threading.Thread(target=_seal, args=(end,))
    for each in [*writers, *([sealer] if sealing else [])]:
        each.start()
    for each in [*writers, *([sealer] if sealing else [])]:
        each.join()
    every = sorted(one for each in took for one in each)
    return 2 * len(every) / SECONDS, 1000 * statistics.median(every), 1000 * every[int(len(every) * 0.95)]


def _write(cluster: Any, user: Any, end: float, took: list[float]) -> None:
    from havre.platform.accounts.claims import proof
    from havre.platform.audit.recorder import WHOLE
    from havre.platform.database.claims import token_hash

    token = secrets.token_hex(32)
    hashed = token_hash(token)
    told = {"user": user.pk, "watcher": user.agency.audit_principal, "act": "page.casefile:case", "refused": False}
    told |= {"reason": "", "house": user.agency.principal, "files": 1}
    with ground.connect(cluster, NAME, "havre_app") as asked:
        asked.execute("select havre.begin_job(%s, %s, %s)", [hashed, user.pk, proof("job", user.pk, hashed.hex())])
        asked.commit()
        while time.monotonic() < end:
            file = uuid.uuid4()
            began = time.perf_counter()
            asked.execute("select set_config('havre.token', %s, true)", [token])
            one = {"id": uuid.uuid4(), "at": "now", "request": uuid.uuid4(), "file": file, "cases": [file]}
            asked.execute(WHOLE.encode(), {**told, **one})
            asked.commit()
            took.append(time.perf_counter() - began)


def _seal(end: float) -> None:
    """Ten times as often as the worker does it, so that a short round has its share."""
    from django.db import connections

    from bench import tampering
    from havre.platform.audit import sealing

    with tampering.as_superuser():
        while time.monotonic() < end:
            sealing.seal()
            time.sleep(0.5)
        connections.close_all()


def a_million(auditor: Any, worker: Any) -> dict[str, Any]:
    """A year of a large agency: sealed, taken out, checked, and the pages of its auditor."""
    from django.db import connection, connections

    from havre.platform.accounts.claims import acting_as
    from havre.platform.audit import reading, sealing, unusual
    from havre.platform.audit.exporting import export_record
    from havre.platform.audit.verifying import verify
    from havre.platform.crypto import keyring

    told: dict[str, Any] = {}
    users = [worker.pk, *(uuid.uuid5(uuid.NAMESPACE_OID, str(each)) for each in range(120))]
    _filled(users, auditor.agency.audit_principal, 365)
    with _timed(told, "seal_s"):
        told["batches"] = sealing.seal()
    out = BytesIO()
    with _timed(told, "export_s"), acting_as(auditor):
        _seals, told["rows"] = export_record(out, by=auditor)
    told["export_mb"] = round(len(out.getvalue()) / 1e6, 1)
    lines = decompress(out.getvalue()).decode().splitlines()
    with _timed(told, "verify_s"):
        report = verify(lines, [keyring.provider().public("audit")], {})
    # A year that was written in one minute says it is older than its seals, and nothing else is wrong with it.
    assert not [each for each in report.faults if "long before" not in each.what]
    connections["default"].close()
    for name, span in (("year", 365), ("month", 30)):
        if span == 30:
            with connection.cursor() as cursor:
                cursor.execute("set session_replication_role = replica")
                cursor.execute("update audit_auditevent set at = now() - (now() - at) / 13")
                cursor.execute("vacuum analyze audit_auditevent")
                cursor.execute("reset session_replication_role")
        told |= _pages(name, auditor, acting_as, reading, unusual)
    return told


def _filled(users: list[uuid.UUID], watcher: int, days: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        for _number in range(MANY // 400 + 10):  # as many transactions as wrote these rows
            cursor.execute("select pg_current_xact_id()")
        cursor.execute("select max(upto) from audit_auditseal")
        values = {"many": MANY, "users": users, "watcher": watcher, "span": days, "first": cursor.fetchone()[0]}
        cursor.execute(FILL, values)
        cursor.execute("reset session_replication_role")
        cursor.execute("vacuum analyze audit_auditevent")


def _pages(name: str, auditor: Any, acting_as: Any, reading: Any, unusual: Any) -> dict[str, Any]:
    """Milliseconds of processor time, the middle of five, under the policies of the auditor."""
    from django.db import connection

    def asked(act: Any) -> float:
        took = []
        for _round in range(5):
            with acting_as(auditor):
                began = _spent()
                act()
                took.append(1000 * (_spent() - began))
        return round(statistics.median(took), 1)

    with connection.cursor() as cursor:
        cursor.execute("set role havre_app")  # no superuser: the policies hold
    own = auditor.agency.audit_principal
    refused = reading.Asked(refused=True)
    figures = {
        f"unusual_ms_{name}": asked(lambda: unusual.findings(own)),
        f"events_ms_{name}": asked(lambda: reading.events(auditor, reading.Asked(), None)),
        f"refused_ms_{name}": asked(lambda: reading.events(auditor, refused, None)),
    }
    with connection.cursor() as cursor:
        cursor.execute("reset role")
    return figures


def _spent() -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return spent_here() + spent_by(cursor.fetchone()[0])


class _timed:
    """Notes the seconds of processor time of a block, ours and the database's."""

    def __init__(self, told: dict[str, Any], name: str) -> None:
        self.told, self.name = told, name

    def __enter__(self) -> None:
        self.began = _spent()

    def __exit__(self, *error: object) -> None:
        self.told[self.name] = round(_spent() - self.began, 1)
