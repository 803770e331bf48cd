"""An act is saved whole with everything that follows from it, or not at all."""

import datetime as dt
from contextlib import closing
from functools import partial
from itertools import chain

import pytest
from town import MORNING, PHASES, Town

from models.canonical import sha256
from models.commands import Hold, OpenPhase, Pass, RecordRendition, Redact, Return, Seen, Submit, TakeStance
from models.engine import Engine
from models.errors import CheckpointNotOpen, NotAuthorised, NotFound, NotValid, Overtaken
from models.evolve import fold
from models.municipality.commands import SetUpGroup
from models.personal import Private
from models.record import Head, RecordName, chain_breaks, read
from models.storage import store
from models.storage.database import Database
from models.words import PhaseStatus, StanceKind

TABLES = (
    *("event", "process", "phase", "last_round", "stance", "duty", "reminder", "outbox", "personal", "package"),
    *("manifest", "output_version", "objection", "stored_text", "file_use"),
)

EVENTS = """
    select event.seq, body, event.hash, type from event join process_head head on head.id = process_id
    where key = :k order by event.seq"""


def everything(database: Database) -> dict[str, list[str]]:
    """All rows of the tables that acts write."""
    with database.reading() as session:
        return {table: sorted(map(repr, session.all(f"select * from {table}"))) for table in TABLES}


def rows(town: Town, sql: str, **params: object) -> list[tuple]:
    with town.engine.database.reading() as session:
        return session.all(sql, params)


def checked(town: Town, process: str) -> list[str]:
    """The types of the process's events, once its chain has been found whole."""
    found = rows(town, EVENTS, k=process)
    seq, hash_ = rows(town, "select seq, hash from process_head where key = :k", k=process)[0]
    assert (
        list(chain_breaks(RecordName("process", town.name, process), [row[:3] for row in found], Head(seq, hash_)))
        == []
    )
    with town.engine.database.reading() as session:
        id_ = store.find_process(session, town.name, process)[0].id
        state = store.with_rounds_of_passing(session, id_, store.state_of(session, id_))
    assert fold(read(row[1]) for row in found) == state
    return [row[3] for row in found]


def test_a_whole_phase_leaves_an_unbroken_record_that_tells_the_state(town: Town) -> None:
    process = town.create()
    town.to_checkpoint(process)
    town.all_accept(process)
    passed = town.passing(process)

    assert passed.state.phases["need"].status is PhaseStatus.PASSED
    told = ["ProcessCreated", "PhaseOpened", "OutputsSubmitted", *["StanceTaken"] * 9, "CheckpointPassed"]
    assert checked(town, process) == told


def test_work_that_comes_back_knows_what_was_said_before_it_passed(town: Town) -> None:
    process = town.create()
    town.to_checkpoint(process)
    town.all_accept(process)
    town.passing(process)
    round_ = town.to_checkpoint(process, "way").rounds["way"]
    town.engine.worlds.__init__()  # as a part that has just started

    seen = Seen(round=round_.no, manifest=round_.manifest)
    town.act(process, Return(phase="way", to="need", reason=Private("Puuttuu"), seen=seen), "preparer")

    said = town.state(process).phases["need"].earlier
    assert said is not None
    assert said.stances == dict.fromkeys(sorted(chain(*town.seats.values())), StanceKind.ACCEPT)
    assert checked(town, process)[-1] == "WorkReturned"


def test_a_package_is_stored_under_the_hash_that_the_event_names(town: Town) -> None:
    process = town.create()
    town.to_checkpoint(process)
    town.all_accept(process)
    package = town.passing(process).state.phases["need"].package

    ((hash_, body),) = rows(town, "select sha256, body from package")
    assert hash_ == package == sha256(body)


def test_the_next_phase_opens_on_the_package_only_while_its_bytes_are_those_that_were_locked(town: Town) -> None:
    process = town.create()
    town.to_checkpoint(process)
    town.all_accept(process)
    town.passing(process)
    with town.engine.database.transaction() as session:
        session.run("update package set body = replace(body, 'accept', 'object')")

    with pytest.raises(Exception, match="other bytes than were locked"):
        town.act(process, OpenPhase(phase="way"), "coordinator")


