"""A process at one of its events, with what was true of its municipality then, and the words that still stand."""

from collections.abc import Mapping
from typing import NamedTuple, get_args

from models import events as e
from models.commands import SettingUp
from models.days.formats import Language
from models.engine import Engine
from models.events import Recorded
from models.papers.appearance import Appearance
from models.papers.material import Act, Setting
from models.process import Process
from models.proof.named import COMMITMENT
from models.record import instant_text, read
from models.storage import store, stored_texts
from models.storage.as_of import as_of
from models.storage.covering import editions_covered
from models.storage.database import Session
from models.storage.store import Scope
from models.words import Publicity
from models.world import World

OWN_LENGTH = """
    select coalesce(max(seq), 0) from event
    where municipality_id = :municipality and process_id is null and at <= :at"""
BEGUN = """
    select body from event
    where process_id = :process and seq <= :sequence and type in ('ProcessCreated', 'ProcessReopened') order by seq"""
MADE_PUBLIC = "select body from event where process_id = :process and type = 'OutputsMadePublic' order by seq"
VALUE = "select value from personal where municipality_id = :municipality and commitment = :commitment"
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Moment(NamedTuple):
    """A process at one of its events, and all that was true of its municipality then."""

    scope: Scope
    recorded: Recorded
    then: Process
    appearance: Appearance
    municipality: str  # its name
    languages: tuple[Language, ...]  # of the municipality then, and those it has taken into use since
    setting: Setting  # in the first language, with no words yet
    world: World  # what the rules saw then
    made_public: Mapping[str, Act]  # the versions that have become public by an act, also since

    def publicity(self, version: str, publicity: Publicity) -> Publicity:
        """The version's publicity for this edition: a public one follows what has become public since."""
        opened = self.setting.public and version in self.made_public and publicity is Publicity.IN_PREPARATION
        return Publicity.PUBLIC if opened else publicity


def moment(session: Session, engine: Engine, municipality: str, process: str, sequence: int) -> Moment:
    """The process as that event left it. Raises NotFound, Broken."""
    scope, head, _ = store.find_process(session, municipality, process)
    recorded, then = as_of(session, engine.worlds, scope, head, sequence)
    length = session.one(OWN_LENGTH, {"municipality": municipality, "at": instant_text(recorded.at)})
    directory = engine.worlds.directory(session, municipality, int(length[0]) if length else 0)
    appearance = stored_texts.appearance(session, municipality, directory.appearance)
    created, setting_up = _begun(session, scope.id, sequence)
    newest = store.municipality_head(session, municipality)
    now = engine.worlds.directory(session, municipality, newest.sequence) if newest else directory
    languages = tuple(one for one in LANGUAGES if one in {*directory.languages, *now.languages})
    named = {key: directory.groups[of].name for key, of in then.groups.items() if of in directory.groups}
    world = engine.worlds.world(session, directory, then.definition, recorded.at)
    setting = Setting(
        look=appearance.look(directory.name),
        language=languages[0],
        theirs=next(one for one in LANGUAGES if one == directory.languages[0]),
        municipality=directory.name,
        process=process,
        title=created.title,
        matter_number=created.matter_number,
        setting_up=setting_up,
        definition=world.definition,
        groups=named,
    )
    opened = _made_public(session, scope.id)
    return Moment(scope, recorded, then, appearance, directory.name, languages, setting, world, opened)


def _made_public(session: Session, process: int) -> dict[str, Act]:
    acts = [read(row[0]) for row in session.all(MADE_PUBLIC, {"process": process})]
    return {
        version: Act(act.sequence, act.at)
        for act in acts
        if isinstance(act.event, e.OutputsMadePublic)
        for version in act.event.versions.values()
    }


def _begun(session: Session, process: int, sequence: int) -> tuple[e.ProcessCreated, SettingUp | None]:
    events = [read(row[0]).event for row in session.all(BEGUN, {"process": process, "sequence": sequence})]
    created, last = events[0], events[-1]
    assert isinstance(created, e.ProcessCreated), "a record begins with the creation"
    assert isinstance(last, (e.ProcessCreated, e.ProcessReopened)), "nothing else was asked for"
    return created, last.setting_up


def with_words(session: Session, at: Moment, of: str, text: str) -> Setting:
    """The setting with what stands behind the commitments of the text; those covered since are missing. And when
    editions of what is made from that source were covered."""
    words: dict[str, str] = {}
    for commitment in set(COMMITMENT.findall(text)):
        row = session.one(VALUE, {"municipality": at.scope.municipality, "commitment": commitment})
        if row is not None:
            words[commitment] = row[0]
    return at.setting.model_copy(update={"words": words, "editions": editions_covered(session, at.scope.id, of)})
