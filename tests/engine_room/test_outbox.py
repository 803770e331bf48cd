"""What is owed is taken up by one courier at a time, tried again after pauses, and given up after ten attempts."""

import asyncio
import datetime as dt
import threading
from collections.abc import Iterable

import pytest

from models.outgoing import outbox
from models.outgoing.outbox import Held, Leased
from models.record import instant_text
from models.storage.database import Database

NOW = dt.datetime(2027, 2, 1, 7, 0, tzinfo=dt.UTC)
MUNICIPALITY = "insert into municipality (id, seq) values (:id, 0)"
OWE = """
    insert into outbox (municipality_id, key, kind, payload, state, attempt, not_before, created_at)
    values (:municipality, :key, :kind, '{}', 'owed', 0, :at, :at)"""


def owe(database: Database, keys: Iterable[str], kind: str = "phase", municipality: str = "kyla") -> None:
    with database.transaction() as session:
        if session.one("select 1 from municipality where id = :id", {"id": municipality}) is None:
            session.run(MUNICIPALITY, {"id": municipality})
        for key in keys:
            named = {"municipality": municipality, "key": key, "kind": kind}
            session.run(OWE, {**named, "at": instant_text(NOW)})


def lease(database: Database, now: dt.datetime = NOW, limit: int = 10, kind: str = "phase") -> list[Leased]:
    with database.transaction() as session:
        return outbox.lease(session, kind, limit, now, 60)


def fail(database: Database, one: Leased, now: dt.datetime, why: str = "no") -> str | None:
    with database.transaction() as session:
        return outbox.fail(session, one, why, now)


def after(seconds: float) -> dt.datetime:
    return NOW + dt.timedelta(seconds=seconds)


def states(database: Database) -> list[tuple[str, int]]:
    with database.reading() as session:
        return [(row[0], row[1]) for row in session.all("select state, attempt from outbox order by id")]


def test_an_effect_is_leased_once_until_the_lease_runs_out(database: Database) -> None:
    owe(database, ["a"])

    (first,) = lease(database)

    assert (first.key, first.attempt, first.run) == ("a", 1, "kyla:a:1")
    assert lease(database, after(59)) == []
    (again,) = lease(database, after(60))
    assert (again.attempt, again.run) == (2, "kyla:a:2")


def test_a_renewed_lease_runs_on_and_a_lost_one_cannot_be_renewed(database: Database) -> None:
    owe(database, ["a"])
    (first,) = lease(database)

    with database.transaction() as session:
        outbox.renew(session, [first], after(50), 60)
    assert lease(database, after(100)) == []
    (second,) = lease(database, after(110))
    with database.transaction() as session:
        outbox.renew(session, [first], after(160), 600)

    assert [one.attempt for one in lease(database, after(170))] == [second.attempt + 1]


def test_an_attempt_that_failed_is_followed_by_another_after_a_pause_that_grows(database: Database) -> None:
    owe(database, ["a"])
    now, waited = NOW, []

    for _ in range(outbox.ATTEMPTS - 1):
        (one,) = lease(database, now)
        assert fail(database, one, now) == "no"
        pause = outbox.PAUSES[one.attempt - 1]
        assert not pause or lease(database, now + dt.timedelta(seconds=pause - 1)) == []
        now += dt.timedelta(seconds=pause)
        waited.append(pause)

    assert waited == sorted(waited)
    assert states(database) == [("owed", 9)]


def test_after_ten_attempts_it_is_shown_to_the_operator_who_can_have_it_tried_again(database: Database) -> None:
    owe(database, ["a"])
    for day in range(outbox.ATTEMPTS):
        now = NOW + dt.timedelta(days=day)
        (one,) = lease(database, now)
        fail(database, one, now, f"reason {day}")

    assert states(database) == [("failed", 10)]
    later = NOW + dt.timedelta(days=30)
    assert lease(database, later) == []
    with database.reading() as session:
        (failed,) = outbox.overview(session, later).failed
    assert (failed.key, failed.attempts, failed.error) == ("a", 10, "reason 9")
    with database.transaction() as session:
        assert outbox.again(session, later) == 1
    (eleventh,) = lease(database, later)
    assert eleventh.run == "kyla:a:11"


def test_a_tenth_attempt_of_which_nothing_is_heard_is_given_up(database: Database) -> None:
    owe(database, ["a"])
    for minute in range(outbox.ATTEMPTS):
        assert len(lease(database, NOW + dt.timedelta(minutes=minute))) == 1

    assert lease(database, NOW + dt.timedelta(minutes=10)) == []

    assert states(database) == [("failed", 10)]


def test_what_the_effect_itself_noted_is_the_reason_that_stands(database: Database) -> None:
    owe(database, ["a"])
    (one,) = lease(database)
    with database.transaction() as session:
        outbox.note(session, one.id, "the stored text is not the one that was locked")

    assert fail(database, one, NOW, "the run ended as Failed") == "the stored text is not the one that was locked"


