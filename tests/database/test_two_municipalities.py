"""Two municipalities in one database, with the same names for everything: nothing crosses from one to the other."""

import pytest
from town import Town

from models.commands import Hold, OpenPhase
from models.errors import NotAuthorised, NotFound
from models.municipality.commands import AddPerson, EndSeat
from models.personal import Private
from models.storage.database import Database
from models.storage.drafts import Contents
from models.storage.files import FileStore
from models.words import StanceKind


@pytest.fixture
def towns(database: Database, files: FileStore) -> tuple[Town, Town]:
    one = Town.opened(database, files, name="testila")
    return one, Town.opened(database, files, name="toisela")


def count(town: Town, table: str, municipality: str) -> int:
    with town.engine.database.reading() as session:
        row = session.one(f"select count(*) from {table} where municipality_id = :m", {"m": municipality})
    assert row
    return int(row[0])


def test_processes_of_the_same_name_are_two(towns: tuple[Town, Town]) -> None:
    one, other = towns
    assert one.create() == other.create() == "strategy"

    one.to_checkpoint("strategy")
    one.all_accept("strategy")
    one.passing("strategy")

    assert other.state("strategy").phases["need"].status.value == "ready"
    assert count(one, "stance", "toisela") == count(one, "package", "toisela") == count(one, "reminder", "toisela") == 0


def test_nobody_acts_in_the_other_municipality(towns: tuple[Town, Town]) -> None:
    one, other = towns
    one.create()
    one.municipal(AddPerson(person="stranger", name=Private("Vieras")))

    with pytest.raises(NotFound, match="process named strategy"):
        other.act("strategy", OpenPhase(phase="need"), "coordinator")
    other.create()
    with pytest.raises(NotAuthorised, match="people of the directory"):
        other.act("strategy", Hold(reason=Private("Vieras")), "stranger")


def test_a_seat_that_ends_here_stays_there(towns: tuple[Town, Town]) -> None:
    for town in towns:
        town.create()
        town.to_checkpoint("strategy")
        town.clock.forward(days=2)

    towns[0].municipal(EndSeat(seat="teachers-1", last=towns[0].clock().date().replace(day=1), reason=Private("Pois")))

    assert [town.state("strategy").rounds["need"].seats["teachers-1"].left for town in towns] == [True, False]


def test_a_file_of_the_other_municipality_is_not_there(towns: tuple[Town, Town]) -> None:
    one, other = towns
    other.create()
    document = one.file("Vain meille\n")

    with pytest.raises(NotFound, match="stored file"):
        other.engine.drafts.save(
            "toisela", "strategy", "need", "need-0", Contents(document=document), "owner", revision=0
        )


def test_the_same_words_are_kept_apart(towns: tuple[Town, Town]) -> None:
    said = []
    for town in towns:
        town.create()
        town.to_checkpoint("strategy")
        said.append(town.say("strategy", "teachers-1", StanceKind.OBJECT, "En kannata").events[0].event.reason)

    assert said[0] != said[1]
    assert count(towns[0], "personal", "testila") == count(towns[0], "personal", "toisela")


def test_one_tick_serves_both_and_mixes_nothing(towns: tuple[Town, Town]) -> None:
    for town in towns:
        town.create()
        town.to_checkpoint("strategy")
    towns[0].clock.forward(days=60)

    report = towns[0].engine.tick()

    assert report.processes == 2
    with towns[0].engine.database.reading() as session:
        owed = session.all("select municipality_id, payload from outbox where key = 'strategy:4:notify' order by 1")
    assert [row[0] for row in owed] == ["testila", "toisela"]
