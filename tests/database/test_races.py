"""Two or many act on one checkpoint in the same moment: nothing is lost or done twice, and the loser is told why."""

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from functools import partial

import pytest
from hands import Act, in_programs, in_threads
from town import START, Town

from models.commands import HandOver, OpenPhase, Redact, Return, Revise, Seen, Submit
from models.municipality.commands import AddPerson, EndSeat
from models.personal import Private
from models.proof.verify import verify
from models.storage.database import Database
from models.storage.files import FileStore
from models.words import StanceKind

AtOnce = Callable[..., list[str]]


@pytest.fixture
def at_once(town: Town) -> AtOnce:
    """What becomes of acts done in the same moment; afterwards everything that is stored holds."""
    return partial(_at_once, town, in_threads)


@pytest.fixture(params=[in_threads, in_programs], ids=["threads", "programs"])
def either_at_once(request: pytest.FixtureRequest, town: Town) -> AtOnce:
    """As `at_once`, and again by programs of their own."""
    return partial(_at_once, town, request.param)


def _at_once(town: Town, how: Callable[..., list[str]], *acts: Act) -> list[str]:
    town.engine.database.close()
    told = how(town.engine.database.url, town.engine.files.folder, town.name, acts)
    with closing(Database(town.engine.database.url)) as database:
        assert verify(database, town.engine.files).findings == []
    return told


def at_checkpoint(town: Town, *, accepted_by: int = 0) -> str:
    """A new process, its first phase at its checkpoint, accepted by the first seats of each group."""
    process = town.create()
    town.to_checkpoint(process)
    for seats in town.seats.values():
        for seat in seats[:accepted_by]:
            town.say(process, seat)
    return process


def counted(town: Town, process: str) -> Counter[str]:
    """How many events of each type the process has."""
    with town.engine.database.reading() as session:
        rows = session.all(
            "select type, count(*) from event e join process_head h on h.id = e.process_id "
            "where h.key = :process group by type",
            {"process": process},
        )
    return Counter(dict(rows))


def owed(town: Town, kind: str) -> int:
    with town.engine.database.reading() as session:
        return len(session.all("select 1 from outbox where kind = :kind", {"kind": kind}))


# --- passing ------------------------------------------------------------------------------------------------------


def test_of_two_who_pass_one_is_told_that_no_round_is_open(town: Town, either_at_once: AtOnce) -> None:
    process = at_checkpoint(town, accepted_by=2)
    passing = Act("preparer", town.passing_of(town.state(process)), process)

    told = either_at_once(passing, passing)

    assert sorted(told) == ["CheckpointNotOpen", "done"]
    assert counted(town, process)["CheckpointPassed"] == owed(town, "handover") == 1


def test_a_stance_and_a_passing_do_not_miss_each_other(town: Town, either_at_once: AtOnce) -> None:
    """Whoever comes first stands. The passing relied on the stances as they were; the stance on the open round."""
    process = at_checkpoint(town, accepted_by=2)
    stance = town.speaking(process, "teachers-3", StanceKind.OBJECT, "Koulutie on pitkä")

    told = either_at_once(
        Act("teachers-3", stance, process), Act("preparer", town.passing_of(town.state(process)), process)
    )

    assert told in (["done", "Overtaken"], ["CheckpointNotOpen", "done"])
    events = counted(town, process)
    assert (events["CheckpointPassed"], events["StanceTaken"]) in ((0, 7), (1, 6))
    kept = 1 if told[0] == "done" else 0
    with town.engine.database.reading() as session:
        assert len(session.all("select 1 from personal where value = 'Koulutie on pitkä'")) == kept


def test_of_a_return_and_a_passing_one_happens(town: Town, either_at_once: AtOnce) -> None:
    process = at_checkpoint(town, accepted_by=2)
    state = town.state(process)
    round_ = state.rounds["need"]
    seen = Seen(round=round_.no, manifest=round_.manifest)
    back = Return(phase="need", to="need", reason=Private("Täydennetään"), seen=seen)

    told = either_at_once(Act("preparer", back, process), Act("preparer", town.passing_of(state), process))

    assert sorted(told) == ["CheckpointNotOpen", "done"]
    events = counted(town, process)
    assert events["CheckpointPassed"] + events["WorkReturned"] == 1
    assert town.state(process).rounds == {}


# --- coming to the checkpoint -------------------------------------------------------------------------------------


def test_of_two_who_open_or_submit_one_is_told_that_it_has_been_done(town: Town, either_at_once: AtOnce) -> None:
    process = town.create()
    opening = Act("coordinator", OpenPhase(phase="need"), process)
    assert sorted(either_at_once(opening, opening)) == ["PhaseNotReady", "done"]
    town.draft(process, "need")

    submitting = [Act(person, Submit(phase="need"), process) for person in ("owner", "coordinator")]
    assert sorted(either_at_once(*submitting)) == ["PhaseNotOpen", "done"]

    assert counted(town, process) == {"ProcessCreated": 1, "PhaseOpened": 1, "OutputsSubmitted": 1}
    assert town.state(process).rounds["need"].no == 1


