"""Whatever is changed in the record, or in what is made from it, is found and named by where it is."""

import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from stories import Copy
from tampering import add, behind_its_back, change, columns_of, key_of, remove, rows_of, table_of, unguarded

from models.canonical import canonical, sha256
from models.events import EVENTS
from models.municipality.events import MUNICIPALITY_EVENTS
from models.proof.rebuild import rebuild
from models.proof.verified import Verified
from models.proof.verify import verify, verify_in
from models.storage.database import Session
from models.storage.table_kinds import METADATA

SEED = 20270201
OF_EACH = 3  # values changed of each column
CHANGES = 500  # at least, of values alone; rows and events removed, added, moved and cut come on top

OUTSIDE = {
    "outbox": "effects owed are carried out and done",
    "message": "messages are outside the record",
    "message_item": "messages are outside the record",
    "message_choice": "a personal setting",
    "snooze": "a personal setting",
    "calendar_feed": "a personal setting",
    "new_process": "what is answered of a process that is not created yet",
    "message_log": "the log of messages is a record of its own kind",
    "heartbeat": "signs of life",
    "release": "which release the installation is of",
    "draft": "drafts change until they are submitted",
    "draft_before": "what drafts held before",
    "session": "signing in is outside the record",
    "sign_in_link": "signing in is outside the record",
    "second_factor": "signing in is outside the record",
    "recovery_code": "signing in is outside the record",
    "attempt": "signing in is outside the record",
}
"""Tables that are neither the record's nor made from it."""

GUARDED = {("reminder", "state")}
"""Columns that a constraint of the database ties to another one: alone they cannot be changed."""

NOTES = {
    ("event", "id"): "a number of the database's own",
    ("anchor", "id"): "a number of the database's own",
    ("anchor", "place"): "where an anchor went, in words",
    ("anchor", "at"): "when an anchor went",
    ("definition", "loaded_at"): "when the row was written; the event says when it was taken into use",
    ("file", "seen_at"): "when the file was last taken in, for sweeping",
    ("process_head", "wakes_at"): "sooner than a reminder it does no harm; what does is found, as is tried below",
}
"""Columns of the others that say nothing of the record."""

PLACES = {
    "municipality": r"^(testila|naapurila)|^event$",
    "process_head": r"event \d+$|^pitka\S*$|^process$|^event$",
    "person": r"^person",
    "personal": r"^personal",
    "definition": r"^definition",
    "stored_text": r"^stored",
    "file": r"^file",
    "file_use": r"^file",
    "anchor": r"event \d+$|:|^anchor$",
}
"""What a finding about a table's rows says of where; of tables made from a process's events, process and table."""

TAMPERED = sorted(set(METADATA.tables) - set(OUTSIDE))
COLUMNS = [(table, column) for table in TAMPERED for column in columns_of(table) if (table, column) not in NOTES]


def place_of(table: str, row: dict[str, Any]) -> str:
    if table == "event":
        near = "|".join(str(row["seq"] + n) for n in (-1, 0, 1))
        return rf"^(testila|naapurila|pitka\S*), event ({near})$|^event$"
    return PLACES.get(table, rf"^pitka\S*, {table}\b|^{table}$")


class Attempts:
    """Changes tried one by one, and those that nobody noticed."""

    def __init__(self, story: Copy) -> None:
        self.story = story
        self.kind = story.database.driver.name
        self.random = random.Random(SEED)
        self.tried = 0
        self.unnoticed: list[str] = []

    def rows(self, table: str) -> list[dict[str, Any]]:
        with behind_its_back(self.story.database) as session:
            return rows_of(session, table)

    def chosen(self, table: str, number: int) -> list[dict[str, Any]]:
        rows = self.rows(table)
        return self.random.sample(rows, min(number, len(rows)))

    def attempt(
        self, what: str, where: str, does: Callable[[Session], bool | None], anchors: tuple[str, ...] = ()
    ) -> bool:
        """Whether the database let it be done; then it has to be found there."""
        with behind_its_back(self.story.database) as session:
            with unguarded(session, self.kind):
                if does(session) is False:
                    return False
            told = verify_in(session, self.kind, self.story.files, anchors=anchors)
        self.tried += 1
        if not any(re.search(where, finding.place) for finding in told.findings):
            self.unnoticed.append(f"{what}: {[f.place for f in told.findings][:3]}")
        return True


@pytest.fixture
def attempts(story: Copy) -> Iterator[Attempts]:
    made = Attempts(story)
    yield made
    assert made.tried > 0
    assert not made.unnoticed, "\n".join([f"{len(made.unnoticed)} of {made.tried} were not found:", *made.unnoticed])