def test_an_effect_that_is_done_is_never_tried_again_whatever_became_of_its_run(database: Database) -> None:
    owe(database, ["a"])
    (one,) = lease(database)
    with database.transaction() as session:
        assert outbox.done(session, one.id)
        assert not outbox.done(session, one.id)

    assert fail(database, one, NOW) is None

    assert states(database) == [("done", 1)]
    assert lease(database, NOW + dt.timedelta(days=1)) == []


def test_a_late_word_of_a_lost_attempt_does_not_end_the_next_one(database: Database) -> None:
    owe(database, ["a"])
    (first,) = lease(database)
    (second,) = lease(database, after(60))

    assert fail(database, first, after(61)) is None

    assert states(database) == [("leased", second.attempt)]


def take_up(database: Database, held: Iterable[Leased], now: dt.datetime) -> bool:
    with database.transaction() as session:
        return outbox.take_up(session, [Held(one.id, one.attempt) for one in held], now, 60)


def test_what_is_taken_up_later_is_still_the_same_attempts_and_its_leases_run_on(database: Database) -> None:
    owe(database, ["a", "b"])
    held = lease(database)
    with database.transaction() as session:
        outbox.done(session, held[0].id)

    assert take_up(database, held, after(70)), "nobody else has, and what is done is no hindrance"

    assert lease(database, after(120)) == []
    assert not take_up(database, [], after(120))


def test_of_what_was_overtaken_in_part_nothing_is_carried_out_and_the_rest_is_owed_again(database: Database) -> None:
    owe(database, ["a", "b"])
    held = lease(database)
    (other,) = lease(database, after(60), limit=1)

    assert not take_up(database, held, after(61))

    assert states(database) == [("leased", other.attempt), ("owed", 1)]
    assert not take_up(database, held, after(61)), "nor is what has been given up"


def test_who_holds_an_attempt_learns_that_another_has_begun(database: Database) -> None:
    owe(database, ["a", "b"])
    held = lease(database)
    with database.transaction() as session:
        outbox.postpone(session, held[0].id, after(600))
        outbox.done(session, held[1].id)
        assert not outbox.overtaken(session, held)

    lease(database, after(600))

    with database.reading() as session:
        assert outbox.overtaken(session, held)


def test_what_was_owed_first_is_taken_up_first_and_no_more_than_asked_for(database: Database) -> None:
    owe(database, ["a", "b", "c"])
    owe(database, ["m"], kind="message")

    assert [one.key for one in lease(database, limit=2)] == ["a", "b"]
    assert [one.key for one in lease(database, limit=2)] == ["c"]


def test_couriers_that_lease_at_the_same_time_never_get_the_same(database: Database) -> None:
    owe(database, [f"e{number}" for number in range(60)])
    taken: list[str] = []
    together = threading.Barrier(4)

    def take() -> None:
        together.wait()
        while found := lease(database, limit=3):
            taken.extend(one.key for one in found)

    couriers = [threading.Thread(target=take) for _ in range(4)]
    for courier in couriers:
        courier.start()
    for courier in couriers:
        courier.join()

    assert sorted(taken) == sorted(f"e{number}" for number in range(60))


def test_the_same_effect_is_not_owed_twice_but_each_municipality_has_its_own(database: Database) -> None:
    owe(database, ["a"])
    owe(database, ["a"], municipality="muu")

    assert {one.run for one in lease(database)} == {"kyla:a:1", "muu:a:1"}
    with pytest.raises(database.driver.errors):
        owe(database, ["a"])


def test_what_waits_is_found_by_its_index_and_what_is_done_is_forgotten_in_time(sqlite_database: Database) -> None:
    owe(sqlite_database, ["a"])
    (one,) = lease(sqlite_database)
    with sqlite_database.transaction() as session:
        outbox.done(session, one.id)
    with sqlite_database.reading() as session:
        values = {"now": "", "by": "", "kind": "", "limit": 1, "until": "", "why": ""}
        for statement in (outbox.DUE, outbox.LEASE, outbox.GIVE_UP, outbox.OLDEST):
            steps = " ".join(str(row[3]) for row in session.all(f"explain query plan {statement}", values))
            assert "ix_outbox_waiting" in steps, (statement, steps)

    with sqlite_database.transaction() as session:
        outbox.tidy(session, NOW + outbox.KEPT)
    assert states(sqlite_database) == [("done", 1)]
    with sqlite_database.transaction() as session:
        outbox.tidy(session, NOW + outbox.KEPT + dt.timedelta(seconds=1))
    assert states(sqlite_database) == []


# --- a call to the workers ----------------------------------------------------------------------------------------


def test_a_call_is_heard_once_it_is_committed(database: Database) -> None:
    def call() -> None:
        with database.transaction() as session:
            outbox.call_workers(session)

    async def heard() -> int:
        calls, count = database.driver.calls(), 0
        async for _ in calls:
            count += 1  # the first says that somebody listens
            if count == 3:
                await calls.aclose()  # type: ignore[attr-defined]
                break
            await asyncio.to_thread(call)
        return count

    assert asyncio.run(heard()) == (3 if database.driver.name == "postgresql" else 0)
