"""Processes follow the municipality's calendar: in the same act, and the record tells it again."""

import datetime as dt
import json

from town import START, Town

from models.commands import Hold, Resume
from models.events import CalendarFollowed
from models.personal import Private
from models.proof.rebuild import rebuild
from models.proof.verify import verify

PLAN = """
    select duty.duty, duty.due, reminder.step, reminder.due_at from duty
    left join reminder on reminder.process_id = duty.process_id and reminder.duty = duty.duty
    order by duty.process_id, duty.duty, reminder.step"""
MEETING = dt.date(2027, 6, 14)


def planned(town: Town) -> list[tuple[str, str, str | None, str | None]]:
    with town.engine.database.reading() as session:
        return [tuple(row) for row in session.all(PLAN, {})]


def owed(town: Town) -> set[str]:
    return {row[0] for row in planned(town)}


def lengths(town: Town) -> dict[str, int]:
    """How many events each process's record has."""
    with town.engine.database.reading() as session:
        return dict(session.all("select key, seq from process_head", {}))


def sets(town: Town, *meetings: dt.date, off: tuple[dt.date, ...] = ()) -> list[str]:
    """The administrator sets the calendar; the processes that followed it."""
    before = lengths(town)
    days = dict.fromkeys(off, "Testilän päivä")
    town.engine.set_calendar(town.name, days, {"council": meetings}, "administrator")
    return [process for process, length in lengths(town).items() if length != before[process]]


def test_a_deciding_meeting_is_no_longer_missing_as_soon_as_the_calendar_has_it(town: Town) -> None:
    process = town.create()
    assert "decision_meeting:decides" in owed(town)

    assert sets(town, MEETING) == [process]

    assert "decision_meeting:decides" not in owed(town)
    assert sets(town) == [process]
    assert "decision_meeting:decides" in owed(town)


def test_what_the_calendar_does_not_move_is_left_alone(town: Town) -> None:
    process = town.create()
    town.to_checkpoint(process)
    before = planned(town)

    assert sets(town, off=(START - dt.timedelta(days=30),)) == []
    assert planned(town) == before


def test_reminders_go_round_a_day_off_that_came_to_be_known(town: Town) -> None:
    process = town.create()
    round_ = next(iter(town.to_checkpoint(process).rounds.values()))
    steps = [row for row in planned(town) if row[0].startswith("stance:") and ":holder:" in (row[2] or "")]
    on_the_day = max(row[3] for row in steps)

    assert sets(town, off=(round_.due,)) == [process]

    moved = [row for row in planned(town) if row[0].startswith("stance:") and ":holder:" in (row[2] or "")]
    assert len(moved) == len(steps)
    assert max(row[3] for row in moved) < on_the_day


def test_the_record_tells_again_by_which_calendar_each_thing_was_planned(town: Town) -> None:
    """Also where an act and the calendar carry the same instant."""
    process = town.create()
    sets(town, MEETING)
    town.to_checkpoint(process)
    round_ = town.state(process).rounds["need"]
    sets(town, MEETING, off=(round_.due,))
    town.say(process, "teachers-1")
    before = planned(town)

    assert verify(town.engine.database, town.engine.files).findings == []
    rebuild(town.engine.database)
    assert planned(town) == before


def test_a_process_that_does_not_run_follows_when_it_goes_on(town: Town) -> None:
    process = town.create()
    town.act(process, Hold(reason=Private("Vaalit")), "coordinator")

    assert sets(town, MEETING) == []
    town.act(process, Resume(), "coordinator")

    assert "decision_meeting:decides" not in owed(town)
    assert verify(town.engine.database, town.engine.files).findings == []


def test_the_record_names_both_calendars(town: Town) -> None:
    town.create()
    first = town.engine.set_calendar(town.name, {}, {"council": [MEETING]}, "administrator")
    second = town.engine.set_calendar(town.name, {}, {}, "administrator")

    with town.engine.database.reading() as session:
        bodies = session.all("select body from event where process_id is not null and seq > 1 order by seq", {})
    told = [json.loads(body) for (body,) in bodies]
    assert [one["type"] for one in told] == [CalendarFollowed.__name__] * 2
    assert [(one["data"]["former"], one["data"]["hash"]) for one in told] == [(None, first), (first, second)]
