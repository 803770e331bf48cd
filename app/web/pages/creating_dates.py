"""The dates of a process that is being created: each may be moved, with what follows shown before it is."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Response

from app.web import addresses
from app.web.creating import Creating, InCreation
from app.web.forms import Form, Mistakes, Posted, Typed
from app.web.rendering import go, page
from app.web.views.creating_warnings import AgainstChoice, against_choices, gone_by
from app.web.views.planned_dates import date_name, follows, moves_between, odd_then, planned_dates
from models.amounts import day_in
from models.creating.answers import DATES
from models.days.schedule import Move, shift_dates_to
from models.errors import NotFound, NotValid

router = APIRouter()
AT = f"{addresses.NEW_PROCESS}/ajat"
FURTHEST = dt.timedelta(days=5 * 366)
ALL_LATER = "later"


@router.get(AT)
def ask_dates(creating: InCreation) -> Response:
    """The dates as proposed, with days off, and whether the meeting that decides is reached."""
    values: dict[str, Any] = {
        "back": creating.before(DATES),
        "at": creating.at(DATES),
        "dates": planned_dates(creating),
        "against": against_choices(creating, creating.answers.dates),
        "gone_by": gone_by(creating, creating.planned.dates),
    }
    return page(creating.visitor, "creating_dates.html", creating=creating, **values)


@router.post(AT)
def take_dates(creating: InCreation, form: Posted) -> Response:
    """The dates are good so; or as they were proposed."""
    if form.checked("as_proposed"):
        creating.keep_only(DATES, lambda _: {"dates": {}}, done=False)
        return go(creating.visitor, AT, creating.visitor.say("Päivät ovat taas ehdotuksen mukaiset."))
    if form.checked("from_start"):
        moved = {move.key: move.new for move in _from_start(creating)}
        creating.keep_only(DATES, lambda _: {"dates": moved}, done=False)
        return go(creating.visitor, AT, creating.visitor.say("Päivät on siirretty alkamaan työn alusta."))
    return creating.keep(DATES, lambda _: {})


def _from_start(creating: Creating) -> tuple[Move, ...]:
    """The dates as proposed, all of them moved so that the first phase begins on the work's first working day."""
    proposed = creating.schedule_with({})
    first = f"phase:{creating.definition.phases[0].id}:first"
    start = creating.calendar.next_working_day(proposed.start)
    return shift_dates_to(proposed.dates, first, start, creating.calendar)


@router.get(AT + "/{key}")
def ask_date(creating: InCreation, key: str, day: str = "", how: str = "") -> Response:
    """One date; with a day given, what would follow if it were moved there."""
    _check_key(creating, key)
    typed = Typed({"day": day or creating.planned.dates[key].isoformat(), "how": how})
    mistakes = Mistakes()
    moves = _moves(creating, key, day, how, mistakes) if day else None
    return _date(creating, key, mistakes, typed, moves)


@router.post(AT + "/{key}")
def move_date(creating: InCreation, key: str, form: Posted) -> Response:
    """The date is moved, and those that follow."""
    _check_key(creating, key)
    mistakes = Mistakes()
    moves = _moves(creating, key, form.text("day"), form.text("how"), mistakes)
    if moves is None:
        return _date(creating, key, mistakes, form.typed(), None, status=422)
    moved = _moved(creating, key, form, moves)
    creating.keep_only(DATES, lambda now: {"dates": {**now.dates, **moved}}, done=False)
    return go(creating.visitor, AT, creating.visitor.say("Päivä on muutettu."))


def _moved(creating: Creating, key: str, form: Form, moves: tuple[Move, ...]) -> Mapping[str, dt.date]:
    """What is kept: the one date; where all later ones move along, those too, for they do not follow by themselves."""
    if form.text("how") == ALL_LATER:
        return {move.key: move.new for move in moves}
    return {key: day_in(form.text("day"))}


def _check_key(creating: Creating, key: str) -> None:
    if key not in creating.planned.dates:
        raise NotFound(what="planned date", name=key)


def _moves(creating: Creating, key: str, text: str, how: str, mistakes: Mistakes) -> tuple[Move, ...] | None:
    """Everything that would move; None where the day is none."""
    _, before = creating.visitor.say, creating.planned.dates
    try:
        day = day_in(text)
    except (ValueError, NotValid):
        mistakes.add("day", _("Anna päivä."))
        return None
    if abs(day - creating.planned.start) > FURTHEST:
        mistakes.add("day", _("Päivä on yli viiden vuoden päässä prosessin alusta. Tarkista vuosi."))
        return None
    if how == ALL_LATER:
        moved = {move.key: move.new for move in shift_dates_to(before, key, day, creating.calendar)}
    else:
        moved = {key: day}
    after = creating.schedule_with({**creating.answers.dates, **moved}).dates
    ends = _ends_before(creating, after)
    if ends is not None:
        mistakes.add("day", _("%(name)s päättyisi ennen kuin se alkaa. Valitse toinen päivä.", name=ends))
        return None
    return moves_between(before, after)


def _ends_before(creating: Creating, dates: Mapping[str, dt.date]) -> str | None:
    """What would end before it begins, where something would that does not already."""
    now = creating.planned.dates
    for key in dates:
        first = key.removesuffix(":last") + ":first" if key.endswith(":last") else ""
        if first in dates and dates[key] < dates[first] and now[key] >= now[first]:
            plan = creating.definition.phase(key.split(":")[1])
            return plan.name.in_(creating.language) if plan else creating.visitor.say("Päätösikkuna")
    return None


def _date(
    creating: Creating,
    key: str,
    mistakes: Mistakes,
    typed: Typed,
    moves: tuple[Move, ...] | None,
    *,
    status: int = 200,
) -> Response:
    values = {
        "creating": creating,
        "at": creating.at(DATES),
        "key": key,
        "what": date_name(creating.visitor, creating.definition, key),
        "now": creating.planned.dates[key],
        "mistakes": mistakes,
        "typed": typed,
        "moves": None if moves is None else follows(creating, moves),
        "against": _newly_against(creating, moves or ()),
        "gone_by": gone_by(creating, {move.key: move.new for move in moves or ()}),
        "odd": odd_then(creating, moves) if moves else (),
    }
    return page(creating.visitor, "creating_date.html", status=status, **values)


def _newly_against(creating: Creating, moves: tuple[Move, ...]) -> tuple[AgainstChoice, ...]:
    """The choices that the dates would speak against once these have moved, and do not yet."""
    now = creating.answers.dates
    known = against_choices(creating, now)
    after = against_choices(creating, {**now, **{move.key: move.new for move in moves}}) if moves else ()
    return tuple(one for one in after if one not in known)
