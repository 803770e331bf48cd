"""Verbs that run the parts of an installation one by one: clock, courier, worker. Any number of each may run."""

import socket
from typing import Annotated

import typer

from app.cli.office import Office

Name = Annotated[
    str | None, typer.Option("--name", metavar="NAME", help="What the worker is called; by default as this machine.")
]


def clock() -> None:
    """Run a clock alone: it ticks, and cleans up, until it is told to end. Several do no harm.

    Example:

        etappi clock
    """
    from app.parts import clock as run

    run(Office().settings)


def courier() -> None:
    """Run a courier alone: it hands what is owed over to the workers, until it is told to end.

    It needs PostgreSQL (ETAPPI_DATABASE_URL) and a Prefect server (ETAPPI_PREFECT_URL); `etappi up` needs neither.

    Example:

        etappi courier
    """
    from app.parts import courier as run

    run(Office().settings)


def worker(name: Name = None) -> None:
    """Run a worker alone: it makes documents and delivers messages that couriers hand over, until it is told to end.

    Workers on one machine need different names. They need the database, the Prefect server and the folder of files.

    Examples:

        etappi worker
        etappi worker --name second
    """
    from app.parts import worker as run

    run(Office().settings, name or socket.gethostname())
