"""Documents made of the record; *peitä tieto*: what is covered goes with everything that was made of it; and what is
kept no longer, outside the record."""

from models.commands import Destroy, RecordRendition, Redact
from models.errors import NotFound, NotValid, Overtaken, Refused
from models.events import Actor, DataDestroyed, Event, Redacted, RenditionRecorded
from models.process import Process
from models.world import World

MADE_ANEW_SINCE = "something has been covered or made public since the document's contents were read"


def decide_record_rendition(process: Process, command: RecordRendition, by: Actor, world: World) -> list[Event]:
    """A document made from a package or manifest is known by its hash; one that was recorded already is not again.

    Overtaken where something has been covered or made public since its contents were read.
    """
    if command.edition != world.facts.edition:
        raise Overtaken(what=MADE_ANEW_SINCE)
    if command.sha256 not in world.facts.files:
        raise NotFound(what="stored file", name=command.sha256)
    if world.facts.rendered:
        return []
    return [RenditionRecorded(**command.model_dump(exclude={"edition"}))]


def decide_destroy(process: Process, command: Destroy, by: Actor, world: World) -> list[Event]:
    """What is kept no longer and still stands is gone. Refused where that is none of what was asked for."""
    over = {data for data, day in world.facts.kept_until.items() if day <= world.today}
    data = tuple(one for one in dict.fromkeys(command.data) if one in over)
    if not data:
        raise Refused("Nothing is over that Etappi destroys.")
    return [DataDestroyed(data=data)]


def decide_redact(process: Process, command: Redact, by: Actor, world: World) -> list[Event]:
    """The personal values and files are covered, with what was made from them: who, when and on what ground stays.

    Refused for what no record here names, what has been covered before, and what somebody is called now.
    """
    asked, facts = dict.fromkeys((*command.commitments, *command.files)), world.facts.covering
    if not asked:
        raise NotValid("Say what is covered: values or files.")
    for one in asked:
        if one in facts.before:
            raise Refused("{item} has been covered already.", item=one)
        if one not in facts.named:
            raise NotFound(what="personal value or file in this process", name=one)
    for key, person in world.directory.people.items():
        if person.active and {person.name, person.email} & asked.keys():
            raise Refused(
                "This is the name or address by which {person} is in the directory now: change it or remove the "
                "person first.",
                person=key,
            )
    files = dict.fromkeys((*command.files, *facts.with_it))
    return [
        Redacted(
            commitments=tuple(dict.fromkeys(command.commitments)),
            files=tuple(file for file in files if file not in facts.before),
            ground=command.ground,
            editions=facts.editions,
        )
    ]
