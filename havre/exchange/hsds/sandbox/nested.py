"""An HSDS document, element by element, and each element as flat rows that say what they hang on."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from io import RawIOBase
from typing import Any, BinaryIO

from havre.exchange.hsds.attributes import ours
from havre.exchange.hsds.schema import ALSO, LINKS, LISTS, below, ones
from havre.platform.sandbox.refused import Refused

PIECE, HEAVIEST = 1 << 20, 64_000_000  # signs read at once, and of one organization
BLANK = " \t\r\n"
SHARED = ("organization", "program", "location")  # what several services hang on
# Where it stands, number of its element, entity, values, codes of what is wrong with some; and attributes of ours, each
# by its name with its place among the attributes and its value.
Told = list[Any]
SAYS = {"id", "link_id", "taxonomy_term_id", "link_type", "link_entity", "value", "label"}


def _no_number(name: str) -> None:
    raise ValueError(name)


class Text:
    """A document as it is read: a piece of it, and where in it we are."""

    def __init__(self, file: BinaryIO | RawIOBase) -> None:
        self.file, self.text, self.at, self.lines, self.over = file, "", 0, 1, False
        self.decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self.value = json.JSONDecoder(parse_constant=_no_number)

    def more(self) -> bool:
        """Reads on; False at the end."""
        if self.over:
            return False
        piece = self.file.read(max(PIECE, len(self.text) - self.at)) or b""
        self.over = not piece
        self.lines += self.text.count("\n", 0, self.at)
        try:
            self.text, self.at = self.text[self.at :] + self.decode(piece, final=self.over), 0
        except UnicodeDecodeError:
            raise Refused("latin", self.lines + self.text.count("\n")) from None
        return not self.over

    def sign(self) -> str:
        """The next sign that is not blank; nothing at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in BLANK:
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def take(self, *wanted: str) -> str:
        """One of these signs; refused where another stands."""
        found = self.sign()
        if found not in wanted:
            raise self.broken()
        self.at += 1
        return found

    def element(self) -> Any:
        """The next value as a whole."""
        self.sign()
        while True:
            start = self.at  # from which reading on cuts the text
            try:
                found, end = self.value.raw_decode(self.text, start)
                if end < len(self.text) or not self.more():
                    self.at += end - start
                    return found
            except RecursionError:
                raise Refused("deep", self.line()) from None
            except ValueError as error:
                if not self.more():
                    raise self.broken(error, start) from None
            if len(self.text) - self.at > HEAVIEST:
                raise Refused("element", self.line(), megabytes=HEAVIEST // 1_000_000)

    def line(self, at: int | None = None) -> int:
        """The line we are at, or that of a sign further on."""
        return self.lines + self.text.count("\n", 0, self.at if at is None else at)

    def broken(self, error: ValueError | None = None, start: int = 0) -> Refused:
        """That this is no JSON here, or that it ends too early."""
        self.sign()
        at = self.at + error.pos - start if isinstance(error, json.JSONDecodeError) else self.at
        cut = at >= len(self.text.rstrip()) or str(error).startswith("Unterminated")
        return Refused("cut" if cut else "json", self.line(at))


def rows(file: BinaryIO | RawIOBase) -> Iterator[Told]:
    """Each row of a document."""
    text, found = Text(file), 0
    flat = Flat()
    if text.sign() == "[":
        yield from _list(text, flat, "organizations")
        found = 1
    else:
        text.take("{")
        more = text.sign() != "}"
        while more:
            if not isinstance(name := text.element(), str):
                raise text.broken()
            text.take(":")
            if name in LISTS and text.sign() == "[":
                yield from _list(text, flat, name)
                found += 1
            else:
                text.element()
            more = text.take(",", "}") == ","
    if text.sign():
        raise text.broken()
    if not found:
        raise Refused("no_list")


def _list(text: Text, flat: Flat, name: str) -> Iterator[Told]:
    text.take("[")
    number = 0
    if text.sign() == "]":
        text.take("]")
        return
    while True:
        place = f"{name}[{number}]"
        number += 1
        element = text.element()
        yield from flat.rows(element, entity_of(element, LISTS[name]), place, number)
        if text.take(",", "]") == "]":
            return


def entity_of(element: Any, listed: str) -> str:
    """What an element of a list is: one that names its organization is a service with what it hangs on."""
    serves = isinstance(element, dict) and ("organization" in element or "organization_id" in element)
    return "service" if listed == "organization" and serves else listed


class Flat:
    """Turns elements into rows; a row that stands in several places alike is told once.

    Each service of a list brings its organization, its program and its places along: these, and what hangs on them, are
    told at the first of those services.
    """

    def __init__(self) -> None:
        self.terms: dict[tuple[str, str], Any] = {}  # taxonomies and their terms stand everywhere
        self.seen: dict[tuple[str, str], Any] = {}
        self.shared: dict[tuple[str, str], Any] = {}
        self.organization = ""

    def rows(self, element: Any, entity: str, place: str, number: int) -> Iterator[Told]:
        """The rows of one element of a list."""
        self.seen, self.organization, self.number = {}, "", number
        self.of_services = entity == "service"
        if self.of_services and isinstance(element, dict):
            of = element.get("organization")
            self.organization = str((of.get("id") if isinstance(of, dict) else element.get("organization_id")) or "")
        yield from self._row(element, entity, place, {})

    def _row(
        self, element: Any, entity: str, place: str, links: dict[str, str], shared: bool = False
    ) -> Iterator[Told]:
        if not isinstance(element, dict):
            yield [place, self.number, entity, {}, [["", "object"]]]
            return
        own = str(element.get("id") or "")
        shared = shared or (self.of_services and entity in SHARED)
        if entity == "organization":
            self.organization = own
        elif entity == "location" and self.organization:
            links = {"organization_id": self.organization, **links}
        values: dict[str, Any] = dict(links)
        wrong: list[list[str]] = []
        within: list[tuple[Any, str, str, dict[str, str]]] = []
        said: dict[str, list[Any]] = {}
        for called, value in element.items():
            name = ALSO.get(called) or str(called)
            if value is None or value == "" or value == []:
                continue
            if name == "attributes" and isinstance(value, list):
                value = [(at, each) for at, each in enumerate(value) if not _is_ours(entity, own, at, each, said)]
                links_of = {"link_id": own, "link_entity": entity}
                within += [(each, "attribute", f"{place}.attributes[{at}]", links_of) for at, each in value]
            elif name in below(entity):
                within += self._several(value, entity, own, name, place, wrong)
            elif name in ones(entity):
                one = ones(entity)[name]
                if isinstance(value, dict) and value.get("id"):
                    values[f"{one}_id"] = value["id"]
                within.append((value, one, f"{place}.{name}", {}))
            elif isinstance(value, (dict, list)):
                wrong.append([name, "nested"])
            else:
                values[name] = value
        if self._anew(entity, own, {**values, "": said} if said else values, shared):
            row = [place, self.number, entity, values, wrong]
            yield [*row, said] if said else row
        for each in within:
            yield from self._row(*each, shared)

    def _several(
        self, value: Any, entity: str, own: str, name: str, place: str, wrong: list[list[str]]
    ) -> list[tuple[Any, str, str, dict[str, str]]]:
        if not isinstance(value, list):
            wrong.append([name, "list"])
            return []
        child = below(entity)[name]
        if child in LINKS:
            by_id, by_kind = LINKS[child]
            links = {by_id: own, by_kind: entity}
        else:
            links = {f"{entity}_id": own}
        return [(each, child, f"{place}.{name}[{at}]", links) for at, each in enumerate(value)]

    def _anew(self, entity: str, own: str, values: dict[str, Any], shared: bool) -> bool:
        seen = self.terms if entity in ("taxonomy", "taxonomy_term") else self.seen
        told: Any = values
        if shared:  # kept to the end of the file
            seen, told = self.shared, hash(json.dumps(values, sort_keys=True))
        if not own or seen.get((entity, own)) != told:
            seen.setdefault((entity, own), told)
            return True
        return False


def _is_ours(entity: str, own: str, at: int, each: Any, said: dict[str, list[Any]]) -> bool:
    """Whether an attribute is a field of ours of the row it stands on, which then says it."""
    if not isinstance(each, dict) or not each.keys() <= SAYS:
        return False
    of, name = _OURS.get(str(each.get("taxonomy_term_id")), ("", ""))
    value = each.get("value")
    if of != entity or isinstance(value, (list, dict)) or not own:
        return False
    if each.get("link_id", own) != own or each.get("link_entity", entity) != entity:
        return False
    if value is not None and value != "":
        said[name] = [at, value]
    return True


_OURS = ours()
