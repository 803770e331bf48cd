"""The flow of a future image: it compiles the operating environment and the challenges."""

from prefect import flow

from models.words import PhaseKind
from tasks.compile_phase import compile_phase
from tasks.showing import show


@flow(name="future-image", timeout_seconds=600, persist_result=False)
async def future_image(row: int, key: str, municipality: str, process: str, sequence: int) -> None:
    """The document of the phase stands in the record: the operating environment and the challenges."""
    counts = await compile_phase(PhaseKind.FUTURE_IMAGE, row, key, municipality, process, sequence)
    await show("future-image", f"{municipality}:{key}", counts)
