"""Rules of a definition about names: every id is said once, everything named exists, every language is there."""

from collections.abc import Iterable, Iterator

from models.definitions.definition import Definition, Text, When
from models.definitions.nearness import suggestion
from models.frozen import Frozen

Path = tuple[str | int, ...]
Found = Iterator[tuple[Path, str]]

LANGUAGES = {"fi": "Finnish", "sv": "Swedish", "en": "English"}


def name_problems(definition: Definition) -> Found:
    """Ids that stand twice, and parts no process can do without."""
    lists = ("notes", "choices", "roles", "groups", "bodies", "inputs", "phases", "meetings", "statements", "hearings")
    for name in lists:
        yield from _twice((name,), [item.id for item in getattr(definition, name)])
    yield from _twice(("decision", "chain"), [handling.id for handling in definition.decision.chain])
    for i, choice in enumerate(definition.choices):
        yield from _twice(("choices", i, "readings"), [reading.id for reading in choice.readings])
    for i, phase in enumerate(definition.phases):
        yield from _twice(("phases", i, "participation"), [means.id for means in phase.participation])
        yield from _twice(("phases", i, "affected"), [group.id for group in phase.affected])
    yield from _outputs_and_checkpoints_twice(definition)
    for role in ("coordinator", "preparer"):
        if role not in {slot.id for slot in definition.roles}:
            yield ("roles",), f'There is no role "{role}". Every process has one: add {{id: {role}, name: …}}.'


def _twice(path: Path, ids: list[str]) -> Found:
    for i, one in enumerate(ids):
        if one in ids[:i]:
            yield (*path, i, "id"), f'"{one}" is the id of two things here. Give one of them another id.'


def _outputs_and_checkpoints_twice(definition: Definition) -> Found:
    """Rounds and packages name outputs without their phase, so an output's id is its own in the whole definition."""
    outputs: dict[str, str] = {}
    checkpoints: set[str] = set()
    for i, phase in enumerate(definition.phases):
        for j, output in enumerate(phase.outputs):
            if output.id in outputs:
                sentence = f'"{output.id}" is already an output of the phase {outputs[output.id]}. Give it another id.'
                yield ("phases", i, "outputs", j, "id"), sentence
            outputs[output.id] = phase.id
        if phase.checkpoint.id in checkpoints:
            sentence = f'Two checkpoints have the id "{phase.checkpoint.id}". Give one another id.'
            yield ("phases", i, "checkpoint", "id"), sentence
        checkpoints.add(phase.checkpoint.id)


def reference_problems(definition: Definition) -> Found:
    """Roles, groups, bodies, phases, programmes and readings that are named but do not exist."""
    known = _Known(definition)
    yield from _of_phases(definition, known)
    for i, meeting in enumerate(definition.meetings):
        yield from known.one("phase", meeting.phase, ("meetings", i, "phase"))
        yield from known.one("role", meeting.owner, ("meetings", i, "owner"))
    for i, statement in enumerate(definition.statements):
        yield from known.one("phase", statement.phase, ("statements", i, "phase"))
        yield from known.one("body", statement.body, ("statements", i, "body"))
    for i, hearing in enumerate(definition.hearings):
        yield from known.one("phase", hearing.phase, ("hearings", i, "phase"))
    for i, handling in enumerate(definition.decision.chain):
        yield from known.one("body", handling.body, ("decision", "chain", i, "body"))
    for i, choice in enumerate(definition.choices):
        readings = [reading.id for reading in choice.readings]
        if choice.proposed not in readings:
            told = suggestion(choice.proposed, readings)
            yield ("choices", i, "proposed"), f'There is no reading "{choice.proposed}"{told}'