def test_a_refused_command_changes_nothing(town: Town) -> None:
    process = town.create()
    town.to_checkpoint(process)
    before = everything(town.engine.database)

    with pytest.raises(Overtaken):
        seen = Seen(round=1, manifest="another")
        town.act(process, TakeStance(phase="need", seat="teachers-1", kind=StanceKind.ACCEPT, seen=seen), "teachers-1")
    with pytest.raises(NotAuthorised):
        town.act(process, Hold(reason=Private("Ei kuulu minulle")), "teachers-1")

    assert everything(town.engine.database) == before


def test_an_act_that_fails_in_the_middle_of_saving_changes_nothing(town: Town) -> None:
    process = town.create()
    town.to_checkpoint(process)
    database = town.engine.database
    with database.transaction() as session:
        session.run("alter table personal rename column salt to pepper")  # the last table that an act writes
    before = everything(database)

    with pytest.raises(database.driver.errors):
        town.say(process, "teachers-1", StanceKind.OBJECT, "Tämä ei käy")
    assert everything(database) == before

    town.say(process, "builders-1")
    assert list(town.state(process).rounds["need"].stances) == ["builders-1"]


def test_nothing_can_be_done_in_a_process_that_is_not_there(town: Town) -> None:
    with pytest.raises(NotFound, match="process named nowhere"):
        town.act("nowhere", OpenPhase(phase="need"), "coordinator")
    with pytest.raises(NotFound, match="in which process"):
        town.engine.handle(town.name, OpenPhase(phase="need"), "coordinator", process=None)
    with pytest.raises(NotFound, match="municipality named elsewhere"):
        town.engine.handle_municipality("elsewhere", SetUpGroup(group="g", name="Ryhmä"), "administrator")


def test_processes_of_one_definition_are_numbered(town: Town) -> None:
    assert [town.create() for _ in range(3)] == ["strategy", "strategy-2", "strategy-3"]


def test_processes_created_at_once_take_names_of_their_own(town: Town) -> None:
    names: list[str] = []

    town.at_once([lambda: names.append(town.create())] * 4)

    assert sorted(names) == ["strategy", "strategy-2", "strategy-3", "strategy-4"]


def test_a_definition_that_is_not_loaded_makes_no_process(town: Town) -> None:
    town.definition = "0" * 64

    with pytest.raises(NotFound, match="process definition"):
        town.create()


def test_all_seats_may_speak_in_the_same_second(town: Town) -> None:
    process = town.create()
    town.to_checkpoint(process)
    seats = [seat for group in town.seats.values() for seat in group]

    town.at_once([partial(town.say, process, seat) for seat in seats])

    assert set(town.state(process).rounds["need"].stances) == set(seats)
    assert checked(town, process)[3:] == ["StanceTaken"] * len(seats)


def test_engines_in_two_places_see_each_others_acts(town: Town) -> None:
    process = town.create()
    town.to_checkpoint(process)
    with closing(Database(town.engine.database.url)) as database:
        elsewhere = Town(Engine(database, town.engine.files, town.clock), town.clock)
        elsewhere.definition = town.definition
        for seat in ("teachers-1", "builders-1"):
            elsewhere.say(process, seat)
            town.say(process, seat.replace("1", "2"))

    assert len(town.state(process).rounds["need"].stances) == 4
    checked(town, process)


def test_time_in_a_record_never_goes_back(town: Town) -> None:
    process = town.create()
    town.clock.now = MORNING - dt.timedelta(days=3)

    opened = town.act(process, OpenPhase(phase="need"), "coordinator")

    assert opened.events[0].at == MORNING


def test_an_act_may_have_happened_on_another_day(town: Town) -> None:
    process = town.create()

    day = dt.date(2027, 1, 29)
    town.engine.handle(town.name, OpenPhase(phase="need"), "coordinator", process=process, occurred_on=day)

    bodies = rows(town, "select body from event where type = 'PhaseOpened'")
    assert read(bodies[0][0]).occurred_on == day


def test_a_persons_words_are_kept_beside_the_record_and_never_in_it(town: Town) -> None:
    process = town.create()
    town.to_checkpoint(process)

    said = town.say(process, "teachers-1", StanceKind.OBJECT, "Kyläkoulu säilytetään")

    reason = said.events[0].event.reason
    assert rows(town, "select value, given_by from personal where commitment = :c", c=reason) == [
        ("Kyläkoulu säilytetään", "teachers-1")
    ]
    for table, told in everything(town.engine.database).items():
        assert table == "personal" or "Kyläkoulu" not in "".join(told)


