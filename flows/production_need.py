"""The flow of a production need: it compiles the register by urgency."""

from prefect import flow

from models.words import PhaseKind
from tasks.compile_phase import compile_phase
from tasks.showing import show


@flow(name="production-need", timeout_seconds=600, persist_result=False)
async def production_need(row: int, key: str, municipality: str, process: str, sequence: int) -> None:
    """The document of the phase stands in the record: the register by urgency."""
    counts = await compile_phase(PhaseKind.PRODUCTION_NEED, row, key, municipality, process, sequence)
    await show("production-need", f"{municipality}:{key}", counts)
