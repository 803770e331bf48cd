"""Whoever watches the machines sees which parts live and what waits, and nothing of people or matters."""

import datetime as dt

from town import Town

from models.outgoing.health import health, pulse
from models.outgoing.heartbeat import READY, TICK, WAITS, WORKER, beat, forget, workers_ready
from models.release import RELEASE
from models.storage.database import Database


def lives(town: Town, *parts: tuple[str, str | None]) -> None:
    with town.engine.database.transaction() as session:
        for part, note in parts:
            beat(session, part, town.clock(), note)


def test_an_installation_whose_parts_live_is_healthy(town: Town) -> None:
    lives(town, ("clock", None), ("courier", READY))
    town.clock.forward(seconds=20)

    found = health(town.engine.database, town.clock(), town.clock())

    assert found.healthy and found.engine_room and found.trouble == ()
    assert (found.clock_seconds, found.courier_seconds, found.release) == (20.0, 20.0, RELEASE)


def test_a_silent_part_is_named_with_how_long_it_has_been_silent(town: Town) -> None:
    lives(town, ("clock", None))
    town.clock.forward(minutes=5)

    found = health(town.engine.database, town.clock(), town.clock())

    assert not found.healthy
    assert found.trouble == ("The clock last ran 300 seconds ago.", "No courier has ever run here.")


def test_a_clock_that_lives_and_no_longer_looks_what_is_due_is_told_of(town: Town) -> None:
    lives(town, (TICK, None))
    town.clock.forward(minutes=12)
    lives(town, ("clock", None), ("courier", READY))

    found = health(town.engine.database, town.clock(), town.clock())

    assert found.trouble == ("The clock lives, but last looked what is due 12 minutes ago.",)


def test_what_was_given_up_is_told_of(town: Town) -> None:
    town.to_checkpoint(town.create())
    lives(town, ("clock", None), ("courier", READY))
    with town.engine.database.transaction() as session:
        session.run("update outbox set state = 'failed' where kind = 'phase'")

    found = health(town.engine.database, town.clock(), town.clock())

    told = f"Given up after ten attempts: {found.failed}; etappi status says what, etappi retry tries again."
    assert found.failed and found.trouble == (told,)


def test_what_has_waited_long_is_told_with_why(town: Town) -> None:
    town.to_checkpoint(town.create())
    town.clock.forward(minutes=30)
    lives(town, ("clock", None), ("courier", WAITS))

    found = health(town.engine.database, town.clock(), town.clock())

    assert found.trouble == ("Something has waited for 30 minutes to be carried out; the engine room does not answer.",)
    assert found.failed == 0


def test_parts_live_by_the_machines_clock_and_effects_wait_by_the_installations(town: Town) -> None:
    machine = town.clock() - dt.timedelta(days=900)  # as of an installation that shows another time
    with town.engine.database.transaction() as session:
        for part in ("clock", "courier", WORKER + "one"):
            beat(session, part, machine - dt.timedelta(seconds=20), READY)

    well = health(town.engine.database, town.clock(), machine)
    town.to_checkpoint(town.create())
    town.clock.forward(minutes=30)
    waiting = health(town.engine.database, town.clock(), machine)

    assert well.healthy and (well.clock_seconds, well.courier_seconds) == (20.0, 20.0)
    assert waiting.trouble == ("Something has waited for 30 minutes to be carried out.",)
    with town.engine.database.reading() as session:
        assert pulse(session, town.clock(), machine).workers == 1


def test_a_database_that_does_not_answer_is_told_of_and_not_raised(town: Town) -> None:
    away = Database("postgresql://etappi@/etappi?host=/nowhere")

    found = health(away, town.clock(), town.clock())

    assert not found.healthy and not found.database
    assert found.trouble == ("The database does not answer.",)


def test_workers_count_together_and_only_those_that_can_carry_something_out(town: Town) -> None:
    lives(town, (WORKER + "gone", READY))
    town.clock.forward(minutes=1)
    lives(town, (WORKER + "one", READY), (WORKER + "two", READY), (WORKER + "three", WAITS))

    with town.engine.database.transaction() as session:
        found = pulse(session, town.clock(), town.clock())
        assert (workers_ready(session, town.clock()), found.workers, found.ages) == (2, 2, {"worker": 0.0})
        town.clock.forward(days=1)
        forget(session, town.clock())
        assert session.all("select part from heartbeat where part like 'worker:%' order by part") == [
            ("worker:one",),
            ("worker:three",),
            ("worker:two",),
        ]


def test_effects_processes_and_reminders_nobody_took_up_are_counted(town: Town) -> None:
    process = town.create()
    town.to_checkpoint(process)
    town.clock.forward(days=60)

    with town.engine.database.reading() as session:
        found = pulse(session, town.clock(), town.clock())

    assert found.processes == {"running": 1}
    assert found.overdue > 0
    assert set(found.effects) == {("notify", "owed"), ("papers", "owed"), ("phase", "owed")}
