"""Counts and days that nobody can mean are refused with a sentence, whichever command they come in."""

import datetime as dt
import typing

import pytest
from small_town import SMALL

from models.amounts import EARLIEST, LATEST, MOST, count_in, day_in
from models.bounded import At, Day
from models.commands import CloseHearing, Command, Extend, RecordHandling, Reopen, ScheduleMeeting, SettingUp, Vote
from models.creating.answers import Answers
from models.days.formats import read_date
from models.days.schedule import parse_start
from models.definitions.definition import Definition
from models.errors import NotValid
from models.events import read_event
from models.municipality import commands as municipal
from models.storage.retention import months_later

ENDLESS = "9" * 5000
HANDLING = {"body": "valtuusto", "kind": "decision", "outcome": "approved", "date": "2027-08-30"}
TOO_FAR = ("0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31")


@pytest.mark.parametrize("text", [ENDLESS, "1" + "0" * 9, "many", "", "-1", "1.5", "²", "٣", "1e3", " 1", "1_000"])
def test_what_is_no_count_or_too_many_is_refused(text: str) -> None:
    with pytest.raises(NotValid, match="Write a number in figures, at most 999999999"):
        count_in(text)


def test_counts_up_to_the_most_are_read() -> None:
    assert [count_in(text) for text in ("0", "007", "143", str(MOST))] == [0, 7, 143, MOST]


@pytest.mark.parametrize("text", TOO_FAR)
def test_a_day_too_far_away_is_refused_in_every_way_it_comes(text: str) -> None:
    day = dt.date.fromisoformat(text)
    ways = [
        lambda: day_in(text),
        lambda: read_date(text),
        lambda: read_date(f"{day.day}.{day.month}.{day.year:04}"),
        lambda: parse_start(text, SMALL, {}),
        lambda: parse_start(text[:7], SMALL, {}),
        lambda: Extend(date="window:last", to=day, reason="x"),
        lambda: Extend(date="window:last", to=text, reason="x"),
        lambda: municipal.NoteAbsence(person="p", first=day, last=day),
    ]
    for way in ways:
        with pytest.raises(NotValid, match="too far away; give a day between 1900-01-01 and 2199-12-31"):
            way()


def test_the_first_and_the_last_day_are_taken() -> None:
    assert [day_in(day.isoformat()) for day in (EARLIEST, LATEST)] == [EARLIEST, LATEST]


def test_more_than_can_be_counted_is_refused_by_the_commands() -> None:
    for make in (
        lambda: CloseHearing(hearing="h", contributions=MOST + 1, summary="x"),
        lambda: RecordHandling(**HANDLING, vote=Vote.model_validate({"for": 10**30, "against": 0})),
    ):
        with pytest.raises(NotValid, match="at most"):
            make()


def test_an_instant_is_the_same_in_whatever_time_zone_it_was_given() -> None:
    """To the letter: what is folded from the record once more must be what stands there."""
    here, there = (
        ScheduleMeeting(meeting="m", at=at).model_dump_json() for at in ("2027-04-06T13:00+03:00", "2027-04-06T10:00Z")
    )
    assert here == there


def test_what_a_former_release_took_in_is_still_read() -> None:
    """Bounds are for what is given now. A record is read as it is, whatever was possible when it was written."""
    decision = {"body": "KH", "date": "0027-01-15", "section": "§ 12"}
    assert read_event("ProcessReopened", 1, {"setting_up": decision}).setting_up.date == dt.date(27, 1, 15)
    assert Answers(definition="x", setting_up=SettingUp.model_validate(decision)).setting_up is not None
    assert Vote.model_validate({"for": 10**30, "against": 0}).for_ == 10**30
    with pytest.raises(NotValid, match="too far away"):
        Reopen(setting_up=SettingUp.model_validate(decision))
    kept = SMALL.model_dump(mode="json", by_alias=True) | {
        "retention": [{"data": "drafts", "months": 9999, "then": "destroy"}]
    }
    assert Definition.model_validate(kept).retention[0].months == 9999
    assert months_later(dt.date(2027, 1, 31), 10**9) == dt.date.max


def commands(of: type[Command]) -> set[type[Command]]:
    return {of, *(leaf for child in of.__subclasses__() for leaf in commands(child))}


def test_every_day_and_time_of_a_command_is_bounded() -> None:
    for command in commands(Command):
        for name, hint in typing.get_type_hints(command, include_extras=True).items():
            unbounded = {dt.date, dt.datetime} & {hint, *typing.get_args(hint)}
            assert not unbounded or hint in (At, Day), f"{command.__name__}.{name}"
