"""Opening a message's link changes nothing, however often mail programs and people do it."""

from visiting import Pages

from models.outgoing.link_keys import link_keys
from models.outgoing.links import Link, good_until, link_token

GETS = 100
BESIDE = ("session", "attempt", "heartbeat")  # who looks at pages, and which parts live: no act


def everything(pages: Pages) -> dict[str, list[tuple[object, ...]]]:
    """All that stands in the database but the signs of looking."""
    with pages.installation.database.reading() as session:
        tables = [row[0] for row in session.all("select name from sqlite_master where type = 'table' order by name")]
        kept = [table for table in tables if table not in BESIDE and not table.startswith("sqlite_")]
        return {table: sorted(session.all(f"select * from {table}"), key=str) for table in kept}


def test_a_hundred_openings_of_a_link_change_nothing(closed_pages: Pages) -> None:
    there = closed_pages.installation
    link = Link(
        municipality="kemijarvi",
        person="rehtori",
        process="kemijarvi-2030",
        about="checkpoint:tuottamistapa",
        until=good_until(there.engine.clock()),
    )
    path = f"/o/{link_token(link_keys(there.settings), link)}"
    visit = closed_pages.anybody()
    before = everything(closed_pages)

    answers = {visit.get(path).status_code for _ in range(GETS)}
    answers |= {visit.get("/o").status_code, visit.get(f"{path}x").status_code}

    assert 200 in answers
    assert 500 not in answers
    assert everything(closed_pages) == before
