"""Which kind a phase of a process is, which decides the flow that compiles its documents."""

from models.engine import Engine
from models.errors import NotFound
from models.storage import store
from models.words import PhaseKind


def kind_of_phase(engine: Engine, municipality: str, process: str, phase: str) -> PhaseKind:
    """The kind of the phase, from the definition the process runs by. Raises NotFound."""
    with engine.database.reading() as session:
        scope, head, _ = store.find_process(session, municipality, process)
        definition = engine.worlds.definition(
            session, municipality, engine.worlds.process(session, scope, head).definition
        )
    plan = definition.phase(phase)
    if plan is None:
        raise NotFound(what="phase", name=phase)
    return plan.kind
