"""What pages and the command line read besides the working set: lists, kept words, duties, trouble.

Nothing here writes.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from models.commands import SettingUp
from models.days.calendar import local_date
from models.duties.duty import Duty
from models.errors import NotFound
from models.events import (
    CheckpointPassed,
    CriterionAssessed,
    Event,
    MeetingRecorded,
    MeetingScheduled,
    OutputRevised,
    ProcessHeld,
    Recorded,
    StanceTaken,
)
from models.record import Head, read, read_instant
from models.storage.database import Row, Session
from models.storage.store import Scope, head_of
from models.words import StanceKind

MUNICIPALITIES = "select id from municipality where seq > 0 order by id"
PROCESSES = """
    select process_id, key, title, matter_number, status, rehearsal, coordinator, created_at from process
    where municipality_id = :municipality order by created_at, key"""
LISTED = """
    select process_id, key, title, matter_number, status, rehearsal, coordinator, created_at from process
    where process_id = :process"""
HEADS = """
    select id, key, seq, hash, at from process_head where municipality_id = :municipality and key in {texts}"""
SETTING_UP = """
    select body from event where process_id = :process and type in ('ProcessCreated', 'ProcessReopened')
    order by seq desc limit 1"""
HOLD = """
    select body from event where process_id = :process and type = 'ProcessHeld' order by seq desc limit 1"""
PASSED = """
    select body from event where process_id = :process and type = 'CheckpointPassed' order by seq desc"""
MILESTONES = """
    select body from event where process_id = :process
        and type in ('PhaseOpened', 'OpeningRetracted', 'CheckpointPassed', 'WorkReturned') order by seq"""
HANDED_OVER = "select body from event where process_id = :process and type = 'CoordinatorChanged' order by seq"
REVISIONS = "select body from event where process_id = :process and type = 'OutputRevised' order by seq"
ASSESSMENTS = "select body from event where process_id = :process and type = 'CriterionAssessed' order by seq"
STANCES = "select body from event where process_id = :process and type = 'StanceTaken' order by seq desc"
MEMOS = "select body from event where process_id = :process and type = 'MeetingRecorded' order by seq"
ON_THE_WAY = """
    select body from event where process_id = :process and type in
        ('HandlingRecorded', 'StatementGiven', 'HearingOpened', 'HearingClosed', 'CooperationRecorded') order by seq"""
SCHEDULED = "select body from event where process_id = :process and type = 'MeetingScheduled' order by seq"
PHASE_OF_OBJECTION = "select phase from objection where process_id = :process and objection = :item"
PHASE_OF_CONDITION = """
    select coalesce(checkpoint, phase) from condition where process_id = :process and condition = :item"""
VERSIONS = """
    select phase, output, version, sha256, publicity, at from output_version
    where process_id = :process and sha256 in {texts} order by at desc"""
VERSIONS_OF_OUTPUT = """
    select phase, output, version, sha256, publicity, at from output_version
    where process_id = :process and phase = :phase and output = :output order by version desc"""
MEDIA = "select sha256, media, size from file where municipality_id = :municipality and sha256 in {texts}"
PACKAGE = """
    select body from package where process_id = :process and sha256 = :sha256"""
PACKAGES = """
    select k.sha256, k.body from package k join process_head h on h.id = k.process_id
    where h.municipality_id = :municipality and k.sha256 in {texts}"""
RECORD = "select body, hash from event where process_id = :process order by seq"
ENTRIES = "select body, hash from event where process_id = :process and seq in {ids} order by seq"
OWN_RECORD = "select body, hash from event where municipality_id = :municipality and process_id is null order by seq"
PAPERS = """
    select r.format, r.language, r.made_from, r.sha256, r.at, r.renderer from rendition r
    join file f on f.municipality_id = r.municipality_id and f.sha256 = r.sha256
    where r.process_id = :process and r.format <> 'markdown' order by r.at, r.format, r.language"""
RENDITIONS = """
    select r.language, r.format, r.sha256 from rendition r
    join file f on f.municipality_id = r.municipality_id and f.sha256 = r.sha256
    where r.process_id = :process and r.made_from = :of order by r.at, r.format"""
MADE_AT = """
    select body from event where process_id = :process
        and type in ('OutputsSubmitted', 'OutputRevised', 'MeetingRecorded', 'CheckpointPassed') order by seq"""
HASH_OF = "select hash from event where process_id = :process and seq = :sequence"
VALUE = "select value from personal where municipality_id = :municipality and commitment = :commitment"
VALUES = """
    select commitment, value from personal where municipality_id = :municipality and commitment in {texts}"""
LIKE = """
    select commitment from personal
    where municipality_id = :municipality and substr(commitment, 1, :length) = :beginning limit 2"""
PEOPLE = """
    select person.person, called.value, written.value, person.active from person
    left join personal called on called.municipality_id = person.municipality_id and called.commitment = person.name
    left join personal written on written.municipality_id = person.municipality_id
        and written.commitment = person.email
    where person.municipality_id = :municipality order by called.value, person.person"""
EMAILS = """
    select person.person, personal.value from person
    join personal on personal.municipality_id = person.municipality_id and personal.commitment = person.email
    where person.municipality_id = :municipality"""
DUTIES = """
    select process.key, process.title, duty.duty, duty.kind, duty.phase, duty.item, duty.seat, duty.working_group,
        duty.person, duty.due, duty.since
    from duty join process on process.process_id = duty.process_id
    where duty.municipality_id = :municipality and process.key = coalesce(:process, process.key)
    order by duty.due, process.key, duty.duty"""
_OF_ONE = "process.key = coalesce(:process, process.key)"
DUTIES_OF_PROCESS = DUTIES.replace(_OF_ONE, "duty.process_id = :process")
DUTIES_OF_PEOPLE = DUTIES.replace(_OF_ONE, "duty.person in {texts}")
DUTIES_OF_SEATS = DUTIES.replace(_OF_ONE, "duty.seat in {texts}")
DUTIES_OF_NOBODY = DUTIES.replace(_OF_ONE, "duty.person is null")
TROUBLE = """
    select state, kind, count(*), min(created_at), max(error) from outbox
    where municipality_id = :municipality and state <> 'done' group by state, kind order by state, kind"""
TROUBLE_OF_PROCESS = TROUBLE.replace("where", "where process_id = :process and")
CLOCK = "select at from heartbeat where part in ('tick', 'clock') order by part desc limit 1"


@dataclass(frozen=True, slots=True)
class Listed:
    """A process as lists show it."""

    id: int
    key: str
    title: str
    matter_number: str | None
    status: str
    rehearsal: bool
    coordinator: str


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """An open duty and the process it belongs to."""

    process: str
    title: str
    key: str
    kind: str
    phase: str | None
    item: str | None
    seat: str | None
    group: str | None
    person: str | None
    due: dt.date
    since: dt.date | None  # it waits for nobody before this day

    def waits(self, today: dt.date) -> bool:
        """Whether it waits for somebody on the day."""
        return self.since is None or self.since <= today

    def late(self, today: dt.date) -> bool:
        """Whether its day has gone by."""
        return self.due < today and self.waits(today)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an output that the process has had."""

    phase: str
    output: str
    no: int
    sha256: str
    publicity: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Owing:
    """Effects of one kind that have not been carried out."""

    state: str  # owed, leased or failed
    kind: str
    count: int
    oldest: dt.datetime
    error: str | None


