"""Finishes what a redaction began, wherever the one who covered could not: an engine that died, another machine."""

from models.events import Redacted
from models.outgoing import outbox
from models.outgoing.outbox import Leased
from models.record import read
from models.storage.covered_files import take_away
from models.storage.file_rows import remove_strays
from tasks.installation import Installation

EVENT = "select body from event where process_id = :process and seq = :sequence"


def finish_covering(there: Installation, one: Leased) -> None:
    """The files that a redaction names, and those that nobody has, are nowhere on the disk, and the effect is done."""
    with there.database.reading() as session:
        row = session.one(EVENT, {"process": one.process_id, "sequence": one.payload["sequence"]})
    assert row is not None, "an effect is owed by an event"
    event = read(row[0]).event
    assert isinstance(event, Redacted), "only a redaction owes this"
    take_away(there.database, there.files, there.archive, one.municipality, event.files)
    remove_strays(there.database, there.files)
    with there.database.transaction() as session:
        outbox.done(session, one.id)
