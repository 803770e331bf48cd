"""What a closed process keeps no longer is gone on its day: drafts and the log of messages, nothing of the record."""

import datetime as dt
import json

import pytest
from chronicle import TOWN
from stories import Copy

from models.commands import Destroy
from models.errors import Refused
from models.proof.verify import verify
from models.storage.retention import months_later

NOTE = """
    insert into message_log (municipality_id, process_id, person, channel, subject, outcome, at)
    select municipality_id, id, 'owner', 'mail', 'opened', 'sent', '2027-01-01T00:00:00.000000Z' from process_head"""
LEFT = """
    select h.key, (select count(*) from draft d where d.process_id = h.id),
        (select count(*) from file_use u where u.process_id = h.id and u.used_in like 'draft/%'),
        (select count(*) from message_log l where l.process_id = h.id)
    from process_head h"""
CLOSED_AT = "select max(at) from event where type = 'ProcessClosed'"


def left(story: Copy) -> dict[str, tuple[bool, bool, bool]]:
    """By process: whether it still has drafts, files of drafts and messages."""
    with story.database.reading() as session:
        return {key: (bool(drafts), bool(uses), bool(told)) for key, drafts, uses, told in session.all(LEFT, {})}


def after(story: Copy, months: int, days: int = 0) -> None:
    """The clock has gone round on that day after the closing."""
    with story.database.reading() as session:
        (closed,) = session.one(CLOSED_AT, {})
    now = dt.datetime.fromisoformat(closed)
    day = months_later(now.date(), months) + dt.timedelta(days=days)
    story.town.clock.now = now.replace(year=day.year, month=day.month, day=day.day)
    story.town.engine.destroy_over()


def destroyed(story: Copy) -> list[tuple[str, str]]:
    """What the records say was destroyed, and by whom."""
    with story.database.reading() as session:
        found = session.all("select body from event where type = 'DataDestroyed' order by process_id, seq")
    read = [json.loads(body) for (body,) in found]
    return [(",".join(one["data"]["data"]), one["by"]["person"]) for one in read]


def test_a_closed_process_loses_its_drafts_and_messages_each_on_its_day(story: Copy) -> None:
    with story.database.transaction() as session:
        session.run(NOTE, {})
    before = left(story)
    closed = story.told.stopped
    assert before[closed] == (True, True, True)
    after(story, 6, days=-2)
    assert left(story) == before
    after(story, 6, days=1)
    assert left(story) == {**before, closed: (False, False, True)}
    after(story, 12, days=1)
    assert left(story) == {**before, closed: (False, False, False)}
    assert destroyed(story) == [("drafts", "clock"), ("messages", "clock")]
    assert verify(story.database, story.files).holds


def test_who_destroys_by_hand_stands_in_the_record_and_the_clock_comes_too_late(story: Copy) -> None:
    closed = story.told.stopped
    after(story, 6, days=-2)
    both = Destroy(data=("drafts", "messages"))
    with pytest.raises(Refused, match="Nothing is over"):
        story.town.engine.handle(TOWN, both, "administrator", process=closed)
    story.town.later(days=3)
    story.town.engine.handle(TOWN, both, "administrator", process=closed)
    after(story, 6, days=2)
    assert left(story)[closed][:2] == (False, False)
    assert destroyed(story) == [("drafts", "administrator")]
    assert verify(story.database, story.files).holds


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2027-08-31", 6, "2028-02-29"),
        ("2027-12-15", 1, "2028-01-15"),
        ("2027-01-31", 12, "2028-01-31"),
        ("2027-05-05", 0, "2027-05-05"),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last_one(day: str, months: int, later: str) -> None:
    assert months_later(dt.date.fromisoformat(day), months).isoformat() == later
