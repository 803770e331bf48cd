"""The front of a checkpoint: the questions of the front of its papers, each with the few lines that tell most."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from app.web.place import Place
from app.web.views.criteria import Tested
from models.lifecycle import becoming_ready
from models.papers.material import Setting
from models.papers.package_front import Told, condition_lines, conditions_part, disagreed_part, staff_part, waived_part
from models.papers.paper import FrontPart, FrontRow, Look
from models.papers.round_front import round_front
from models.papers.saying import Saying
from models.papers.shortening import shortened
from models.papers.texts_package import TEXTS
from models.storage import fronts
from models.storage.database import Session
from models.storage.outputs_shown import Version, versions_in, versions_of
from models.storage.typed import TypedContent

FIRST = {"outputs": 6, "dissents": 3, "tested": 3, "criteria": 3, "money": 1}
"""How many lines of a question are shown before more is asked for, so that all is read in a minute; else two."""

LEAD = 200.0  # average letters of what an output proposes
CHOSEN = 4  # the cell that says whether an alternative is the one proposed


class Question(NamedTuple):
    """One question of the front."""

    part: FrontPart
    first: tuple[FrontRow, ...]
    more: tuple[FrontRow, ...]

    @property
    def beyond(self) -> int:
        """How many lines there are that a front does not show."""
        return self.part.of - len(self.part.rows)


def front_of_round(place: Place, session: Session, phase: str, tested: tuple[Tested, ...]) -> tuple[Question, ...]:
    """The front of the phase's open round as it stands now. Words must have been fetched."""
    process, setting = place.process, _setting(place)
    failing = [one.text for one in tested if one.must and one.holds is not True and not one.waived]
    ready = becoming_ready(process, phase, place.world)
    versions = versions_of(process.rounds[phase].versions)
    told, say = _told(place, session, setting, phase, versions), _saying(setting)
    parts = round_front(told, setting, process, phase, failing, ready, say).parts
    return tuple(_questions(parts, say, _earlier(place, phase, {k: d.phase for k, d in process.dissents.items()})))


def front_of_package(place: Place, session: Session, phase: str, body: dict[str, Any]) -> tuple[Question, ...]:
    """The front of the phase's locked package, but for what comes after it: the page of the process tells of that."""
    place.fetch(session, _commitments(body))
    setting = _setting(place)
    told, say = _told(place, session, setting, phase, versions_in(body)), _saying(setting)
    parts = (
        told.proposed,
        disagreed_part(setting, body, say),
        waived_part(setting, body, say),
        told.changes,
        told.money,
        *([staff_part(told.staff, say)] if told.staff else []),
        told.alternatives,
        conditions_part(condition_lines(setting, place.process, body["conditions"], say), say),
    )
    return tuple(_questions(parts, say, _earlier(place, phase, {k: d["phase"] for k, d in body["dissents"].items()})))


def _earlier(place: Place, phase: str, dissents: Mapping[str, str]) -> dict[str, str]:
    """The dissents that came with an earlier phase, with its name."""
    return {key: place.name("phase", of) for key, of in dissents.items() if of != phase}


def _told(place: Place, session: Session, setting: Setting, phase: str, versions: Mapping[str, Version]) -> Told:
    typed = TypedContent(session, place.visitor.installation.files, place.visitor.municipality, place.scope.id)
    return fronts.told(typed, setting, phase, versions, place.process.phases[phase].received)


def _setting(place: Place) -> Setting:
    language, groups = place.visitor.language, place.directory.groups
    return Setting(
        look=Look(name=place.directory.name),
        language=language,
        theirs=place.directory.languages[0],
        municipality=place.directory.name,
        process=place.key,
        title=place.title,
        definition=place.definition,
        groups={key: groups[of].name for key, of in place.process.groups.items() if of in groups},
        words=place.known_words,
    )


def _saying(setting: Setting) -> Saying:
    return Saying(TEXTS, setting.language, setting.words)


def _questions(parts: tuple[FrontPart, ...], say: Saying, earlier: Mapping[str, str]) -> Iterator[Question]:
    for part in parts:
        rows, first = part.rows, FIRST.get(part.key, 2)
        if part.key == "outputs":
            elsewhere = f": {say('see_outputs')}"  # of the paper; on the page the name leads there
            told = (row.cells[0].removesuffix(elsewhere) for row in rows)
            rows = tuple(
                row.model_copy(update={"cells": (_named(row.name, text),)})
                for row, text in zip(rows, told, strict=True)
            )
        elif part.key == "dissents":
            rows = tuple(_of_phase(row, earlier.get(row.at.removeprefix("dissent-"))) for row in rows)
        elif part.key == "alternatives":
            rows = tuple(sorted(rows, key=lambda row: not row.cells[CHOSEN]))
        elif part.key == "next":
            rows = rows[:-1]  # that it is preparation stands on the page
        yield Question(part, rows[:first], rows[first:])


def _of_phase(row: FrontRow, phase: str | None) -> FrontRow:
    """The line with the earlier phase that it came with."""
    return row.model_copy(update={"cells": (f"{row.cells[0]}, {phase}", *row.cells[1:])}) if phase else row


def _named(name: str, text: str) -> str:
    """The name as it is, and how what follows it begins."""
    return name + _begins(text.removeprefix(name))


def _begins(text: str) -> str:
    """The first sentences of the text that are short enough; where not even one is, its beginning."""
    short, whole = shortened(text, LEAD)
    sentences = short.rfind(". ") + 1
    return f"{short[:sentences]} …" if not whole and sentences > LEAD / 3 else short


def _commitments(body: dict[str, Any]) -> Iterator[str | None]:
    for kind in ("dissents", "conditions"):
        yield from (one["text"] for one in body[kind].values())
    yield from body["waived"].values()
    yield from (one["reason"] for one in body["remarks"])