def _of_phases(definition: Definition, known: "_Known") -> Found:
    for i, phase in enumerate(definition.phases):
        at: Path = ("phases", i)
        yield from known.each("phase", phase.receives or (), (*at, "receives"))
        yield from known.each("programme", phase.inputs, (*at, "inputs"))
        for j, output in enumerate(phase.outputs):
            yield from known.one("role", output.owner, (*at, "outputs", j, "owner"))
        checkpoint, there = phase.checkpoint, (*at, "checkpoint")
        yield from known.one("role", checkpoint.preparer, (*there, "preparer"))
        yield from known.each("phase", checkpoint.carries, (*there, "carries"))
        for j, group in enumerate(checkpoint.groups):
            yield from known.one("working group", group.group, (*there, "groups", j, "group"))
        for j, criterion in enumerate(checkpoint.criteria):
            yield from known.one("role", criterion.assessed_by, (*there, "criteria", j, "assessed_by"))


class _Known:
    """What a definition has of each kind."""

    def __init__(self, definition: Definition) -> None:
        self.ids = {
            "role": [slot.id for slot in definition.roles],
            "working group": [group.id for group in definition.groups],
            "body": [body.id for body in definition.bodies],
            "phase": [phase.id for phase in definition.phases],
            "programme": [programme.id for programme in definition.inputs],
        }

    def one(self, kind: str, name: str | None, path: Path) -> Found:
        """A problem where no such thing has that id; None names nothing."""
        if name is not None and name not in self.ids[kind]:
            yield path, f'There is no {kind} "{name}"{suggestion(name, self.ids[kind])}'

    def each(self, kind: str, names: Iterable[str], path: Path) -> Found:
        """A problem for each item of a list that names no such thing."""
        for i, name in enumerate(names):
            yield from self.one(kind, name, (*path, i))


def condition_problems(definition: Definition) -> Found:
    """`when` that names a choice or a reading that does not exist."""
    readings = {choice.id: [reading.id for reading in choice.readings] for choice in definition.choices}
    for path, part in parts_of(definition):
        when: When = getattr(part, "when", None) or {}
        for choice, reading in when.items() if isinstance(when, dict) else ():
            if choice not in readings:
                yield (*path, "when", choice), f'There is no choice "{choice}"{suggestion(choice, readings)}'
            elif reading not in readings[choice]:
                told = suggestion(reading, readings[choice])
                yield (*path, "when", choice), f'The choice "{choice}" has no reading "{reading}"{told}'


def language_problems(definition: Definition) -> Found:
    """Texts that lack a language the definition promises; one problem where all of them lack it."""
    if "fi" not in definition.languages:
        yield ("languages",), 'Finnish ("fi") must be among the languages: it stands in for the others.'
    yield from _twice_said(definition.languages)
    texts = [(path, part) for path, part in parts_of(definition) if isinstance(part, Text)]
    for language in dict.fromkeys(definition.languages):
        lacking = [path for path, text in texts if not (getattr(text, language) or "").strip()]
        if len(lacking) == len(texts):
            sentence = f"No text is in {LANGUAGES[language]}. Add the texts, or take the language out of languages."
            yield ("languages", definition.languages.index(language)), sentence
        else:
            sentence = f"This text lacks {LANGUAGES[language]}. Add it, or take the language out of languages."
            yield from ((path, sentence) for path in lacking)


def _twice_said(languages: tuple[str, ...]) -> Found:
    for i, language in enumerate(languages):
        if language in languages[:i]:
            yield ("languages", i), f'"{language}" stands twice among the languages. Keep one.'


def parts_of(part: Frozen, path: Path = ()) -> Iterator[tuple[Path, Frozen]]:
    """Every value inside a value, with its path as the YAML writes it."""
    for name, field in type(part).model_fields.items():
        value, at = getattr(part, name), (*path, field.alias or name)
        inner = enumerate(value) if isinstance(value, tuple) else [(None, value)]
        for i, item in inner:
            if isinstance(item, Frozen):
                there = at if i is None else (*at, i)
                yield there, item
                yield from parts_of(item, there)
