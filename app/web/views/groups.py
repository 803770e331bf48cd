"""How the groups stand at a checkpoint: in counts for all, with members' names for those who may read them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.web.place import Place
from models.definitions.definition import GroupAtCheckpoint
from models.package import standing_in
from models.papers.group_words import Stale, rule_told, stale, stale_then, verdict, verdict_then
from models.process import Round
from models.rounds import Standing, counts, current, is_disqualified, standing
from models.words import SeatPart, StanceKind, StanceWay


class Member(NamedTuple):
    """What one seat says."""

    name: str
    part: SeatPart
    kind: StanceKind | None  # None: silent
    current: bool
    in_meeting: bool
    deputy: str | None  # who spoke, where it was not the holder


class GroupView(NamedTuple):
    """One group at the checkpoint."""

    key: str
    name: str
    rule: str
    standing: Standing
    verdict: str
    stale: tuple[Stale, ...]  # what the silent had said to a former text
    members: tuple[Member, ...] | None  # None for those who may not read names
    silent: tuple[str, ...] | None  # None for those who may not read who is late

    @property
    def share(self) -> tuple[tuple[str, int], ...]:
        """The counts that a bar shows, in its order."""
        s = self.standing
        rest = s.abstain + s.not_read
        return tuple((kind, n) for kind, n in (("for", s.accept), ("against", s.object), ("rest", rest)) if n)


def people_of(place: Place, phase: str) -> list[str]:
    """The people whose names the groups' views may show."""
    round_ = place.process.rounds.get(phase)
    if round_ is None:
        return []
    return [*(seat.person for seat in round_.seats.values()), *(stance.by for stance in round_.stances.values())]


def groups_at(place: Place, phase: str) -> tuple[GroupView, ...]:
    """Every group at the open round. The people must have been fetched."""
    round_ = place.process.rounds.get(phase)
    return tuple(_group(place, phase, round_, at) for at in round_.groups) if round_ else ()


def groups_when_passed(place: Place, package: Mapping[str, Any]) -> tuple[GroupView, ...]:
    """Every group as it stood when the phase passed, from its package: counts alone."""
    return tuple(_when_passed(place, package, one) for one in package["groups"])


def _when_passed(place: Place, package: Mapping[str, Any], told: Mapping[str, Any]) -> GroupView:
    stands, language = standing_in(package, told), place.visitor.language
    return GroupView(
        key=stands.group,
        name=place.name("group", stands.group),
        rule=rule_told(stands.rule, told["quorum"], language),
        standing=stands,
        verdict=verdict_then(stands).in_(language),
        stale=tuple(stale_then(package, stands, language)),
        members=None,
        silent=None,
    )


def _group(place: Place, phase: str, round_: Round, at: GroupAtCheckpoint) -> GroupView:
    stands = standing(place.process, phase, at)
    mine = [key for key, seat in round_.seats.items() if seat.group == at.group and not seat.left]
    objections = {key: (one.offer, one.status.value) for key, one in place.process.objections.items()}
    silent = [key for key in mine if counts(round_, key) and current(round_, key) is None]
    return GroupView(
        key=at.group,
        name=place.name("group", at.group),
        rule=rule_told(at.rule, at.quorum, place.visitor.language),
        standing=stands,
        verdict=verdict(stands).in_(place.visitor.language),
        stale=tuple(stale(stands, objections, place.visitor.language)),
        members=tuple(_member(place, round_, key) for key in mine if key not in silent or key in round_.stances)
        if place.sees_names(at.group)
        else None,
        silent=tuple(place.person(round_.seats[key].person) for key in silent) if place.sees_late(at.group) else None,
    )


def _member(place: Place, round_: Round, key: str) -> Member:
    seat, said = round_.seats[key], round_.stances.get(key)
    spoke = said.by if said and said.by != seat.person else None
    out = is_disqualified(round_, key) and said is None
    return Member(
        name=place.person(seat.person),
        part=seat.part,
        kind=StanceKind.DISQUALIFIED if out else said.kind if said else None,
        current=out or current(round_, key) is not None,
        in_meeting=said is not None and said.way is StanceWay.MEETING,
        deputy=place.person(spoke) if spoke else None,
    )
