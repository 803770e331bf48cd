"""A message leaves when its reader may be written to; reminders can be postponed; whoever is away is not written to."""

import datetime as dt

import pytest
from test_messages_owed import NOTHING, TEN, deliver, leased, log, read, tell, windows
from village import Village

from models.commands import CancelMeeting, Extend, Retract, ScheduleMeeting
from models.days.calendar import at_local
from models.errors import NotAuthorised, NotFound, NotValid
from models.municipality.commands import NameDeputies, NoteAbsence
from models.outgoing import readers
from models.outgoing.addressing import Addressing
from models.personal import Private
from models.telling.hours import Choices
from models.words import Rhythm, StanceKind

MONDAY = dt.date(2027, 2, 1)
FRIDAY = dt.date(2027, 2, 5)


def chooses(village: Village, person: str, **wanted: object) -> None:
    with village.database.transaction() as session:
        readers.choose(session, village.name, person, Choices.model_validate(wanted), village.clock())


def snoozes(village: Village, person: str, duty: str, until: dt.date) -> None:
    Addressing(village.engine, TEN).snooze(village.name, village.process, duty, person, until)


def at(village: Village, day: dt.date, hour: int, minute: int = 0) -> None:
    village.clock.now = at_local(day, hour, minute)


def told(village: Village, person: str) -> list[str]:
    """The subjects of all that has left to the person, oldest first."""
    subjects = [str(read(mail)["Subject"]) for mail in village.mails() if f"-{person}-" in mail.name]
    return [subject.removeprefix("[Harjoitus] ") for subject in subjects]


def reminded(village: Village) -> None:
    """A round is open, and its first reminders fall due at nine on the day they are to."""
    village.open()
    village.submit()
    tell(village)
    village.clock.forward(minutes=20)
    deliver(village)
    village.clock.now = dt.datetime.fromisoformat(
        village.one("select min(due_at) from reminder where duty like 'stance:%'")
    )
    village.engine.tick()


# --- hours and days -----------------------------------------------------------------------------------------------


def test_what_happens_on_a_friday_evening_is_told_on_monday_morning_in_one_message(village: Village) -> None:
    at(village, FRIDAY, 20)
    village.open()
    tell(village)
    at(village, FRIDAY + dt.timedelta(days=1), 12)
    village.submit()
    tell(village)

    assert {window for _, window, _ in windows(village)} == {"05:00"}  # seven in the morning in Finland
    assert deliver(village) == NOTHING
    at(village, MONDAY + dt.timedelta(days=7), 7)
    assert deliver(village)["sent"] > 0
    assert len(told(village, "preparer")) == 1


def test_a_courier_that_was_down_in_the_day_writes_to_nobody_at_night(village: Village) -> None:
    village.open()
    tell(village)
    at(village, MONDAY, 23)

    assert deliver(village) == NOTHING
    at(village, MONDAY + dt.timedelta(days=1), 6, 59)
    assert deliver(village) == NOTHING
    at(village, MONDAY + dt.timedelta(days=1), 7)
    assert deliver(village) == NOTHING | {"sent": 2}


def test_who_works_from_seven_to_three_hears_nothing_after_three(village: Village) -> None:
    chooses(village, "owner", first="07:00", last="15:00")
    at(village, MONDAY, 15, 30)
    village.open()
    tell(village)

    assert {person: window for person, window, _ in windows(village)} == {"owner": "05:00", "preparer": "13:40"}


def test_a_digest_gathers_a_day_and_never_makes_anybody_late(village: Village) -> None:
    chooses(village, "preparer", rhythm=Rhythm.WEEKLY, weekday=4)
    chooses(village, "owner", rhythm=Rhythm.DAILY)
    village.open()
    tell(village)
    village.pause()
    tell(village)
    assert ("preparer", "05:00", 3) in windows(village)
    assert ("owner", "05:00", 3) in windows(village)

    reminded_day = dt.date(2027, 2, 26)  # the owner's stance is not asked; the outcome waits for the preparer
    at(village, reminded_day, 9)
    assert village.all("select person from message where state = 'open' and sending_window like '2027-02-05%'") == [
        ("preparer",)
    ]


# --- catching up --------------------------------------------------------------------------------------------------


def test_who_was_told_nothing_for_a_week_is_told_once(village: Village) -> None:
    reminded(village)
    tell(village)  # nobody delivers
    village.clock.forward(days=3)
    village.engine.tick()
    tell(village)
    village.clock.forward(minutes=20)

    deliver(village)

    assert [subject[:14] for subject in told(village, "teacher-1")] == ["Työryhmäsi kan", "Muistutusviest"]
    assert deliver(village) == NOTHING


def test_a_reminder_said_in_the_morning_is_not_said_again_on_the_same_day(village: Village) -> None:
    reminded(village)
    tell(village)
    village.clock.forward(minutes=20)
    deliver(village)
    with village.database.transaction() as session:  # the same steps fall due once more, as they must not
        session.run("update reminder set state = 'planned', fell_due = null where duty like 'stance:%'")
        session.run("update process_head set wakes_at = (select min(due_at) from reminder where state = 'planned')")
    village.engine.tick()
    tell(village)
    village.clock.forward(minutes=20)

    deliver(village)

    assert ("teacher-1", "not sent", "told earlier on the same day") in log(village)
    assert len(told(village, "teacher-1")) == 2


# --- what is so when it leaves ------------------------------------------------------------------------------------


def test_a_submission_taken_back_within_ten_minutes_was_never_told(village: Village) -> None:
    village.open()
    village.submit()
    tell(village)
    village.act(Retract(what="submission", phase="future-image"), "owner")
    tell(village)
    village.clock.forward(minutes=20)

    deliver(village)

    assert told(village, "teacher-1") == []
    assert ("teacher-1", "not sent", "taken back before it was told") in log(village)


