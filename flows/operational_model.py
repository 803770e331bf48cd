"""The flow of an operational model: it compiles the transition and the units it affects."""

from prefect import flow

from models.words import PhaseKind
from tasks.compile_phase import compile_phase
from tasks.showing import show


@flow(name="operational-model", timeout_seconds=600, persist_result=False)
async def operational_model(row: int, key: str, municipality: str, process: str, sequence: int) -> None:
    """The document of the phase stands in the record: the transition and the units it affects."""
    counts = await compile_phase(PhaseKind.OPERATIONAL_MODEL, row, key, municipality, process, sequence)
    await show("operational-model", f"{municipality}:{key}", counts)
