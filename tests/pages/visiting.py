"""Visiting the pages as somebody: a real server on a free port, and a browser without a screen or scripts."""

import datetime as dt
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import httpx
import uvicorn

from app import try_out
from app.web.application import create
from models.outgoing import outbox
from models.outgoing.addressing import Addressing
from models.settings import Settings
from tasks.installation import Installation, installed

TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')
TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)


class Visit:
    """One browser of one person."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(base_url=address, follow_redirects=True, timeout=30)
        self.shown: httpx.Response | None = None

    def get(self, path: str, **headers: str) -> httpx.Response:
        """The page is shown."""
        self.shown = self.client.get(path, headers=headers)
        return self.shown

    def post(self, path: str, **fields: object) -> httpx.Response:
        """A form is sent, with the token that the page shown last carries."""
        assert self.shown is not None, "a form is on a page"
        found = TOKEN.search(self.shown.text)
        assert found, "the page has a form"
        self.shown = self.client.post(path, data={"form_token": found[1], **fields})
        return self.shown

    @property
    def text(self) -> str:
        """What a reader of the page reads."""
        assert self.shown is not None
        return " ".join(unescape(TAGS.sub(" ", self.shown.text)).split())


class Pages:
    """The pages of an installation, served."""

    def __init__(self, installation: Installation, address: str) -> None:
        self.installation = installation
        self.address = address
        self._visits: list[Visit] = []

    def anybody(self) -> Visit:
        """A browser nobody has signed in with."""
        visit = Visit(self.address)
        self._visits.append(visit)
        return visit

    def as_(self, person: str) -> Visit:
        """A browser in which the person is signed in."""
        visit = self.anybody()
        visit.get("/kokeilu")
        assert visit.post("/kokeilu", person=person).status_code == 200
        return visit

    def close(self) -> None:
        for visit in self._visits:
            visit.client.close()


def acts(installation: Installation) -> int:
    """How many events are recorded."""
    with installation.database.reading() as session:
        ((events,),) = session.all("select count(*) from event")
    return int(events)


def tell(installation: Installation) -> None:
    """All that is owed to people has been put into messages, as a courier does it."""
    with installation.database.transaction() as session:
        owed = outbox.lease(session, "notify", 500, installation.engine.clock(), 60)
    if owed:
        Addressing(installation.engine, dt.timedelta(minutes=15)).tell(*owed)


@contextmanager
def served(installation: Installation, *, try_out: bool) -> Iterator[Pages]:
    """The installation's pages, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        application = create(installation, try_out=try_out)
        server = uvicorn.Server(uvicorn.Config(application, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        pages = Pages(installation, f"http://127.0.0.1:{door.getsockname()[1]}")
        try:
            yield pages
        finally:
            pages.close()
            server.should_exit = True
            thread.join()
            installation.database.close()


def copied(town: Path, folder: Path, database_url: str = "") -> Installation:
    """An installation of its own, as the town was left; its database is copied already where it is named."""
    shutil.copytree(town, folder)
    settings = try_out.settings_of(Settings(data_dir=folder.parent))
    return installed(settings.model_copy(update={"database_url": database_url}))
