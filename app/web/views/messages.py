"""Messages of a process that wait to leave, and those that did not reach their readers, for whoever steers it."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from app.web.place import Place
from app.web.views.history import names_of, said_of, words_of_entries
from app.web.views.reminded import Subject, subject_of, subject_of_reminder
from models.amounts import count_in
from models.duties.recipients import Nobody
from models.errors import NotAuthorised, NotValid
from models.outgoing.addressing import NO_ADDRESS
from models.outgoing.contents import COVERED, IN_DOUBT, LEFT
from models.outgoing.letters import ALONE, HELD
from models.outgoing.message_log import Missed, messages_of, missed_of, waiting_of
from models.rights import Thing
from models.storage import history, reading
from models.storage.database import Session
from models.telling.said import Said
from models.telling.wording import Wording

SHOWN = 200  # newest things that did not arrive
CAME_BACK = ("bounced", "refused")


def N_(text: str) -> str:  # noqa: N802 (the customary name: marks a text for the catalogues)
    return text


NOT_REACHED: dict[str, str] = {
    NO_ADDRESS: N_("Henkilöllä ei ole sähköpostiosoitetta."),
    LEFT: N_("Henkilö ei ole enää mukana."),
    Nobody.HOLDER_ENDED: N_("Henkilö ei ole enää mukana."),
    COVERED: N_("Osoite on peitetty."),
    ALONE: N_("Henkilö on poissa, eikä kukaan paikalla oleva toimi hänen puolestaan."),
    IN_DOUBT: N_("Aiempi yritys on ehkä tavoittanut hänet, joten viestiä ei lähetetty uudelleen."),
}
"""Why somebody was not told. What else keeps a message back is as it should be: done meanwhile, told the deputy."""


class Receiver(NamedTuple):
    """One message to one person."""

    number: int
    who: str
    may_stop: bool  # nothing of another process is in it


class Sending(NamedTuple):
    """Messages about the same that leave together."""

    subjects: tuple[Subject, ...]
    leaves: dt.datetime
    held: bool
    receivers: tuple[Receiver, ...]

    @property
    def stoppable(self) -> tuple[int, ...]:
        return tuple(one.number for one in self.receivers if one.may_stop)


class Unheard(NamedTuple):
    """Something that did not reach people, for the same reason."""

    subject: Subject
    at: dt.datetime
    why: str
    who: tuple[str, ...]


class MessagesPage(NamedTuple):
    """The page as the visitor may see it."""

    waiting: tuple[Sending, ...]
    missed: tuple[Unheard, ...]
    more_missed: bool  # older ones are not shown


def messages_page(place: Place, session: Session) -> MessagesPage:
    """What waits and what did not arrive. Raises NotAuthorised for who does not steer the process."""
    check_steers(place)
    waits = waiting_of(session, place.visitor.municipality, place.scope.id)
    missed = missed_of(session, place.scope.id, NOT_REACHED, SHOWN + 1)
    place.fetch_people(session, {*(one.person for one in waits), *(one.person for one in missed)})

    wording = place.wording._replace(meetings=reading.meeting_names(session, place.scope.id))

    @cache
    def subject(payload: str) -> Subject:
        return subject_of(place, wording, Said.model_validate_json(payload))

    sendings: dict[tuple[tuple[str, ...], dt.datetime, bool], list[Receiver]] = {}
    for one in waits:
        same = sendings.setdefault((one.payloads, one.leaves, one.state == HELD), [])
        same.append(Receiver(one.number, place.person(one.person), not one.of_others))
    return MessagesPage(
        waiting=tuple(
            Sending(tuple(subject(one) for one in payloads), leaves, held, tuple(sorted(to, key=lambda one: one.who)))
            for (payloads, leaves, held), to in sendings.items()
        ),
        missed=_unheard(place, session, wording, missed[:SHOWN], subject),
        more_missed=len(missed) > SHOWN,
    )


def check_steers(place: Place) -> None:
    """Raises NotAuthorised for who does not steer the process."""
    if not place.may_read(Thing.EVERYTHING):
        raise NotAuthorised(who="the coordinator of the process")


def check_stops(place: Place, session: Session, numbers: Iterable[str]) -> list[int]:
    """The messages of those numbers. Raises NotAuthorised where one is not of the process alone, NotFound, NotValid."""
    check_steers(place)
    asked = [count_in(one) for one in numbers]
    if not asked:
        raise NotValid("The form does not say what was seen.")
    if any(one.processes != {place.key} for one in messages_of(session, place.visitor.municipality, asked)):
        raise NotAuthorised(who="the coordinator of the process")
    return asked


# --- what they are about ------------------------------------------------------------------------------------------


def _unheard(
    place: Place, session: Session, wording: Wording, missed: list[Missed], subject: Callable[[str], Subject]
) -> tuple[Unheard, ...]:
    told = _entries(place, session, missed)
    found: dict[tuple[Subject, str], list[Missed]] = {}
    for one in missed:
        about = subject(one.payload) if one.payload else _of_item(place, session, wording, one.item, told)
        found.setdefault((about, _why(place, one)), []).append(one)
    return tuple(
        Unheard(about, alike[0].at, why, tuple(dict.fromkeys(place.person(one.person) for one in alike)))
        for (about, why), alike in found.items()
    )


def _why(place: Place, one: Missed) -> str:
    if one.outcome in CAME_BACK:
        return place.visitor.say("Sähköpostipalvelin palautti viestin: %(why)s", why=one.reason or "–")
    return place.visitor.say(NOT_REACHED[str(one.reason)])


def _entries(place: Place, session: Session, missed: list[Missed]) -> dict[int, str]:
    """The entries of the record that could be told to nobody, in words, by number."""
    wanted = {number for one in missed if not one.payload and (number := _entry(place, one.item)) is not None}
    told = history.entries(session, place.scope.id, wanted)
    words_of_entries(place, session, told)
    names = names_of(place, session, told)
    return {one.recorded.sequence: said_of(one, names) for one in told}


def _entry(place: Place, item: str) -> int | None:
    """The number of the entry of the record that the item is about; None where it is a duty."""
    first = item.removeprefix(f"{place.key}:").partition(":")[0]
    return int(first) if first.isdecimal() else None


def _of_item(place: Place, session: Session, wording: Wording, item: str, told: dict[int, str]) -> Subject:
    """What no message was made of: an entry of the record, or a reminder of a duty."""
    number = _entry(place, item)
    if number is not None:
        return Subject(told[number], None)
    return subject_of_reminder(place, session, wording, item)