def test_a_revision_and_a_stance_at_once_leave_no_stance_on_what_was_not_seen(town: Town, at_once: AtOnce) -> None:
    process = at_checkpoint(town)
    stance = town.speaking(process, "teachers-1")
    town.draft(process, "need", "# Toinen luonnos\n")
    revising = Revise(phase="need", output="need-0", reason=Private("Tarkennus"))

    told = at_once(Act("teachers-1", stance, process), Act("owner", revising, process))

    assert told in (["done", "done"], ["Overtaken", "done"])
    round_ = town.state(process).rounds["need"]
    assert ("teachers-1" in round_.stances) == (told[0] == "done")
    assert all(said.edition < round_.edition for said in round_.stances.values()), "the stance is stale"


# --- signing ------------------------------------------------------------------------------------------------------


def test_twenty_four_sign_in_the_same_moment(
    database: Database, files: FileStore, request: pytest.FixtureRequest
) -> None:
    town = Town.opened(database, files, seats=8)
    process = at_checkpoint(town)
    acts = [
        Act(
            seat,
            town.speaking(process, seat, StanceKind.OBJECT if seat.endswith("7") else StanceKind.ACCEPT, "Liian pian"),
            process,
        )
        for seats in town.seats.values()
        for seat in seats
    ]

    told = in_threads(database.url, files.folder, town.name, acts)

    assert told == ["done"] * 24
    assert counted(town, process)["StanceTaken"] == len(town.state(process).rounds["need"].stances) == 24
    assert sorted(town.state(process).objections) == ["o1", "o2", "o3"], "no number is given twice"
    assert verify(database, files).findings == []


def test_the_same_stance_twice_at_once_is_one_stance(town: Town, at_once: AtOnce) -> None:
    process = at_checkpoint(town)
    stance = town.speaking(process, "teachers-1", StanceKind.OBJECT, "Ei näin")

    told = at_once(Act("teachers-1", stance, process), Act("teachers-1", stance, process))

    assert told == ["done", "done"]
    state = town.state(process)
    assert [o.status for o in state.objections.values()].count("open") == 1
    assert list(state.rounds["need"].stances) == ["teachers-1"]


def test_a_seat_that_ends_while_it_speaks_has_spoken_or_not(town: Town, at_once: AtOnce) -> None:
    process = at_checkpoint(town)
    stance = town.speaking(process, "teachers-1")
    ending = EndSeat(seat="teachers-1", last=START.replace(month=1, day=31), reason=Private("Muutti"))

    told = at_once(Act("teachers-1", stance, process), Act("administrator", ending, None))

    assert told[1] == "done"
    assert told[0] in ("done", "Refused", "NotAuthorised")
    assert town.state(process).rounds["need"].seats["teachers-1"].left


# --- people -------------------------------------------------------------------------------------------------------


def test_of_two_coordinators_handing_over_the_second_is_not_one_any_more(town: Town, either_at_once: AtOnce) -> None:
    process = town.create()

    told = either_at_once(*(Act("coordinator", HandOver(to=to), process) for to in ("owner", "preparer")))

    assert sorted(told) == ["NotAuthorised", "done"]
    taken_over = ("owner", "preparer")[told.index("done")]
    assert town.state(process).coordinator == taken_over
    assert counted(town, process)["CoordinatorChanged"] == 1


def test_nobody_is_added_twice(town: Town, at_once: AtOnce) -> None:
    told = at_once(*[Act("administrator", AddPerson(person="new", name=Private(n)), None) for n in ("Yksi", "Kaksi")])

    assert sorted(told)[1] == "done"
    assert sorted(told)[0] in ("NotValid", "Refused")


def test_what_two_cover_at_once_is_covered_once(town: Town, at_once: AtOnce) -> None:
    process = at_checkpoint(town)
    reason = town.say(process, "teachers-1", StanceKind.OBJECT, "Nimeni mainittiin").events[0].event.reason
    covering = Act("administrator", Redact(commitments=(reason,), ground="Tietosuoja-asetus 17 artikla"), process)

    told = at_once(covering, covering)

    assert "done" in told
    with town.engine.database.reading() as session:
        assert session.all("select 1 from personal where commitment = :c", {"c": reason}) == []


def test_different_processes_do_not_get_in_each_others_way(town: Town, at_once: AtOnce) -> None:
    processes = [at_checkpoint(town, accepted_by=2) for _ in range(4)]

    told = at_once(*(Act("preparer", town.passing_of(town.state(process)), process) for process in processes))

    assert told == ["done"] * 4
