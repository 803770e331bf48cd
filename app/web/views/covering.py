"""Peitä tieto: what of one entry can be covered, and what disappears where when it is."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from app.web.place import Place
from app.web.views.documents import held
from app.web.views.history import names_of, said_of, words_of_entries
from models.canonical import canonical, sha256
from models.commands import Redact
from models.errors import NotAuthorised, NotFound
from models.events import Redacted
from models.proof.named import COMMITMENT
from models.storage import history, reading
from models.storage.covering import concerned
from models.storage.database import Session
from models.storage.history import Told
from models.world import Facts


class Value(NamedTuple):
    """A personal value or a file that can be covered."""

    key: str  # its commitment or hash
    what: str
    words: str | None  # what it says; None of a file
    in_use: bool = False  # what somebody is called now: the directory is changed first


class Coverable(NamedTuple):
    """One entry, and what of it can be covered."""

    sequence: int
    at: dt.datetime
    said: str
    values: tuple[Value, ...]
    files: tuple[Value, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(one.key for one in (*self.values, *self.files) if not one.in_use)


class Gone(NamedTuple):
    """What would disappear."""

    seen: str  # names what is shown
    values: tuple[Value, ...]
    files: tuple[Value, ...]
    documents: int  # made from them, gone with them
    again: int  # documents to be made again without them
    others: tuple[str, ...]  # other processes in whose records they stand


def check_may_cover(place: Place) -> None:
    """Raises NotAuthorised for anybody but the data-protection officer."""
    if place.possible.entitled(Redact(files=("0" * 64,), ground="peruste")) is None:
        raise NotAuthorised(who="the data-protection officer")


def coverable(place: Place, session: Session, sequence: int) -> Coverable:
    """The entry. Raises NotFound, NotAuthorised."""
    check_may_cover(place)
    record = history.of_process(session, place.scope.id)
    told = next((one for one in record if one.recorded.sequence == sequence), None)
    if told is None:
        raise NotFound(what="entry of the record", name=str(sequence))
    words_of_entries(place, session, [told])
    return Coverable(
        sequence=sequence,
        at=told.recorded.at,
        said=said_of(told, names_of(place, session, record)),
        values=tuple(_values(place, told)),
        files=tuple(_files(place, session, told)),
    )


def _values(place: Place, told: Told) -> Iterator[Value]:
    """The personal values that the entry names and that have not been covered."""
    people = place.directory.people.values()
    now = {one for person in people if person.active for one in (person.name, person.email)}
    fields = dict(_fields(told.recorded.event.model_dump(mode="json"), "text"))
    by = told.recorded.by.name
    for key in dict.fromkeys(COMMITMENT.findall(told.body)):
        words = place.words(key)
        if words is not None:
            what = place.visitor.say("Kirjaajan nimi") if key == by else _what(place, fields.get(key, "text"))
            yield Value(key, what, words, key in now)


def _fields(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Every commitment with the name of the field that it stands in."""
    if isinstance(value, str) and COMMITMENT.fullmatch(value):
        yield value, name
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _fields(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from _fields(one, name)


def _what(place: Place, field: str) -> str:
    _ = place.visitor.say
    named = {
        "reason": _("Perustelu"),
        "why": _("Perustelu"),
        "note": _("Huomautus"),
        "memo": _("Muistio"),
        "name": _("Nimi"),
        "summary": _("Yhteenveto"),
    }
    return named.get(field, _("Teksti"))


def _files(place: Place, session: Session, told: Told) -> Iterator[Value]:
    """The files of the versions that the entry names."""
    event = told.recorded.event
    named = getattr(event, "versions", {}).values()  # those of a round are told with more than their hashes
    versions = [one if isinstance(one, str) else one.sha256 for one in named]
    versions += [event.version.sha256] if hasattr(event, "version") else []
    for one in held(place, session, *versions).values():
        output = place.name("output", one.version.output)
        for file in one.files.values():
            yield Value(file.sha256, f"{output}: {file.name}", None)


# --- what disappears ----------------------------------------------------------------------------------------------


def command_of(entry: Coverable, chosen: frozenset[str], ground: str) -> Redact:
    """The command that covers what was chosen of the entry."""
    picked = entry.keys & chosen
    return Redact(
        commitments=tuple(one.key for one in entry.values if one.key in picked),
        files=tuple(one.key for one in entry.files if one.key in picked),
        ground=ground,
    )


def gone(place: Place, session: Session, entry: Coverable, command: Redact) -> Gone:
    """What would disappear where. Raises what the command would be refused with."""
    parts = concerned(session, place.scope, command)
    _, covering = parts[place.scope.id]
    events = place.possible_with(Facts(covering=covering)).would(command)
    found = [one for one in events if isinstance(one, Redacted)]
    picked = {*command.commitments, *command.files}
    others = [reading.listed(session, one).title for one in sorted(parts) if one != place.scope.id]
    return Gone(
        seen=sha256(canonical([[one.model_dump(mode="json") for one in found], sorted(parts)])),
        values=tuple(one for one in entry.values if one.key in picked),
        files=tuple(one for one in entry.files if one.key in picked),
        documents=len({*covering.with_it} - picked),
        again=len(covering.editions),
        others=tuple(others),
    )