def found(told: Verified) -> list[str]:
    return [f"{finding.place}: {finding.what}" for finding in told.findings]


# --- the story itself ---------------------------------------------------------------------------------------------


MONTHS_LATER = {"DataDestroyed"}
"""What happens only when the story has long been over: test_retention.py tells of it, and verifies after it."""


def test_the_story_has_every_kind_of_event_and_rows_in_every_table(story: Copy) -> None:
    with story.database.reading() as session:
        types = {row[0] for row in session.all("select distinct type from event")}
        empty = [table for table in TAMPERED if not session.all(f"select 1 from {table} limit 1")]
    assert types == (set(EVENTS) | set(MUNICIPALITY_EVENTS)) - MONTHS_LATER
    assert empty == []


def test_the_untouched_story_holds_and_says_what_was_redacted(story: Copy) -> None:
    told = verify(story.database, story.files, anchors=story.heads)
    assert found(told) == []
    assert (told.records, told.packages, told.redacted, told.redacted_files) == (5, 4, 3, 2)
    assert told.anchors == 1 + len(story.heads)
    assert {f"{record.rpartition('/')[2]}:{head}" for record, head in told.heads.items()} == set(story.heads)


# --- values, rows -------------------------------------------------------------------------------------------------


def others(rng: random.Random, table: str, column: str, value: Any, rows: list[dict[str, Any]]) -> list[Any]:
    """Other values for a column, in an order of chance: changed a little, another row's, none."""
    kind = table_of(table).columns[column]
    if (table, column) == ("file", "media"):
        return ["application/pdf"]  # one kind of text is as good as another: only its name tells them apart
    found: list[Any] = [row[column] for row in rows if row[column] != value][:3]
    if isinstance(value, bool):
        found.append(not value)
    elif isinstance(value, int):
        found += [value + 1, value + 1000] + ([1 - value] if value in (0, 1) else [])
    elif isinstance(value, str):
        at = rng.randrange(len(value)) if value else 0
        found += [value[:at] + rng.choice("0123456789abcxyz") + value[at + 1 :], value + " ", value[:-1]]
    elif kind.type.python_type is int:
        found.append(7)
    else:
        found.append("nobody")
    if kind.nullable and value is not None:
        found.append(None)
    rng.shuffle(found)
    return [other for other in found if other != value]


def test_every_changed_value_is_found(attempts: Attempts) -> None:
    for table, column in COLUMNS:
        rows = attempts.rows(table)
        done = 0
        for row in attempts.random.sample(rows, len(rows)):
            for other in others(attempts.random, table, column, row[column], rows):
                what = f"{table}.{column} of {[row[name] for name in key_of(table)]} made {str(other)[:60]!r}"
                does = lambda session, r=row, o=other: change(session, table, r, column, o)  # noqa: B023, E731
                if attempts.attempt(what, place_of(table, row), does):
                    done += 1
                    break
            if done == OF_EACH:
                break
        assert bool(done) != ((table, column) in GUARDED), f"{table}.{column}"
    sys.stdout.write(f"{attempts.tried} changed values\n")
    assert attempts.tried >= CHANGES


def test_a_clock_that_would_come_too_late_is_found(attempts: Attempts) -> None:
    with behind_its_back(attempts.story.database) as session:
        planned = "select distinct process_id from reminder where state = 'planned'"
        reminding = {row[0] for row in session.all(planned)}
    for row in attempts.rows("process_head"):
        for later in (None, "2099-01-01T00:00:00.000000Z") if row["id"] in reminding else ():
            what = f"process_head.wakes_at of {row['key']} made {later}"
            does = lambda session, r=row, o=later: change(session, "process_head", r, "wakes_at", o)  # noqa: E731
            attempts.attempt(what, rf"^{row['key']}, process_head$", does)


def test_every_removed_row_is_found(attempts: Attempts) -> None:
    for table in TAMPERED:
        if table == "anchor":
            continue  # an anchor counts because it has left the house; the copy kept here is a help
        for row in attempts.chosen(table, 3):
            what = f"{table} {[row[name] for name in key_of(table)]} removed"
            attempts.attempt(what, place_of(table, row), lambda session, t=table, r=row: remove(session, t, r))
    assert attempts.tried >= 40


def test_every_added_row_is_found(attempts: Attempts) -> None:
    for table in TAMPERED:
        if table == "anchor":
            continue  # one more anchor that says the same says nothing else
        rows = attempts.rows(table)
        for row in attempts.random.sample(rows, min(1, len(rows))):
            for column in key_of(table):
                other = row[column] + (1000 if isinstance(row[column], int) else "x")
                made = {**row, column: other}
                what = f"{table} {[made[name] for name in key_of(table)]} added"
                attempts.attempt(what, place_of(table, row), lambda session, t=table, m=made: add(session, t, m))
    assert attempts.tried >= 40


