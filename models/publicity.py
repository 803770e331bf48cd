"""When what was in preparation becomes public: by a named person's own act, for exact versions.

A preparatory document is not public while the matter is open. It becomes public when the matter has been decided and
the minutes inspected, or its handling has ended; an independent account of alternatives and effects already when it is
ready for its use; else by the authority's discretion (julkisuuslaki 6 and 9 §; to be checked by the municipality's
lawyer). The law makes it public; Etappi does not by itself, for somebody must have looked whether anything is secret.
"""

from models.commands import MakePublic
from models.defects import standing_decision
from models.errors import NotFound, NotValid, Refused
from models.events import Actor, Event, OutputsMadePublic
from models.lifecycle import the_phase
from models.process import Phase, Process
from models.words import SECRET, ProcessStatus, PublicGround, Publicity
from models.world import World

ENDED = (ProcessStatus.CLOSED, ProcessStatus.STOPPED)


def decide_make_public(process: Process, command: MakePublic, by: Actor, world: World) -> list[Event]:
    """The newest versions of the outputs are public; papers' public editions are made again with them. What is secret
    never is, nor an internal working paper.

    Refused while the ground does not hold, and where the phase's outputs have not been approved.
    """
    phase = the_phase(process, command.phase)
    versions = {
        output: phase.versions[output].sha256
        for output in command.outputs or phase.versions
        if _becomes_public(phase, output, named=bool(command.outputs))
    }
    if not versions:
        raise NotValid("Nothing of {phase} is in preparation: there is nothing to make public.", phase=command.phase)
    _ground_holds(process, phase, command)
    return [
        OutputsMadePublic(
            phase=command.phase,
            versions=versions,
            ground=command.ground,
            reason=command.reason,
            editions=world.facts.editions,
        )
    ]


def _becomes_public(phase: Phase, output: str, *, named: bool) -> bool:
    """Whether the output is in preparation. Raises NotFound, Refused, NotValid where one named by itself is not."""
    version = phase.versions.get(output)
    if version is None:
        raise NotFound(what="submitted output of the phase", name=output)
    if named and version.publicity in SECRET:
        raise Refused("{output} is secret, wholly or in part: submit a version without what is secret.", output=output)
    if named and version.publicity is not Publicity.IN_PREPARATION:
        raise NotValid("{output} is not in preparation: it is {publicity}.", output=output, publicity=version.publicity)
    return version.publicity is Publicity.IN_PREPARATION


def _ground_holds(process: Process, phase: Phase, command: MakePublic) -> None:
    match command.ground:
        case PublicGround.DECIDED:
            decision = standing_decision(process)
            if decision is None or process.handlings[decision].inspected is None:
                raise Refused(
                    "The matter is not decided yet, or the day is missing on which the minutes were inspected."
                )
        case PublicGround.FINISHED:
            if process.status not in ENDED:
                raise Refused(
                    "The handling of the matter has not ended: the process is {status}.", status=process.status
                )
        case PublicGround.STUDY | PublicGround.DISCRETION:
            if phase.package is None:
                raise Refused("{phase} has not passed: its outputs are not ready for their use.", phase=command.phase)
            if command.ground is PublicGround.DISCRETION and command.reason is None:
                raise NotValid("Say why it is made public before the law makes it so.")
