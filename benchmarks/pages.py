"""The pages under load, on SQLite and a real server: 1,500 processes, 30,000 people, some 200,000 record events.

The processes are copies of the try-out's, in the middle of their third checkpoint; what they owe belongs to other
people, but for a handful that waits for each visitor, as in a town. Nothing is judged here: people read the figures.
"""

import re
import socket
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn

from app import try_out
from app.web.application import create
from benchmarks.copies import copied
from benchmarks.results import Results
from benchmarks.timing import Times
from models.municipality.directory import Person
from models.settings import Settings
from models.storage import store
from tasks.installation import Installation, installed

TOWN, KEY, PHASE = "kemijarvi", "kemijarvi-2030", "tuottamistapa"
PROCESSES, PEOPLE = 1_500, 30_000
OWN = 4  # of the copies that wait for the visitors
SAID_BY = 50  # people who take a stance in the same moments
ROUNDS = 40
GRACE = 10  # seconds for requests under way to end
TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')
ELSEWHERE = "update duty set person = person || '-' || process_id where process_id > :own"
PAGES = {"inbox": "/", "process": "/prosessi/{key}", "checkpoint": "/prosessi/{key}/tarkistuspiste/" + PHASE}


def measure_pages(results: Results) -> None:
    """Server times of the main pages, and of many stances at once."""
    with tempfile.TemporaryDirectory(prefix="etappi-pages-") as folder:
        there = try_out.settings_of(Settings(data_dir=Path(folder)))
        try_out.prepare(there)
        installation = installed(there)
        keys = copied(installation.database, KEY, PROCESSES)
        _peopled(installation)
        with installation.database.transaction() as session:
            session.run(ELSEWHERE, {"own": OWN})
        with installation.database.reading() as session:
            row = session.one("select count(*) from event")
            results.note("pages", "events", row[0] if row else 0)
        with _served(installation) as address:
            _pages(results, address, keys)
            _stances(results, address, keys)
        installation.database.close()


def _peopled(installation: Installation) -> None:
    """The directory holds so many people, as if they had been added one by one."""
    worlds = installation.engine.worlds
    with installation.database.reading() as session:
        head = store.municipality_head(session, TOWN)
        assert head
        directory = worlds.directory(session, TOWN, head.sequence)
    people = {f"asukas-{n}": Person(name=f"c1:{n:064x}") for n in range(PEOPLE)}
    larger = directory.model_copy(update={"people": {**directory.people, **people}})
    worlds._directories.put(TOWN, (head.sequence, larger))


def _pages(results: Results, address: str, keys: list[str]) -> None:
    with _visit(address, "koordinaattori") as client:
        for name, path in PAGES.items():
            times = Times()
            for key in keys[: ROUNDS + 3]:
                answer = times.of(client.get, path.format(key=key))
                assert answer.status_code == 200, (name, answer.status_code)
            times.taken = times.taken[3:]  # the first ones fill what is kept
            results.note("pages", name, times)


def _stances(results: Results, address: str, keys: list[str]) -> None:
    """As many people as that say what they say, ten at a time, each in a process of their own."""
    times, failed = Times(), []

    def say(key: str) -> None:
        with _visit(address, "nuorisotyontekija") as client:
            path = f"/prosessi/{key}/tarkistuspiste/{PHASE}/kanta/h6"
            shown = client.get(path).text
            fields = dict(re.findall(r'name="(form_token|round|manifest)" value="([^"]*)"', shown))
            answer = times.of(client.post, path, data={**fields, "kind": "accept"}, follow_redirects=False)
            if answer.status_code != 303:
                failed.append(answer.status_code)

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(say, keys[-SAID_BY:]))
    results.note("pages", "stance", times)
    results.note("pages", "stances_failed", len(failed))


@contextmanager
def _visit(address: str, person: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=60, follow_redirects=True) as client:
        found = TOKEN.search(client.get("/nowhere").text)
        assert found
        client.post("/kokeilu", data={"form_token": found[1], "person": person})
        yield client


@contextmanager
def _served(installation: Installation) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0), backlog=128) as door:
        config = uvicorn.Config(
            create(installation, try_out=True), log_level="error", access_log=False, timeout_graceful_shutdown=GRACE
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


if __name__ == "__main__":
    found = Results()
    measure_pages(found)
    for name, figure in found.absolute["pages"].items():
        print(f"{name:24} {figure}")
