"""A warm worker: a Prefect worker that carries flow runs out in its own process, which has them loaded already.

Prefect's own workers start a process for each run, which takes seconds. This one takes a run of its work pool up and
carries it out at once. It keeps the leases of the run's effects for as long as it lives: where it is killed they run
out, and a courier begins the next attempt. A run whose attempt has been overtaken is left alone, or broken off.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import anyio.abc
import httpx
from prefect import Flow
from prefect.client.schemas.objects import FlowRun, State
from prefect.exceptions import PrefectException
from prefect.flow_engine import run_flow_async
from prefect.flows import load_flow_from_entrypoint
from prefect.states import Cancelled
from prefect.workers.base import BaseJobConfiguration, BaseVariables, BaseWorker, BaseWorkerResult
from pydantic import Field

from flows.deployments import AT_ONCE, DEPLOYMENTS, POOL_TYPE
from models.errors import DeliveryFailed, EtappiError
from models.outgoing import outbox
from models.outgoing.outbox import Held
from tasks.installation import Installation

LEASE = 120.0  # seconds; a worker that dies is noticed after so long at most


class WarmConfiguration(BaseJobConfiguration):
    """What a run is handed over with."""

    leases: dict[str, int] = Field(
        default_factory=dict, description="The effects that the run carries out: their rows, and the attempt at each."
    )


class WarmWorker(BaseWorker[WarmConfiguration, BaseVariables, BaseWorkerResult]):
    """One worker of an installation."""

    type = POOL_TYPE
    job_configuration = WarmConfiguration
    _description = "Carries Etappi's flow runs out in the worker's own process."

    def __init__(self, installation: Installation, name: str, *, lease: float = LEASE) -> None:
        super().__init__(installation.settings.work_pool, name=name, limit=AT_ONCE)
        self.installation = installation
        self.lease = lease
        self.flows: dict[str, Flow[Any, Any]] = {at: load_flow_from_entrypoint(at) for at in DEPLOYMENTS.values()}
        self.active = 0
        self._entries: dict[Any, str] = {}

    async def _submit_run(self, flow_run: FlowRun) -> None:
        """The run was claimed, and has been carried out.

        Prefect's own worker first asks for the deployment twice, the flow and the pool, and tells of the infrastructure
        that it starts. Here none is started, and the answers are known: claiming the run is enough. In a quiet hour
        those questions are the greater part of the time from an act to the end of its run.
        """
        try:
            if await self._propose_pending_state(flow_run):
                leases = (flow_run.job_variables or {}).get("leases", {})
                async with anyio.create_task_group() as beside:
                    beside.start_soon(self._label, flow_run)
                    await self.run(flow_run, WarmConfiguration(leases=leases))
        except Exception as error:  # the outermost loop of a run: what it owed is owed again
            self._logger.warning("The run %s: %s", flow_run.name, type(error).__name__)
        finally:
            self._release_limit_slot(flow_run.id)
            self._submitting_flow_run_ids.discard(flow_run.id)

    async def _label(self, flow_run: FlowRun) -> None:
        """Prefect shows that this worker carries the run out."""
        with suppress(httpx.HTTPError, PrefectException):
            await self._give_worker_labels_to_flow_run(flow_run.id)

    async def run(
        self,
        flow_run: FlowRun,
        configuration: WarmConfiguration,
        task_status: anyio.abc.TaskStatus[int] | None = None,
    ) -> BaseWorkerResult:
        """The run has ended, and what of its effects is not done is owed again."""
        if task_status is not None:
            task_status.started(os.getpid())
        held = [Held(int(row), attempt) for row, attempt in configuration.leases.items()]
        self.active += 1
        try:
            await self._carry_out(flow_run, held)
        finally:
            self.active -= 1
        return BaseWorkerResult(identifier=self.name, status_code=0)

    async def _carry_out(self, run: FlowRun, held: list[Held]) -> None:
        if not await asyncio.to_thread(self._taken_up, held):
            await self.client.set_flow_run_state(
                run.id, Cancelled(message="Another attempt has begun since, or nobody asked for this one."), force=True
            )
            return
        why = "the worker was stopped"
        try:
            async with self._leases_kept(held):
                why = await self._ended(run)
        except EtappiError as error:
            why = str(error)
        finally:
            with anyio.CancelScope(shield=True):
                await asyncio.to_thread(self._not_done, held, why)

    async def _ended(self, run: FlowRun) -> str:
        """The run has ended; why an effect may not be done all the same."""
        # Without its deployment the run's own engine opens no second connection (see engine_room.py).
        bare = run.model_copy(update={"deployment_id": None})
        flow = self.flows[await self._entry(run)]
        state = await run_flow_async(flow, flow_run=bare, parameters=dict(run.parameters), return_type="state")
        assert isinstance(state, State), "a state was asked for"
        return "its run ended without it" if state.is_completed() else f"the run ended as {state.name}"

    async def _entry(self, run: FlowRun) -> str:
        """The entry point of the run's deployment. Raises DeliveryFailed for one that is not Etappi's."""
        id_ = run.deployment_id
        if id_ is not None and id_ not in self._entries:
            self._entries[id_] = (await self.client.read_deployment(id_)).entrypoint or ""
        entry = self._entries.get(id_, "")
        if entry not in self.flows:
            raise DeliveryFailed(why=f"the work pool was given a flow that this release does not have ({entry})")
        return entry

    async def sync_with_backend(self) -> None:
        """Prefect knows that this worker lives, and this worker the pool: as Prefect's own worker does it, but by the
        one connection.

        The web socket that Prefect would open besides is closed within a scope that is cancelled already. It then stays
        open until Prefect's server has answered, which may be after this worker's loop has ended.
        """
        self._ensure_worker_channel()
        assert self._worker_channel is not None, "a worker at work has a client"
        await self._worker_channel.sync(None)  # without a task group there is no web socket
        await self._initialize_after_sync()

    def stop_runs(self) -> None:
        """Runs that are still under way are broken off; what they owed is owed again."""
        if self._runs_task_group is not None:
            self._runs_task_group.cancel_scope.cancel()

    # --- leases ---------------------------------------------------------------------------------------------------

    @asynccontextmanager
    async def _leases_kept(self, held: list[Held]) -> AsyncIterator[None]:
        """Inside, the leases run on; what is inside is broken off where another attempt has begun."""
        with anyio.CancelScope() as inside:
            keeping = asyncio.create_task(self._keep(held, inside))
            try:
                yield
            finally:
                keeping.cancel()

    async def _keep(self, held: list[Held], inside: anyio.CancelScope) -> None:
        while True:
            await asyncio.sleep(self.lease / 3)
            try:
                if await asyncio.to_thread(self._overtaken, held):
                    inside.cancel()
            except EtappiError as error:
                self._logger.warning("%s", error)

    def _taken_up(self, held: list[Held]) -> bool:
        with self.installation.database.transaction() as session:
            return outbox.take_up(session, held, self.installation.engine.clock(), self.lease)

    def _overtaken(self, held: list[Held]) -> bool:
        """Whether another attempt has begun; the leases that are still this one's run on."""
        with self.installation.database.transaction() as session:
            outbox.renew(session, held, self.installation.engine.clock(), self.lease)
            return outbox.overtaken(session, held)

    def _not_done(self, held: list[Held], why: str) -> None:
        with self.installation.database.transaction() as session:
            for one in held:
                outbox.fail(session, one, why, self.installation.engine.clock())
