"""Flows handed over to the workers of a work pool, of which there may be any number, on any machines."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectAlreadyExists

from app.engine_room import Room
from app.prefect_worker import WarmWorker
from flows.deployments import POOL_TYPE
from models.outgoing.outbox import Leased


class WorkPool(Room):
    """Prefect, connected, with a work pool. What is handed over is the worker's: it keeps the leases of the effects."""

    def __init__(self, pool: str) -> None:
        super().__init__(pool)
        self.name = pool

    async def _carried_out(self, kind: str, key: str, parameters: dict[str, Any], effects: Iterable[Leased]) -> bool:
        leases = {str(one.id): one.attempt for one in effects}
        await self._new_run(kind, key, parameters, job_variables={"leases": leases})
        return False

    async def deploy(self) -> None:
        """Prefect knows the pool and every deployment."""
        template = WarmWorker.get_default_base_job_template()
        with suppress(ObjectAlreadyExists):
            await self.client.create_work_pool(
                WorkPoolCreate(name=self.name, type=POOL_TYPE, base_job_template=template)
            )
        await super().deploy()