def test_words_of_a_refused_command_are_not_kept(town: Town) -> None:
    process = town.create()
    town.to_checkpoint(process)

    with pytest.raises(Overtaken):
        seen = Seen(round=9, manifest="another")
        command = TakeStance(
            phase="need", seat="teachers-1", kind=StanceKind.OBJECT, seen=seen, reason=Private("Salaisuus")
        )
        town.act(process, command, "teachers-1")

    assert rows(town, "select 1 from personal where value = 'Salaisuus'") == []


def test_what_is_covered_is_gone_and_the_record_still_holds(town: Town) -> None:
    process = town.create()
    town.to_checkpoint(process)
    reason = town.say(process, "teachers-1", StanceKind.OBJECT, "Kyläkoulu säilytetään").events[0].event.reason
    file = town.state(process).rounds["need"].versions["need-0"].sha256
    document = rows(town, "select sha256 from file_use where used_in like :u", u=f"version/%/{file}")[0][0]

    town.act(
        process, Redact(commitments=(reason,), files=(document,), ground="Tietosuoja-asetus 17 art"), "administrator"
    )

    assert rows(town, "select 1 from personal where commitment = :c", c=reason) == []
    assert not town.engine.files.has(document)
    assert checked(town, process)[-1] == "Redacted"


def test_nobody_speaks_as_etappi_itself(town: Town) -> None:
    process = town.create()
    file = town.file()
    rendition = RecordRendition(of="a" * 64, language="fi", format="pdf", sha256=file, renderer="typst 0.14")

    with pytest.raises(NotAuthorised, match="Etappi itself"):
        town.act(process, rendition, "flow")
    town.engine.handle(town.name, rendition, "flow", process=process, channel="flow")

    assert rows(town, "select made_from, sha256 from rendition") == [("a" * 64, file)]


def test_what_the_outside_is_owed_stands_in_the_same_transaction(town: Town) -> None:
    process = town.create()
    town.act(process, OpenPhase(phase="need"), "coordinator")

    owed = rows(town, "select key, kind, state from outbox order by key")

    assert owed == [("strategy:2:notify", "notify", "owed"), ("strategy:2:phase:need:opened", "phase", "owed")]


def test_every_seat_has_a_duty_until_it_has_spoken(town: Town) -> None:
    process = town.create()
    town.to_checkpoint(process)
    waiting = "select person from duty where kind = 'stance' order by person"
    planned = "select count(*) from reminder where duty like 'stance:%:teachers-1'"
    assert len(rows(town, waiting)) == 9
    assert rows(town, planned)[0][0] > 0

    town.say(process, "teachers-1")

    assert ("teachers-1",) not in rows(town, waiting)
    assert rows(town, planned)[0][0] == 0


def test_the_manifest_that_was_read_is_stored_as_it_was_hashed(town: Town) -> None:
    process = town.create()
    round_ = town.to_checkpoint(process).rounds["need"]

    ((body,),) = rows(town, "select body from manifest where sha256 = :h", h=round_.manifest)
    assert sha256(body) == round_.manifest
    for version in round_.versions.values():
        ((text,),) = rows(town, "select body from stored_text where sha256 = :h", h=version.sha256)
        assert sha256(text) == version.sha256


def test_without_its_file_a_draft_is_not_submitted(town: Town) -> None:
    process = town.create()
    town.act(process, OpenPhase(phase="need"), "coordinator")
    town.draft(process, "need")
    for (document,) in rows(town, "select document from draft"):
        town.engine.files.remove(document)

    with pytest.raises(Exception, match="save the draft again"):
        town.act(process, Submit(phase="need"), "owner")


def test_passing_is_refused_where_no_round_is_open(town: Town) -> None:
    process = town.create()

    with pytest.raises(CheckpointNotOpen):
        town.act(process, Pass(phase=PHASES[0], seen=Seen(round=1, manifest="m")), "preparer")


def test_a_new_process_is_given_no_name(town: Town) -> None:
    town.create()
    command = town.creating()

    with pytest.raises(NotValid, match="named after its definition"):
        town.act("strategy", command, "administrator")