# --- events -------------------------------------------------------------------------------------------------------

LAST = "select max(seq) from event where process_id = :process"
MOVE = "update event set seq = :to where process_id = :process and seq = :seq"
CUT = "delete from event where process_id = :process and seq > :seq"
MEND = """
    update process_head set seq = :seq,
        hash = (select hash from event where process_id = process_head.id and seq = :seq),
        at = (select at from event where process_id = process_head.id and seq = :seq)
    where id = :process"""
CUT_OWN = "delete from event where municipality_id = 'testila' and process_id is null and seq > :seq"
MEND_OWN = """
    update municipality set seq = :seq,
        hash = (select hash from event where municipality_id = municipality.id and process_id is null and seq = :seq),
        at = (select at from event where municipality_id = municipality.id and process_id is null and seq = :seq)
    where id = 'testila'"""


def processes(attempts: Attempts) -> list[tuple[int, str, int]]:
    """Each process: its number, its name and how many events it has."""
    return [(row["id"], row["key"], row["seq"]) for row in attempts.rows("process_head")]


def test_events_that_change_places_are_found(attempts: Attempts) -> None:
    for id_, key, length in processes(attempts):
        for seq in attempts.random.sample(range(1, length), 4):

            def swap(session: Session, id_: int = id_, seq: int = seq) -> None:
                for one, other in ((seq, -1), (seq + 1, seq), (-1, seq + 1)):
                    session.run(MOVE, {"process": id_, "seq": one, "to": other})

            where = rf"^{key}, event ({seq}|{seq + 1})$"
            attempts.attempt(f"{key}: {seq} and {seq + 1} swapped", where, swap)


def test_an_inserted_event_is_found_also_with_a_new_chain_behind_it(attempts: Attempts) -> None:
    """An event too many with the whole chain and the head made anew: the rows made from the record tell."""
    for id_, key, length in processes(attempts):
        for seq in (1, length):
            row = next(row for row in attempts.rows("event") if (row["process_id"], row["seq"]) == (id_, seq))
            again = {**row, "id": 10_000, "seq": length + 1}
            where = rf"^{key}, event {length + 1}$"
            attempts.attempt(f"{key}: {seq} again at the end", where, lambda s, r=again: add(s, "event", r))

        def insert(session: Session, id_: int = id_, length: int = length) -> None:
            append_chained(session, id_, length, {"type": "ProcessHeld", "data": {"reason": "c1:" + "0" * 64}})

        attempts.attempt(f"{key}: a chained event at the end", rf"^{key}, process|^personal value 0", insert)


def append_chained(session: Session, process: int, length: int, fields: dict[str, Any]) -> None:
    """One more event, well chained, and the head moved to it."""
    columns = columns_of("event")
    (last,) = session.all(
        f"select {', '.join(columns)} from event where process_id = :process and seq = :seq",
        {"process": process, "seq": length},
    )
    row = dict(zip(columns, last, strict=True))
    body = canonical(json.loads(row["body"]) | {"prev": row["hash"], "seq": length + 1, "version": 1} | fields)
    row |= {"id": 10_000, "seq": length + 1, "type": fields["type"], "hash": sha256(body), "body": body}
    assert add(session, "event", row)
    session.run(MEND, {"process": process, "seq": length + 1})


def test_a_record_cut_short_is_found(attempts: Attempts) -> None:
    for id_, key, length in processes(attempts):
        for cut in attempts.random.sample(range(1, length), 4):
            seq = length - cut
            where = rf"^{key}, event {seq}$"
            cuts = lambda s, p=id_, q=seq: s.run(CUT, {"process": p, "seq": q})  # noqa: E731
            attempts.attempt(f"{key}: cut after {seq}", where, cuts)


def test_a_record_cut_short_with_its_head_mended_is_found_by_what_was_made_from_it(attempts: Attempts) -> None:
    for id_, key, length in processes(attempts):
        for cut in attempts.random.sample(range(1, length), 5):
            seq = length - cut

            def cuts(session: Session, id_: int = id_, seq: int = seq) -> None:
                session.run(CUT, {"process": id_, "seq": seq})
                session.run(MEND, {"process": id_, "seq": seq})

            attempts.attempt(f"{key}: cut after {seq}, head mended", rf"^{key}, \S+|^personal|^file", cuts)


