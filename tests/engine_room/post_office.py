"""A mail server that fails as the dice fall, and keeps a log of its own of what it has taken."""

import socket
import threading
import time
from email import message_from_bytes
from random import Random
from typing import Any, NamedTuple

from aiosmtpd.controller import Controller


class Taken(NamedTuple):
    """A message that the server has answered for."""

    at: float
    message_id: str
    to: str


class PostOffice:
    """A real SMTP server in this process. As a context it is open inside."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.taken: list[Taken] = []
        self.deaths: list[float] = []  # it took a message and was gone before it could say so
        self.failing = True
        self._lock = threading.Lock()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def _falls(self, chance: float) -> bool:
        with self._lock:
            return self.failing and self.dice.random() < chance

    async def handle_RCPT(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self._falls(0.05):
            return "451 4.3.0 Not now"
        if self._falls(0.03):
            server.transport.abort()
            return "421 4.3.2 Going away"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self._falls(0.05):
            return "452 4.2.2 The disk is full"
        if self._falls(0.03):
            server.transport.abort()
            return "421 4.3.2 Going away"
        mail = message_from_bytes(envelope.content)
        with self._lock:
            self.taken.append(Taken(time.monotonic(), str(mail["Message-ID"]), envelope.rcpt_tos[0]))
        if self._falls(0.02):
            self.deaths.append(time.monotonic())
            server.transport.abort()
        return "250 OK"

    def __enter__(self) -> "PostOffice":
        self._controller.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._controller.stop()
