"""A story of what is done in the small town, so that the tests beside read like its rule book.

A `Story` goes every step as the engine does: private words are sealed, the rule decides, the events are stored and
folded. At every step it also checks what must hold whatever the test is about.
"""

import datetime as dt
import json
from collections.abc import Mapping
from itertools import count
from typing import Any

import pytest
from small_town import GROUPS, ROLES, SMALL, START, holder, one_round, town

from models.canonical import canonical, sha256
from models.commands import (
    Amend,
    Command,
    CreateProcess,
    OpenPhase,
    Pass,
    Return,
    Revise,
    Seen,
    SettingUp,
    Submit,
    TakeStance,
)
from models.days.calendar_data import calendar_for
from models.decide import decide
from models.definitions.definition import Definition
from models.errors import EtappiError
from models.events import Actor, CheckpointPassed, Event, ProcessCreated, Recorded, read_event
from models.evolve import evolve, fold
from models.municipality.directory import Absence, Directory
from models.package import package_body
from models.personal import sealed
from models.process import Process, Round
from models.rounds import Standing, digest, standing
from models.words import PhaseStatus, StanceKind
from models.world import Covering, DraftFacts, Facts, World

MORNING = dt.datetime(2027, 2, 1, 7, 0, tzinfo=dt.UTC)  # Monday, 9.00 in Helsinki
CALENDAR = calendar_for()

ACCEPT, OBJECT, ABSTAIN = StanceKind.ACCEPT, StanceKind.OBJECT, StanceKind.ABSTAIN
OFFER, NOT_READ, OUT = StanceKind.ACCEPT_WITH_CONDITIONS, StanceKind.NOT_READ, StanceKind.DISQUALIFIED


def pictured(process: Process | None, command: Command, world: World) -> tuple[str, ...]:
    """What a decision is given, in words that can be compared afterwards."""
    state = process.model_dump_json() if process else ""
    return (state, command.model_dump_json(), repr(world.facts), world.directory.model_dump_json())


# --- the story ----------------------------------------------------------------------------------------------------


