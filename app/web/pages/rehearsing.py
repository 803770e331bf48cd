"""Kuivaharjoitus: a definition played through with sample people, as a page. It stores nothing and tells nobody."""

import datetime as dt
from typing import Any, NamedTuple

from fastapi import APIRouter, Request, Response

from app.web import addresses
from app.web.creating import InCreation, check_may_create
from app.web.forms import Mistakes, Typed
from app.web.place import At, SignedInVisitor
from app.web.rendering import page
from app.web.session import Visitor
from app.web.views.creating import Model, models
from app.web.views.rehearsal import RehearsalPage, rehearsal_page
from app.web.views.rehearsal_running import running_page
from models.creating.proposing import usual_start
from models.days.calendar import Calendar
from models.days.schedule import parse_start, settled
from models.definitions.definition import Definition
from models.errors import NotValid
from models.rehearsal.play import Asked, rehearse

router = APIRouter()
YEARS = tuple(map(str, range(2000, 2060)))


class Wanted(NamedTuple):
    """What is to be rehearsed, as the page's form says it."""

    options: tuple[Model, ...]
    definition: Definition | None
    calendar: Calendar
    typed: Typed


@router.get(addresses.REHEARSAL)
def rehearsal(visitor: SignedInVisitor, request: Request) -> Response:
    """The rehearsal of a definition from a month on; at first as the definition usually begins."""
    check_may_create(visitor)
    wanted, mistakes = _wanted(visitor, request), Mistakes()
    asked = _asked(visitor, wanted, mistakes) if wanted.definition else None
    found = None
    if asked is not None and wanted.definition is not None:
        played = rehearse(wanted.definition, wanted.calendar, asked)
        found = rehearsal_page(visitor, played, wanted.typed["who"])
    return _page(visitor, wanted, found, mistakes, wanted.typed, None)


@router.get(f"{addresses.NEW_PROCESS}/katso")
def ahead(creating: InCreation, who: str = "") -> Response:
    """What is being created, played through with the dates and choices answered so far."""
    planned = creating.planned
    asked = Asked(
        start=planned.start,
        choices=planned.choices,
        dates=creating.answers.dates,
        language=creating.visitor.language,
    )
    found = rehearsal_page(creating.visitor, rehearse(creating.definition, creating.calendar, asked), who)
    back = addresses.creating("tarkista")
    return _page(creating.visitor, None, found, Mistakes(), Typed({"who": who}), back)


@router.get("/prosessi/{process}/harjoitus")
def running(place: At, who: str = "", late: str = "") -> Response:
    """The process played on from how it stands today; it is not touched."""
    shown = running_page(place, who, late)
    typed = Typed({"who": who, "late": late})
    values: dict[str, Any] = {"wanted": None, "found": shown.found, "mistakes": Mistakes(), "typed": typed}
    back = addresses.process(place.key)
    return page(place.visitor, "rehearsal.html", back=back, running=shown, **values)


def _page(
    visitor: Visitor,
    wanted: Wanted | None,
    found: RehearsalPage | None,
    mistakes: Mistakes,
    typed: Typed,
    back: str | None,
) -> Response:
    values = {"wanted": wanted, "found": found, "mistakes": mistakes, "typed": typed, "back": back, "running": None}
    return page(visitor, "rehearsal.html", status=422 if mistakes else 200, **values)


def _wanted(visitor: Visitor, request: Request) -> Wanted:
    """What the address asks for; the first definition in use where it names none."""
    typed = Typed({name: text.strip() for name, text in request.query_params.items()})
    with visitor.reading() as session:
        directory = visitor.directory_in(session)
        options = models(visitor, session)
        worlds = visitor.engine.worlds
        calendar = worlds.calendar(session, directory)
        known = {one.hash for one in options}
        hash_ = typed["model"] if typed["model"] in known else next(iter(one.hash for one in options), None)
        definition = worlds.definition(session, visitor.municipality, hash_) if hash_ else None
    typed["model"] = hash_ or ""
    return Wanted(options, definition, calendar, typed)


def _asked(visitor: Visitor, wanted: Wanted, mistakes: Mistakes) -> Asked | None:
    """What is played; what is wrong with it stands in the mistakes."""
    definition, typed = wanted.definition, wanted.typed
    assert definition is not None, "there is a definition"
    given = {one.id: typed[f"choice-{one.id}"] for one in definition.choices}
    choices = settled(definition, {key: reading for key, reading in given.items() if _known(definition, key, reading)})
    start = _start(visitor, definition, choices, typed, mistakes)
    if start is None:
        return None
    groups = {one.id for one in definition.groups}
    late = (typed["late"],) if typed["late"] in groups else ()
    return Asked(start=start, choices=choices, late=late, language=visitor.language)


def _known(definition: Definition, choice: str, reading: str) -> bool:
    """Whether the choice has the reading: of another definition's address it may not."""
    return any(one.id == choice and reading in {r.id for r in one.readings} for one in definition.choices)


def _start(
    visitor: Visitor, definition: Definition, choices: dict[str, str], typed: Typed, mistakes: Mistakes
) -> dt.date | None:
    if not typed["month"] and not typed["year"]:
        usual = usual_start(definition, choices, visitor.today)
        typed |= {"month": str(usual.month), "year": str(usual.year)}
        return usual
    if typed["year"] not in YEARS:
        mistakes.add("year", visitor.say("Anna vuosi neljällä numerolla, esimerkiksi 2027."))
        return None
    try:
        return parse_start(f"{typed['year']}-{typed['month'].zfill(2)}", definition, choices)
    except NotValid:
        mistakes.add("month", visitor.say("Valitse kuukausi."))
        return None
