"""The engine room of the tests: one real Prefect server for all of them, and villages that use it.

Prefect is told where its server is before anything imports it; the server itself starts when a test first asks for it.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from village import Village

from app.prefect_server import PrefectServer, prepare
from app.works import Works

STORMY = {"ETAPPI_SOAK", "ETAPPI_STORMS"} & os.environ.keys()
collect_ignore = [] if STORMY else ["test_storms.py"]  # minutes long: `make soak`, or few kills with ETAPPI_STORMS=1

PATIENCE = 300.0  # seconds for a Prefect server to start on a busy machine


@pytest.fixture(scope="session", autouse=True)
def _address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    """The server's address, and Prefect told of it."""
    server = PrefectServer(tmp_path_factory.mktemp("engine-room"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("logging.raiseExceptions", False)
        prepare(server.home, server.url)
        yield server
    server.close()


@pytest.fixture(scope="session")
def started(_address: PrefectServer) -> PrefectServer:
    """The server, started once."""
    _address.start()
    assert _address.ready(PATIENCE), (_address.home.parent / "log" / "prefect.log").read_text()
    return _address


@pytest.fixture
def server(started: PrefectServer) -> PrefectServer:
    """The server, also when the test before left it stopped."""
    started.start()
    assert started.ready(PATIENCE)
    return started


@pytest.fixture
def village(tmp_path: Path, migrated_file: Path) -> Village:
    """A village on SQLite; no courier is at work in it."""
    return Village.founded(tmp_path / "data", migrated_file)


@pytest.fixture
def at_work(server: PrefectServer) -> Iterator[Callable[..., Works]]:
    """Works that act only when told to; what failed is tried again at once."""
    begun: list[Works] = []

    def begin(village: Village, **how: Any) -> Works:
        works = Works(village.installation, server, **{"pauses": (0,), **how})
        works.start(patrols=False)
        begun.append(works)
        return works

    yield begin
    for works in begun:
        works.stop()