class Story:
    """One process from its creation on: what was done, by whom, when, and what is refused."""

    def __init__(self, plan: Definition = SMALL, directory: Directory | None = None, **created: Any) -> None:
        self.definition, self.directory, self.now = plan, directory or town(), MORNING
        self.record: list[Recorded] = []
        self.drafts: dict[str, dict[str, DraftFacts]] = {}
        self.packages: dict[str, str] = {}
        self.files: set[str] = set()
        self.edition = 0  # the last event after which documents are made anew
        self.covering = Covering(named=frozenset({"c1:" + "0" * 64, "f" * 64}))  # what may be covered
        self.kept_until: dict[str, dt.date] = {}  # of data outside the record
        self.salts = count()
        self.folds_each_time = True
        self.state: Process | None = None
        self.does("setter-up", self.creation(**created))

    @staticmethod
    def creation(**more: Any) -> CreateProcess:
        decision = SettingUp(body="executive", date=START, section="§ 12")
        groups = {key: f"the-{key}" for key in GROUPS}
        fields = {"setting_up": decision, "roles": ROLES, "groups": groups, "start": START} | more
        return CreateProcess(definition="d" * 64, title="Tulevaisuuden kunta", **fields)

    @property
    def process(self) -> Process:
        assert self.state is not None
        return self.state

    def world(self, command: Command | None = None) -> World:
        """The frozen picture the engine would hand to the rules just now."""
        intact = frozenset(name for name, body in self.packages.items() if sha256(body) == name)
        drafts = dict(self.drafts.get(getattr(command, "phase", ""), {}))
        looked_up = {"edition": self.edition, "covering": self.covering, "kept_until": self.kept_until}
        facts = Facts(drafts, intact, frozenset(self.files), **looked_up)
        return World(self.definition, self.directory, CALENDAR, self.now, facts)

    def does(self, by: str | Actor, command: Command) -> list[Event]:
        """The command is carried out; what it led to."""
        actor = by if isinstance(by, Actor) else Actor(person=by)
        without_words, kept = sealed(command, lambda: f"salt-{next(self.salts)}")
        world, before = self.world(command), self.state
        picture = pictured(before, without_words, world)
        try:
            events = decide(before, without_words, actor, world)
        finally:
            assert pictured(before, without_words, world) == picture, "decide changed what it was given"
        for event in events:
            self._records(event, actor)
            written = event.model_dump_json(by_alias=True)
            assert not [one.value for one in kept if one.value in written], "private words stand in an event"
        if self.folds_each_time:
            assert fold(self.record) == self.process, "the record does not fold to the state"
        state = self.process.model_dump_json(exclude_defaults=True, by_alias=True)
        assert Process.model_validate_json(state) == self.process, "the state does not survive being written"
        return events

    def _records(self, event: Event, actor: Actor) -> None:
        if isinstance(event, ProcessCreated):
            event = event.model_copy(update={"process": "p1"})
        if isinstance(event, CheckpointPassed):
            body = package_body(self.process, event, actor, self.now)
            assert sha256(body) == event.package
            self.packages[event.package] = body
        stored = read_event(type(event).__name__, event.revision, json.loads(canonical(event)))
        assert stored == event, "an event does not survive being stored"
        self.record.append(Recorded(len(self.record) + 1, self.now, actor, stored))
        self.state = evolve(self.state, self.record[-1])

    def refused(self, kind: type[EtappiError], by: str | Actor, command: Command) -> EtappiError:
        """The command is refused so, and nothing has changed."""
        before, recorded = self.state, len(self.record)
        with pytest.raises(kind) as refusal:
            self.does(by, command)
        assert (self.state, len(self.record)) == (before, recorded)
        assert type(refusal.value) is kind, refusal.value
        return refusal.value

    # --- time and people ------------------------------------------------------------------------------------------

    def after(self, **time: int) -> None:
        """Time goes by."""
        self.now += dt.timedelta(**time)

    def is_away(self, person: str, stand_in: str | None = None) -> None:
        """Somebody is away today and the next days."""
        today = self.world().today
        absence = Absence(person=person, first=today, last=today + dt.timedelta(days=3), stand_in=stand_in)
        self.changes(absences={**self.directory.absences, person: absence})

    def is_back(self, person: str) -> None:
        self.changes(absences={key: one for key, one in self.directory.absences.items() if key != person})

    def changes(self, **fields: Mapping[str, object]) -> None:
        """The directory's people, seats or absences are others from now on."""
        self.directory = self.directory.model_copy(update=fields)

    # --- phases ---------------------------------------------------------------------------------------------------

    def opens(self, key: str) -> list[Event]:
        return self.does("coordinator", OpenPhase(phase=key))

    def writes(self, key: str, by: str = "owner", **outputs: str) -> None:
        """The phase's drafts say so now; without words every required output has a first text."""
        plan = self.definition.phase(key)
        assert plan is not None
        outputs = outputs or {output.id.replace("-", "_"): "first words" for output in plan.outputs if output.required}
        written = {name.replace("_", "-"): DraftFacts(sha256(words), by) for name, words in outputs.items()}
        self.drafts[key] = {**self.drafts.get(key, {}), **written}

    def submits(self, key: str, by: str = "owner") -> list[Event]:
        return self.does(by, Submit(phase=key))

    def comes_to_checkpoint(self, key: str, **outputs: str) -> None:
        """The phase is opened where it is not open yet, written and submitted."""
        if self.process.phases[key].status is PhaseStatus.READY:
            self.opens(key)
        if outputs or key not in self.drafts:
            self.writes(key, **outputs)
        self.submits(key)

    def revises(self, key: str, by: str = "owner", technical: bool = False, **output: str) -> list[Event]:
        self.writes(key, by, **output)
        (name,) = output
        why = "The groups asked for a change."
        return self.does(by, Revise(phase=key, output=name.replace("_", "-"), reason=why, technical=technical))

    def passing(self, key: str, **waive: str) -> Pass:
        """The preparer's command, as the page would send it now."""
        seen = self.seen(key).model_copy(update={"digest": digest(self.process, key)})
        return Pass(phase=key, seen=seen, waive={name.replace("_", "-"): why for name, why in waive.items()})

    def passes(self, key: str, **waive: str) -> CheckpointPassed:
        event = self.does("preparer", self.passing(key, **waive))[0]
        assert isinstance(event, CheckpointPassed)
        return event

    def goes_through(self, *keys: str) -> None:
        """Each phase is worked on, accepted by everybody and passed."""
        for key in keys:
            self.comes_to_checkpoint(key)
            self.accept(*self.round(key).seats, at=key)
            self.passes(key)

    def returns(self, key: str, to: str | None = None, by: str = "preparer", **more: Any) -> list[Event]:
        return self.does(by, Return(phase=key, to=to or key, reason="More work is needed.", **more))

    def amends(self, **change: Any) -> list[Event]:
        return self.does("coordinator", Amend(change=change, reason="The town has changed its mind."))

    # --- stances --------------------------------------------------------------------------------------------------

    def seen(self, key: str) -> Seen:
        """What stands on the page of the phase's open round now."""
        round_ = self.round(key)
        return Seen(round=round_.no, manifest=round_.manifest)

    def stance(
        self, seat: str, kind: StanceKind, reason: str | None = None, at: str | None = None, **more: Any
    ) -> TakeStance:
        """The command of one seat's stance in the open round, as the page would send it now."""
        key = at or self.at
        if kind in (OBJECT, OFFER):
            reason = reason or f"The village of {seat} would lose its school."
        return TakeStance(phase=key, seat=seat, kind=kind, reason=reason, seen=self.seen(key), **more)

    def says(
        self, seat: str, kind: StanceKind, reason: str | None = None, by: str | None = None, **more: Any
    ) -> str | None:
        """The seat's stance is taken; the id of the objection it raises."""
        return self.does(by or holder(seat), self.stance(seat, kind, reason, **more))[0].objection  # type: ignore[attr-defined]

    def accept(self, *seats: str, at: str | None = None) -> None:
        for seat in seats:
            self.says(seat, ACCEPT, at=at)

    def objects(self, seat: str, reason: str | None = None, at: str | None = None) -> str:
        raised = self.says(seat, OBJECT, reason, at=at)
        assert raised is not None
        return raised

    # --- looking --------------------------------------------------------------------------------------------------

    @property
    def at(self) -> str:
        """The phase whose round is open, where there is one."""
        (key,) = self.process.rounds
        return key

    def round(self, key: str | None = None) -> Round:
        return self.process.rounds[key or self.at]

    def stands(self, group_key: str, key: str | None = None) -> Standing:
        """How the group stands in the open round."""
        at = next(one for one in self.round(key).groups if one.group == group_key)
        return standing(self.process, key or self.at, at)

    def status(self, *keys: str) -> list[str]:
        return [self.process.phases[key].status.value for key in keys or self.process.phases]


def at_round(*groups: dict[str, Any], **checkpoint: Any) -> Story:
    """A story that has come to the checkpoint of its one phase."""
    story = Story(one_round(*groups, **checkpoint))
    story.comes_to_checkpoint("image")
    return story
