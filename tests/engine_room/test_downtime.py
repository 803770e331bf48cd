"""Clock and courier were down for a while: each duty gets what is right now, once; the record says what was late."""

import datetime as dt

import pytest
from test_messages_owed import deliver, log, read, said_in, tell
from village import Village

from models.days.calendar import HELSINKI, at_local
from models.events import RemindersFellDue
from models.record import read as stored_event
from models.record import read_instant

DOWN = [
    (dt.timedelta(minutes=1), False, "Viimeinen päivä on"),
    (dt.timedelta(days=1), True, "Viimeinen päivä on"),
    (dt.timedelta(weeks=1), True, "Määräaika oli"),
    (dt.timedelta(days=31), True, "Määräaika oli"),
]


def asked(village: Village) -> dt.datetime:
    """A round is open and everybody has been asked; when the first reminder of it falls due."""
    village.open()
    village.submit()
    tell(village)
    village.clock.forward(minutes=20)
    deliver(village)
    return read_instant(village.one("select min(due_at) from reminder where duty like 'stance:%'"))


def works_again(village: Village) -> None:
    """Everything runs from now on, until nothing waits."""
    for _ in range(5):
        village.engine.tick()
        tell(village)
        deliver(village)
        village.clock.forward(minutes=20)
    morning = village.clock.now.astimezone(HELSINKI).date() + dt.timedelta(days=1)
    for days in range(4):
        village.clock.now = at_local(morning + dt.timedelta(days=days), 8)
        deliver(village)


@pytest.mark.parametrize(("down", "late", "says"), DOWN)
def test_after_any_time_down_each_duty_is_told_of_once_with_what_is_so_now(
    village: Village, down: dt.timedelta, late: bool, says: str
) -> None:
    village.clock.now = asked(village) + down

    works_again(village)

    mails = [mail for mail in village.mails() if "-teacher-1-" in mail.name]
    assert len(mails) == 2, "the request, and one reminder"
    assert str(read(mails[1])["Subject"]).removeprefix("[Harjoitus] ").startswith("Muistutusviesti")
    assert says in " ".join(said_in(mails[1]).split())
    (body,) = [row[0] for row in village.all("select body from event where type = 'RemindersFellDue' limit 1")]
    event = stored_event(body).event
    assert isinstance(event, RemindersFellDue)
    assert bool(event.late) is late
    assert all(reason for _, outcome, reason in log(village) if outcome != "sent")


def test_a_courier_alone_that_was_down_for_a_week_says_nothing_twice(village: Village) -> None:
    first = asked(village)
    for days in range(8):  # the clock goes on
        village.clock.now = first + dt.timedelta(days=days)
        village.engine.tick()

    works_again(village)

    assert len([mail for mail in village.mails() if "-teacher-2-" in mail.name]) == 2


@pytest.mark.parametrize("day", [dt.date(2027, 3, 29), dt.date(2027, 11, 1)])
def test_messages_leave_when_clocks_in_finland_say_so_also_when_they_have_changed(
    village: Village, day: dt.date
) -> None:
    """Clocks change on 28.3. and 31.10.2027; the Monday after begins at seven, whichever hour that is elsewhere."""
    village.clock.now = at_local(day - dt.timedelta(days=2), 12)  # a Saturday
    village.pause()
    tell(village)
    monday = next(d for d in (day, day + dt.timedelta(days=1)) if d != dt.date(2027, 3, 29))  # Easter Monday is off

    village.clock.now = at_local(monday, 7) - dt.timedelta(minutes=1)
    assert deliver(village)["sent"] == 0
    village.clock.now = at_local(monday, 7)
    windows = {read_instant(row[0]) for row in village.all("select sending_window from message")}
    assert windows == {at_local(monday, 7)}
