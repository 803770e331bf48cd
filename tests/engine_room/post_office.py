"""A mail server that fails as the dice fall, and keeps a log of its own of what it has taken, and from whom."""

import asyncio
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from random import Random
from typing import Any, NamedTuple

from aiosmtpd.controller import Controller

SLOW = 0.2  # seconds it takes at most to say that a message has been taken, while it fails


class Taken(NamedTuple):
    """A message that the server has answered for, or was about to."""

    at: float
    message_id: str
    carrier: int | None  # the process that carried it
    port: int  # from which, so on which of its connections


class PostOffice:
    """A real SMTP server in this process. As a context it is open inside."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.taken: list[Taken] = []
        self.unsaid: list[Taken] = []  # those it took and was gone before it could say so
        self.failures: Counter[str] = Counter()
        self.failing = True
        self.who: Callable[[int], int | None] = lambda _port: None  # which process talks from a port of this machine
        self._lock = threading.Lock()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def _falls(self, failure: str, chance: float) -> bool:
        with self._lock:
            falls = self.failing and self.dice.random() < chance
            self.failures[failure] += falls
            return falls

    async def handle_EHLO(  # noqa: N802
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        session.carrier = self.who(session.peer[1])
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self._falls("not now", 0.05):
            return "451 4.3.0 Not now"
        if self._falls("gone before", 0.03):
            server.transport.abort()
            return "421 4.3.2 Going away"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self._falls("full", 0.05):
            return "452 4.2.2 The disk is full"
        if self._falls("gone meanwhile", 0.03):
            server.transport.abort()
            return "421 4.3.2 Going away"
        mail = message_from_bytes(envelope.content)
        taken = Taken(time.monotonic(), str(mail["Message-ID"]), session.carrier, session.peer[1])
        self.taken.append(taken)
        if self.failing:
            await asyncio.sleep(self.dice.uniform(0, SLOW))
        if self._falls("gone after", 0.02):
            self.unsaid.append(taken)
            server.transport.abort()
        return "250 OK"

    def __enter__(self) -> "PostOffice":
        self._controller.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._controller.stop()
