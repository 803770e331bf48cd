"""From what documents and papers are made that hold something: followed through a process's record.

A word stands where it was said, in every package that carries it and in what lies before the groups from then on; a
file's contents go from its versions into the manifest and package that name them, and on into everything that was
received from there. Rather too much is found than too little: what is made again without need costs a moment.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from models.events import (
    CheckpointPassed,
    MeetingRecorded,
    OutputRevised,
    OutputsSubmitted,
    PhaseOpened,
    Recorded,
    StanceTaken,
)
from models.words import StanceWay

FOLLOWED = (PhaseOpened, OutputsSubmitted, OutputRevised, CheckpointPassed, MeetingRecorded, StanceTaken)
"""The events that are followed."""


class Source(NamedTuple):
    """An opening, manifest, package or recorded meeting from which something was made."""

    recorded: Recorded
    of: str  # its hash, by which what was made of it is known
    contents: bool  # what is made of it holds a file's contents, and not words alone


def holding(
    record: Iterable[tuple[Recorded, str]],
    packages: Mapping[str, str],
    words: Collection[str],
    versions: Collection[str],
    since: int | None = None,
) -> Iterator[Source]:
    """The sources of what holds any of the words (commitments) or of the versions, in the record's order.

    The record is the events to be followed, each with its hash; the packages are their texts by hash; `since` the event
    by which the first of the words stands in it.
    """
    following = _Following(packages, set(words), set(versions), since)
    for recorded, hash_ in record:
        source = following.source(recorded, hash_)
        if source is not None:
            yield source


class _Following:
    def __init__(self, packages: Mapping[str, str], words: set[str], versions: set[str], since: int | None) -> None:
        self.packages, self.words, self.versions, self.since = packages, words, versions, since
        self.touched: set[str] = set()  # packages that hold the contents, or received what does
        self.received: dict[str, set[str]] = {}  # by phase
        self.round: dict[str, dict[str, str]] = {}  # by phase and output, the version that is read
        self.meeting: tuple[Recorded, str] | None = None  # one that nothing was found in as yet

    def source(self, recorded: Recorded, hash_: str) -> Source | None:
        """The source that the event is or belongs to, where that holds something and has not been told before."""
        match recorded.event:
            case PhaseOpened() as event:
                self.received[event.phase] = {*event.received.values()}
                return self._one(recorded, hash_, contents=self._is_received(event.phase))
            case OutputsSubmitted() as event:
                self.round[event.phase] = {output: one.sha256 for output, one in event.versions.items()}
                return self._manifest(recorded, event)
            case OutputRevised() as event:
                self.round.setdefault(event.phase, {})[event.output] = event.version.sha256
                return self._manifest(recorded, event)
            case CheckpointPassed() as event:
                return self._package(recorded, event)
            case MeetingRecorded() as event:
                self.meeting = recorded, hash_
                return self._said(event.memo in self.words)
            case StanceTaken(way=StanceWay.MEETING) as event:
                return self._said(event.reason in self.words)
        return None

    def _package(self, recorded: Recorded, event: CheckpointPassed) -> Source | None:
        text = self.packages[event.package]
        contents = self._is_read(event.phase) or any(one in text for one in self.versions)
        if contents:
            self.touched.add(event.package)
        return self._one(recorded, event.package, contents=contents, said=any(one in text for one in self.words))

    def _manifest(self, recorded: Recorded, event: OutputsSubmitted | OutputRevised) -> Source | None:
        """What lies before the groups tells also what was said before: reasons, objections, dissents, conditions."""
        said = self.since is not None and self.since <= recorded.sequence
        return self._one(recorded, event.manifest, contents=self._is_read(event.phase), said=said)

    def _is_received(self, phase: str) -> bool:
        return not self.touched.isdisjoint(self.received.get(phase, ()))

    def _is_read(self, phase: str) -> bool:
        return self._is_received(phase) or not self.versions.isdisjoint(self.round.get(phase, {}).values())

    def _said(self, said: bool) -> Source | None:
        """The meeting, once, where something was said in it."""
        meeting = self.meeting
        if not said or meeting is None:
            return None
        self.meeting = None
        return self._one(*meeting, contents=False, said=True)

    @staticmethod
    def _one(recorded: Recorded, of: str, *, contents: bool, said: bool = False) -> Source | None:
        return Source(recorded, of, contents) if contents or said else None
