"""The pages as a program beside Etappi. Nothing here imports the web: the program that does starts at once."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from app.child import Child, environment
from models.errors import NotValid, Refused
from models.settings import PREFIX, Settings

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@contextmanager
def listening(host: str, port: int, *, loopback: bool) -> Iterator[socket.socket]:
    """A socket that listens there. Raises NotValid where a try-out would be open to others; Refused where it cannot."""
    if loopback and host not in LOOPBACK:
        raise NotValid(
            "A try-out lets anybody in as anybody: it is served to this machine alone (127.0.0.1), not at {host}.",
            host=host,
        )
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        door = socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise Refused(
            "Nothing can listen at {host}:{port} ({why}). Say another --port.", host=host, port=port, why=error.strerror
        ) from None
    with door:
        yield door


def web(there: Settings, door: socket.socket, *, try_out: bool) -> Child:
    """The program that serves the pages of the installation at the door."""
    said = {"data_dir": str(there.data_dir.absolute()), "database_url": there.database_url}
    if try_out:
        said |= {"files_dir": str(there.files), "clock_file": str(there.clock_file), "address": ""}
    return Child(
        "app.web.serve",
        [str(door.fileno()), *(["try-out"] if try_out else [])],
        environment=environment(**{f"{PREFIX}{name.upper()}": value for name, value in said.items()}),
        folder=there.data_dir.absolute().parent if try_out else there.data_dir.absolute(),
        log=(there.data_dir.absolute().parent if try_out else there.data_dir.absolute()) / "log" / "web.log",
        sockets=[door.fileno()],
    )
