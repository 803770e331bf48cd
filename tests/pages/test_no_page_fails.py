"""Whatever a process has come to, no page of it fails: every link that somebody is shown, opened by every role.

Two addresses of a kind are opened, so that a walk is as long as the routes are many and not as the process is old.
"""

from collections import Counter
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from begun import begin
from fastapi.routing import APIRoute
from midcourse import KEY, Course, closed, decided, disputed, held, played_to_its_end, returned, stopped
from test_who_may_open_what import PEOPLE, routes
from visiting import Pages, Visit, copied, served, tell

from app import try_out

OF_A_KIND = 2
BEGINNINGS = (
    *("/", "/prosessit", "/omat", "/haku?q=koulu", "/prosessit/uusi/tarkista"),
    *(f"/prosessi/{KEY}{at}" for at in ("", "/harjoitus")),
)
ALL = tuple(role for role in PEOPLE if role != "outsider")
SOME = ("coordinator", "preparer", "registrar", "protection", "owner", "member")
FEW = ("coordinator", "registrar", "member")
STATES = {disputed: ALL, returned: SOME, held: FEW, stopped: FEW, decided: SOME, closed: FEW}


@pytest.fixture(scope="session")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a town whose process has come to its final decision."""
    return played_to_its_end(tmp_path_factory.mktemp("ended"))


@pytest.fixture
def somewhere(request: pytest.FixtureRequest, town: Path, ended: Path, tmp_path: Path):
    """The pages of a copy of the town, its process in the state asked for."""
    begins = ended if request.param in (decided, closed) else town
    with served(copied(begins, tmp_path / try_out.FOLDER), try_out=True) as pages:
        request.param(Course(pages))
        tell(pages.installation)
        begin(pages, PEOPLE["coordinator"])
        yield pages, STATES[request.param]


@cache
def shown() -> tuple[tuple[str, APIRoute], ...]:
    """The routes of pages."""
    return tuple((name, one) for name, one in routes().items() if name.startswith("GET"))


def kind_of(path: str) -> str:
    """The route that answers the address."""
    plain = path.partition("?")[0]
    return next((name for name, one in shown() if one.path_regex.match(plain)), plain)


class Walk:
    """Every address that somebody was shown, each opened by one after another."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}  # by address, its kind
        self.failed: list[str] = []

    def by(self, role: str, visit: Visit) -> None:
        """All is opened that was shown so far, and what is shown then."""
        opened: Counter[str] = Counter()
        waiting = [*BEGINNINGS, *self.known]
        while waiting:
            path = waiting.pop(0)
            kind = self.known.setdefault(path, kind_of(path))
            if opened[kind] >= OF_A_KIND or kind.startswith("GET /static"):
                continue
            opened[kind] += 1
            answer = visit.get(path)
            if answer.status_code >= 500:
                self.failed.append(f"{path} answers {role} with {answer.status_code}")
            waiting += [one for one in links(answer.text) if one not in waiting]


def links(page: str) -> list[str]:
    """The addresses of ours that the page links to."""
    shown = (part.partition('"')[0] for part in page.split('href="/')[1:])
    return list(dict.fromkeys("/" + unescape(one).partition("#")[0] for one in shown))


@pytest.mark.parametrize("somewhere", STATES, indirect=True, ids=lambda state: state.__name__)
def test_no_page_fails_whatever_the_process_has_come_to(somewhere: tuple[Pages, tuple[str, ...]]):
    pages, roles = somewhere
    walk = Walk()
    for role in roles:
        walk.by(role, pages.as_(PEOPLE[role]))
    assert walk.failed == []
    assert len(set(walk.known.values())) > 20
