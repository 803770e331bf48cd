"""The process definitions that come with this release."""

from importlib.resources import files as resources

from models.definitions.definition import Definition
from models.definitions.file import read_definition

FOLDER = resources("config").joinpath("processes")


def shipped() -> dict[str, bytes]:
    """The files, by the name of each."""
    found = (file for file in FOLDER.iterdir() if file.name.endswith(".yaml"))
    return {file.name: file.read_bytes() for file in sorted(found, key=lambda file: file.name)}


def read_shipped() -> list[tuple[Definition, str]]:
    """Each definition, and the text it was read from."""
    return [(read_definition(content, name), content.decode("utf-8-sig")) for name, content in shipped().items()]
