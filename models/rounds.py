"""What a round says: whose stance is current, which groups accept, what is still open. Nothing here changes anything.

`lifecycle.py` tells what follows from it. Design: a stance covers the outputs its group covers; a revision makes stale
only the stances that covered it.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from models.canonical import sha256
from models.definitions.definition import GroupAtCheckpoint
from models.process import Assessment, Process, Round, Seat, Stance
from models.recent import Recent
from models.words import GroupRule, ObjectionStatus, SeatPart, StanceKind

DISAGREEING = (StanceKind.OBJECT, StanceKind.ACCEPT_WITH_CONDITIONS)
"""Stances that come with an objection: a condition offered is one until the preparer adopts it."""

SETTLED = (ObjectionStatus.CARRIED, ObjectionStatus.DISSENT)
"""How the preparer settles an objection that its maker does not withdraw."""

STANDING = (ObjectionStatus.OPEN, *SETTLED)
"""What becomes of an objection that its maker has not withdrawn, within its round."""

AWAITING_ANSWER = (ObjectionStatus.OPEN, ObjectionStatus.RETURNED)
"""An objection is owed an answer while it is open, and also after its round was returned: none gets lost."""


def covers(round_: Round, seat: str) -> tuple[str, ...]:
    """The outputs of the round that the seat's group covers: those it names, else all."""
    group = next(g for g in round_.groups if g.group == round_.seats[seat].group)
    return tuple(output for output in round_.versions if not group.covers or output in group.covers)


def is_disqualified(round_: Round, seat: str) -> bool:
    """Whether the holder is out of everything the seat covers."""
    out = round_.disqualified.get(seat)
    return out is not None and (not out or set(covers(round_, seat)) <= set(out))


def covered(round_: Round, seat: str) -> tuple[str, ...]:
    """The outputs one seat's stance is about: a holder's is not about those the holder is disqualified for, a deputy's
    is about all that the group covers."""
    mine, stance = covers(round_, seat), round_.stances.get(seat)
    if is_disqualified(round_, seat) or (stance is not None and stance.by != round_.seats[seat].person):
        return mine
    return tuple(output for output in mine if output not in round_.disqualified.get(seat, ()))


def current(round_: Round, seat: str) -> Stance | None:
    """The seat's stance, if nothing it covers has changed since."""
    stance = round_.stances.get(seat)
    if stance is None:
        return None
    if stance.edition == round_.edition:
        return stance
    stale = any(round_.versions[output].changed > stance.edition for output in covered(round_, seat))
    return None if stale else stance


def is_current(round_: Round, assessment: Assessment) -> bool:
    """Whether no version has changed since the criterion was assessed."""
    if assessment.edition == round_.edition:
        return True
    return all(version.changed <= assessment.edition for version in round_.versions.values())


def counts(round_: Round, seat: str) -> bool:
    """Whether the seat is in the denominators: it has not left, and its holder is not out or its deputy has spoken."""
    held = round_.seats[seat]
    if held.left:
        return False
    return not is_disqualified(round_, seat) or current(round_, seat) is not None


COUNTS = ("seats", "accept", "object", "abstain", "not_read", "silent", "disqualified", "left")
"""The counts of a group's standing."""


class Standing(NamedTuple):
    """How one group stands in a round. Counts are of seats that count; silent ones have no current stance."""

    group: str
    rule: GroupRule
    seats: int
    accept: int
    object: int  # and conditions offered that the preparer has not adopted
    abstain: int
    not_read: int
    silent: int
    disqualified: int
    left: int
    open_objections: tuple[str, ...]
    acceptors: frozenset[str]  # persons
    quorum: bool
    met: bool
    settled: tuple[str, ...] = ()
    """Under consent, with a quorum and nothing open: the objections of the group's members, whoever raised them, that
    were carried as a condition or recorded as dissent. They no longer block, though their makers do not accept."""
    settled_makers: frozenset[str] = frozenset()  # persons of the group
    object_stale: int = 0  # of the silent, those who objected to a former text: their objection is open
    offer_stale: int = 0  # and those who offered a condition to it
    silent_objections: tuple[str, ...] = ()
    """What the silent objected or offered to a former text, for each of them, where it is open or settled."""