def municipalities(session: Session) -> list[str]:
    """The municipalities that have been set up."""
    return [row[0] for row in session.all(MUNICIPALITIES)]


def processes(session: Session, municipality: str) -> list[Listed]:
    """The municipality's processes, the oldest first."""
    rows = session.all(PROCESSES, {"municipality": municipality})
    return [Listed(r[0], r[1], r[2], r[3], r[4], bool(r[5]), r[6]) for r in rows]


def listed(session: Session, process: int) -> Listed:
    """One process as lists show it."""
    row = session.one(LISTED, {"process": process})
    assert row is not None, "a head has its process from the first act"
    return Listed(row[0], row[1], row[2], row[3], row[4], bool(row[5]), row[6])


def heads(session: Session, municipality: str, keys: Iterable[str]) -> list[tuple[Scope, Head]]:
    """The heads of several processes, by one statement."""
    rows = session.all(HEADS, {"municipality": municipality, "texts": json.dumps(sorted(keys))})
    return [(Scope(municipality, row[0], row[1]), head_of(row[2:5])) for row in rows]


def setting_up(session: Session, process: int) -> SettingUp | None:
    """The decision that the process rests on now."""
    row = session.one(SETTING_UP, {"process": process})
    fields = json.loads(row[0])["data"]["setting_up"] if row else None
    return SettingUp.model_validate(fields) if fields else None


def hold(session: Session, process: int) -> tuple[dt.date, str] | None:
    """Since which day the process that is on hold waits, and the commitment to the reason."""
    row = session.one(HOLD, {"process": process})
    held = read(row[0]) if row else None
    if held is None or not isinstance(held.event, ProcessHeld):
        return None
    return held.occurred_on or local_date(held.at), held.event.reason


