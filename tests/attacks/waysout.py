"""Every way out of the house: pages, files, paper, mails, the record, and what stands in the database and on disk."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import get_args

import psycopg
from django.db import models, transaction
from django.test import override_settings
from django.urls import reverse
from psycopg import sql

from havre.directory.checking import post, suggestible
from havre.directory.finding import Query, find
from havre.directory.forms.parts import PARTS
from havre.directory.models import Contact, Location, Organisation, Service
from havre.exchange.hsds.actions import Format, export_cards
from havre.exchange.hsds.told import Profile
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.exporting import export_record
from havre.platform.notices.tests.post import office
from tests import harness
from tests.laws.walk import Line, lines
from tests.working import under_the_role_of_the_worker

from .fort import NOBODY, Fort, told_of, undone
from .hiding import COUNTRY, KEEPER, KNOW

# Who suggests, who keeps other cards, who only reads, who has no account.
APART = ("amina", "boris", "dao", NOBODY)
Rows = dict[type[models.Model], list[models.Model]]
SEARCHES = ("directory:find", "directory:find_map")
ANSWERS = {f"exchange:api_{name}": model for name, model in (("organization", Organisation), ("service", Service),
    ("location", Location))}  # fmt: skip
Told = Iterator[tuple[str, bytes]]  # where, and what stands there


def pages(fort: Fort, rows: Rows, *, stride: int = 1, rooms: str = "", logins: Sequence[str] = ()) -> Told:
    """Every page × method × persona; those of the directory for each row there is.

    With a stride, pages of other rooms are asked by one persona in so many, another one for each page. The keeper
    of the places asks them all; of those with the same rights in the directory one does.
    """
    asked = [line for line in lines() if line.page.startswith(rooms)]
    for turn, login in enumerate(logins or fort.logins):
        client = fort.client(login)
        for number, line in enumerate(asked):
            near = line.page.startswith(("directory:", "exchange:api")) and login in (*APART, *KNOW)
            everybody = near or login == KEEPER or (number + turn) % stride == 0
            for address in dict.fromkeys(_addresses(fort, line, login, rows)) if everybody else ():
                answer = undone(client, line.method, address)
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                yield f"{line} {address} {login}", opened(body) + repr(answer.headers).encode()


def _addresses(fort: Fort, line: Line, login: str, rows: Rows) -> Iterator[str]:
    """The page of the persona's own; of the directory, that of each row and each part of the card."""
    own = login if login in fort.places else "amina"
    yield fort.address(line, own, own)
    if line.page in SEARCHES:
        yield f"{reverse(line.page)}?countries={COUNTRY}"
    for row in rows[ANSWERS[line.page]] if line.page in ANSWERS else ():
        yield reverse(line.page, args=[row.pk])
    if line.page.startswith("directory:"):
        there = {f"directory.{model.__name__}": [each.pk for each in found] for model, found in rows.items()}
        there["TN"] = ["TN", COUNTRY]
        for told in _parts(dict(told_of(line))):
            for values in product(*(there.get(value, [value]) for value in told.values())):
                yield reverse(line.page, kwargs=dict(zip(told, values, strict=True)))


def _parts(told: dict[str, str]) -> Iterator[dict[str, str]]:
    if "part" in told:
        for name, part in PARTS.items():
            row = {"row": f"directory.{part.model.__name__}"} if "row" in told else {}
            yield {**told, "part": name, **row}
    elif "entity" in told:
        for name, model in suggestible.MODELS.items():
            yield {**told, "entity": name, "pk": f"directory.{model.__name__}"}
    else:
        yield told


def searches(fort: Fort, words: list[str]) -> list[tuple[str, str]]:
    """By whom and by which word, or its beginning, something is found."""
    told = []
    for login, user in fort.users.items():
        with transaction.atomic(), acting_as(user):
            asked = [(word, query) for word in words for query in (Query(text=word), Query(area=word[:7]))]
            told += [(login, word) for word, query in asked if find(query).total]
    return told


def files(fort: Fort) -> Told:
    """The directory as HSDS, in each format and profile, by its keeper, by the supervisor and by a partner."""
    for login in (KEEPER, "chloe", "boris"):
        for kind in get_args(Format):
            for profile in get_args(Profile):
                out = io.BytesIO()
                with transaction.atomic(), acting_as(fort.users[login]):
                    export_cards(out, by=fort.users[login], kind=kind, profile=profile)
                yield f"HSDS {kind} {profile} {login}", opened(out.getvalue())


def in_hand(fort: Fort, rows: Rows) -> Told:
    """Contact cards, booklet and emergency sheet, in both languages."""
    papers = [f"/directory/in/{COUNTRY}/{kind}/" for kind in ("booklet", "emergency")]
    cards = [f"/directory/contact/{each.pk}.vcf" for each in rows[Contact]]
    for login in (KEEPER, "chloe", "boris"):
        for address in [*papers, *cards]:
            for language in ("en", "fr"):
                answer = fort.client(login).get(address, {"lang": language})
                assert answer.status_code == 200, (address, answer.status_code)
                yield f"{address} {login} {language}", answer.content


def mails(fort: Fort) -> Told:
    """What the contacts get, and the page their link leads to."""
    with office() as there:
        told = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": there.port, "EMAIL_USE_TLS": False}
        with override_settings(HAVRE_URL="https://havre.example", **told), under_the_role_of_the_worker():
            post.send()
        for mail in there.mails():
            text = mail.get_payload(decode=True)
            yield "mail", text + mail.as_bytes()
            link = next(each for each in text.decode().split() if each.startswith("https://havre.example/"))
            yield "mail, link", fort.client(NOBODY).get(link.removeprefix("https://havre.example")).content


def record(fort: Fort) -> Told:
    """The record of who saw and did what, as it is taken out."""
    out = io.BytesIO()
    with transaction.atomic(), acting_as(fort.users["dao"]):
        export_record(out, by=fort.users["dao"])
    yield "record", opened(out.getvalue())


def rows_in_plain(name: str) -> Told:
    """Every row of every table as text, read by the administrator: jobs, sessions, samples of values and all."""
    with psycopg.connect(harness.CLUSTER.url(name)) as admin:
        admin.execute("analyze")  # its samples of values are a table too
        tables = admin.execute(
            "select schemaname, tablename from pg_tables where schemaname <> 'information_schema'"
        ).fetchall()
        for schema, table in [*tables, ("pg_catalog", "pg_stats")]:
            query = sql.SQL("select t::text from {} t").format(sql.Identifier(schema, table))
            found = "\n".join(row for (row,) in admin.execute(query))
            yield f"table {schema}.{table}", found.encode()


def opened(data: bytes) -> bytes:
    """The data, with whatever is packed in it unpacked."""
    if data.startswith(b"\x1f\x8b"):
        return gzip.decompress(data)
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return b"\n".join(each.filename.encode() + b"\n" + opened(packed.read(each)) for each in packed.infolist())
    return data


def lies(paths: Iterable[Path], forms: Iterable[bytes]) -> list[str]:
    """The files in which one of these stands as it is."""
    files = [path for path in paths if path.is_file()]
    return [path.name for path in files if (data := path.read_bytes()) and any(form in data for form in forms)]
