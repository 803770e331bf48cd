"""The program that serves the pages, on a socket that is listening already.

A try-out may still be getting ready: until then every address answers that it is.
"""

import socket
import sys
from collections.abc import Callable
from typing import Any

from app import lifeline
from models.settings import Settings


def main() -> None:
    """Serve until told to end, on the listening socket whose number is the first argument."""
    lifeline.hold()

    from models.settings import settings

    serve(settings(), socket.socket(fileno=int(sys.argv[1])), try_out="try-out" in sys.argv[2:])


def serve(
    there: Settings,
    door: socket.socket,
    *,
    try_out: bool = False,
    beside: Callable[[Callable[[], None]], None] | None = None,
) -> None:
    """The pages of the installation, at the door, until told to end. What runs `beside` is given how to end them."""
    import uvicorn  # these imports take a while; the lifeline is held before them

    from app.web.application import create
    from app.web.getting_ready import GettingReady
    from tasks.installation import installed

    application: Any = GettingReady(there) if try_out else create(installed(there))
    quiet: dict[str, Any] = {"access_log": False, "log_level": "warning", "server_header": False}
    proxy: dict[str, Any] = {"proxy_headers": True, "forwarded_allow_ips": there.proxies}
    config = uvicorn.Config(application, timeout_graceful_shutdown=5, **quiet, **proxy)
    server = uvicorn.Server(config)
    if beside is not None:
        beside(lambda: setattr(server, "should_exit", True))
    server.run(sockets=[door])


if __name__ == "__main__":
    main()
