"""A seat that ends leaves the rounds it sits in: at once, or on the day its time is up."""

import datetime as dt

import pytest
from town import MORNING, START, Town

from models.errors import Refused
from models.events import SeatLeft, VacanciesNoted
from models.municipality.commands import AddPerson, ChangeSeatPart, EndSeat, GiveSeat, RemovePerson, SetUpGroup
from models.personal import Private
from models.proof.verify import verify
from models.words import GroupKind, SeatPart

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


def waits(town: Town) -> list[tuple[str, str]]:
    """The vacant parts that wait, and for whom."""
    with town.engine.database.reading() as session:
        return list(session.all("select item, person from duty where kind = 'vacancy' order by process_id, item", {}))


def test_a_chair_who_is_gone_waits_for_the_coordinator_until_there_is_another(town: Town, two: list[str]) -> None:
    assert town.municipal(ChangeSeatPart(seat="teachers-1", part=SeatPart.CHAIR)).processes == ()
    town.clock.forward(days=2)
    done = town.municipal(EndSeat(seat="teachers-1", last=TODAY, reason=Private("Muutti pois")))
    noted = [e.new for receipt in done.processes for r in receipt.events if isinstance(e := r.event, VacanciesNoted)]
    assert noted == [("teachers",), ("teachers",)]
    assert waits(town) == [("teachers", "coordinator")] * 2
    assert town.municipal(ChangeSeatPart(seat="teachers-2", part=SeatPart.CHAIR)).processes
    assert waits(town) == []
    assert verify(town.engine.database, town.engine.files).findings == []


def test_a_seat_whose_time_begins_or_is_up_fills_or_leaves_a_part_on_its_day(town: Town, two: list[str]) -> None:
    town.municipal(ChangeSeatPart(seat="teachers-1", part=SeatPart.CHAIR))
    town.municipal(EndSeat(seat="teachers-1", last=TODAY, reason=Private("Muuttaa pois")))
    later = TODAY + dt.timedelta(days=9)
    town.municipal(GiveSeat(seat="new", group="the-teachers", person="owner", first=later, part=SeatPart.CHAIR))
    town.engine.tick()
    assert waits(town) == []
    town.clock.forward(days=1)
    town.engine.tick()
    assert waits(town) == [("teachers", "coordinator")] * 2
    town.clock.forward(days=8)
    town.engine.tick()
    assert waits(town) == []


def looked_at(town: Town, command: object) -> list[str]:
    """What was asked about processes when the municipality's command was carried out."""
    told: list[str] = []
    town.engine.database.watch = told.append
    town.municipal(command)
    town.engine.database.watch = None
    return [sql for sql in told if "process_head" in sql and "round_seat" not in sql]


def test_who_comes_and_can_fill_nothing_has_no_process_looked_at(town: Town, two: list[str]) -> None:
    town.municipal(ChangeSeatPart(seat="teachers-1", part=SeatPart.CHAIR))
    assert looked_at(town, AddPerson(person="newcomer", name=Private("Uusi Tulija"))) == []
    assert looked_at(town, GiveSeat(seat="new", group="the-teachers", person="newcomer", first=TODAY)) == []
    town.municipal(SetUpGroup(group="the-others", name="Muut", kind=GroupKind.WORKING_GROUP))
    other = GiveSeat(seat="other", group="the-others", person="newcomer", first=TODAY, part=SeatPart.CHAIR)
    asked = looked_at(town, other)
    assert len(asked) == 1 and "state like" in asked[0]  # and no process has that group
    chair = GiveSeat(seat="chair", group="the-builders", person="newcomer", first=TODAY, part=SeatPart.CHAIR)
    assert len(looked_at(town, chair)) > 1


def test_where_no_round_is_open_nothing_is_written(town: Town) -> None:
    process = town.create()
    town.clock.forward(days=2)

    done = town.municipal(EndSeat(seat="teachers-1", last=TODAY, reason=Private("Muutti pois")))

    assert done.processes == ()
    assert town.state(process).rounds == {}
