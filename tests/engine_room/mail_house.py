"""A real mail server for the tests: it takes mails over SMTP, or says what it is told to say."""

import asyncio
import email
import email.policy
import ssl
import subprocess
import threading
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

TAKEN = "250 taken"


class MailHouse:
    """Collects what it takes. `refusals` say what it answers instead, by moment ("rcpt", "data") and receiver.

    What is `asked` is answered once the `gate` is open, which it is at first.
    """

    def __init__(self, **how: Any) -> None:
        self.asked, self.gate = threading.Semaphore(0), threading.Event()
        self.gate.set()
        self.refusals: dict[tuple[str, str], str] = {}
        self.taken: list[tuple[str, bytes]] = []
        self.connections = 0
        self._controller = _AtAnyPort(_Handler(self), hostname="127.0.0.1", port=0, ready_timeout=30, **how)
        self._controller.start()
        self.port = self._controller.port

    def close(self) -> None:
        self.gate.set()
        if self._controller.server is not None:
            self._controller.stop()

    def answer(self, moment: str, to: str) -> str:
        return self.refusals.get((moment, to.partition("@")[0])) or self.refusals.get((moment, "")) or TAKEN

    def mails(self, to: str = "") -> list[EmailMessage]:
        """The mails taken, oldest first."""
        found = (email.message_from_bytes(one, policy=email.policy.default) for who, one in self.taken if to in who)
        return [one for one in found if isinstance(one, EmailMessage)]


class _AtAnyPort(Controller):
    """As the library's, at the port that the system gives."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class _Handler:
    def __init__(self, house: MailHouse) -> None:
        self.house = house

    async def handle_EHLO(  # noqa: N802
        self, _server: Any, session: Any, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.house.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.house.answer("rcpt", address)
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        to = envelope.rcpt_tos[0]
        self.house.asked.release()
        await asyncio.to_thread(self.house.gate.wait)
        answer = self.house.answer("data", to)
        if answer == TAKEN:
            self.house.taken.append((to, bytes(envelope.content or b"")))
        return answer


def lets_in(user: str, password: str) -> Callable[..., AuthResult]:
    """An authenticator that knows one user."""

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=known, handled=known)

    return check


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's context with a certificate of its own, and the file a client believes it by."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    asked = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-days", "2"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(cert)]
    subprocess.run([*command, *asked], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context, cert