@dataclass(slots=True)
class _Known:
    """What is known of one open round, because it has been asked."""

    process: Process  # in which it is so
    seats: dict[str, dict[str, Seat]]  # by group
    standings: dict[str, tuple[GroupAtCheckpoint, Standing]]
    digest: str | None = None


_known: Recent[tuple[str, str, str], _Known] = Recent(256)


def standing(process: Process, phase: str, group: GroupAtCheckpoint) -> Standing:
    """How the group stands in the phase's open round, by its rule and quorum. Asked again of the same, it is known."""
    known = _of(process, phase)
    asked, found = known.standings.get(group.group, (None, None))
    if asked is not group or found is None:
        found = _standing(process, phase, group, known.seats.get(group.group, {}))
        known.standings[group.group] = (group, found)
    return found


def _of(process: Process, phase: str) -> _Known:
    name = (process.municipality, process.id, phase)
    known = _known.get(name)
    if known is None or known.process is not process:
        known = _Known(process, _by_group(process.rounds[phase]), {})
        _known.put(name, known)
    return known


def _by_group(round_: Round) -> dict[str, dict[str, Seat]]:
    seats: dict[str, dict[str, Seat]] = defaultdict(dict)
    for key, seat in round_.seats.items():
        seats[seat.group][key] = seat
    return seats


def _standing(process: Process, phase: str, group: GroupAtCheckpoint, mine: dict[str, Seat]) -> Standing:
    round_ = process.rounds[phase]
    said, edition = round_.stances, round_.edition  # most stand in it; of others it is asked whether they are stale
    spoken: dict[str, Stance] = {}
    left = silent = disqualified = 0
    to_former: list[str] = []  # objections to an earlier text
    for key, seat in mine.items():
        out = key in round_.disqualified and is_disqualified(round_, key)
        disqualified += out
        stance = said.get(key)
        if seat.left:
            left += 1
        elif stance and (stance.edition == edition or current(round_, key)):
            spoken[key] = stance
        elif not out:
            silent += 1
            if stance and stance.objection and process.objections[stance.objection].status in STANDING:
                to_former.append(stance.objection)
    counted = len(spoken) + silent
    accept = StanceKind.ACCEPT
    accepting = {key: stance for key, stance in spoken.items() if stance.kind is accept or _adopted(process, stance)}
    others = [stance for key, stance in spoken.items() if key not in accepting]
    kinds = [stance.kind for stance in others]
    objecting = sum(kind in DISAGREEING for kind in kinds)
    still_open = tuple(open_objections(process, phase, group.group))
    acceptors = frozenset([stance.by for stance in accepting.values()])
    has_quorum = is_quorum(group.quorum, len(spoken), counted)
    settled: list[Stance] = []
    if group.rule is GroupRule.CONSENT:
        met = has_quorum and bool(accepting) and not still_open
        if has_quorum and not still_open:
            settled = [stance for stance in others if _is_settled(process, stance)]
    elif group.rule is GroupRule.MAJORITY:
        met = has_quorum and len(accepting) > objecting
    elif group.rule is GroupRule.ALL:
        met = counted > 0 and len(accepting) == counted
    else:
        decider = _chair(mine, spoken)
        has_quorum = decider is not None
        met = decider in accepting
        acceptors = frozenset(stance.by for key, stance in accepting.items() if mine[key].part is not SeatPart.MEMBER)
    stale = [one.offer for key in to_former if (one := process.objections[key]).status is ObjectionStatus.OPEN]
    return Standing(
        group=group.group,
        rule=group.rule,
        seats=counted,
        accept=len(accepting),
        object=objecting,
        abstain=kinds.count(StanceKind.ABSTAIN),
        not_read=kinds.count(StanceKind.NOT_READ),
        silent=silent,
        disqualified=disqualified,
        left=left,
        open_objections=still_open,
        acceptors=acceptors,
        quorum=has_quorum,
        met=met,
        settled=tuple(sorted({stance.objection for stance in settled if stance.objection})),
        settled_makers=frozenset([stance.by for stance in settled]),
        object_stale=stale.count(False),
        offer_stale=stale.count(True),
        silent_objections=tuple(sorted(to_former)),
    )


