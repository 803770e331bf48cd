"""Several acts that are one: all of it is recorded or nothing; invitations are held, and can be undone."""

import datetime as dt

import pytest
from town import START, Town

from models.errors import NotAuthorised, NotFound, Refused
from models.municipality.commands import AddPerson, EndSeat, GiveRole, GiveSeat, RemovePerson, SetUpGroup
from models.outgoing import invitations
from models.personal import Private
from models.proof.verify import verify
from models.storage import reading, store
from models.storage.database import Session
from models.words import Role

HELD = dt.timedelta(minutes=10)
NEW = AddPerson(person="uusi", name=Private("Uusi Jäsen"), email=Private("uusi@kunta.example"))
SEAT = GiveSeat(seat="teachers-9", group="the-teachers", person="uusi", first=START)
ONE_DAY = dt.timedelta(days=1)


def people(town: Town) -> set[str]:
    with town.engine.database.reading() as session:
        head = store.municipality_head(session, town.name)
        assert head is not None
        return set(town.engine.worlds.directory(session, town.name, head.sequence).people)


def invite(town: Town):
    def besides(session: Session, now: dt.datetime) -> None:
        invitations.invite(session, town.name, ["uusi"], now, HELD)

    return besides


def waiting(town: Town) -> list[invitations.Invitation]:
    with town.engine.database.reading() as session:
        return invitations.waiting(session, town.name, {"uusi"}, town.clock())


def test_people_their_seats_and_a_process_are_there_together(town: Town) -> None:
    done = town.engine.handle_together(town.name, [NEW, SEAT], "administrator", create=town.creating())

    assert [type(one.events[0].event).__name__ for one in done.municipality] == ["PersonAdded", "SeatGiven"]
    assert done.process is not None
    assert town.state(done.process.process).roles["owner"] == "owner"
    assert "uusi" in people(town)
    assert verify(town.engine.database, town.engine.files).holds


def test_where_one_is_refused_nothing_is_recorded_and_nothing_is_remembered(town: Town) -> None:
    twice = SetUpGroup(group="the-teachers", name="Opettajat")
    with pytest.raises(Refused):
        town.engine.handle_together(town.name, [NEW, SEAT, twice], "administrator", also=invite(town))
    assert "uusi" not in people(town)
    assert waiting(town) == []

    town.municipal(AddPerson(person="toinen", name=Private("Toinen")))  # stands where the refused one would have
    assert {"toinen"} == people(town) & {"toinen", "uusi"}
    with pytest.raises(NotFound):
        town.municipal(SEAT)


def test_where_the_process_is_refused_its_people_are_not_there_either(town: Town) -> None:
    wrong = town.creating().model_copy(update={"dates": {"phase:nowhere:last": START}})
    with pytest.raises(NotFound):
        town.engine.handle_together(town.name, [NEW], "administrator", create=wrong)
    assert "uusi" not in people(town)
    with town.engine.database.reading() as session:
        assert reading.processes(session, town.name) == []


def test_a_process_is_created_with_the_dates_that_were_moved(town: Town) -> None:
    moved = {"phase:need:last": dt.date(2027, 3, 18)}
    done = town.engine.handle_together(
        town.name, [], "administrator", create=town.creating().model_copy(update={"dates": moved})
    )
    assert done.process is not None
    dates = done.process.state.dates
    assert (dates["phase:need:last"], dates["checkpoint:need"]) == (dt.date(2027, 3, 18), dt.date(2027, 3, 18))


# --- undoing ------------------------------------------------------------------------------------------------------


def test_an_invitation_is_held_and_can_be_taken_back_with_all_that_came_of_it(town: Town) -> None:
    town.municipal(GiveRole(person="coordinator", role=Role.COORDINATOR, first=START))
    town.engine.handle_together(town.name, [NEW, SEAT], "coordinator", also=invite(town))
    (one,) = waiting(town)
    assert one.leaves == town.clock() + HELD

    reason = Private("Väärä ryhmä")
    undoing = [
        EndSeat(seat="teachers-9", last=START - ONE_DAY, reason=reason),
        RemovePerson(person="uusi", reason=reason),
    ]

    def besides(session: Session, now: dt.datetime) -> None:
        invitations.take_back(session, town.name, one, "coordinator", now)

    done = town.engine.handle_together(town.name, undoing, "coordinator", also=besides)
    directory = done.municipality[-1].directory
    assert ("teachers-9" in directory.seats, directory.is_active("uusi")) == (False, False)
    assert waiting(town) == []
    with town.engine.database.reading() as session:
        (logged,) = session.all("select outcome from message_log where person = 'uusi'")
    assert logged[0] == "taken back"


def test_an_invitation_that_has_left_is_no_more_to_be_taken_back(town: Town) -> None:
    town.engine.handle_together(town.name, [NEW, SEAT], "administrator", also=invite(town))
    town.clock.forward(minutes=10)
    assert waiting(town) == []


@pytest.mark.parametrize("spoilt", ["the next day", "a seat", "a role"])
def test_a_coordinator_takes_out_only_who_was_added_that_day_and_holds_nothing(town: Town, spoilt: str) -> None:
    town.municipal(GiveRole(person="coordinator", role=Role.COORDINATOR, first=START))
    town.municipal(NEW)
    if spoilt == "a seat":
        town.municipal(SEAT)
    elif spoilt == "a role":
        town.municipal(GiveRole(person="uusi", role=Role.AUDITOR, first=START))
    else:
        town.clock.forward(days=1)
    removing = RemovePerson(person="uusi", reason=Private("Väärä henkilö"))
    with pytest.raises(NotAuthorised):
        town.engine.handle_municipality(town.name, removing, "coordinator")
    town.municipal(removing)  # an administrator may
