"""A running process played on from where the demo's story stands: after every few events of its record, to the end."""

from pathlib import Path

from app.demo import play
from app.demo.clock import SimulatedClock
from app.demo.stage import TOWN
from app.rehearsing.sentences import Sentences
from models.evolve import evolve
from models.migrations import migrate
from models.process import Process
from models.rehearsal.running import rehearse_on
from models.settings import Settings
from models.storage import store
from models.telling.wording import Wording
from tasks.installation import installed

EVERY = 5  # events


def test_from_wherever_the_story_stands_the_decision_is_reached_and_all_can_be_said(tmp_path: Path):
    clock = SimulatedClock(play.SET_UP)
    installation = installed(Settings(data_dir=tmp_path, database_url=""), clock)
    migrate(installation.database)
    figures = play.played(installation, clock, lambda *_: None, lambda _: None)
    worlds = installation.engine.worlds
    with installation.database.reading() as session:
        scope, head, length = store.find_process(session, TOWN, figures["process"])
        record = list(store.events_of(session, scope.id))
        directory = worlds.directory(session, TOWN, length)
        definition = worlds.definition(session, TOWN, worlds.process(session, scope, head).definition)
        calendar = worlds.calendar(session, directory)
    process: Process | None = None
    for number, one in enumerate(record):
        process = evolve(process, one)
        if number % EVERY:
            continue
        found = rehearse_on(Wording("Kemijärvi", process, definition, directory, "fi"), calendar, one.at, {})
        assert found.decided is not None, (number, type(one.event).__name__)
        sentences = Sentences(found.outlook, on_page=True)
        assert all(sentences.duty(line) for line in found.duties)
        assert all(sentences.moment(moment) for moment in found.moments)
        assert all(sentences.worry(worry).sentence for worry in found.worries)
    installation.database.close()
