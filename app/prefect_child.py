"""The program that is the embedded Prefect server: its API alone, on a socket that Etappi holds, one writer at a time.

Prefect's SQLite database refuses a write at once, and its client then waits for two seconds, when two transactions that
have read want to write. So requests that may write are let through one after another.
"""

import asyncio
import socket
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from app import lifeline

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

READS = ("GET", "HEAD", "OPTIONS")


def one_writer(application: Application) -> Application:
    """The application, with the requests that may write one after another."""
    turn = asyncio.Lock()

    async def through(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in READS:
            await application(scope, receive, send)
            return
        async with turn:
            await application(scope, receive, send)

    return through


def main() -> None:
    """Serve until told to end, on the listening socket whose number is the first argument."""
    lifeline.hold()
    listening = socket.socket(fileno=int(sys.argv[1]))

    import uvicorn  # these imports take seconds; the lifeline is held before them
    from prefect.server.api.server import create_app

    application = one_writer(create_app(webserver_only=True, final=True))
    quiet: dict[str, Any] = {"access_log": False, "log_level": "warning"}
    config = uvicorn.Config(application, lifespan="on", timeout_graceful_shutdown=3, **quiet)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