def test_an_extension_moves_the_reminder_that_waits(village: Village) -> None:
    reminded(village)
    at(village, village.clock.now.date(), 19)
    tell(village)
    later = village.state.rounds["future-image"].due + dt.timedelta(days=14)
    village.act(Extend(date="checkpoint:future-image", to=later, reason=Private("Jäät lähtivät")), "coordinator")
    tell(village)
    at(village, village.clock.now.date() + dt.timedelta(days=1), 8)

    deliver(village)

    assert ("teacher-1", "not sent", "its date has moved; it is told nearer to the new one") in log(village)
    assert [subject[:8] for subject in told(village, "teacher-1")][1:] == ["Päivä on"]


def test_a_meeting_moved_twice_in_ten_minutes_is_one_message_with_the_last_time(village: Village) -> None:
    for hour in (12, 13, 14):
        meeting = ScheduleMeeting(meeting="ilta", at=at_local(FRIDAY, hour), name="Ilta", place="Koulu")
        village.act(meeting, "coordinator")
    tell(village)
    village.clock.forward(minutes=20)

    deliver(village)

    (subject,) = told(village, "owner")
    assert "5.2.2027 klo 14.00" in subject
    assert log(village).count(("owner", "not sent", "overtaken by something later about the same")) == 2


def test_a_meeting_called_off_before_anybody_heard_of_it_is_told_to_nobody(village: Village) -> None:
    village.act(ScheduleMeeting(meeting="ilta", at=at_local(FRIDAY, 12), name="Ilta"), "coordinator")
    village.act(CancelMeeting(meeting="ilta"), "coordinator")
    tell(village)
    village.clock.forward(minutes=20)

    assert deliver(village)["sent"] == 0
    assert village.mails() == []


# --- postponing ---------------------------------------------------------------------------------------------------


def test_a_postponed_duty_is_reminded_of_on_its_day_and_not_before(village: Village) -> None:
    village.open()
    village.submit()
    tell(village)
    village.clock.forward(minutes=20)
    deliver(village)
    duty = "stance:future-image:1:teacher-1"
    first = dt.datetime.fromisoformat(village.one("select min(due_at) from reminder where duty = :d", d=duty))
    wednesday = first.date() + dt.timedelta(days=2)
    snoozes(village, "teacher-1", duty, wednesday)

    village.clock.now = first
    village.engine.tick()
    tell(village)
    village.clock.forward(minutes=20)
    deliver(village)
    assert ("teacher-1", "nobody", f"postponed by its reader to {wednesday.isoformat()}") in log(village)
    assert len(told(village, "teacher-1")) == 1
    assert len(told(village, "teacher-2")) == 2

    at(village, wednesday, 9)
    deliver(village)
    assert [subject[:14] for subject in told(village, "teacher-1")][1:] == ["Muistutusviest"]
    assert village.all("select count(*) from event where type like '%nooze%'") == [(0,)]


def test_a_postponed_duty_that_is_done_meanwhile_is_not_reminded_of(village: Village) -> None:
    village.open()
    village.submit()
    duty, day = "stance:future-image:1:teacher-1", FRIDAY
    snoozes(village, "teacher-1", duty, day)
    snoozes(village, "teacher-1", duty, day + dt.timedelta(days=3))  # and once more
    village.say("teacher-1", StanceKind.ABSTAIN)
    at(village, day, 9)
    assert deliver(village)["sent"] == 0
    at(village, day + dt.timedelta(days=3), 9)

    assert deliver(village)["sent"] == 0
    assert told(village, "teacher-1") == []


def test_only_ones_own_open_duties_are_postponed_and_only_to_days_to_come(village: Village) -> None:
    village.open()
    village.submit()
    duty = "stance:future-image:1:teacher-1"
    with pytest.raises(NotAuthorised):
        snoozes(village, "teacher-2", duty, FRIDAY)
    with pytest.raises(NotFound):
        snoozes(village, "teacher-1", "stance:future-image:1:nobody", FRIDAY)
    for day in (MONDAY, MONDAY - dt.timedelta(days=1), MONDAY + dt.timedelta(days=400)):
        with pytest.raises(NotValid):
            snoozes(village, "teacher-1", duty, day)


# --- away ---------------------------------------------------------------------------------------------------------


def test_what_waits_for_somebody_who_goes_away_is_told_to_the_deputy(village: Village) -> None:
    village.municipal(NameDeputies(seat="teacher-1", deputies=("preparer",)))
    village.open()
    village.submit()
    tell(village)
    village.municipal(NoteAbsence(person="teacher-1", first=MONDAY, last=FRIDAY))
    village.clock.forward(minutes=20)
    deliver(village)
    village.clock.forward(minutes=20)
    deliver(village)

    assert told(village, "teacher-1") == []
    assert any(subject.startswith("Työryhmäsi kantaa pyydetään") for subject in told(village, "preparer"))
    assert ("teacher-1", "not sent", "away; told to whoever acts for them") in log(village)


def test_where_nobody_acts_for_who_went_away_the_log_says_so(village: Village) -> None:
    village.open()
    village.submit()
    tell(village)
    village.municipal(NoteAbsence(person="teacher-1", first=MONDAY, last=FRIDAY))
    village.clock.forward(minutes=20)
    deliver(village)

    assert told(village, "teacher-1") == []
    assert ("teacher-1", "not sent", "away, and nobody present acts for them") in log(village)
    assert leased(village, "message") == []
