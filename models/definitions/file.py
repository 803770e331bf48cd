"""Reads a process definition from YAML and tells all its mistakes at once, each with its line and column."""

from collections.abc import Iterable

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from models.canonical import canonical, sha256
from models.definitions.definition import Definition
from models.definitions.repair import mended
from models.definitions.rules import problems_of
from models.definitions.shape_problems import own_errors, shape_mistakes
from models.definitions.yaml_places import Path, Place, Tree, read_tree
from models.errors import DefinitionError, Problem


def read_definition(text: str | bytes, name: str) -> Definition:
    """The definition the text holds. It has the right shape and every rule of `problems_of` holds.

    Raises DefinitionError with every mistake that can be told in one reading; `name` is the file they are told of.
    """
    tree = read_tree(text)
    told = [Problem(name, place.line, place.column, shown(path), said) for place, path, said in tree.mistakes]
    if tree.data is None and told:
        raise DefinitionError(told)
    try:
        definition = Definition.model_validate(tree.data)
    except ValidationError as error:
        errors = own_errors(error)
        told += _shape_problems(tree, name, errors)
        raise DefinitionError(told + _cross_problems_of_mended(tree, name, errors)) from None
    told += _cross_problems(tree, name, problems_of(definition))
    if told:
        raise DefinitionError(told)
    return definition


def definition_hash(definition: Definition) -> str:
    """The name of this version: the SHA-256 of its canonical bytes. Comments and layout of the YAML do not matter."""
    return sha256(canonical(definition))


def shown(path: Path) -> str:
    """A path as people write it: `phases[1].checkpoint.carries[0]`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def _shape_problems(tree: Tree, name: str, errors: list[ErrorDetails]) -> list[Problem]:
    problems = []
    for location, sentence, of_key in shape_mistakes(errors):
        place = tree.place(location, key=of_key)
        problems.append(Problem(name, place.line, place.column, shown(location), sentence))
    return problems


def _cross_problems(tree: Tree, name: str, found: Iterable[tuple[Path, str]]) -> list[Problem]:
    places: list[tuple[Place, Path, str]] = [(tree.place(path), path, sentence) for path, sentence in found]
    return [Problem(name, place.line, place.column, shown(path), sentence) for place, path, sentence in places]


def _cross_problems_of_mended(tree: Tree, name: str, errors: list[ErrorDetails]) -> list[Problem]:
    """What the rules say of the definition with its shape mended, without what only the mending brought about."""
    try:
        definition = Definition.model_validate(mended(tree.data, errors))
    except ValidationError:
        return []
    wrong = [one["loc"] for one in errors]
    found = [(path, said) for path, said in problems_of(definition) if not any(_touches(path, loc) for loc in wrong)]
    return _cross_problems(tree, name, found)


def _touches(path: Path, wrong: Path) -> bool:
    """Whether the path is at or inside what was mended, or is the text that was."""
    return path[: len(wrong)] == wrong or (path == wrong[:-1] and wrong[-1] in {"fi", "sv", "en"})
