"""A reminder that became no message, in words: what it was about, and whether that is done."""

from typing import NamedTuple

from app.web import addresses
from app.web.place import Place
from app.web.views.duties import what_of
from models.duties.duty import Duty
from models.duties.owed import OwedByKind
from models.storage import reading
from models.storage.database import Session
from models.telling.said import Said
from models.telling.telling import AUDIENCES, COUNTED, reminder, reminder_item
from models.telling.wording import Wording
from models.words import DutyKind, ProcessStatus
from tasks.mail_words import words_in


class Subject(NamedTuple):
    """What a message is about, as its reader reads it, and the page of that."""

    words: str
    address: str | None


def subject_of(place: Place, wording: Wording, said: Said) -> Subject:
    """As the message's own subject says it, without the process: all of them are of this one."""
    words = words_in(place.visitor.language).subject(wording.notice(said), place.visitor.today)
    return Subject(words.replace(f" ({place.title})", ""), addresses.address_of(place.key, said.leads_to))


def subject_of_reminder(place: Place, session: Session, wording: Wording, item: str) -> Subject:
    """As its message would say it while the duty is owed, else by the duty's kind and phase. That it is done is said
    only where the process runs: in one that waits, nothing is owed."""
    key, _, audience = item.removeprefix(f"{place.key}:").rpartition(":")
    owed = OwedByKind(place.process, place.definition, place.world.calendar)
    if key.startswith(COUNTED):
        told = (one for one, duty in owed.of(DutyKind.STANCE).items() if _item(place, one, duty, audience) == item)
        key = next(told, key.replace(COUNTED, f"{DutyKind.STANCE}:", 1))
    duty = owed.get(key)
    if duty is not None:
        return subject_of(place, wording, reminder(place.process, place.definition, key, duty, AUDIENCES[audience]))
    what, _ = what_of(place.visitor, _of_key(place, session, key), wording), place.visitor.say
    done = place.process.status is ProcessStatus.RUNNING
    said = _("Muistutus asiasta, joka on jo hoidettu: %(what)s", what=what) if done else None
    return Subject(said or _("Muistutus: %(what)s", what=what), addresses.address_of(place.key, key))


def _item(place: Place, key: str, duty: Duty, audience: str) -> str:
    return reminder_item(place.key, key, duty, AUDIENCES[audience])


def _of_key(place: Place, session: Session, key: str) -> reading.OpenDuty:
    """What a duty's key says of it; nobody owes it now."""
    kind, first, *rest = key.split(":")
    item, phase = (rest or [first])[-1], first if first in place.process.phases else None
    if kind in addresses.OF_OBJECTIONS:
        phase = reading.phase_of_objection(session, place.scope.id, first)
    if kind == DutyKind.CONDITION:
        phase = reading.phase_of_condition(session, place.scope.id, first)
    group = item if kind == DutyKind.VACANCY and item in place.process.groups else None
    due = place.visitor.today
    return reading.OpenDuty(place.key, place.title, key, kind, phase, item, None, group, None, due, None)
