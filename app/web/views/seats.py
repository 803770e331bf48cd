"""The visitor's own seats at a checkpoint: what was said in each, whether it still stands, and what may be done."""

from typing import NamedTuple

from app.web import addresses
from app.web.place import Place
from app.web.views.threads import A_WORD
from models.commands import Confirm, FileDissent, Retract, Seen, TakeStance
from models.events import OutputRevised
from models.process import Round
from models.rounds import awaiting_reply, covered, current, is_disqualified
from models.words import StanceKind, StanceWay


class Changed(NamedTuple):
    """An output that has changed since the seat spoke."""

    name: str
    comparison: str  # where the change is shown
    reason: str | None  # why it was revised


class MySeat(NamedTuple):
    """One seat of the visitor's."""

    seat: str
    group: str
    holder: str | None  # whose seat it is, where the visitor acts for somebody
    kind: StanceKind | None  # what was said in it
    current: bool
    recorded: bool  # it can still be contested what a memo says, or a correction
    in_meeting: bool  # it was recorded of a meeting
    changed: tuple[Changed, ...]
    can_take: bool
    can_confirm: bool
    can_retract: bool
    can_dissent: bool
    earlier: StanceKind | None  # what was said in the round before, over the very same texts
    answered: tuple[str, ...]  # objections and offers of which it is asked whether the answer suffices
    address: str

    @property
    def waits(self) -> bool:
        """Whether something is asked of it: what waits comes first."""
        return self.kind is None or self.stale or self.recorded or bool(self.answered)

    @property
    def stale(self) -> bool:
        return self.kind is not None and self.kind is not StanceKind.DISQUALIFIED and not self.current


def seats_of(place: Place, phase: str, revisions: list[OutputRevised], seen: Seen) -> tuple[MySeat, ...]:
    """The seats in which the visitor may do or has done something. Reasons and people must have been fetched."""
    round_ = place.process.rounds[phase]
    found = (_seat(place, phase, round_, key, revisions, seen) for key in place.possible.seats(phase))
    shown = (one for one in found if one.kind or one.can_take or one.can_confirm)
    return tuple(sorted(shown, key=lambda one: not one.waits))


def _seat(place: Place, phase: str, round_: Round, key: str, revisions: list[OutputRevised], seen: Seen) -> MySeat:
    may, held = place.possible.may, round_.seats[key]
    mine, said = held.person == place.visitor.person, round_.stances.get(key)
    theirs = said is not None and said.by == place.visitor.person
    out = is_disqualified(round_, key) and (said is None or mine)
    confirms = may(Confirm(phase=phase, seat=key, seen=seen))
    earlier = place.process.phases[phase].earlier
    return MySeat(
        seat=key,
        group=place.name("group", held.group),
        holder=None if mine else place.person(held.person),
        kind=StanceKind.DISQUALIFIED if out and mine else said.kind if said and (mine or theirs) else None,
        current=out or current(round_, key) is not None,
        recorded=said is not None and confirms and current(round_, key) is not None,
        in_meeting=said is not None and said.way is StanceWay.MEETING,
        changed=tuple(_changed(place, round_, key, revisions)),
        can_take=may(TakeStance(phase=phase, seat=key, kind=StanceKind.ACCEPT, seen=seen)),
        can_confirm=confirms,
        can_retract=may(Retract(what="stance", phase=phase, seat=key)),
        can_dissent=may(FileDissent(phase=phase, seat=key, text=A_WORD)),
        earlier=earlier.stances.get(key) if earlier and said is None and confirms else None,
        answered=awaiting_reply(place.process, phase, key, place.visitor.person) if confirms else (),
        address=addresses.stance(place.key, phase, key),
    )


def _changed(place: Place, round_: Round, key: str, revisions: list[OutputRevised]) -> list[Changed]:
    """What the seat's stance covered and what has changed since, each compared with what was read then; where it still
    stands, what was corrected in it and may be contested."""
    said = round_.stances.get(key)
    if said is None:
        return []
    if current(round_, key) is not None:
        return [
            Changed(
                place.name("output", one.output),
                addresses.comparison(place.key, one.before, one.version.sha256),
                place.words(one.reason),
            )
            for one in revisions
            if one.round == round_.no and key in one.concerned and one.window and one.window > place.visitor.now
        ]
    found = []
    for output in covered(round_, key):
        version = round_.versions[output]
        if version.changed <= said.edition:
            continue
        since = [r for r in revisions if r.output == output and r.round == round_.no and r.phase == version.phase]
        since = [r for r in since if not r.technical and r.version.changed > said.edition]
        if since:
            shown = addresses.comparison(place.key, since[0].before, version.sha256)
            found.append(Changed(place.name("output", output), shown, place.words(since[-1].reason)))
    return found
