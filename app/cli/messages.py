"""Verbs about messages: `etappi messages`, `etappi my-messages`, `etappi snooze` and `etappi preview`."""

import datetime as dt
import re
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from app.cli.desk import Desk
from app.cli.exits import invalid
from app.cli.params import As, Json, Municipality, ProcessKey, on, one_of, word
from app.cli.screen import count, date_of, instant, item, print_json, say
from app.cli.shapes_messages import MessageLine, Messages, Preview, Sample, Snoozed, ThingTold, Wishes
from app.cli.standing import person
from models.amounts import count_in
from models.errors import NotAuthorised, NotValid
from models.outgoing import holding, readers
from models.outgoing.message_log import Logged, logged, messages_of
from models.rights import Thing
from models.telling.hours import Choices
from models.words import Rhythm, Role

_HOURS = re.compile(r"(?P<first>\d{1,2})([.:](?P<from_minute>\d\d))?[-–](?P<last>\d{1,2})([.:](?P<to_minute>\d\d))?")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


class What(StrEnum):
    """What is done with messages besides looking."""

    HOLD = "hold"
    RELEASE = "release"
    TAKE_BACK = "take-back"
    BOUNCED = "bounced"


def messages(
    what: Annotated[
        What | None,
        typer.Argument(metavar="[hold|release|take-back|bounced]", parser=one_of(What), help="By default: look."),
    ] = None,
    numbers: Annotated[list[str] | None, typer.Argument(metavar="[NUMBER…]", help="Which messages.")] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Only what did not reach its reader, and why.")] = False,
    to: Annotated[str | None, typer.Option("--to", metavar="PERSON", help="Only messages to this person.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many at most.")] = 50,
    as_: As = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Which messages wait, which have left and which have not, and why. Hold, let go and take back what waits.

    Your own are shown to you, a process's to its coordinator, all to an administrator. A mail server's report that a
    mail came back is read from a file or standard input.

    Examples:

        etappi messages --failed --as coordinator
        etappi messages take-back 1204 1205 --as coordinator
        etappi messages bounced < report.eml
    """
    desk = Desk(municipality, as_)
    if what is What.BOUNCED:
        _bounced(desk, numbers or ["-"])
        return
    if what is not None:
        _act(desk, what, _numbers(numbers))
        return
    whose = desk.person_named(to) if to else None
    with desk.reading() as session:
        found = [one for one in logged(session, desk.municipality, whose, limit * 4) if _may_see(desk, one)]
    shown = [one for one in found if one.failed or not failed][:limit]
    if json_:
        print_json(Messages(1, desk.municipality, tuple(_line(desk, one) for one in shown)))
    else:
        _show(desk, shown)


def _may_see(desk: Desk, one: Logged) -> bool:
    return one.person == desk.person or _steers(desk, one)


def _steers(desk: Desk, one: Logged) -> bool:
    """Whether the one who looks may hold and take back: an administrator, or the coordinator of all it is about."""
    if desk.directory.has_role(desk.person, Role.ADMINISTRATOR, desk.today):
        return True
    return bool(one.processes) and all(desk.at(key).may_read(Thing.EVERYTHING) for key in one.processes)


def _numbers(given: Iterable[str] | None) -> list[int]:
    found = list(given or ())
    if not found:
        raise NotValid("Say which messages: their numbers, as etappi messages lists them.")
    return [count_in(number) for number in found]


def _act(desk: Desk, what: What, numbers: list[int]) -> None:
    """All of them, or none."""
    with desk.reading() as session:
        asked = messages_of(session, desk.municipality, numbers)
    for one in asked:
        if not _steers(desk, one):
            raise NotAuthorised(who="the coordinator of the process, or the administrator of the municipality")
    with desk.database.transaction() as session:
        for number in numbers:
            if what is What.HOLD:
                holding.hold(session, desk.municipality, number)
            elif what is What.RELEASE:
                holding.release(session, desk.municipality, number, desk.now)
            else:
                holding.take_back(session, desk.municipality, number, desk.person, desk.now)
    done = {What.HOLD: "held", What.RELEASE: "let go", What.TAKE_BACK: "taken back; it never leaves"}
    for number in numbers:
        say(f"Message {number}: {done[what]}.")


def _bounced(desk: Desk, files: list[str]) -> None:
    from models.outgoing.bounces import read_bounce, record_bounce

    for file in files:
        content = sys.stdin.buffer.read() if file == "-" else _read(file)
        bounce = read_bounce(content)
        with desk.database.transaction() as session:
            new = record_bounce(session, bounce, desk.now)
        say(f"Message {bounce.number}: {bounce.why}." if new else f"Message {bounce.number}: nothing new.")


def _read(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise NotValid("The file {file} cannot be read: {why}.", file=file, why=error.strerror) from None


def _line(desk: Desk, one: Logged) -> MessageLine:
    things = tuple(ThingTold(*thing) for thing in one.things)
    return MessageLine(
        one.number, person(desk, one.person), one.channel, one.state, one.leaves, one.sent, one.error, things
    )


def _show(desk: Desk, found: list[Logged]) -> None:
    if not found:
        say("There are no such messages that you may see.")
    for one in found:
        when = f"sent {instant(one.sent)}" if one.sent else one.state
        if one.state in ("open", "held") and one.leaves:
            when = f"waits until {instant(one.leaves)}" if one.state == "open" else "held"
        item(str(one.number or "-"), f"{desk.names.person(one.person)}: {when}")
        for thing in one.things:
            reason = f": {thing.reason}" if thing.reason else ""
            outcome = f" ({thing.outcome}{reason})" if thing.outcome not in (None, "sent") else ""
            say(f"{thing.kind or 'reminder'} of {thing.item}{outcome}", indent=6)
        if one.error and not one.sent:
            say(f"! {one.error}", indent=6)


# --- one's own ----------------------------------------------------------------------------------------------------


def my_messages(
    hours: Annotated[
        str | None, typer.Option("--hours", metavar="FROM-TO", help='Within which you are written to: "7-15".')
    ] = None,
    rhythm: Annotated[Rhythm | None, word("--rhythm", Rhythm, "At once, or as a digest.")] = None,
    weekday: Annotated[
        str | None, typer.Option("--weekday", metavar="DAY", help="Of a weekly digest: monday to friday.")
    ] = None,
    as_: As = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """How you want to be written to: within which hours, and how often. Nobody is written to on a day off.

    A digest never makes you late: what is due before the next one comes at once.

    Examples:

        etappi my-messages --hours 7-15 --as teacher
        etappi my-messages --rhythm weekly --weekday monday --as councillor
    """
    desk = Desk(municipality, as_)
    with desk.reading() as session:
        choices = readers.choices_of(session, desk.municipality, desk.person)
    wanted = choices.model_dump() | _hours(hours)
    if rhythm is not None:
        wanted["rhythm"] = rhythm
    if weekday is not None:
        if weekday not in WEEKDAYS:
            raise NotValid('"{day}" is none of {days}.', day=weekday, days=", ".join(WEEKDAYS))
        wanted["weekday"] = WEEKDAYS.index(weekday)
    try:
        chosen = Choices.model_validate(wanted)
    except ValidationError as error:
        raise invalid(error.errors()) from None
    if chosen != choices:
        with desk.database.transaction() as session:
            readers.choose(session, desk.municipality, desk.person, chosen, desk.now)
    first, last = f"{chosen.first:%H:%M}", f"{chosen.last:%H:%M}"
    if json_:
        shown = Wishes(1, desk.municipality, desk.person, first, last, chosen.rhythm.value, chosen.weekday)
        print_json(shown)
        return
    often = {
        Rhythm.AT_ONCE: "as things come",
        Rhythm.DAILY: "once a day",
        Rhythm.WEEKLY: f"once a week, on {WEEKDAYS[min(chosen.weekday, 4)].capitalize()}",
    }
    say(f"You are written to on working days from {first} to {last}, {often[chosen.rhythm]}.")


def _hours(text: str | None) -> dict[str, dt.time]:
    if text is None:
        return {}
    found = _HOURS.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError
        first = dt.time(int(found["first"]), int(found["from_minute"] or 0))
        last = dt.time(int(found["last"]), int(found["to_minute"] or 0))
    except ValueError:
        raise NotValid('"{text}" are no hours; write as here: 7-15, or 7.30-16.', text=text) from None
    return {"first": first, "last": last}


def snooze(
    process: ProcessKey,
    duty: Annotated[str, typer.Argument(metavar="DUTY", help="Which one, as etappi inbox --json names it.")],
    until: Annotated[dt.date, on("--until", "The day you are reminded again.")],
    as_: As = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Postpone your reminders of one duty to a day. It is due as before; others hear of it as before.

    Example:

        etappi snooze kemijarvi-2030 stance:tulevaisuuskuva:1:opettaja \\
            --until 2.2.2027 --as teacher
    """
    from models.outgoing.addressing import Addressing

    desk = Desk(municipality, as_, None, process)
    held = dt.timedelta(minutes=desk.settings.message_window)
    Addressing(desk.engine, held).snooze(desk.municipality, process, duty, desk.person, until)
    if json_:
        print_json(Snoozed(1, desk.municipality, process, duty, desk.person, until))
    else:
        say(f"You are reminded again on {date_of(until)}, if it is still to be done then.")


# --- all texts ----------------------------------------------------------------------------------------------------


def preview(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="A folder for the page.")] = Path("viestit"),
    json_: Json = False,
) -> None:
    """Every message of every kind in three languages side by side, as one page to read in a browser.

    Examples:

        etappi preview
        etappi preview --json
    """
    from tasks.message_samples import samples

    found = [
        Sample(one.name, one.language, one.message.subject, one.message.text, one.message.html) for one in samples()
    ]
    if json_:
        print_json(Preview(1, tuple(found)))
        return
    from app.cli.message_page import page_of

    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "viestit.html").write_text(page_of(found), encoding="utf-8")
    except OSError as error:
        raise NotValid("The folder {place} cannot be written to: {why}.", place=out, why=error.strerror) from None
    say(f"{count(len(found), 'message')} in three languages: {out / 'viestit.html'}")
