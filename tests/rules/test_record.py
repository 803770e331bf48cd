"""The stored form of events: canonical, chained, and read back as what was stored."""

import datetime as dt
from dataclasses import replace

import pytest

from models.canonical import canonical, sha256
from models.errors import Broken
from models.events import Actor, PhaseOpened, ProcessCreated, ProcessHeld, ProcessResumed, Recorded
from models.municipality.events import GroupRenamed
from models.record import Head, RecordName, Stored, appended, chain_breaks, instant_text, read, stored

AT = dt.datetime(2027, 2, 1, 7, 0, 0, 5, tzinfo=dt.UTC)
BY = Actor(person="coordinator", name="c1:" + "0" * 64, channel="web")
NAME = RecordName("process", "kemijärvi", 'strategia "2030"')
EVENTS = (PhaseOpened(phase="need", received={}), ProcessHeld(reason="c1:" + "1" * 64), ProcessResumed())


def chain() -> list[Stored]:
    return [text for _, text in appended(NAME, Head(), EVENTS, BY, AT)]


def head(texts: list[Stored]) -> Head:
    return Head(texts[-1].sequence, texts[-1].hash)


def breaks(texts: list[Stored], name: RecordName = NAME, last: Head | None = None) -> list[tuple[int, str]]:
    """Where the chain is broken, and the first words of how."""
    told = [(text.sequence, text.body, text.hash) for text in texts]
    return [(number, " ".join(why.split()[:4])) for number, why in chain_breaks(name, told, last or head(texts))]


@pytest.mark.parametrize("on", [None, dt.date(2027, 1, 29)])
@pytest.mark.parametrize("previous", [None, "a" * 64])
def test_the_text_is_the_canonical_form_of_the_whole(on: dt.date | None, previous: str | None) -> None:
    event = EVENTS[1]
    text = stored(NAME, Recorded(sequence=7, at=AT, by=BY, event=event, occurred_on=on), previous)

    whole = {"format": 1, "record": "process", "id": NAME.id, "municipality": NAME.municipality, "seq": 7}
    whole |= {"prev": previous, "type": "ProcessHeld", "version": 1, "at": AT, "by": BY, "data": event}
    assert text.body == canonical(whole if on is None else whole | {"on": on})
    assert text.hash == sha256(text.body)


def test_an_event_is_read_back_as_it_was_stored() -> None:
    told = list(appended(NAME, Head(), EVENTS, BY, AT, dt.date(2027, 1, 29)))

    assert [read(text.body) for _, text in told] == [recorded for recorded, _ in told]


def test_an_event_of_the_municipality_is_read_as_one() -> None:
    name = RecordName("municipality", "kemijärvi", "kemijärvi")
    ((recorded, text),) = appended(name, Head(), [GroupRenamed(group="g", name="Ryhmä")], BY, AT)

    assert read(text.body) == recorded


def test_what_is_folded_now_is_in_the_order_in_which_it_will_be_read() -> None:
    created = ProcessCreated(
        process="p",
        municipality="m",
        definition="d",
        title="t",
        matter_number=None,
        setting_up=None,
        start=dt.date(2027, 2, 1),
        choices={},
        roles={"preparer": "b", "coordinator": "a"},
        groups={},
        dates={},
        phases=("need",),
        ready=("need",),
    )
    ((recorded, text),) = appended(NAME, Head(), [created], BY, AT)

    assert list(recorded.event.roles) == list(read(text.body).event.roles) == ["coordinator", "preparer"]


CHANGED, MISPLACED, HEADLESS = "its text is not", "it does not stand", "it is the last"


def test_a_whole_chain_holds() -> None:
    assert breaks(chain()) == []


def test_a_changed_text_is_found() -> None:
    texts = chain()
    texts[1] = replace(texts[1], body=texts[1].body.replace("1111", "1112"))

    assert breaks(texts) == [(2, CHANGED)]


def test_a_text_that_was_changed_with_its_hash_is_found_by_the_next_one() -> None:
    texts = chain()
    body = texts[1].body.replace("1111", "1112")
    texts[1] = replace(texts[1], body=body, hash=sha256(body))

    assert breaks(texts) == [(3, MISPLACED)]


@pytest.mark.parametrize("lost", [0, 1])
def test_a_lost_event_is_found(lost: int) -> None:
    texts = chain()
    del texts[lost]

    assert breaks(texts) == [(lost + 1, "it is missing; the"), (lost + 2, MISPLACED)]


def test_a_lost_end_is_found_by_the_head() -> None:
    texts = chain()

    assert breaks(texts[:-1], last=head(texts)) == [(2, HEADLESS)]


def test_events_of_another_record_are_found() -> None:
    assert breaks(chain(), RecordName("process", "kemi", NAME.id))[0] == (1, MISPLACED)


@pytest.mark.parametrize(
    "body",
    [
        chain()[0].body.replace('"PhaseOpened"', '"SomethingNew"'),
        chain()[0].body.replace('"version":1', '"version":2'),
        chain()[0].body.replace('"phase"', '"stage"'),
        chain()[0].body[:-20],
        "{}",
    ],
)
def test_what_this_release_cannot_read_is_said(body: str) -> None:
    with pytest.raises(Broken):
        read(body)


def test_instants_are_written_in_utc_and_sort_as_they_are() -> None:
    helsinki = dt.timezone(dt.timedelta(hours=2))

    assert instant_text(dt.datetime(2027, 2, 1, 9, tzinfo=helsinki)) == "2027-02-01T07:00:00.000000Z"
    assert instant_text(AT) == "2027-02-01T07:00:00.000005Z"
