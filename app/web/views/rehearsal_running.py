"""A running process rehearsed: what comes from how it stands today, and which messages would leave, to whom, when."""

import datetime as dt
from itertools import groupby
from typing import NamedTuple

from app.web import addresses
from app.web.place import Place
from app.web.views.rehearsal import RehearsalPage, rehearsal_page
from app.web.views.who_is_told import called, subject_of
from models.days.calendar import local_date
from models.errors import NotAuthorised
from models.rehearsal.result import Message, OpenObjection, Rehearsal
from models.rehearsal.running import playing, rehearse_on
from models.rights import Thing


class Objection(NamedTuple):
    """An objection that stands open, and what the playing assumes of it."""

    address: str
    checkpoint: str
    group: str
    offer: bool
    blocks: bool
    assumed: str
    due: dt.date
    late: bool


class MailLine(NamedTuple):
    """What several people are told at one time."""

    at: dt.datetime
    subject: str
    to: tuple[str, ...]  # roles, groups with how many of them


class MailMonth(NamedTuple):
    """The messages of one month."""

    month: int
    year: int
    lines: tuple[MailLine, ...]


class RunningPage(NamedTuple):
    """Everything the page shows."""

    found: RehearsalPage
    objections: tuple[Objection, ...]
    mails: tuple[MailMonth, ...]
    groups: tuple[tuple[str, str], ...]  # that could be late


def may_rehearse(place: Place) -> bool:
    """Whether the visitor may see who owes what in the process, and so what comes."""
    return place.may_read(Thing.EVERYTHING)


def running_page(place: Place, who: str, late: str) -> RunningPage:
    """The process played on from now, once what it needs has been read. Raises NotAuthorised, ProcessNotRunning."""
    if not may_rehearse(place):
        raise NotAuthorised(who="the coordinator of the process")
    people = playing(place.process, place.directory, place.visitor.today)
    with place.visitor.reading() as session:
        place.fetch_people(session, people)
    names = {one: place.person(one) for one in people}
    groups = tuple((key, place.name("group", key)) for key in place.process.groups)
    lateness = frozenset({late} & place.process.groups.keys())
    played = rehearse_on(place.wording, place.world.calendar, place.visitor.now, names, lateness)
    found = rehearsal_page(place.visitor, played, who, place.name)
    return RunningPage(
        found, tuple(_objection(place, one) for one in played.objections), tuple(_mails(place, played)), groups
    )


def _objection(place: Place, one: OpenObjection) -> Objection:
    address = f"{addresses.checkpoint(place.key, one.phase)}#{one.objection}"
    checkpoint, group = place.name("checkpoint", one.phase), place.name("group", one.group)
    late = one.due < place.visitor.today
    return Objection(address, checkpoint, group, one.offer, one.blocks, one.assumed.value, one.due, late)


def _mails(place: Place, played: Rehearsal) -> list[MailMonth]:
    subjects: dict[str, str] = {}

    def subject(one: Message) -> str:
        known = one.notice.model_dump_json()
        if known not in subjects:
            subjects[known] = subject_of(place, one.notice)
        return subjects[known]

    told: dict[tuple[dt.datetime, str], set[str]] = {}
    for one in played.messages:
        told.setdefault((one.at, subject(one)), set()).add(one.to)
    lines = [MailLine(at, words, tuple(called(place, people))) for (at, words), people in sorted(told.items())]
    months = groupby(lines, key=lambda line: local_date(line.at).replace(day=1))
    return [MailMonth(month.month, month.year, tuple(of)) for month, of in months]
