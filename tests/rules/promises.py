"""Books of a process kept beside it, to hold Etappi to its promises (`witness.py` writes them, event by event).

Nothing here looks at how the product reckons: what a group's stances add up to, whose stance is stale, what is open and
what stands in the way of passing is worked out a second time, in the plainest way, and compared with the product.
"""

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

from models import events as e
from models.definitions.definition import CheckpointPlan, Definition
from models.events import Actor
from models.municipality.directory import Directory
from models.process import Process
from models.rounds import current, standing  # only to be compared with

EVERYTHING = "everything"
OBJECTING = ("object", "accept_with_conditions")


@dataclass
class Said:
    """What one seat said: over which state of each output it covers, and the objection it carries."""

    kind: str
    person: str
    over: dict[str, int]
    objection: str | None = None
    own: bool = True


@dataclass
class Window:
    until: dt.datetime
    waiting: set[str]


@dataclass
class Sitting:
    """One open round. `state` of an output grows when its substance changes, not with a technical correction."""

    no: int
    groups: tuple[Any, ...]
    seats: dict[str, Any]
    versions: dict[str, str]
    submitters: set[str]
    state: dict[str, int] = field(default_factory=dict)
    said: dict[str, Said] = field(default_factory=dict)
    out: dict[str, set[str]] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    windows: list[Window] = field(default_factory=list)
    assessed: dict[str, tuple[bool, dict[str, int]]] = field(default_factory=dict)

    def covers(self, seat: str) -> set[str]:
        at = next(one for one in self.groups if one.group == self.seats[seat].group)
        return {output for output in self.versions if not at.covers or output in at.covers}

    def is_out(self, seat: str) -> bool:
        gone = self.out.get(seat, set())
        return EVERYTHING in gone or (bool(gone) and self.covers(seat) <= gone)

    def speaks(self, seat: str) -> Said | None:
        """What the seat says of the versions as they are now."""
        said = self.said.get(seat)
        fresh = said is not None and all(self.state[output] == was for output, was in said.over.items())
        return said if fresh else None

    def over(self, seat: str, person: str) -> dict[str, int]:
        """What a stance given now is about: the holder's is not about what the holder is disqualified for."""
        holder = person == self.seats[seat].person
        gone = self.out.get(seat, set()) if holder else set()
        return {output: self.state[output] for output in self.covers(seat) - gone}

    def counted(self, group: str) -> list[str]:
        mine = [seat for seat, held in self.seats.items() if held.group == group and seat not in self.left]
        return [seat for seat in mine if not self.is_out(seat) or self.speaks(seat)]


@dataclass
class Reckoned:
    """How a group stands."""

    seats: int
    spoken: int
    yes: int
    no: int
    met: bool
    acceptors: set[str]
    settled: set[str]  # whose objection under consent was carried or recorded


@dataclass
class Raised:
    phase: str
    makers: dict[str, str]
    groups: dict[str, str]
    status: str = "open"