def passing(session: Session, process: int, phase: str) -> CheckpointPassed | None:
    """How the phase passed last."""
    told = (read(row[0]).event for row in session.all(PASSED, {"process": process}))
    return next((event for event in told if isinstance(event, CheckpointPassed) and event.phase == phase), None)


def milestones(session: Session, process: int) -> list[Recorded]:
    """When phases were opened, passed and returned, in order."""
    return [read(row[0]) for row in session.all(MILESTONES, {"process": process})]


def handed_over(session: Session, process: int) -> list[Recorded]:
    """When the coordinator's part was given to somebody else, in order."""
    return [read(row[0]) for row in session.all(HANDED_OVER, {"process": process})]


def revisions(session: Session, process: int) -> list[OutputRevised]:
    """The revisions of outputs in their rounds, in order."""
    told = (read(row[0]).event for row in session.all(REVISIONS, {"process": process}))
    return [event for event in told if isinstance(event, OutputRevised)]


def assessments(session: Session, process: int, phase: str, round_: int) -> dict[str, CriterionAssessed]:
    """What was last said of each criterion in the round, by criterion."""
    told = (read(row[0]).event for row in session.all(ASSESSMENTS, {"process": process}))
    found = (event for event in told if isinstance(event, CriterionAssessed))
    return {event.criterion: event for event in found if (event.phase, event.round) == (phase, round_)}


def disqualification(session: Session, process: int, phase: str, round_: int, seat: str) -> StanceTaken | None:
    """The newest disqualification that was said in the seat in the round."""
    told = (read(row[0]).event for row in session.all(STANCES, {"process": process}))
    said = (event for event in told if isinstance(event, StanceTaken) and event.kind is StanceKind.DISQUALIFIED)
    return next((event for event in said if (event.phase, event.round, event.seat) == (phase, round_, seat)), None)


def memos(session: Session, process: int) -> list[MeetingRecorded]:
    """The meetings that have been recorded, in order."""
    told = (read(row[0]).event for row in session.all(MEMOS, {"process": process}))
    return [event for event in told if isinstance(event, MeetingRecorded)]


def on_the_way(session: Session, process: int) -> list[Event]:
    """What was recorded of handlings, statements, hearings and staff cooperation, in order."""
    return [read(row[0]).event for row in session.all(ON_THE_WAY, {"process": process})]


def meeting_names(session: Session, process: int) -> dict[str, str]:
    """What the meetings were called that have been given a name of their own."""
    told = (read(row[0]).event for row in session.all(SCHEDULED, {"process": process}))
    return {one.meeting: one.name for one in told if isinstance(one, MeetingScheduled) and one.name}


def phase_of_objection(session: Session, process: int, item: str) -> str | None:
    """In which phase's round the objection was made, also where it is over; None where there never was one."""
    row = session.one(PHASE_OF_OBJECTION, {"process": process, "item": item})
    return str(row[0]) if row else None


def phase_of_condition(session: Session, process: int, item: str) -> str | None:
    """At which phase's checkpoint the condition is to be done, or was; None where there never was one."""
    row = session.one(PHASE_OF_CONDITION, {"process": process, "item": item})
    return str(row[0]) if row else None


def versions(session: Session, process: int, hashes: Iterable[str]) -> dict[str, Version]:
    """Those of the hashes that are versions the process has had; the first one where several are the same."""
    rows = session.all(VERSIONS, {"process": process, "texts": json.dumps(sorted(hashes))})
    return {row[3]: Version(row[0], row[1], row[2], row[3], row[4], read_instant(row[5])) for row in rows}


def versions_of(session: Session, process: int, phase: str, output: str) -> list[Version]:
    """All versions of an output, the newest first."""
    rows = session.all(VERSIONS_OF_OUTPUT, {"process": process, "phase": phase, "output": output})
    return [Version(row[0], row[1], row[2], row[3], row[4], read_instant(row[5])) for row in rows]


def media(session: Session, municipality: str, hashes: Iterable[str]) -> dict[str, tuple[str, int]]:
    """The media type and the size of files."""
    rows = session.all(MEDIA, {"municipality": municipality, "texts": json.dumps(sorted(hashes))})
    return {row[0]: (row[1], int(row[2])) for row in rows}


def package(session: Session, process: int, sha256: str) -> dict[str, Any]:
    """A locked package, as it was written. Raises NotFound."""
    row = session.one(PACKAGE, {"process": process, "sha256": sha256})
    if row is None:
        raise NotFound(what="package", name=sha256)
    found: dict[str, Any] = json.loads(row[0])
    return found


