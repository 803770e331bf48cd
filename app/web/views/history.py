"""Valmisteluhistoria: who did what when, in plain words, as the visitor may read it; and how it stood on a day."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.history.kinds import SORT_OF, Sort
from app.history.members import whose
from app.history.names import Names
from app.history.sentences import tell
from app.rehearsing.words import Words
from app.web import addresses
from app.web.place import Place
from app.web.views.handling_words import defect_words, handling_name
from app.web.views.standing import stands
from models.commands import CorrectEntry, Redact
from models.days.calendar import local_date
from models.days.formats import date_text, moment
from models.errors import NotAuthorised
from models.events import ConditionAdopted, DissentRecorded, Event, HandlingRecorded, StanceTaken
from models.personal import Private
from models.proof.named import COMMITMENT
from models.rights import Thing
from models.storage import history, reading
from models.storage.database import Session
from models.storage.history import Told
from models.words import PhaseStatus

A_PAGE = 50
CORRECTED = (
    "HandlingRecorded",
    "MinutesRecorded",
    "StatementAsked",
    "StatementGiven",
    "HearingOpened",
    "CooperationRecorded",
)
QUOTED = re.compile(r'"([a-z0-9][a-z0-9-]{0,59})"')


class Wanted(NamedTuple):
    """What is looked for."""

    sort: str = ""
    phase: str = ""
    person: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    words: str = ""
    page: int = 1
    as_of: dt.date | None = None

    @property
    def is_narrow(self) -> bool:
        return bool(self.sort or self.phase or self.person or self.first or self.last or self.words)


class Entry(NamedTuple):
    """One thing that happened."""

    sequence: int
    at: dt.datetime
    occurred_on: dt.date | None  # where it differs from the day of recording
    who: str | None  # None: a member whose name the visitor does not read
    for_whom: str | None
    said: str
    phase: str | None
    covers: str | None  # where something of it can be covered
    corrects: str | None  # where its mistakes of writing are mended


class PhaseThen(NamedTuple):
    """Where a phase stood."""

    name: str
    status: PhaseStatus


class HistoryPage(NamedTuple):
    """Everything the page shows."""

    entries: tuple[Entry, ...]
    found: int
    all: int
    page: int
    pages: int
    phases: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    stood: str | None  # as of a day
    then: tuple[PhaseThen, ...]
    head: str  # the anchor: record, number and hash of the last event shown
    may_cover: bool


def history_page(place: Place, session: Session, wanted: Wanted) -> HistoryPage:
    """The page as the visitor may read it. Raises NotAuthorised, and NotFound for a day before the process was."""
    told = history.of_process(session, place.scope.id, wanted.as_of)
    state = history.stood(told, place.key)
    names = names_of(place, session, told)
    actors = {one.recorded.by.person for one in told if not _hidden(place, names, one.recorded.event)}
    found = [one for one in told if _is_wanted(place, names, one, wanted)]
    if wanted.words:
        _fetch(place, session, found)
        parts = wanted.words.casefold().split()
        found = [one for one in found if _holds(said_of(one, names), parts)]
    found.reverse()  # the newest first
    pages = max(1, -(-len(found) // A_PAGE))
    page = min(max(1, wanted.page), pages)
    shown = found[(page - 1) * A_PAGE : page * A_PAGE]
    _fetch(place, session, shown)
    known = [one for one in actors if one in place.directory.people]
    place.fetch_people(session, known)
    covers, corrects = _may_cover(place), _may_correct(place)
    last = told[-1]
    wording = place.wording._replace(process=state)
    return HistoryPage(
        entries=tuple(_entry(place, names, one, covers=covers, corrects=corrects) for one in shown),
        found=len(found),
        all=len(told),
        page=page,
        pages=pages,
        phases=tuple((key, place.name("phase", key)) for key in place.process.phases),
        people=tuple(sorted(((one, place.person(one)) for one in known), key=lambda pair: pair[1].casefold())),
        stood=stands(place.visitor, state, wording) if wanted.as_of else None,
        then=tuple(PhaseThen(place.name("phase", key), one.status) for key, one in state.phases.items())
        if wanted.as_of
        else (),
        head=f"{place.key}:{last.recorded.sequence}:{last.hash}",
        may_cover=covers,
    )


def names_of(place: Place, session: Session, told: Iterable[Told]) -> Names:
    """Names for ids in the visitor's language, as the visitor may read them, in the record that was told. Words must
    have been fetched."""
    language = place.visitor.language

    def reads(publicity: str, statement: str) -> bool:
        asked = place.process.statements.get(statement)
        return asked is not None and place.secrecy.allows(publicity, asked.phase)

    return Names(
        directory=place.directory,
        definition=place.definition,
        language=language,
        private=place.words,
        sees=place.sees_names,
        groups_of=place.process.groups,
        reads=reads,
        words=Words(language, "record", on_page=True),
        tells_seats=False,
        day=lambda day: date_text(day, language),
        at=lambda at: moment(at, language),
        defect=lambda defect: defect_words(place, defect).removesuffix("."),
        meetings=reading.meeting_names(session, place.scope.id),
        items={key: name for one in told for key, name in _called(place, one.recorded.event)},
    )


def _called(place: Place, event: Event) -> Iterator[tuple[str, str]]:
    """What the event numbers, and what it is called: by the group it came from, or by body, day and section."""
    match event:
        case StanceTaken(objection=str(key)) | DissentRecorded(dissent=str(key)):
            yield key, place.name("group", event.group)
        case ConditionAdopted():
            yield event.condition, place.name("phase", event.phase)
        case HandlingRecorded():
            yield event.handling, handling_name(place, event)


def check_may_read(place: Place) -> None:
    """Raises NotAuthorised for who may read the process but not its record."""
    if not place.may_read(Thing.RECORD):
        raise NotAuthorised(who="somebody with a part in the process, or the registrar")


# --- what is looked for -------------------------------------------------------------------------------------------


def _is_wanted(place: Place, names: Names, one: Told, wanted: Wanted) -> bool:
    event, day = one.recorded.event, local_date(one.recorded.at)
    sort = SORT_OF[type(event)]
    if sort is Sort.ETAPPI if not wanted.sort else sort != wanted.sort:
        return False  # what Etappi does of itself is shown where it is asked for
    if wanted.phase and getattr(event, "phase", None) != wanted.phase:
        return False
    if wanted.person and (one.recorded.by.person != wanted.person or _hidden(place, names, event)):
        return False
    return not ((wanted.first and day < wanted.first) or (wanted.last and day > wanted.last))


def _hidden(place: Place, names: Names, event: Event) -> bool:
    """Whether the event tells what a member said of a group whose names the visitor does not read."""
    group = whose(event, place.directory, place.process.groups)
    return group is not None and not names.sees(group)


def said_of(one: Told, names: Names) -> str:
    """What happened, as a sentence of its own: who did it stands elsewhere."""
    said = tell(one.recorded.event, names)
    return said[:1].upper() + said[1:]


def _holds(text: str, parts: list[str]) -> bool:
    folded = text.casefold()
    return all(part in folded for part in parts)


def _fetch(place: Place, session: Session, shown: Iterable[Told]) -> None:
    """The words and names that the sentences need, by one statement."""
    people, seats = place.directory.people, place.directory.seats
    wanted: set[str] = set()
    for one in shown:
        wanted |= set(COMMITMENT.findall(one.body))
        named = QUOTED.findall(one.body)
        held = [seats[key].person for key in named if key in seats]
        wanted |= {people[key].name for key in (*named, *held) if key in people}
    place.fetch(session, wanted)


def words_of_entries(place: Place, session: Session, told: Iterable[Told]) -> None:
    """The words and names of the entries are at hand."""
    _fetch(place, session, told)


# --- one entry ----------------------------------------------------------------------------------------------------


def _entry(place: Place, names: Names, one: Told, *, covers: bool, corrects: bool) -> Entry:
    recorded = one.recorded
    event, by = recorded.event, recorded.by
    hidden = _hidden(place, names, event)
    kind = type(event).__name__
    phase = getattr(event, "phase", None)
    has_words = bool(COMMITMENT.search(one.body)) or hasattr(event, "versions") or hasattr(event, "version")
    return Entry(
        sequence=recorded.sequence,
        at=recorded.at,
        occurred_on=recorded.occurred_on,
        who=None if hidden else (place.words(by.name) if by.name else None) or names.person(by.person),
        for_whom=names.person(by.for_whom) if by.for_whom and not hidden else None,
        said=said_of(one, names),
        phase=place.name("phase", phase) if phase in place.process.phases else None,
        covers=addresses.covering(place.key, recorded.sequence) if covers and has_words else None,
        corrects=addresses.correcting(place.key, _item(event)) if corrects and kind in CORRECTED else None,
    )


def _item(event: Event) -> str:
    """What of the process the event is about, as corrections name it."""
    for name in ("handling", "statement", "hearing"):
        if found := getattr(event, name, None):
            return str(found)
    return "cooperation"


def _may_cover(place: Place) -> bool:
    return place.possible.entitled(Redact(files=("0" * 64,), ground="…" * 3)) is not None


def _may_correct(place: Place) -> bool:
    sample = CorrectEntry(item="h1", field="section", to="1", reason=Private("…"))
    return place.possible.entitled(sample) is not None
