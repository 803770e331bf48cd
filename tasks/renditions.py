"""A document that was made of a process comes into the files and the record, unless it is to be made anew already."""

from collections.abc import Mapping

from models.commands import RecordRendition
from models.storage.file_rows import made
from models.storage.store import Scope
from tasks.installation import here


def record(scope: Scope, content: bytes, name: str, about: Mapping[str, str], edition: int) -> None:
    """The document is in the files, and the record knows it by what it is about and its hash.

    `edition` is the last event after which documents are made anew (`covering.edition`) when what is in it was read.
    Raises Overtaken where there has been another: then nothing of the document is left.
    """
    there = here()
    with made(there.database, there.files, scope, content, name, edition, there.engine.clock()) as file:
        command = RecordRendition.model_validate({**about, "sha256": file.sha256, "edition": edition})
        there.engine.handle(scope.municipality, command, "flow", process=scope.key, channel="flow")
