"""Plays the demo in a folder: the installation, the engine room, the story, and the check of what it left behind."""

import datetime as dt
import json
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.demo import story, town
from app.demo.clock import SimulatedClock
from app.demo.stage import TOWN, Stage
from app.demo.summary import counted
from app.works import Works
from models.errors import Refused
from models.migrations import migrate
from models.proof.verify import verify
from models.settings import Settings
from models.storage import store
from models.words import Audience
from tasks.installation import Installation, installed

SET_UP = dt.date(2026, 11, 2)
CHAPTERS = (
    ("1 Tulevaisuuskuva", story.future_image),
    ("2 Tuottamistarve", story.production_need),
    ("3 Tuottamistapa, ja takaisin tuottamistarpeeseen", story.production_method),
    ("4 Hallintomalli", story.governance_model),
    ("5 Operatiivinen malli", story.operational_model),
    ("Päätös", story.decision),
)
PATIENCE = 300.0  # seconds; a slow machine takes its time to start the engine room
SENT = """
    select l.person, l.subject, i.payload from message_log l
    join message_item i on i.message_id = l.message_id and i.item = l.subject where l.outcome = 'sent'"""

STEPS = "select duty, audience, count(*) from reminder where state = 'due' group by duty, audience"

Tell = Callable[[str, str], None]
"""Shows one line: the story's date (or a chapter's mark) and what happens."""

CarryOut = Callable[[bool], None]
"""Carries out what is owed to the outside world and due; everything, also what would wait for its window."""


def play(folder: Path, tell: Tell) -> dict[str, Any]:
    """The whole story has happened in the folder, which must be empty or new; its figures.

    Raises Refused for a folder that holds an installation, DeliveryFailed when an outside effect is given up.
    """
    begun = time.monotonic()
    clock = SimulatedClock(SET_UP)
    installation = installed(Settings(data_dir=folder, database_url=""), clock)
    if folder.exists() and any(folder.iterdir()):
        raise Refused("{folder} is not empty: play the demo in an empty folder.", folder=folder)
    folder.mkdir(parents=True, exist_ok=True)
    migrate(installation.database)
    works = Works(installation)
    tell("", "Moottorihuone (Prefect) käynnistyy taustalla.")
    works.start(patrols=False)
    try:
        figures = played(installation, clock, tell, lambda everything: _drained(works, everything))
        assert works.server is not None, "the demo starts its own engine room"
        figures["flow_runs_completed"] = completed_runs(works.server.url)
    finally:
        works.stop()
    return {**figures, "seconds": round(time.monotonic() - begun, 1)}


def _drained(works: Works, everything: bool) -> None:
    works.drain(hasten=everything, seconds=PATIENCE)


def played(installation: Installation, clock: SimulatedClock, tell: Tell, carry_out: CarryOut) -> dict[str, Any]:
    """The whole story has happened in the installation, which has its tables and nothing else; its figures."""
    engine = installation.engine
    definition, hash_, told = town.set_up(engine, SET_UP)
    stage = Stage(
        engine,
        clock,
        definition,
        tell=lambda words: tell(f"{clock():%d.%m.%Y}", words),
        deliver=lambda: carry_out(False),
    )
    tell("#", "Asettaminen")
    story.create(stage, hash_, told)
    for chapter, happens in CHAPTERS:
        tell("#", chapter)
        happens(stage)
    carry_out(True)
    with installation.database.reading() as session:
        scope, _, _ = store.find_process(session, TOWN, stage.process)
        record = list(store.events_of(session, scope.id))
        sent = [(person, item, json.loads(said).get("duty")) for person, item, said in session.all(SENT)]
        steps = {(duty, to): count for duty, to, count in session.all(STEPS)}
    verified = verify(installation.database, installation.files)
    figures = counted(record, stage.now, definition)
    return figures | {
        "process": stage.process,
        "packages_verified": verified.packages if verified.holds else 0,
        "verified": verified.holds,
        "anchors": verified.heads,
        "messages_sent": len(list((installation.folder / "messages").rglob("*.eml"))),
        "reminders_sent": sum(duty is not None for _, _, duty in sent),
        "duplicates": _duplicates(sent, steps),
    }


def _duplicates(sent: list[tuple[str, str, str | None]], steps: dict[tuple[str, str], int]) -> int:
    """How often somebody was told an event again, or of a duty oftener than steps of its ladder fell due.

    Who is above and holds the duty as well hears of it as its holder, at the steps of both.
    """
    extra = 0
    for (_, item, duty), count in Counter(sent).items():
        audience = item.rpartition(":")[2]
        due = sum(times for (of, to), times in steps.items() if of == duty and audience in (to, Audience.HOLDER))
        extra += max(0, count - (due if duty else 1))
    return extra


def completed_runs(url: str) -> int:
    """How many flow runs the Prefect server of that API knows to have been completed."""
    asked = {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}}
    request = urllib.request.Request(
        f"{url.rstrip('/')}/flow_runs/count",
        data=json.dumps(asked).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return int(json.load(answer))
