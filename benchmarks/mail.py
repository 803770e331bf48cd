"""Mails over four connections to a local mail server: Etappi's deliveries beside a bare smtplib loop.

The server (`mail_sink.py`) takes everything. The bare loop sends the same bytes, made beforehand, and
keeps no record; Etappi closes, reads, words, writes, sends and records each message.
"""

import contextlib
import datetime as dt
import smtplib
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from benchmarks.mail_sink import mail_server
from benchmarks.plan import bench_copy
from benchmarks.results import Results
from benchmarks.town import TOWN, Town
from models.migrations import migrate
from models.outgoing import outbox
from models.outgoing.combining import MAIL, PUT_ITEM, PUT_MESSAGE, owe_message
from models.outgoing.contents import contents
from models.outgoing.letters import letter_of
from models.outgoing.link_keys import link_keys
from models.record import instant_text
from models.settings import Settings
from models.telling.said import Said
from tasks.delivering import CONNECTIONS, deliver_all
from tasks.installation import Installation, installed, within
from tasks.writing import written

RUN = 500  # messages in one delivery run
SEATS = 8
AT = dt.datetime(2027, 2, 1, 8, 0, tzinfo=dt.UTC)


def measure_mail(results: Results, mails: int) -> None:
    """`mail_rate`: Etappi's mails a second over those of a bare loop, both over four connections.

    They are taken in turn, a delivery of ours beside as many of the bare loop's; the median of the ratios counts.
    """
    with tempfile.TemporaryDirectory(prefix="etappi-mail-") as folder, mail_server() as port:
        there = _installation(Path(folder), port)
        rows = _owed(there, mails)
        with Bare(port, _sample(there, rows[0])) as bare, within(there):
            turns = [_turn(bare, rows[start : start + RUN]) for start in range(0, mails, RUN)]
        there.database.close()
    results.ratios["mail_rate"] = round(median(ours / theirs for ours, theirs in turns), 3)
    results.note("sqlite", "mails_per_s", median(ours for ours, _ in turns))
    results.note("sqlite", "bare_mails_per_s", median(theirs for _, theirs in turns))


def _turn(bare: "Bare", rows: list[int]) -> tuple[float, float]:
    """Mails a second of one delivery, and of the bare loop before it."""
    theirs = bare.rate(len(rows))
    began = time.perf_counter()
    sent = deliver_all(rows)["sent"]
    ours = sent / (time.perf_counter() - began)
    assert sent == len(rows), "every mail has left"
    return ours, theirs


def _installation(folder: Path, port: int) -> Installation:
    """A town with a process in it, at ten on a working day."""
    there = installed(
        Settings(
            data_dir=folder,
            smtp_host="127.0.0.1",
            smtp_port=port,
            smtp_security="none",
            mail_from="etappi@kunta.example",
            address="https://etappi.kunta.example",
        ),
        lambda: AT,
    )
    migrate(there.database)
    town = Town(there.database, there.files, bench_copy(), SEATS, addresses=True)
    town.create()
    return there


def _owed(there: Installation, mails: int) -> list[int]:
    """So many messages are owed and leased, each about one thing, to the people of the town in turn; their effects."""
    with there.database.reading() as session:
        (process,) = session.all("select id from process_head")[0]
        people = [row[0] for row in session.all("select person from person where email is not null order by person")]
    said = Said(kind="ProcessAmended", facts={"change": "role"}).model_dump_json(exclude_defaults=True)
    with there.database.transaction() as session:
        for number in range(mails):
            person, window = people[number % len(people)], instant_text(AT - dt.timedelta(milliseconds=number + 1))
            named = {"municipality": TOWN, "person": person, "window": window, "channel": MAIL, "now": window}
            row = session.one(PUT_MESSAGE, named)
            assert row is not None
            item = {"message": row[0], "item": f"bench:{number}", "kind": "ProcessAmended", "payload": said}
            session.run(PUT_ITEM, {**item, "municipality": TOWN, "process": process})
            owe_message(session, TOWN, person, window, MAIL, row[0], AT)
        leased = outbox.lease(session, "message", mails, AT, 3600)
    assert len(leased) == mails
    return [one.id for one in leased]


def _sample(there: Installation, row: int) -> bytes:
    """One of the mails as it leaves, to be sent by the bare loop."""
    with there.database.reading() as session:
        letter = letter_of(session, row)
        found = contents(session, there.engine.worlds, letter, AT)
    return written(there, link_keys(there.settings), letter, found, AT)


class Bare:
    """A loop that does nothing but send the same bytes, over as many connections, which stay open."""

    def __init__(self, port: int, content: bytes) -> None:
        self.content = content
        self._servers = [smtplib.SMTP("127.0.0.1", port, "kunta.example") for _ in range(CONNECTIONS)]

    def rate(self, mails: int) -> float:
        """So many mails have left; how many a second."""
        began = time.perf_counter()
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            list(pool.map(self._send, self._servers, [mails // CONNECTIONS] * CONNECTIONS))
        return mails / (time.perf_counter() - began)

    def _send(self, server: smtplib.SMTP, count: int) -> None:
        for _ in range(count):
            server.sendmail("etappi@kunta.example", ["joku@kunta.example"], self.content)

    def __enter__(self) -> "Bare":
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                server.quit()
