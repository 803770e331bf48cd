"""How many statements a page asks the database: few, and the same however much there is."""

import datetime as dt

import pytest
from browsing import CHECKPOINT, PROCESS
from visiting import Pages, Visit

from models.commands import CreateProcess, FileDissent, Seen, TakeStance
from models.personal import Private
from models.storage import store
from models.words import StanceKind

TOWN, KEY, PHASE = "kemijarvi", "kemijarvi-2030", "tuottamistapa"
MOST = {"/": 11, "/prosessit": 8, PROCESS: 22, CHECKPOINT: 25, f"{PROCESS}/historia": 14, "/omat": 14}


def asked(pages: Pages, visit: Visit, path: str) -> int:
    """How many statements the page asks when all that can be known is known."""
    visit.get(path)
    told: list[str] = []
    pages.installation.database.watch = told.append
    assert visit.get(path).status_code == 200
    pages.installation.database.watch = None
    return len(told)


def grow(pages: Pages) -> None:
    """There are ten more processes, and at the checkpoint more objections and dissents."""
    engine = pages.installation.engine
    with engine.database.reading() as session:
        scope, head, _ = store.find_process(session, TOWN, KEY)
        state = engine.worlds.process(session, scope, head)
        definition = engine.worlds.definition(session, TOWN, state.definition)
    choices = {one.id: {"reading": one.proposed, "why": "Kuten lähteessä."} for one in definition.choices}
    creating = CreateProcess.model_validate(
        {
            "definition": state.definition,
            "title": "Harjoitus",
            "start": dt.date(2027, 12, 1),
            "choices": choices,
            "roles": state.roles,
            "groups": state.groups,
        }
    )
    for _ in range(10):
        engine.handle(TOWN, creating, "koordinaattori", process=None)
    round_ = state.rounds[PHASE]
    seen = Seen(round=round_.no, manifest=round_.manifest)
    for seat in ("h3", "h6", "e1", "e5", "j1", "j2"):
        person = round_.seats[seat].person
        objecting = TakeStance(phase=PHASE, seat=seat, kind=StanceKind.OBJECT, seen=seen, reason=Private("Ei käy."))
        engine.handle(TOWN, objecting, person, process=KEY, seat=seat)
        dissent = FileDissent(phase=PHASE, seat=seat, text=Private("Eri mieltä."))
        engine.handle(TOWN, dissent, person, process=KEY, seat=seat)


@pytest.mark.parametrize("person", ["koordinaattori", "sivistysjohtaja", "valmistelujohtaja"])
def test_a_page_asks_few_statements_however_much_there_is(pages: Pages, person: str):
    visit = pages.as_(person)
    before = {path: asked(pages, visit, path) for path in MOST}
    grow(pages)
    after = {path: asked(pages, visit, path) for path in MOST}

    assert after == before
    assert all(count <= MOST[path] for path, count in after.items()), after
