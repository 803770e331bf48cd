"""What a verification looked at, and what it found that does not hold."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold, and where."""

    place: str
    what: str


@dataclass(slots=True)
class Verified:
    """What was looked at, and what does not hold."""

    records: int = 0
    events: int = 0
    rows: int = 0
    packages: int = 0
    files: int = 0
    personal: int = 0
    redacted: int = 0  # peitetty: personal values and files that are gone because a redaction names them
    redacted_files: int = 0  # of these, files
    leaving: int = 0  # of these, files that are still on the disk, and that the courier is about to take away
    anchors: int = 0
    findings: list[Finding] = field(default_factory=list)
    heads: dict[str, str] = field(default_factory=dict)  # record -> "sequence:hash", to be kept as an anchor

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def found(self, place: str, what: str) -> None:
        """Something does not hold."""
        self.findings.append(Finding(place, what))
