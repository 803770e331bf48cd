"""The process page: where it stands, its time line, what comes next and what is open; who is late, for some."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from app.web import addresses
from app.web.place import Place
from app.web.views.duties import what_of
from app.web.views.inbox import Item, items_of
from app.web.views.sent_back import SentBack, sent_back
from app.web.views.standing import NextCheckpoint, next_checkpoint, stands
from app.web.views.timeline import Line, Picture, line_of, picture_of
from app.web.views.tools.menu import tools_of
from models.commands import SettingUp
from models.duties.around import lacks
from models.events import Recorded
from models.outgoing import heartbeat
from models.process import COORDINATOR
from models.rights import Thing, reads_until
from models.rounds import to_former_text
from models.storage import reading
from models.storage.database import Session
from models.storage.reading import OpenDuty
from models.storage.waiting import waiting
from models.vacancies import vacancies
from models.words import Missing, ObjectionStatus, PhaseStatus, ProcessStatus


class OpenObjection(NamedTuple):
    """An objection, or an offered condition, that nobody has settled."""

    key: str
    group: str
    offer: bool
    makers: int
    to_former_text: bool
    text: str | None  # None where it was covered
    answered: bool
    address: str


class OpenCondition(NamedTuple):
    """What somebody has to do by a date."""

    key: str
    text: str | None
    owner: str
    due: dt.date
    late: bool
    checkpoint: str | None


class Standing(NamedTuple):
    """A dissent that stands."""

    group: str
    text: str | None
    signers: int
    names: tuple[str, ...]
    phase: str


class Late(NamedTuple):
    """Something whose day has gone by, and who owes it."""

    what: str
    due: dt.date
    group: str | None
    who: tuple[str, ...]


class OnHold(NamedTuple):
    """Since when the process waits, and why; without the reason where it was covered."""

    since: dt.date
    reason: str | None


class Open(NamedTuple):
    """A part that nobody plays any more, and where it is filled by those who may."""

    name: str
    missing: str  # as it is told: the coordinator's part has a word of its own
    address: str | None


class ProcessPage(NamedTuple):
    """Everything the page shows."""

    key: str
    title: str
    stands: str
    hold: OnHold | None
    rehearsal: bool
    matter_number: str | None
    setting_up: SettingUp | None
    coordinator: str
    reads_until: dt.date | None  # for one who has handed the coordinator's part over and has no other
    coming: NextCheckpoint | None
    line: Line
    picture: Picture
    mine: tuple[Item, ...]
    objections: tuple[OpenObjection, ...]
    conditions: tuple[OpenCondition, ...]
    dissents: tuple[Standing, ...]
    late: tuple[Late, ...] | None  # None for those who may not see it
    open_parts: tuple[Open, ...]  # for those who steer it; that nobody does, for all
    engine_room_warm: bool
    tools: bool  # whether the visitor steers it in any way
    reads_record: bool
    sent_back: tuple[SentBack, ...]  # the phases that are worked on anew


def process_page(place: Place, session: Session) -> ProcessPage:
    """The page as the visitor may see it."""
    process, visitor = place.process, place.visitor
    milestones = reading.milestones(session, place.scope.id)
    mine = waiting(session, visitor.engine.worlds, place.directory, visitor.person, visitor.now, place.key)
    late = _late_duties(place, session)
    held = reading.hold(session, place.scope.id) if process.status is ProcessStatus.HELD else None
    place.fetch(
        session,
        (
            *(held[1:] if held else ()),
            *(one.text for one in process.objections.values()),
            *(one.text for one in process.conditions.values()),
            *(one.text for one in process.dissents.values()),
            *(signer.name for one in process.dissents.values() for signer in one.signers.values()),
        ),
    )
    owners = [one.owner for one in process.conditions.values()]
    late_ones = [duty.person for duty in late or ()]
    place.fetch_people(session, [process.coordinator, *owners, *late_ones, *(one.acting_for for one in mine)])
    line = line_of(place, milestones)
    return ProcessPage(
        key=place.key,
        title=place.title,
        stands=stands(visitor, process, place.wording),
        hold=OnHold(held[0], place.words(held[1])) if held else None,
        rehearsal=process.rehearsal,
        matter_number=place.listed.matter_number,
        setting_up=reading.setting_up(session, place.scope.id),
        coordinator=place.person(process.coordinator),
        reads_until=reads_until(process, visitor.person, place.world),
        coming=next_checkpoint(process, place.wording),
        line=line,
        picture=picture_of(line, visitor.say("Päätös"), visitor.say("tänään")),
        mine=items_of(visitor, mine, lambda _: place.wording, place.person),
        objections=_objections(place),
        conditions=_conditions(place),
        dissents=_dissents(place),
        late=_told(place, late),
        open_parts=tuple(_open_parts(place)),
        engine_room_warm=heartbeat.is_warm(session),
        tools=bool(tools_of(place)),
        reads_record=place.may_read(Thing.RECORD),
        sent_back=tuple(_sent_back(place, session, milestones)),
    )


def _sent_back(place: Place, session: Session, milestones: list[Recorded]) -> Iterator[SentBack]:
    for key, phase in place.process.phases.items():
        if phase.status is PhaseStatus.OPEN and (found := sent_back(place, session, milestones, key)):
            yield found


def _open_parts(place: Place) -> Iterator[Open]:
    steers = bool(tools_of(place))
    for one in vacancies(place.process, place.world):
        role, missing = one.missing is Missing.PERSON, lacks(*one)
        if steers or missing == COORDINATOR:
            address = addresses.tools(place.key) if role else addresses.groups(place.key)
            yield Open(place.name("role" if role else "group", one.slot), missing, address if steers else None)


def _objections(place: Place) -> tuple[OpenObjection, ...]:
    process = place.process
    return tuple(
        OpenObjection(
            key=key,
            group=place.name("group", one.group),
            offer=one.offer,
            makers=len(one.makers),
            to_former_text=to_former_text(process, key),
            text=place.words(one.text),
            answered=one.result is not None,
            address=f"{addresses.checkpoint(place.key, one.phase)}#{key}",
        )
        for key, one in process.objections.items()
        if one.status is ObjectionStatus.OPEN
    )


def _conditions(place: Place) -> tuple[OpenCondition, ...]:
    return tuple(
        OpenCondition(
            key=key,
            text=place.words(one.text),
            owner=place.person(one.owner),
            due=one.due,
            late=one.due < place.visitor.today,
            checkpoint=place.name("checkpoint", one.checkpoint) if one.checkpoint else None,
        )
        for key, one in sorted(place.process.conditions.items(), key=lambda pair: pair[1].due)
    )


def _dissents(place: Place) -> tuple[Standing, ...]:
    return tuple(
        Standing(
            group=place.name("group", one.group),
            text=place.words(one.text),
            signers=len(one.signers),
            names=tuple(name for signer in one.signers.values() if (name := place.words(signer.name))),
            phase=place.name("phase", one.phase),
        )
        for one in place.process.dissents.values()
    )


def _late_duties(place: Place, session: Session) -> list[OpenDuty] | None:
    """The duties whose day has gone by that the visitor may see; None for one who may see none."""
    if not any(place.sees_late(group) for group in (None, *place.process.groups)):
        return None
    duties = reading.duties_of_process(session, place.visitor.municipality, place.scope.id)
    return [duty for duty in duties if duty.late(place.visitor.today) and place.sees_late(duty.group)]


def _told(place: Place, late: list[OpenDuty] | None) -> tuple[Late, ...] | None:
    if late is None:
        return None
    owed: dict[tuple[str, dt.date, str | None], list[str]] = {}
    for duty in late:
        group = place.name("group", duty.group) if duty.group and duty.seat else None
        same = owed.setdefault((what_of(place.visitor, duty, place.wording), duty.due, group), [])
        if duty.person and place.person(duty.person) not in same:
            same.append(place.person(duty.person))
    return tuple(Late(what, due, group, tuple(who)) for (what, due, group), who in owed.items())