def packages(session: Session, municipality: str, hashes: Collection[str]) -> dict[str, dict[str, Any]]:
    """Several locked packages of any processes, read with one statement."""
    rows = session.all(PACKAGES, {"municipality": municipality, "texts": json.dumps(sorted(hashes))})
    return {row[0]: json.loads(row[1]) for row in rows}


def renditions(session: Session, process: int, of: str) -> dict[tuple[str, str], str]:
    """The newest papers made from a manifest or package that stand, by language and form; the hashes of their files."""
    rows = session.all(RENDITIONS, {"process": process, "of": of})
    return {(row[0], row[1]): row[2] for row in rows}


def value(session: Session, municipality: str, commitment: str) -> str | None:
    """The words behind a commitment; None where they were covered."""
    row = session.one(VALUE, {"municipality": municipality, "commitment": commitment})
    return str(row[0]) if row else None


def values(session: Session, municipality: str, commitments: Collection[str]) -> dict[str, str]:
    """The words behind those commitments that have not been covered, by one statement."""
    if not commitments:
        return {}
    rows = session.all(VALUES, {"municipality": municipality, "texts": json.dumps(sorted(commitments))})
    return {row[0]: row[1] for row in rows}


def commitments_like(session: Session, municipality: str, beginning: str) -> list[str]:
    """Up to two commitments that begin so."""
    wanted = {"municipality": municipality, "beginning": beginning, "length": len(beginning)}
    return [row[0] for row in session.all(LIKE, wanted)]


def people(session: Session, municipality: str) -> list[tuple[str, str | None, str | None, bool]]:
    """Everybody of the directory by name: id, name (None where it was covered), address, and whether in use."""
    rows = session.all(PEOPLE, {"municipality": municipality})
    return [(row[0], row[1], row[2], bool(row[3])) for row in rows]


def people_with_email(session: Session, municipality: str, email: str) -> list[str]:
    """Who has the address."""
    rows = session.all(EMAILS, {"municipality": municipality})
    return [row[0] for row in rows if row[1].casefold() == email.casefold()]


def open_duties(session: Session, municipality: str, process: str | None = None) -> list[OpenDuty]:
    """What is owed, in all processes or one, by due date."""
    return [_duty(row) for row in session.all(DUTIES, {"municipality": municipality, "process": process})]


def open_duty(process: str, title: str, key: str, duty: Duty) -> OpenDuty:
    """A duty of a process as lists of what waits have it."""
    return OpenDuty(
        process=process,
        title=title,
        key=key,
        kind=duty.kind,
        phase=duty.phase,
        item=duty.item,
        seat=duty.seat,
        group=duty.group,
        person=duty.person,
        due=duty.due,
        since=duty.since,
    )


def duties_of_process(session: Session, municipality: str, process: int) -> list[OpenDuty]:
    """What is owed in one process, by due date."""
    return [_duty(row) for row in session.all(DUTIES_OF_PROCESS, {"municipality": municipality, "process": process})]


def duties_near(
    session: Session, municipality: str, people: Collection[str], seats: Collection[str], *, of_nobody: bool
) -> list[OpenDuty]:
    """What is owed in all processes by the people, in the seats, or where asked by nobody in particular (a group's)."""
    named = {"municipality": municipality}
    rows = session.all(DUTIES_OF_PEOPLE, {**named, "texts": json.dumps(sorted(people))})
    if seats:
        rows += session.all(DUTIES_OF_SEATS, {**named, "texts": json.dumps(sorted(seats))})
    if of_nobody:
        rows += session.all(DUTIES_OF_NOBODY, named)
    return [_duty(row) for row in dict.fromkeys(rows)]


def _duty(row: Row) -> OpenDuty:
    return OpenDuty(*row[:9], *(dt.date.fromisoformat(text) if text else None for text in row[9:]))


def owing(session: Session, municipality: str, process: int | None = None) -> list[Owing]:
    """The effects that have not been carried out, by state and kind."""
    of: dict[str, Any] = {"municipality": municipality}
    rows = session.all(TROUBLE_OF_PROCESS, of | {"process": process}) if process else session.all(TROUBLE, of)
    return [Owing(row[0], row[1], row[2], read_instant(row[3]), row[4]) for row in rows]


def clock_ran(session: Session) -> dt.datetime | None:
    """When the clock last ran."""
    row = session.one(CLOCK)
    return read_instant(row[0]) if row else None
