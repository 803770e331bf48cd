"""A mail server in a process of its own, on loopback, that takes everything and keeps nothing.

Nothing of Prefect is imported here: the process would look for a home of Prefect's that is another's, or gone.
"""

import contextlib
import multiprocessing
from collections.abc import Iterator
from multiprocessing.connection import Connection

from aiosmtpd.controller import Controller

PATIENCE = 60  # seconds for the mail server to begin, and to end


class _Sink:
    async def handle_DATA(self, _server: object, _session: object, _envelope: object) -> str:  # noqa: N802
        return "250 taken"


class _AtAnyPort(Controller):
    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def _serve(told: Connection) -> None:
    controller = _AtAnyPort(_Sink(), hostname="127.0.0.1", port=0, ready_timeout=30)
    controller.start()
    told.send(controller.port)
    with contextlib.suppress(EOFError):  # whoever asked for it has gone away, or is done
        told.recv()
    controller.stop()


@contextlib.contextmanager
def mail_server() -> Iterator[int]:
    """A mail server in a process of its own; its port."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there,), daemon=True)
    process.start()
    there.close()  # so that its end is noticed here
    try:
        yield _port(here)
    finally:
        here.close()
        process.join(PATIENCE)
        process.kill()


def _port(told: Connection) -> int:
    with contextlib.suppress(EOFError):
        if told.poll(PATIENCE):
            port: int = told.recv()
            return port
    raise RuntimeError(f"The mail server did not begin within {PATIENCE} seconds.")
