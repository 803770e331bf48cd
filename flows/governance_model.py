"""The flow of a governance model: it compiles the matrix of powers."""

from prefect import flow

from models.words import PhaseKind
from tasks.compile_phase import compile_phase
from tasks.showing import show


@flow(name="governance-model", timeout_seconds=600, persist_result=False)
async def governance_model(row: int, key: str, municipality: str, process: str, sequence: int) -> None:
    """The document of the phase stands in the record: the matrix of powers."""
    counts = await compile_phase(PhaseKind.GOVERNANCE_MODEL, row, key, municipality, process, sequence)
    await show("governance-model", f"{municipality}:{key}", counts)
