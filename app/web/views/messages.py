"""Messages of a process that wait to leave, and those that did not reach their readers, for whoever steers it."""

import datetime as dt
from typing import NamedTuple

from app.history.kinds import SORT_OF
from app.web.place import Place
from models.errors import NotAuthorised
from models.events import EVENTS
from models.outgoing.addressing import NO_ADDRESS
from models.outgoing.contents import COVERED, IN_DOUBT, LEFT
from models.outgoing.letters import ALONE, HELD
from models.outgoing.message_log import Logged, Thing, logged, message
from models.rights import Thing as Readable
from models.storage.database import Session
from models.words import DutyKind

LOOKED_AT = 1000  # newest messages of the municipality
WAITING = ("open", HELD)
CAME_BACK = ("bounced", "refused")
REMINDER, ANY = "reminder", "any"


def N_(text: str) -> str:  # noqa: N802 (the customary name: marks a text for the catalogues)
    return text


NOT_REACHED = {
    NO_ADDRESS: N_("Henkilöllä ei ole sähköpostiosoitetta."),
    LEFT: N_("Henkilö ei ole enää mukana."),
    COVERED: N_("Osoite on peitetty."),
    ALONE: N_("Henkilö on poissa, eikä kukaan paikalla oleva toimi hänen puolestaan."),
    IN_DOUBT: N_("Aiempi yritys on ehkä tavoittanut hänet, joten viestiä ei lähetetty uudelleen."),
}
"""Why somebody was not told. What else keeps a message back is as it should be: done meanwhile, told the deputy."""


class MessageLine(NamedTuple):
    """One message, or something that nobody could be told."""

    number: int | None
    who: str
    about: tuple[str, ...]  # "reminder", a sort of events (`app/history/kinds.py`), or "any"
    at: dt.datetime | None
    held: bool
    why: tuple[str, ...]
    may_stop: bool


class MessagesPage(NamedTuple):
    """The page as the visitor may see it."""

    waiting: tuple[MessageLine, ...]
    missed: tuple[MessageLine, ...]


def messages_page(place: Place, session: Session) -> MessagesPage:
    """The newest messages of the process. Raises NotAuthorised for who does not steer it."""
    check_steers(place)
    found = [one for one in logged(session, place.visitor.municipality, limit=LOOKED_AT) if _is_of(place, one)]
    place.fetch_people(session, {one.person for one in found})
    lines = [(one, _line(place, one)) for one in found]
    return MessagesPage(
        waiting=tuple(line for one, line in lines if one.state in WAITING),
        missed=tuple(line for _, line in lines if line.why),
    )


def check_steers(place: Place) -> None:
    """Raises NotAuthorised for who does not steer the process."""
    if not place.may_read(Readable.EVERYTHING):
        raise NotAuthorised(who="the coordinator of the process")


def check_stops(place: Place, session: Session, number: int) -> None:
    """Raises NotAuthorised where the message is not of this process alone, NotFound."""
    check_steers(place)
    if message(session, place.visitor.municipality, number).processes != {place.key}:
        raise NotAuthorised(who="the coordinator of the process")


def _is_of(place: Place, one: Logged) -> bool:
    return place.key in one.processes


def _line(place: Place, one: Logged) -> MessageLine:
    things = [thing for thing in one.things if thing.process == place.key]
    whys = [_why(place, one, thing) for thing in things]
    when = one.leaves if one.state in WAITING else one.sent or max((t.at for t in things if t.at), default=None)
    return MessageLine(
        number=one.number,
        who=place.person(one.person),
        about=tuple(dict.fromkeys(_about(place, thing) for thing in things)),
        at=when,
        held=one.state == HELD,
        why=tuple(dict.fromkeys(why for why in whys if why)),
        may_stop=one.number is not None and one.processes == {place.key},
    )


def _why(place: Place, one: Logged, thing: Thing) -> str | None:
    """Why it did not reach its reader, where that is not as it should be."""
    if thing.outcome in CAME_BACK:
        return place.visitor.say("Sähköpostipalvelin palautti viestin: %(why)s", why=thing.reason or "–")
    if thing.outcome not in ("nobody", "not sent") or thing.reason not in NOT_REACHED:
        return None
    return place.visitor.say(NOT_REACHED[thing.reason])


def _about(place: Place, thing: Thing) -> str:
    """What it is about: a reminder of a duty, or events of a sort."""
    if thing.kind in EVENTS:
        return SORT_OF[EVENTS[thing.kind]].value
    first = thing.item.removeprefix(f"{place.key}:").partition(":")[0]
    return REMINDER if first in set(DutyKind) else ANY
