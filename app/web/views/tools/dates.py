"""The dates of a process: what they are called, and moving one of them."""

import datetime as dt
from typing import NamedTuple

from app.web import addresses
from app.web.forms import Form
from app.web.place import Place
from app.web.views.tools.tool import Field, Kind, Tool, check_entitled
from models.amounts import day_in
from models.commands import Extend
from models.days.calendar import ONE_DAY
from models.days.formats import date_text
from models.errors import NotFound
from models.papers.shortening import one_line, shortened
from models.personal import Private
from models.storage.database import Session
from models.words import PhaseStatus

CONDITION = 70  # letters of a condition by which its date is told from others


class DateLine(NamedTuple):
    """One date, and where it is moved."""

    key: str
    name: str
    day: dt.date
    address: str | None  # None where it cannot be moved any more


def dates_of(place: Place, session: Session) -> tuple[DateLine, ...]:
    """Every date of the process that is still to come, or whose thing is not done, by day."""
    fetch_names(place, session)
    days = dict(place.process.dates)
    days |= {f"condition:{key}": one.due for key, one in place.process.conditions.items()}
    days |= {f"statement:{key}": one.due for key, one in place.process.statements.items() if one.given is None}
    shown = ((key, day) for key, day in days.items() if not _is_done(place, key))
    lines = (DateLine(key, date_name(place, key), day, addresses.tool(place.key, "paiva", key)) for key, day in shown)
    return tuple(sorted(lines, key=lambda one: (one.day, one.name)))


def _is_done(place: Place, key: str) -> bool:
    """Whether the date is of something that lies behind: moving it would change nothing."""
    process = place.process
    kind, _, rest = key.partition(":")
    if kind == "statement":
        return rest in process.statements and process.statements[rest].given is not None
    if kind == "hearing":
        return rest in process.hearings
    if kind in ("meeting", "invitations"):
        held = process.meetings.get(rest.removesuffix(":last"))
        return held is not None and (held.held or held.cancelled)
    phase = process.phases.get(rest.partition(":")[0])
    if phase is None:
        return kind == "window" and process.decision is not None
    begun = phase.status not in (PhaseStatus.PLANNED, PhaseStatus.READY)
    return phase.status is PhaseStatus.PASSED or (key.endswith(":first") and begun)


def fetch_names(place: Place, session: Session) -> None:
    """The words by which dates are named are at hand."""
    place.fetch(session, (one.text for one in place.process.conditions.values()))


def date_name(place: Place, key: str) -> str:
    """What a date of the process is of, once names have been fetched."""
    _ = place.visitor.say
    kind, _sep, rest = key.partition(":")
    name = place.name("date", key)
    if kind == "phase":
        return _("%(name)s: työ alkaa", name=name) if rest.endswith(":first") else _("%(name)s: työ päättyy", name=name)
    if kind == "window":
        return _("Päätöksen aika alkaa") if rest == "first" else _("Päätöksen aika päättyy")
    if kind == "meeting" and rest.endswith(":last"):
        return _("%(name)s: viimeinen päivä", name=name)
    named = {
        "invitations": _("Kutsut: %(name)s", name=name),
        "statement": _("Lausunto: %(name)s", name=name),
        "hearing": _("Kuuleminen: %(name)s", name=name),
        "condition": _("Edellytys: %(name)s", name=_condition(place, rest) or name),
    }
    return named.get(kind, name)


def _condition(place: Place, key: str) -> str:
    """How the condition begins; empty where its words were covered."""
    condition = place.process.conditions.get(key)
    words = place.words(condition.text) if condition else None
    return shortened(one_line(words), CONDITION)[0] if words else ""


def day_of(place: Place, key: str) -> dt.date:
    """The date as it stands. Raises NotFound."""
    kind, _sep, rest = key.partition(":")
    if kind == "condition" and rest in place.process.conditions:
        return place.process.conditions[rest].due
    if kind == "statement" and rest in place.process.statements:
        return place.process.statements[rest].due
    if key not in place.process.dates:
        raise NotFound(what="date of the process", name=key)
    return place.process.dates[key]


def extend(place: Place, session: Session, item: str) -> Tool:
    """Siirrä päivää."""
    fetch_names(place, session)
    _, before = place.visitor.say, day_of(place, item)
    check_entitled(place, Extend(date=item, to=place.visitor.today + ONE_DAY, reason=Private("…")))
    told = date_text(before, place.visitor.language)
    fields = [
        Field(Kind.DAY, "to", _("Uusi päivä"), value=before.isoformat(), missing=_("Anna päivä.")),
        Field(
            Kind.AREA,
            "reason",
            _("Miksi päivä siirtyy?"),
            _("Syy näkyy kaikille prosessissa mukana oleville."),
            missing=_("Kirjoita syy."),
        ),
    ]
    if item in place.process.dates:
        hint = _("Yhtä monta työpäivää, lomat ja pyhät ohitetaan. Näet ensin, mitä siirtyy.")
        fields.insert(1, Field(Kind.CHECK, "shift", _("Siirrä myös kaikkia myöhempiä päiviä"), hint))
    return Tool(
        title=_("Siirrä: %(name)s", name=date_name(place, item)),
        lead=_("Päivä on nyt %(day)s.", day=told),
        button=_("Siirrä päivä"),
        said=_("Päivä on siirretty, ja siitä kerrotaan."),
        fields=tuple(fields),
        command=lambda form: _command(item, form),
        back=addresses.tool(place.key, "paivat"),
        between=(("/ohjaus/paivat", _("Päivät")),),
    )


def _command(item: str, form: Form) -> Extend:
    day = day_in(form.text("to"))
    return Extend(date=item, to=day, reason=Private(form.text("reason")), shift=form.checked("shift"))