class Books:
    """What has happened to one process, and what follows from it."""

    def __init__(self, definition: Definition, process: Process) -> None:
        self.definition = definition
        self.order = list(process.phases)
        self.receives = {key: definition.receives(key) for key in self.order}
        self.plans: dict[str, CheckpointPlan] = {phase.id: phase.checkpoint for phase in definition.phases}
        self.roles = dict(process.roles)
        self.rounds: dict[str, Sitting] = {}
        self.raised: dict[str, Raised] = {}
        self.dissents: dict[str, dict[str, str]] = {}
        self.conditions: dict[str, tuple[str | None, dt.date]] = {}
        self.standing: dict[str, str] = {}  # packages that stand
        self.former: dict[str, str] = {}
        self.last: str | None = None
        self.now = dt.datetime.min.replace(tzinfo=dt.UTC)
        self.heard: set[str] = set()  # affected groups

    # --- who may ----------------------------------------------------------------------------------------------------

    def may_speak(self, phase: str, seat: str, person: str, directory: Directory, today: dt.date) -> bool:
        sitting = self.rounds[phase]
        held = sitting.seats[seat]
        if seat in sitting.left:
            return False
        if person == held.person:
            return not sitting.is_out(seat)
        return person in held.deputies and (sitting.is_out(seat) or directory.away(held.person, today))

    def plays(self, by: Actor, role: str) -> bool:
        return self.roles[role] == (by.for_whom or by.person)

    # --- how a group stands -----------------------------------------------------------------------------------------

    def reckon(self, phase: str, at: Any) -> Reckoned:
        """The group's stances over the versions as they are now, by its rule and quorum."""
        sitting = self.rounds[phase]
        counted = sitting.counted(at.group)
        said = {seat: spoken for seat in counted if (spoken := sitting.speaks(seat))}
        yes = [seat for seat, one in said.items() if self._is_yes(one)]
        no = [seat for seat, one in said.items() if one.kind in OBJECTING and seat not in yes]
        share, _, whole = at.quorum.partition("/")
        enough = len(said) * int(whole) >= int(share) * len(counted) if whole else len(said) >= int(share)
        deciding = yes
        if at.rule == "chair":
            deciding = [seat for seat in yes if sitting.seats[seat].part != "member"]
            met = self._leader(sitting, said) in yes
        elif at.rule == "consent":
            met = enough and bool(yes) and not self._blocks(phase, at.group)
        elif at.rule == "majority":
            met = enough and len(yes) > len(no)
        else:
            met = bool(counted) and set(yes) == set(counted)
        quiet = at.rule == "consent" and enough and not self._blocks(phase, at.group)
        ended = {one.person for one in said.values() if quiet and self._is_settled(one)}
        acceptors = {said[seat].person for seat in deciding}
        return Reckoned(len(counted), len(said), len(yes), len(no), met, acceptors, ended)

    def accepts(self, phase: str, at: Any) -> bool:
        """Whether the group accepts, by two pairs of eyes."""
        group = self.reckon(phase, at)
        return group.met and self._others(phase, group.acceptors)

    def hinders_nothing(self, phase: str, at: Any) -> bool:
        """Whether nothing the group said blocks any more, though it does not accept."""
        return not self.accepts(phase, at) and self._others(phase, self.reckon(phase, at).settled)

    def _others(self, phase: str, people: set[str]) -> bool:
        return bool(people - self.rounds[phase].submitters if self.plans[phase].four_eyes else people)

    def _is_settled(self, said: Said) -> bool:
        return said.objection is not None and self.raised[said.objection].status in ("carried", "dissent")

    def _is_yes(self, said: Said) -> bool:
        adopted = said.objection is not None and self.raised[said.objection].status == "carried"
        return said.kind == "accept" or (said.kind == "accept_with_conditions" and adopted)

    @staticmethod
    def _leader(sitting: Sitting, said: dict[str, Said]) -> str | None:
        ranks: dict[int, str] = {}
        for seat, one in said.items():
            held = sitting.seats[seat]
            place = ["chair", "vice_chair", "member"].index(held.part)
            if place < 2:
                ranks.setdefault(place + 2 * (one.person != held.person), seat)
        return ranks[min(ranks)] if ranks else None

    def _blocks(self, phase: str, group: str) -> bool:
        mine = [one for one in self.raised.values() if one.phase == phase and one.status == "open"]
        return any(group in one.groups.values() for one in mine)

    # --- what stands in the way of passing ----------------------------------------------------------------------------

    def obstacles(self, phase: str, by: Actor, waived: set[str], today: dt.date) -> list[str]:
        """Why the phase must not pass now; empty when it may. What is waived without need is in the way too."""
        sitting, plan = self.rounds[phase], self.plans[phase]
        found = []
        if not self.plays(by, plan.preparer):
            found.append("not the preparer")
        if plan.four_eyes and by.person in sitting.submitters:
            found.append("submitted it")
        if any(window.until > self.now and window.waiting - sitting.left for window in sitting.windows):
            found.append("a window runs")
        if any(at.rule == "consent" and self._blocks(phase, at.group) for at in sitting.groups):
            found.append("an objection is open")
        settled = {at.group for at in sitting.groups if self.hinders_nothing(phase, at)}
        unmet = {at.group for at in sitting.groups if not self.accepts(phase, at)} - settled
        missing = self._missing(phase, unmet, settled)
        empty = {group for group in unmet if missing and not sitting.counted(group) and group in waived}
        if self._missing(phase, unmet, settled | empty) or not {at.group for at in sitting.groups} - unmet:
            found.append(f"not accepted by {unmet}")
        musts = self._failing(phase) | self._due(phase, today)
        found += [f"unmet: {must}" for must in musts - waived]
        found += [f"waived without need: {extra}" for extra in waived - musts - empty]
        return found

    def may_be_waived(self, phase: str, today: dt.date) -> set[str]:
        """What the preparer could give written reasons for now."""
        sitting = self.rounds[phase]
        empty = {at.group for at in sitting.groups if not sitting.counted(at.group)}
        settled = {at.group for at in sitting.groups if self.hinders_nothing(phase, at)}
        unmet = {at.group for at in sitting.groups if not self.accepts(phase, at)} - settled
        more = empty if self._missing(phase, unmet, settled) else set()
        return self._failing(phase) | self._due(phase, today) | more

    def _missing(self, phase: str, unmet: set[str], unasked: set[str]) -> bool:
        """Whether fewer groups accept than the checkpoint asks of those that are asked."""
        groups = {at.group for at in self.rounds[phase].groups}
        needed = self.plans[phase].at_least or len(groups)
        return len(groups - unmet - unasked) < min(needed, len(groups - unasked))

    def _failing(self, phase: str) -> set[str]:
        return {one.id for one in self.plans[phase].criteria if one.must and not self._holds(phase, one)}

    def _holds(self, phase: str, criterion: Any) -> bool:
        sitting = self.rounds[phase]
        if criterion.assessed_by is not None:
            holds, state = sitting.assessed.get(criterion.id, (False, {}))
            return holds and state == sitting.state
        if criterion.computed == "groups-answered":
            return all(sitting.speaks(seat) for at in sitting.groups for seat in sitting.counted(at.group))
        assert criterion.computed == "affected-heard", "the witness knows no other check"
        plan = self.definition.phase(phase)
        return plan is not None and {one.id for one in plan.affected} <= self.heard

    def _due(self, phase: str, today: dt.date) -> set[str]:
        here = self.order.index(phase)
        return {
            key
            for key, (checkpoint, due) in self.conditions.items()
            if (self.order.index(checkpoint) <= here if checkpoint else due <= today)
        }

    def after(self, phase: str) -> set[str]:
        """The phases that build on one, directly or through others."""
        found: set[str] = set()
        for key in self.order:
            if {phase, *found} & set(self.receives[key]):
                found.add(key)
        return found

    # --- the books agree with the state -------------------------------------------------------------------------------

    def agrees(self, process: Process) -> None:
        """The product's state tells the same as the books."""
        assert process.dissents.keys() == self.dissents.keys(), "a dissent was lost or made up"
        for key, signers in self.dissents.items():
            assert {s: signer.person for s, signer in process.dissents[key].signers.items()} == signers
        assert {k: (c.checkpoint, c.due) for k, c in process.conditions.items()} == self.conditions
        assert process.last_package == self.last
        now_open = {key for key, one in process.objections.items() if one.status == "open"}
        assert now_open == {key for key, one in self.raised.items() if one.status == "open"}
        assert {key: one.package for key, one in process.phases.items() if one.package} == self.standing
        assert process.rounds.keys() == self.rounds.keys()
        for key, phase in process.phases.items():
            self._status_agrees(key, phase.status.value)
        for key, sitting in self.rounds.items():
            self._round_agrees(process, key, sitting)

    def _status_agrees(self, key: str, status: str) -> None:
        assert (status == "at_checkpoint") == (key in self.rounds)
        assert (status == "passed") == (key in self.standing)
        received = all(source in self.standing for source in self.receives[key])
        assert received == (status not in ("planned", "suspended")), f"{key} is {status}"

    def _round_agrees(self, process: Process, key: str, sitting: Sitting) -> None:
        round_ = process.rounds[key]
        assert round_.no == sitting.no == process.phases[key].rounds
        assert {output: version.sha256 for output, version in round_.versions.items()} == sitting.versions
        told = {seat: (stance.kind.value, stance.by) for seat, stance in round_.stances.items()}
        assert told == {seat: (said.kind, said.person) for seat, said in sitting.said.items()}
        assert set(round_.submitted_by) == sitting.submitters
        assert {seat for seat, held in round_.seats.items() if held.left} == sitting.left
        assert set(round_.disqualified) == set(sitting.out)
        assert {seat for seat in round_.stances if current(round_, seat)} == {
            seat for seat in sitting.said if sitting.speaks(seat)
        }
        awaited = [(w.until, set(w.concerned) - set(w.confirmed)) for w in round_.windows]
        assert [one for one in awaited if one[1]] == [(w.until, w.waiting) for w in sitting.windows if w.waiting]
        for at in round_.groups:
            shown, group = standing(process, key, at), self.reckon(key, at)
            assert (shown.seats, shown.accept, shown.object, shown.met) == (group.seats, group.yes, group.no, group.met)
            assert shown.silent == group.seats - group.spoken

    # --- a package ----------------------------------------------------------------------------------------------------

    def sealed(self, event: e.CheckpointPassed, body: str) -> None:
        """The locked package holds exactly what was accepted, and what must stand on its first page."""
        held, sitting = json.loads(body), self.rounds[event.phase]
        assert {output: version["sha256"] for output, version in held["versions"].items()} == sitting.versions
        assert set(held["dissents"]) == set(self.dissents)
        assert set(held["conditions"]) == set(self.conditions)
        assert held["waived"] == event.waived
        assert {one["group"]: one["met"] for one in held["groups"]}.keys() == {at.group for at in sitting.groups}
        assert held["received"] == {source: self.standing[source] for source in self.receives[event.phase]}
        people = {person for held_ in sitting.seats.values() for person in (held_.person, *held_.deputies)}
        assert not [person for person in people if f'"{person}"' in body], "a member's name is in a package"
