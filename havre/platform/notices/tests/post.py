"""A mail server on this machine: it takes what it gets, or refuses, or does what a test says."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session


@dataclass
class Post:
    """What came in, and how to answer the next ones."""

    came: list[Envelope] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    at_door: Any = None  # called when a mail was announced
    then: Any = None  # called when a mail was taken, before the answer goes out
    port: int = 0

    async def handle_RCPT(
        self, server: object, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_door:
            self.at_door()
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: object, session: Session, envelope: Envelope) -> str:
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer.startswith("250"):
            self.came.append(envelope)
        if self.then:
            self.then()
        return answer

    def mails(self) -> list[Message]:
        return [message_from_bytes(each.original_content) for each in self.came]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def office() -> Iterator[Post]:
    """The server, on a port that is free."""
    post = Post()
    post.port = free_port()
    controller = Controller(post, hostname="127.0.0.1", port=post.port)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()
