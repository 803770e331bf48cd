"""Where a process stands, in one sentence, and what comes next."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from app.web.session import Visitor
from models.days.formats import date_text
from models.process import Process
from models.telling.wording import Wording
from models.words import LegalState, PhaseStatus, ProcessStatus


class NextCheckpoint(NamedTuple):
    """The checkpoint that comes next, and its day."""

    phase: str
    phase_name: str
    name: str
    day: dt.date


def stands(visitor: Visitor, process: Process, wording: Wording) -> str:
    """Where the process stands."""
    _ = visitor.say
    match process.status:
        case ProcessStatus.CLOSED:
            return _("Prosessi on päätetty.")
        case ProcessStatus.STOPPED:
            return _("Prosessi on keskeytetty ennen päätöstä. Uusi asettamispäätös avaa sen.")
        case ProcessStatus.HELD:
            return _("Prosessi odottaa. %(phases)s", phases=_phases_stand(visitor, process, wording))
        case ProcessStatus.RUNNING:
            return _phases_stand(visitor, process, wording)


def _phases_stand(visitor: Visitor, process: Process, wording: Wording) -> str:
    _ = visitor.say
    if process.decision:
        handling = process.handlings[process.decision]
        section = f" § {handling.section}" if handling.section else ""
        day = date_text(handling.date, visitor.language) + section
        body = wording.name(f"body:{handling.body}")
        if handling.legal is LegalState.FINAL:
            return _("%(body)s on päättänyt asian %(day)s. Päätös on lainvoimainen.", body=body, day=day)
        return _("%(body)s on päättänyt asian %(day)s.", body=body, day=day)
    under_way = [sentence for key in process.phases for sentence in _phase_stands(visitor, process, wording, key)]
    return " ".join(under_way) or _("Kaikki vaiheet ovat edenneet. Asia on matkalla päätökseen.")


def _phase_stands(visitor: Visitor, process: Process, wording: Wording, key: str) -> Iterator[str]:
    _, name = visitor.say, wording.name(f"phase:{key}")
    match process.phases[key].status:
        case PhaseStatus.AT_CHECKPOINT:
            day = date_text(process.rounds[key].due, visitor.language)
            if process.rounds[key].due < visitor.today:
                yield _("%(name)s on tarkistuspisteessä: kannat pyydettiin %(day)s mennessä.", name=name, day=day)
            else:
                yield _("%(name)s on tarkistuspisteessä: kantoja pyydetään %(day)s mennessä.", name=name, day=day)
        case PhaseStatus.OPEN:
            day = date_text(process.dates[f"checkpoint:{key}"], visitor.language)
            yield _("%(name)s on työn alla, ja sen tarkistuspiste on %(day)s.", name=name, day=day)
        case PhaseStatus.READY:
            yield _("%(name)s on valmis aloitettavaksi.", name=name)


def next_checkpoint(process: Process, wording: Wording) -> NextCheckpoint | None:
    """The checkpoint that comes next; None where none does."""
    if process.status in (ProcessStatus.STOPPED, ProcessStatus.CLOSED):
        return None
    ahead = [key for key, phase in process.phases.items() if phase.status is not PhaseStatus.PASSED]
    days = {
        key: process.rounds[key].due if key in process.rounds else process.dates[f"checkpoint:{key}"] for key in ahead
    }
    if not days:
        return None
    key = min(days, key=lambda one: days[one])
    return NextCheckpoint(key, wording.name(f"phase:{key}"), wording.name(f"checkpoint:{key}"), days[key])
