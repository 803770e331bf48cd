"""A clock that ticks shows it; one that stops is told of once, by whichever part notices."""

import datetime as dt
import threading

import pytest
from test_messages_owed import deliver
from test_programs import alarms
from village import Village

from app import clock_watch
from app.runtime import live, show_life
from models.machine_clock import clock_of_the_machine
from models.municipality.commands import ChangePerson
from models.outgoing.heartbeat import TICK, beat
from models.personal import Private
from models.storage import reading


def ticked(village: Village, ago: dt.timedelta) -> None:
    with village.database.transaction() as session:
        beat(session, TICK, clock_of_the_machine() - ago)


@pytest.fixture
def watched(village: Village) -> Village:
    """A village whose administrator can be written to."""
    village.municipal(ChangePerson(person="administrator", email=Private("hallinto@kyla.example")))
    return village


def test_a_tick_shows_that_the_clock_works(watched: Village) -> None:
    clock_watch.tick(watched.installation)
    with watched.database.reading() as session:
        ran = reading.clock_ran(session)
    assert ran is not None
    assert clock_watch.notice_silence(watched.installation) == 0


def test_administrators_hear_once_of_each_silence_at_once_and_also_at_night(watched: Village) -> None:
    watched.clock.now = watched.clock.now.replace(hour=22)
    ticked(watched, dt.timedelta(minutes=11))

    assert clock_watch.notice_silence(watched.installation) == 1
    assert clock_watch.notice_silence(watched.installation) == 0
    assert deliver(watched)["sent"] == 1
    (mail,) = watched.mails()
    assert "-administrator-urgent" in mail.name

    ticked(watched, dt.timedelta(0))
    assert clock_watch.notice_silence(watched.installation) == 0
    ticked(watched, dt.timedelta(minutes=30))
    assert clock_watch.notice_silence(watched.installation) == 1, "another silence"
    assert alarms(watched) == 2


def test_a_clock_that_has_never_run_or_ran_just_now_is_no_alarm(watched: Village) -> None:
    assert clock_watch.notice_silence(watched.installation) == 0
    ticked(watched, dt.timedelta(minutes=9))
    assert clock_watch.notice_silence(watched.installation) == 0
    assert alarms(watched) == 0


def test_what_begins_after_everything_was_down_gives_the_clock_time_to_tick(watched: Village) -> None:
    ticked(watched, dt.timedelta(days=3))
    told = threading.Event()

    def alive() -> list[tuple[str, None]]:
        told.set()  # so that it shows once that it lives, and ends
        return [("web", None)]

    live(watched.installation, told, alive)
    assert alarms(watched) == 0

    show_life(watched.installation, [("web", None)], watching=True)
    assert alarms(watched) == 1


def test_two_clocks_at_once_tell_everything_once(watched: Village) -> None:
    watched.open()
    watched.submit()
    due = watched.one("select min(due_at) from reminder where duty like 'stance:%'")
    watched.clock.now = dt.datetime.fromisoformat(due)
    for _ in range(2):
        clock_watch.tick(watched.installation)

    assert watched.one("select count(*) from event where type = 'RemindersFellDue'") == 1
