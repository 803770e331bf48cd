"""The flow of a handover: the locked package goes into the archive."""

from prefect import flow

from tasks.handing_over import hand_over
from tasks.showing import show


@flow(name="package-handover", timeout_seconds=900, persist_result=False)
async def package_handover(row: int, key: str, municipality: str, process: str, package: str) -> None:
    """The package, verified, stands in the archive with all it consists of."""
    counts = await hand_over(row, key, municipality, process, package)
    await show("handover", f"{municipality}:{key}", counts)
