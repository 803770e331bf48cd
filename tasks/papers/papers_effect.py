"""Makes the papers that an event owes, as an effect of its own."""

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.effect import Effect, carried_out, is_done
from tasks.papers.making import make
from tasks.threads import to_its_end


@task(name="make-papers", cache_policy=NO_CACHE, persist_result=False)
async def make_papers(row: int, key: str, municipality: str, process: str, sequence: int) -> dict[str, int]:
    """The papers of that event stand in the files and in the record, in each language; how many were made."""
    return await to_its_end(_make, Effect(row, key), municipality, process, sequence)


def _make(effect: Effect, municipality: str, process: str, sequence: int) -> dict[str, int]:
    if is_done(effect):
        return {}
    with carried_out(effect):
        return {"papers": make(municipality, process, sequence)}
    return {}
