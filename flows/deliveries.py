"""The flow of deliveries: one run carries many messages."""

from prefect import flow

from tasks.delivering import deliver
from tasks.showing import show


@flow(name="deliveries", timeout_seconds=1800, persist_result=False)
async def deliveries(rows: list[int], key: str, hasten: bool = False) -> None:
    """The messages that these effects owe have left, or their log says why not."""
    await show("deliveries", key, await deliver(rows, hasten))
