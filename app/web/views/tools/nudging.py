"""Muistuta: who has not done what waits, and to whom a reminder would go, when, or why to nobody."""

import datetime as dt
from typing import NamedTuple

from app.web.place import Place
from app.web.views.duties import what_of
from models.duties.recipients import Nobody
from models.outgoing.addressing import NO_ADDRESS, Addressing
from models.outgoing.nudging import POSTPONED, Nudge, Nudging
from models.storage.database import Session
from models.storage.reading import open_duty


class NudgeLine(NamedTuple):
    """One thing that somebody has not done, and whom a reminder would reach."""

    key: str
    what: str
    group: str | None
    owes: str | None  # None: nobody in particular
    to: str | None
    due: dt.date
    late: bool
    leaves: dt.datetime | None
    why_not: str | None


def nudging(place: Place) -> Nudging:
    """What sends them."""
    held = dt.timedelta(minutes=place.visitor.installation.settings.message_window)
    return Nudging(Addressing(place.visitor.engine, held))


def nudge_lines(place: Place, session: Session, phase: str | None) -> tuple[NudgeLine, ...]:
    """What waits for others, of one phase or all, the most urgent first."""
    found = nudging(place).nudges(session, place.scope, place.process, place.world, place.visitor.person)
    mine = [one for one in found if phase in (None, one.duty.phase) and one.person != place.visitor.person]
    place.fetch_people(session, [person for one in mine for person in (one.person, one.duty.person)])
    return tuple(_line(place, one) for one in mine)


def _line(place: Place, one: Nudge) -> NudgeLine:
    duty, today = one.duty, place.visitor.today
    return NudgeLine(
        key=one.key,
        what=what_of(place.visitor, open_duty(place.key, place.title, one.key, duty), place.wording),
        group=place.name("group", duty.group) if duty.group else None,
        owes=place.person(duty.person) if duty.person else None,
        to=place.person(one.person) if one.person else None,
        due=duty.due,
        late=duty.due < today,
        leaves=one.leaves,
        why_not=_why_not(place, one.why_not) if one.why_not else None,
    )


def _why_not(place: Place, why: str) -> str:
    _ = place.visitor.say
    reasons = {
        NO_ADDRESS: _("Sähköpostiosoitetta ei ole. Muistuta muulla tavalla."),
        POSTPONED: _("Hän on itse siirtänyt tämän muistutuksen."),
        Nobody.AWAY.value: _("Poissa, eikä kukaan paikalla oleva toimi hänen puolestaan."),
        Nobody.HOLDER_ENDED.value: _("Henkilö tai paikka ei ole enää käytössä."),
        Nobody.NO_CHAIR.value: _("Ryhmällä ei ole puheenjohtajaa paikalla."),
    }
    return reasons.get(why, _("Ketään ei tavoiteta viestillä."))
