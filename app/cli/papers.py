"""Verbs about papers: `etappi papers` lists, makes and gets a phase's, `etappi appearance` says how they look."""

import datetime as dt
import shutil
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from pydantic import ValidationError

from app.cli.desk import Desk
from app.cli.exits import invalid
from app.cli.params import As, Json, Municipality, Phase, ProcessKey, word
from app.cli.screen import count, instant, print_json, say, table
from app.cli.shapes import AppearanceInUse
from app.cli.shapes_looking import PaperLine, Papers
from app.cli.status import check_may_read
from app.history.sentences import tarkiste
from models import events as e
from models.errors import NotValid
from models.events import Recorded
from models.papers.appearance import Appearance, picture, template
from models.papers.forms import BY_NAME, FORMS, Form
from models.papers.paper import PaperKind
from models.record import read, read_instant
from models.rights import Thing
from models.storage import reading, stored_texts
from models.storage.database import Session


class Edition(StrEnum):
    """For whom a paper is."""

    WORKING = "working"  # for those who prepare
    PUBLIC = "public"  # without what is not public


class Source(NamedTuple):
    """Something that papers follow from: a round's manifest, a recorded meeting, a locked package."""

    sequence: int
    of: str
    forms: tuple[Form, ...]
    group: str | None = None


def papers(
    process: ProcessKey,
    phase: Phase,
    kind: Annotated[PaperKind | None, word("--kind", PaperKind, "Only this paper.")] = None,
    language: Annotated[str | None, typer.Option("--language", metavar="fi|sv|en", help="Only in this one.")] = None,
    edition: Annotated[Edition | None, word("--edition", Edition, "Only this edition.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Make what is missing and write all there.")
    ] = None,
    as_: As = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """List a phase's papers. With --out, those not made yet are made, and all are written into a folder.

    They come by themselves: the meeting document when a round opens or its material changes, the memo when a meeting
    is recorded, and the package, the agenda item and the interim report when the phase passes.

    Examples:

        etappi papers kemijarvi-2030 tuottamistapa
        etappi papers kemijarvi-2030 3 --kind package --language fi --out kokous
    """
    desk = Desk(municipality, as_, None, process)
    check_may_read(desk, Thing.PROCESS)
    key = desk.phase(phase)
    if language is not None and language not in desk.directory.languages:
        known = ", ".join(desk.directory.languages)
        raise NotValid(
            'Papers are not made in "{language}"; the languages are {known}.', language=language, known=known
        )
    sources = list(_sources(desk, key))
    if out is not None:
        _make(desk, process, sources)

    def wanted(form: Form, in_language: str) -> bool:
        right = edition is None or form.public == (edition is Edition.PUBLIC)
        return kind in (None, form.kind) and language in (None, in_language) and right

    lines = [line for line in _lines(desk, sources) if wanted(BY_NAME[_name(line)], line.language)]
    if out is not None:
        lines = [_written(desk, process, key, line, out) for line in lines]
    if json_:
        print_json(Papers(1, desk.municipality, process, key, tuple(lines)))
    else:
        _show(desk, key, lines, out)


def _name(line: PaperLine) -> str:
    return Form(PaperKind(line.kind), line.ending, line.edition == Edition.PUBLIC).name


# --- what there is ------------------------------------------------------------------------------------------------


def _sources(desk: Desk, phase: str) -> Iterator[Source]:
    """The newest manifest of the phase, the meetings of its round, and its newest package, as they came about."""
    with desk.reading() as session:
        told = [read(row[0]) for row in session.all(reading.MADE_AT, {"process": desk.scope.id})]
        newest: dict[str, Source] = {}
        for recorded in told:
            if getattr(recorded.event, "phase", None) != phase:
                continue
            if isinstance(recorded.event, e.OutputsSubmitted):
                newest = {}
            newest[_place(recorded)] = _source(session, desk.scope.id, recorded)
    yield from newest.values()


def _place(recorded: Recorded) -> str:
    if isinstance(recorded.event, e.MeetingRecorded):
        return f"memo {recorded.event.meeting} {recorded.event.group}"
    return "package" if isinstance(recorded.event, e.CheckpointPassed) else "meeting"


def _source(session: Session, process: int, recorded: Recorded) -> Source:
    event, forms = recorded.event, FORMS[type(recorded.event)]
    if isinstance(event, e.MeetingRecorded):
        row = session.one(reading.HASH_OF, {"process": process, "sequence": recorded.sequence})
        return Source(recorded.sequence, str(row[0]) if row else "", forms, event.group)
    if isinstance(event, e.CheckpointPassed):
        return Source(recorded.sequence, event.package, forms)
    assert isinstance(event, (e.OutputsSubmitted, e.OutputRevised)), "nothing else was asked for"
    return Source(recorded.sequence, event.manifest, forms)


def _lines(desk: Desk, sources: list[Source]) -> Iterator[PaperLine]:
    made: dict[tuple[str, str, str], tuple[str, dt.datetime, str]] = {}
    with desk.reading() as session:
        for form, language, of, sha256, at, renderer in session.all(reading.PAPERS, {"process": desk.scope.id}):
            made[of, language, form] = (sha256, read_instant(at), renderer)
    for source in sources:
        for language in desk.directory.languages:
            for form in source.forms:
                sha256, at, renderer = made.get((source.of, language, form.name), (None, None, None))
                yield PaperLine(
                    kind=form.kind.value,
                    language=language,
                    edition=Edition.PUBLIC.value if form.public else Edition.WORKING.value,
                    ending=form.ending,
                    of=source.of,
                    group=source.group,
                    tarkiste=sha256,
                    made=at,
                    renderer=renderer,
                    file=None,
                )


# --- what is made and got -----------------------------------------------------------------------------------------


def _make(desk: Desk, process: str, sources: list[Source]) -> None:
    from models.settings import settings
    from tasks.installation import Installation, within
    from tasks.papers.making import make

    with within(Installation(settings(), desk.engine)):
        for source in sources:
            make(desk.municipality, process, source.sequence)


def _written(desk: Desk, process: str, phase: str, line: PaperLine, folder: Path) -> PaperLine:
    """The paper stands in the folder, over an older one of the same name."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = [process, phase, line.kind, *([line.group] if line.group else []), line.language]
    place = folder / f"{'-'.join([*parts, *(['public'] if line.edition == Edition.PUBLIC else [])])}.{line.ending}"
    with desk.engine.files.open(line.tarkiste or "") as stored, place.open("wb") as written:
        shutil.copyfileobj(stored, written)
    return PaperLine(**{**line.__dict__, "file": str(place)})


def _show(desk: Desk, phase: str, lines: list[PaperLine], out: Path | None) -> None:
    if not lines:
        say(f"{desk.names.phase(phase)} has no papers yet: they are made when its round opens.")
        return
    rows = [
        (
            f"{line.kind}{f' ({desk.names.group(line.group)})' if line.group else ''}",
            line.language,
            line.edition,
            line.ending,
            tarkiste(line.tarkiste) if line.tarkiste else "–",
            instant(line.made) if line.made else "not made yet",
        )
        for line in lines
    ]
    table(("paper", "language", "edition", "form", "tarkiste", "made"), rows)
    missing = sum(line.tarkiste is None for line in lines)
    if out is not None:
        say(f"Written: {count(len(lines), 'file')} in {out}.")
    elif missing:
        say(f"{count(missing, 'paper')} will be made by the courier (etappi up); --out DIR makes them now.")


# --- how they look ------------------------------------------------------------------------------------------------


def appearance(
    colour: Annotated[str | None, typer.Option("--colour", metavar="#RRGGBB", help="Headings and lines.")] = None,
    accent: Annotated[str | None, typer.Option("--accent", metavar="#RRGGBB", help="What is set apart.")] = None,
    logo: Annotated[
        Path | None,
        typer.Option("--logo", metavar="FILE", help="The emblem, PNG or JPEG.", dir_okay=False),
    ] = None,
    package: Annotated[
        Path | None,
        typer.Option("--package", metavar="FILE", help="A Word template of your own.", dir_okay=False),
    ] = None,
    agenda_item: Annotated[
        Path | None,
        typer.Option("--agenda-item", metavar="FILE", help="A Word template of your own.", dir_okay=False),
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Begin from Etappi's own look.")] = False,
    as_: As = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Say how the municipality's papers look. What is not given stays as it was; without options, show it.

    A Word template is a copy of config/templates/papers/word/*.docx, changed in Word. Papers made before stay as they
    are.

    Example:

        etappi appearance --colour "#00573f" --logo vaakuna.png --as administrator
    """
    desk = Desk(municipality, as_)
    with desk.reading() as session:
        before = stored_texts.appearance(session, desk.municipality, desk.directory.appearance)
    told = {"colour": colour, "accent": accent, "logo": _picture(logo)}
    templates = {key: _template(file) for key, file in (("package", package), ("agenda-item", agenda_item)) if file}
    changed = {name: value for name, value in told.items() if value is not None}
    look = (Appearance() if plain else before).model_dump()
    try:
        after = Appearance.model_validate({**look, **changed, "templates": {**look["templates"], **templates}})
    except ValidationError as error:
        raise invalid(error.errors()) from None
    if after != before:
        _try_out(after, desk.directory.name)
        desk.engine.set_appearance(desk.municipality, after, desk.person)
        del desk.directory  # it has changed
    shown = AppearanceInUse(
        format=1,
        municipality=desk.municipality,
        hash=desk.directory.appearance or "",
        colour=after.colour,
        accent=after.accent,
        logo=after.logo is not None,
        templates=tuple(sorted(after.templates)),
    )
    if json_:
        print_json(shown)
    else:
        own = f"own Word templates: {', '.join(shown.templates)}" if shown.templates else "Etappi's Word templates"
        say(f"{after.colour}, accent {after.accent}, {'an emblem' if shown.logo else 'no emblem'}, {own}.")


def _picture(file: Path | None) -> dict[str, str] | None:
    return picture(_read(file), file.name).model_dump() if file else None


def _template(file: Path) -> str:
    return template(_read(file), file.name)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise NotValid("The file {file} cannot be read: {why}.", file=file, why=error.strerror) from None


def _try_out(after: Appearance, name: str) -> None:
    """Nothing, where papers can be made with that look. Raises NotValid with what is wrong."""
    from tasks.papers.trying import try_out

    try_out(after, name)
