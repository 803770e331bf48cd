"""The flow of a production method: it compiles the comparison of the alternatives."""

from prefect import flow

from models.words import PhaseKind
from tasks.compile_phase import compile_phase
from tasks.showing import show


@flow(name="production-method", timeout_seconds=600, persist_result=False)
async def production_method(row: int, key: str, municipality: str, process: str, sequence: int) -> None:
    """The document of the phase stands in the record: the comparison of the alternatives."""
    counts = await compile_phase(PhaseKind.PRODUCTION_METHOD, row, key, municipality, process, sequence)
    await show("production-method", f"{municipality}:{key}", counts)
