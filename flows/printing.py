"""The flow of the papers: what people take to their meetings, made after each round, meeting and passing."""

from prefect import flow

from tasks.papers.papers_effect import make_papers
from tasks.showing import show


@flow(name="printing", timeout_seconds=900, persist_result=False)
async def printing(row: int, key: str, municipality: str, process: str, sequence: int) -> None:
    """The papers of one event of a process stand in the record, in each of the municipality's languages."""
    counts = await make_papers(row, key, municipality, process, sequence)
    await show("papers", f"{municipality}:{key}", counts)
