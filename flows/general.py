"""The flow of any other phase: it compiles its outputs side by side."""

from prefect import flow

from models.words import PhaseKind
from tasks.compile_phase import compile_phase
from tasks.showing import show


@flow(name="general", timeout_seconds=600, persist_result=False)
async def general(row: int, key: str, municipality: str, process: str, sequence: int) -> None:
    """The document of the phase stands in the record: its outputs side by side."""
    counts = await compile_phase(PhaseKind.GENERAL, row, key, municipality, process, sequence)
    await show("general", f"{municipality}:{key}", counts)
