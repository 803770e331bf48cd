"""Whoever watches the machines is told how they do, by the pages, without signing in and without a word of anybody."""

import re

from visiting import Pages

from models.machine_clock import clock_of_the_machine
from models.outgoing.heartbeat import READY, beat
from models.release import RELEASE


def lives(pages: Pages) -> None:
    """The parts live, and have carried out what the story owed."""
    with pages.installation.database.transaction() as session:
        beat(session, "clock", clock_of_the_machine())
        beat(session, "courier", clock_of_the_machine(), READY)
        session.run("update outbox set state = 'done'")


def test_health_says_whether_somebody_should_look_and_where(closed_pages: Pages):
    silent = closed_pages.anybody().get("/health")
    assert silent.status_code == 503
    assert silent.json()["trouble"][0].startswith(("The clock last ran", "No clock has ever run"))

    lives(closed_pages)
    well = closed_pages.anybody().get("/health")

    assert well.status_code == 200
    assert well.headers["content-type"] == "application/json"
    told = well.json()
    assert set(told) == {
        "format", "healthy", "trouble", "database", "clock_seconds", "courier_seconds", "engine_room",
        "waited_seconds", "failed", "release",
    }  # fmt: skip
    assert (told["healthy"], told["database"], told["engine_room"], told["release"]) == (True, True, True, RELEASE)
    assert told["clock_seconds"] < 45


def test_metrics_are_counts_ages_and_states_and_nothing_of_anybody(closed_pages: Pages):
    lives(closed_pages)

    found = closed_pages.anybody().get("/metrics")

    assert found.status_code == 200
    assert found.headers["content-type"].startswith("text/plain")
    lines = [line for line in found.text.splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r'etappi_[a-z_]+(\{([a-z]+="[a-z_0-9.]+",?)+\})? [0-9.e+-]+', line) for line in lines), (
        lines
    )
    assert 'etappi_silent_seconds{part="clock"}' in found.text
    assert "etappi_database_answers 1.0" in lines
    with closed_pages.installation.database.reading() as session:
        names = [row[0] for row in session.all("select person from person")]
    assert names and not any(name in found.text for name in names)