def test_a_municipality_cut_short_is_found_where_nothing_was_made_from_it_by_an_anchor(attempts: Attempts) -> None:
    (length,) = [row["seq"] for row in attempts.rows("municipality") if row["id"] == "testila"]
    for cut in (1, 2, 5, 9):
        seq = length - cut

        def cuts(session: Session, seq: int = seq, mend: bool = False) -> None:
            session.run(CUT_OWN, {"seq": seq})
            session.run(MEND_OWN if mend else "select 1", {"seq": seq})

        attempts.attempt(f"testila: cut after {seq}", rf"^testila, event {seq}$", cuts)
        anchors, where = attempts.story.heads, rf"^testila, event {length}$"
        attempts.attempt(f"testila: cut after {seq}, mended", where, lambda s, c=cuts: c(s, mend=True), anchors)


def test_guards_that_were_taken_away_are_missed(story: Copy) -> None:
    kind = story.database.driver.name
    names = {"sqlite": "event_no_update", "postgresql": "event_no_change"}
    with behind_its_back(story.database) as session:
        session.run(f"drop trigger {names[kind]}" + ("" if kind == "sqlite" else " on event"))
        told = verify_in(session, kind, story.files)
    assert [finding.place for finding in told.findings] == ["event"]
    assert names[kind] in told.findings[0].what


# --- files --------------------------------------------------------------------------------------------------------


def test_every_damaged_file_is_found(story: Copy) -> None:
    rng = random.Random(SEED)
    for file in sorted(story.files.folder.glob("??/*")):
        content = file.read_bytes()
        at = rng.randrange(len(content))
        flipped = content[:at] + bytes([content[at] ^ 1 << rng.randrange(8)]) + content[at + 1 :]
        for damaged in rng.sample((flipped, content[:-1], content + b" ", None), 2):
            file.unlink()
            if damaged is not None:
                file.write_bytes(damaged)
            with story.database.reading() as session:
                told = verify_in(session, story.database.driver.name, story.files)
            assert [finding.place for finding in told.findings] == [f"file {file.name[:12]}"], damaged
            file.unlink(missing_ok=True)
            file.write_bytes(content)
    assert verify(story.database, story.files).holds


# --- anchors ------------------------------------------------------------------------------------------------------


def test_a_record_rewritten_with_all_that_is_made_from_it_is_found_by_an_anchor_alone(story: Copy) -> None:
    """What the seal proves, said honestly: without a hash that has left the house, this holds."""
    key, kind = story.told.going_on, story.database.driver.name
    with behind_its_back(story.database) as session, unguarded(session, kind):
        process, length = session.all("select id, seq from process_head where key = :key", {"key": key})[0]
        rewrite_from(session, process, length, lambda body: body.replace('"kind":"accept"', '"kind":"abstain"'))
        session.run("commit")
    rebuild(story.database)
    assert found(verify(story.database, story.files)) == []
    told = verify(story.database, story.files, anchors=story.heads)
    assert [finding.place for finding in told.findings] == [f"{key}, event {length}"]
    assert "written anew" in told.findings[0].what


def rewrite_from(session: Session, process: int, length: int, changed: Callable[[str], str]) -> None:
    """Every event is changed, and the whole chain with the head is made anew."""
    rows = session.all("select seq, body from event where process_id = :process order by seq", {"process": process})
    previous = None
    for seq, body in rows:
        text = canonical(json.loads(changed(body)) | {"prev": previous})
        previous = sha256(text)
        change = {"process": process, "seq": seq, "body": text, "hash": previous}
        session.run("update event set body = :body, hash = :hash where process_id = :process and seq = :seq", change)
    session.run(MEND, {"process": process, "seq": length})


@pytest.mark.parametrize(
    ("anchor", "what"),
    [
        ("{head}", None),
        ("testila/{head}", None),
        ("naapurila/{head}", "no such record"),
        ("nowhere:1:abcdefabcdef", "no such record"),
        ("just words", "no such record"),
        ("pitka:1:abcdefabcdef", "written anew"),
        ("pitka:9999:abcdefabcdef", "written anew"),
        ("pitka:1:", "at least 12 digits"),
        ("pitka:1:a", "at least 12 digits"),
    ],
)
def test_an_anchor_is_held_against_its_own_record_only(story: Copy, anchor: str, what: str | None) -> None:
    head = next(head for head in story.heads if head.startswith(f"{story.told.going_on}:"))
    told = verify(story.database, story.files, anchors=[anchor.format(head=head)])
    assert [what in finding.what for finding in told.findings] == ([True] if what else []), found(told)


def test_the_beginning_of_a_hash_is_an_anchor_too(story: Copy) -> None:
    record, seq, hash_ = story.heads[0].split(":")
    assert verify(story.database, story.files, anchors=[f"{record}:{seq}:{hash_[:12]}"]).holds
