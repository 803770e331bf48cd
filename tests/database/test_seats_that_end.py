"""A seat that ends leaves the rounds it sits in: at once, or on the day its time is up."""

import datetime as dt

import pytest
from town import MORNING, START, Town

from models.errors import Refused
from models.events import SeatLeft
from models.municipality.commands import EndSeat, GiveSeat, RemovePerson
from models.personal import Private

TODAY = START
LATER = START + dt.timedelta(days=365)


@pytest.fixture
def two(town: Town) -> list[str]:
    """Two processes, each with a round open."""
    processes = [town.create(), town.create()]
    for process in processes:
        town.to_checkpoint(process)
    return processes


def left(town: Town, process: str) -> list[str]:
    return [key for key, seat in town.state(process).rounds["need"].seats.items() if seat.left]


def test_a_seat_that_ends_leaves_every_round_in_the_same_act(town: Town, two: list[str]) -> None:
    town.say(two[0], "teachers-1")
    town.clock.forward(days=2)

    done = town.municipal(EndSeat(seat="teachers-1", last=TODAY, reason=Private("Muutti pois")))

    assert [receipt.process for receipt in done.processes] == two
    assert [left(town, process) for process in two] == [["teachers-1"], ["teachers-1"]]


def test_the_reason_is_the_one_the_municipality_recorded(town: Town, two: list[str]) -> None:
    town.clock.forward(days=2)

    done = town.municipal(EndSeat(seat="teachers-1", last=TODAY, reason=Private("Muutti pois")))

    event = done.processes[0].events[0].event
    assert isinstance(event, SeatLeft)
    with town.engine.database.reading() as session:
        assert session.one("select value from personal where commitment = :c", {"c": event.reason}) == ("Muutti pois",)


def test_somebody_removed_leaves_at_once_with_all_seats(town: Town, two: list[str]) -> None:
    town.municipal(RemovePerson(person="builders-2", reason=Private("Toinen työ")))

    assert [left(town, process) for process in two] == [["builders-2"], ["builders-2"]]


def test_a_seat_that_ends_later_leaves_when_its_last_day_has_gone_by(town: Town, two: list[str]) -> None:
    town.municipal(EndSeat(seat="teachers-1", last=TODAY, reason=Private("Muuttaa pois")))
    town.engine.tick()
    assert [left(town, process) for process in two] == [[], []]

    town.clock.now = MORNING + dt.timedelta(hours=15, minutes=1)  # 0.01 in Finland

    assert town.engine.tick().left == 2
    assert [left(town, process) for process in two] == [["teachers-1"], ["teachers-1"]]
    assert town.engine.tick().left == 0


def test_a_seat_given_for_a_time_leaves_when_it_is_up(town: Town) -> None:
    town.municipal(
        GiveSeat(seat="guest", group="the-builders", person="owner", first=START, last=START + dt.timedelta(days=3))
    )
    process = town.create()
    town.to_checkpoint(process)

    town.clock.forward(days=3)
    assert town.engine.tick().left == 0
    town.clock.forward(days=1)
    assert town.engine.tick().left == 1

    assert left(town, process) == ["guest"]
    with pytest.raises(Refused, match="ended while the round was open"):
        town.act(process, town.speaking(process, "guest"), "owner")


def test_where_no_round_is_open_nothing_is_written(town: Town) -> None:
    process = town.create()
    town.clock.forward(days=2)

    done = town.municipal(EndSeat(seat="teachers-1", last=TODAY, reason=Private("Muutti pois")))

    assert done.processes == ()
    assert town.state(process).rounds == {}
