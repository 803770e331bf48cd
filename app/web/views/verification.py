"""Whether everything stored still holds, as the reader of one process may see it."""

from typing import NamedTuple

from app.web.place import Place
from models.municipality.directory import Directory
from models.proof.verified import Finding
from models.proof.verify import verify
from models.words import Role

SEES_ALL = (Role.ADMINISTRATOR, Role.AUDITOR, Role.REGISTRAR, Role.PROTECTION)
"""Who is told what does not hold elsewhere in the municipality, too."""


class Verification(NamedTuple):
    """What was looked at, and what does not hold."""

    holds: bool
    findings: tuple[Finding, ...]  # about the process, and elsewhere for who may see it
    elsewhere: int  # findings that are not shown
    records: int
    events: int
    packages: int
    files: int
    personal: int
    redacted: int
    anchors: int
    head: str  # the anchor to be kept


def verification(place: Place, anchor: str) -> Verification:
    """The whole municipality is verified: its records are chained apart, but share files and values."""
    visitor = place.visitor
    told = verify(
        visitor.installation.database,
        visitor.installation.files,
        municipality=visitor.municipality,
        anchors=anchor.split(),
    )
    everything = _sees_all(place.directory, place)
    shown = [one for one in told.findings if everything or _is_about(one, place, anchor)]
    return Verification(
        holds=told.holds,
        findings=tuple(shown),
        elsewhere=len(told.findings) - len(shown),
        records=told.records,
        events=told.events,
        packages=told.packages,
        files=told.files,
        personal=told.personal,
        redacted=told.redacted,
        anchors=told.anchors,
        head=f"{place.key}:{told.heads[f'{visitor.municipality}/{place.key}']}",
    )


def _sees_all(directory: Directory, place: Place) -> bool:
    return any(directory.has_role(place.visitor.person, role, place.visitor.today) for role in SEES_ALL)


def _is_about(one: Finding, place: Place, anchor: str) -> bool:
    """Whether the finding is about the process, or about an anchor that the reader gave."""
    record = one.place.partition(",")[0]
    return record in (place.key, f"{place.visitor.municipality}/{place.key}") or one.place in anchor.split()