def _adopted(process: Process, stance: Stance) -> bool:
    """Whether the stance is an acceptance under conditions that the preparer has adopted."""
    if stance.kind is not StanceKind.ACCEPT_WITH_CONDITIONS or stance.objection is None:
        return False
    return process.objections[stance.objection].status is ObjectionStatus.CARRIED


def _is_settled(process: Process, stance: Stance) -> bool:
    """Whether the preparer has carried the stance's objection as a condition, or recorded it as dissent."""
    return stance.objection is not None and process.objections[stance.objection].status in SETTLED


def is_quorum(rule: str, spoken: int, counted: int) -> bool:
    """A share of the counted seats ("1/2") or a number of them; nobody left is no quorum."""
    if counted == 0:
        return False
    share, _, whole = rule.partition("/")
    return spoken * int(whole) >= int(share) * counted if whole else spoken >= int(share)


def _chair(seats: dict[str, Seat], spoken: dict[str, Stance]) -> str | None:
    """The seat that speaks where the chair decides: the chair, else the vice-chair, else the deputy of one of them."""
    for in_person in (True, False):
        for part in (SeatPart.CHAIR, SeatPart.VICE_CHAIR):
            for key, stance in spoken.items():
                if seats[key].part is part and (stance.by == seats[key].person) is in_person:
                    return key
    return None


def open_objections(process: Process, phase: str, group: str | None = None) -> Iterator[str]:
    """The ids of the phase's open objections, of one group or of all."""
    for key, objection in process.objections.items():
        if objection.phase != phase or objection.status is not ObjectionStatus.OPEN:
            continue
        if group is None or any(maker.group == group for maker in objection.makers.values()):
            yield key


def to_former_text(process: Process, key: str) -> bool:
    """Whether what the objection was made to has changed since, and none of its makers has spoken again."""
    one = process.objections[key]
    round_ = process.rounds.get(one.phase)
    if round_ is None or round_.no != one.round:
        return False
    return not any(current(round_, seat) for seat in one.makers if seat in round_.seats)


def own_objections(process: Process, phase: str, seat: str, person: str) -> tuple[str, ...]:
    """The open objections of the phase that this person has made or joined in the seat; its deputy's are not among its
    holder's."""
    return tuple(
        key
        for key in open_objections(process, phase)
        if (maker := process.objections[key].makers.get(seat)) and maker.person == person
    )


def awaiting_reply(process: Process, phase: str, seat: str, person: str) -> tuple[str, ...]:
    """Those of the person's own objections in the seat that were answered, and of which it is not yet said whether the
    answer suffices."""
    own = own_objections(process, phase, seat, person)
    return tuple(key for key in own if seat in process.objections[key].asked)


def window_until(round_: Round, now: dt.datetime) -> dt.datetime | None:
    """Until when somebody may still correct what was recorded of them, or a technical correction; None when nobody."""
    running = [
        window.until
        for window in round_.windows
        if window.until > now and any(not round_.seats[s].left for s in window.concerned if s not in window.confirmed)
    ]
    return max(running, default=None)


def digest(process: Process, phase: str) -> str:
    """The tarkiste of what a preparer relies on when passing: stances, objections, conditions and assessments.

    It is compared and never stored, so the text need only be the same for the same. Who passes has been shown it
    before: asked again of the same, it is known.
    """
    known = _of(process, phase)
    if known.digest is None:
        known.digest = _digest(process, phase)
    return known.digest


def _digest(process: Process, phase: str) -> str:
    round_ = process.rounds[phase]
    relied = {
        "manifest": round_.manifest,
        "stances": {key: [s.kind, s.edition, s.objection] for key, s in round_.stances.items()},
        "disqualified": {key: list(out) for key, out in round_.disqualified.items()},
        "left": sorted(key for key, seat in round_.seats.items() if seat.left),
        "objections": {
            k: [o.status, o.result, sorted(o.makers)] for k, o in process.objections.items() if o.phase == phase
        },
        "conditions": sorted(process.conditions),
        "dissents": {key: sorted(dissent.signers) for key, dissent in process.dissents.items()},
        "assessed": {key: [a.holds, a.edition] for key, a in round_.assessed.items()},
    }
    return sha256(json.dumps(relied, sort_keys=True))
