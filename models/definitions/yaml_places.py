"""YAML text to plain values with the place of each, and every mistake that can be told without knowing what it means.

Only the plain part of YAML is read: mappings, lists and scalars. A scalar is a text (an empty one is None) and the
shape it goes into says whether it is a number, a date or yes or no; so `no`, `1.0` and `8.30` in a text stay what was
written. Anchors, aliases and tags are refused: a definition says everything where it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

Path = tuple[str | int, ...]
LARGEST = 1_000_000  # bytes; a real definition is some tens of thousands
DEEPEST = 20  # levels; the shape of a definition has eight
EMPTY = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file, both counted from 1."""

    line: int
    column: int


@dataclass
class Tree:
    """What a text holds, and where."""

    data: Any = None
    values: dict[Path, Place] = field(default_factory=dict)  # where a scalar is written, else its key
    keys: dict[Path, Place] = field(default_factory=dict)
    mistakes: list[tuple[Place, Path, str]] = field(default_factory=list)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where the value of the path stands (or its key), or the nearest thing around it."""
        for length in range(len(path), 0, -1):
            if key and path[:length] in self.keys:
                return self.keys[path[:length]]
            if path[:length] in self.values:
                return self.values[path[:length]]
        return self.values.get((), Place(1, 1))


def read_tree(text: str | bytes) -> Tree:
    """The tree of one YAML document. `mistakes` is empty when it can be trusted."""
    tree = Tree()
    try:
        tree.data = _Builder(tree).build(_events(_decoded(text)))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        tree.mistakes.append((place, (), _syntax_sentence(error)))
    except _Hopeless as error:
        tree.mistakes.append((error.place, (), error.sentence))
    return tree


class _Hopeless(Exception):
    """Reading cannot go on."""

    def __init__(self, place: Place, sentence: str) -> None:
        self.place, self.sentence = place, sentence
        super().__init__(sentence)


def _decoded(text: str | bytes) -> str:
    if len(text) > LARGEST:
        raise _Hopeless(Place(1, 1), f"The file has {len(text)} bytes; a definition has at most {LARGEST}.")
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = text[: error.start]
        place = Place(before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        raise _Hopeless(place, "The file is not UTF-8 here. Save it as UTF-8 and try again.") from None


def _events(text: str) -> Iterator[Event]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except ReaderError as error:
        before = text[: error.position]
        place = Place(before.count("\n") + 1, error.position - before.rfind("\n"))
        raise _Hopeless(place, "There is a character here that YAML does not allow. Remove it.") from None
    except MarkedYAMLError:
        raise
    except YAMLError as error:
        raise _Hopeless(Place(1, 1), f"The file is not YAML: {error}.") from None


def _syntax_sentence(error: MarkedYAMLError) -> str:
    problem = str(error.problem)
    if "'\\t'" in problem:
        return "There is a tab here; YAML is indented with spaces. Replace the tab with spaces."
    if "mapping values are not allowed" in problem:
        return "A colon is not expected here: indent the line as its neighbours, or put the text in quotes."
    found = re.search(r"found character '(.)'", problem)
    if found:
        return f"A text cannot begin with {found[1]} unless it is in quotes."
    if "found unexpected end of stream" in problem and error.context_mark:
        return f"The quotes opened on line {error.context_mark.line + 1} are never closed."
    return f"This is not YAML ({problem}). Look at the indentation, the quotes and the brackets here and above."


@dataclass
class _Open:
    """A collection that is being read."""

    held: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None  # of the value that comes next; None where a key comes next
    skip: bool = False  # the value that comes next belongs to a key that stands twice


class _Builder:
    """Builds values from events without recursion, so that no file can exhaust the stack."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.open: list[_Open] = []
        self.root: Any = None
        self.documents = 0

    def build(self, events: Iterator[Event]) -> Any:
        for event in events:
            self._take(event)
        if not self.documents:
            raise _Hopeless(Place(1, 1), "The file is empty. A definition begins with format, id, version and name.")
        return self.root

    def _take(self, event: Event) -> None:
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _Hopeless(_place(event), 'A second document begins here ("---"). One file holds one definition.')
        elif isinstance(event, CollectionEndEvent):
            self._close()
        elif isinstance(event, NodeEvent):
            self._refuse_hidden(event)
            if self.open and isinstance(self.open[-1].held, dict) and self.open[-1].key is None:
                self._take_key(event)
            else:
                self._take_value(event)

    def _refuse_hidden(self, event: NodeEvent) -> None:
        """Aliases can make a small file enormous, and tags can name program code."""
        if event.anchor is not None:
            sign = "*" if isinstance(event, AliasEvent) else "&"
            self._note(event, f'"{sign}{event.anchor}" is not allowed here: write the value out where it is needed.')
        if getattr(event, "tag", None) is not None:
            self._note(event, "A tag (!…) is not allowed here: write the value alone.")

    def _take_key(self, event: NodeEvent) -> None:
        frame = self.open[-1]
        if not isinstance(event, ScalarEvent):
            raise _Hopeless(_place(event), "A key is a single word here, not a list or a mapping.")
        frame.key = str(event.value)
        path = (*frame.path, frame.key)
        if frame.key in frame.held:
            first = self.tree.keys[path].line
            self._note(event, f'"{frame.key}" stands here a second time (first on line {first}). Keep one of them.')
            frame.skip = True
        else:
            self.tree.keys[path] = _place(event)

    def _take_value(self, event: NodeEvent) -> None:
        path, value = self._next_path(), _value(event)
        if not self.open:
            self.root = value
        elif isinstance(self.open[-1].held, list):
            self.open[-1].held.append(value)
        elif not self.open[-1].skip:
            self.open[-1].held[str(path[-1])] = value
        own = _place(event)
        written = isinstance(event, ScalarEvent) and event.value
        self.tree.values[path] = own if written else self.tree.keys.get(path, own)
        if not isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._value_done()
        elif len(self.open) == DEEPEST:
            raise _Hopeless(own, "Too many things stand inside each other here.")
        else:
            self.open.append(_Open(value, path))

    def _next_path(self) -> Path:
        """The path of the value that comes next; what belongs to a repeated key is kept apart."""
        if not self.open:
            return ()
        frame = self.open[-1]
        if isinstance(frame.held, list):
            return (*frame.path, len(frame.held))
        return (*frame.path, f"{frame.key} (again)" if frame.skip else str(frame.key))

    def _close(self) -> None:
        self.open.pop()
        self._value_done()

    def _value_done(self) -> None:
        if self.open:
            self.open[-1].key, self.open[-1].skip = None, False

    def _note(self, event: Event, sentence: str) -> None:
        self.tree.mistakes.append((_place(event), self._next_path(), sentence))


def _place(event: Event) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def _value(event: NodeEvent) -> Any:
    if isinstance(event, MappingStartEvent):
        return {}
    if isinstance(event, SequenceStartEvent):
        return []
    if not isinstance(event, ScalarEvent):
        return None  # an alias, which has been noted
    plain = event.style is None and event.value in EMPTY
    return None if plain else str(event.value)
